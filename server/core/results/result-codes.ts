/** What an LDAP result code means to somebody who imports a modify file. */
export interface ResultCode {
  readonly code: number;
  /** The name in RFC 4511, section 4.1.9; of the client's own codes that of the LDAP C API. */
  readonly name: string;
  /** A sentence without a full stop. */
  readonly meaning: string;
  /** What to do about it: sentences. */
  readonly advice: string;
}

function row(code: number, name: string, meaning: string, advice: string): ResultCode {
  return { code, name, meaning, advice };
}

/**
 * The codes that directories give when a modify file is imported. Up to 80 they are the server's (RFC 4511, appendix A); from 81 on they are
 * the client's own, as in the LDAP C API (draft-ietf-ldapext-ldap-c-api), which OpenLDAP counts downwards from -1 instead.
 */
export const RESULT_CODES: readonly ResultCode[] = [
  row(
    1,
    "operationsError",
    "The directory could not carry out the change now",
    "Often the connection is not signed in, or an operation before it is not finished. Import the record again; if it fails again, the log of the domain controller says more.",
  ),
  row(
    10,
    "referral",
    "The entry belongs to another domain than the one that was asked",
    "Import the record on a domain controller of the domain in its DN.",
  ),
  row(
    11,
    "adminLimitExceeded",
    "The change is larger than the directory takes at once",
    "Split the record into several with fewer values each.",
  ),
  row(
    16,
    "noSuchAttribute",
    "A value or an attribute that is to be deleted is not there any more",
    "Somebody has changed the entry since the export, or the record was imported before. Nothing of this record was applied. Export the entry again, look at its values, and write the modify file anew.",
  ),
  row(
    17,
    "undefinedAttributeType",
    "The directory's schema does not have the attribute",
    "The name is misspelled, or the directory was never prepared for Exchange (proxyAddresses and mail are there without it, mailNickname and targetAddress are not). Take the attribute out of the record.",
  ),
  row(
    18,
    "inappropriateMatching",
    "The directory cannot compare values of this attribute, so it can neither delete nor add a single one",
    "The schema has no equality rule for the attribute. Replace all its values instead.",
  ),
  row(
    19,
    "constraintViolation",
    "A value breaks a rule that the directory has for the attribute",
    "It is too long, or one value too many for the attribute, or must be unique in the forest and is not (userPrincipalName, servicePrincipalName), or names an object that is not there. Change the value.",
  ),
  row(
    20,
    "attributeOrValueExists",
    "A value that is to be added is there already",
    "Somebody has added it since the export, or it differs only in capitals or accents from one that is there, or the record was imported before. Nothing of this record was applied. Export the entry again and write the modify file anew.",
  ),
  row(
    21,
    "invalidAttributeSyntax",
    "A value is not of the kind that the attribute holds",
    "It is empty, or text where a number, a DN or TRUE or FALSE must stand, or it is no UTF-8. Change the value.",
  ),
  row(
    32,
    "noSuchObject",
    "There is no entry with this DN, or none that a new or moved entry could stand under",
    "It was deleted, renamed or moved since the export, or the file is for another domain. Find the object by its objectGUID or mail, and export it again.",
  ),
  row(
    34,
    "invalidDNSyntax",
    "The DN is not written as a DN must be",
    "A comma, a quotation mark or a plus sign in a name needs a backslash before it.",
  ),
  row(
    49,
    "invalidCredentials",
    "The directory did not take the account or its password",
    "Sign in with another account or password. Nothing was sent.",
  ),
  row(
    50,
    "insufficientAccessRights",
    "The account that imports may not change this entry or this attribute",
    "Use an account with rights on the entry, or have them delegated. Members of protected groups (adminCount=1) do not inherit rights that were delegated on their OU.",
  ),
  row(51, "busy", "The directory was too busy", "Import the record again later."),
  row(
    52,
    "unavailable",
    "The domain controller is shutting down, or cannot be written to at the moment",
    "Import the record again later, or on another domain controller.",
  ),
  row(
    53,
    "unwillingToPerform",
    "The directory does not do this, whoever asks",
    "The attribute is one that only the system writes (objectSid, isCriticalSystemObject, sAMAccountType), or must not be deleted (sAMAccountName), or a password does not meet the policy, or a member cannot be in a group of this kind. Take that out of the record.",
  ),
  row(
    64,
    "namingViolation",
    "An entry of this class cannot stand there, or cannot have this name",
    "Choose another parent or another name for it.",
  ),
  row(
    65,
    "objectClassViolation",
    "The entry would lack an attribute that its class must have, or have one that its class cannot have",
    "Add what is missing, or take the attribute out of the record.",
  ),
  row(
    66,
    "notAllowedOnNonLeaf",
    "The entry has others below it, so it can be neither deleted nor moved like this",
    "Delete or move those first.",
  ),
  row(
    67,
    "notAllowedOnRDN",
    "The attribute is part of the entry's name, which a change of values cannot change",
    "Rename the entry: cn, ou and name follow its DN (changetype: modrdn).",
  ),
  row(
    68,
    "entryAlreadyExists",
    "There is an entry of this name, or a member or account name like it, already",
    "The record was imported before, or the name is taken. Choose another name, or leave the record out.",
  ),
  row(
    69,
    "objectClassModsProhibited",
    "The object class of an entry cannot be changed",
    "Take objectClass out of the record.",
  ),
  row(
    71,
    "affectsMultipleDSAs",
    "The entry would have to move from one server's part of the directory to another's",
    "Neither ldifde nor ldapmodify can do that. Within a forest, Move-ADObject moves an object into another domain.",
  ),
  row(
    80,
    "other",
    "The directory failed, and says no more than that",
    "The server's words say more than the code. Samba gives this code, for example, where the new parent of a moved entry does not exist.",
  ),
  row(
    81,
    "serverDown",
    "The domain controller did not answer any more",
    "What was sent before it is applied, and whether the last record was, only the directory knows. Import what is left.",
  ),
  row(
    82,
    "localError",
    "The program that imports failed by itself",
    "Often that is Kerberos: sign in again, and name the domain controller by its full name.",
  ),
  row(
    85,
    "timeout",
    "The domain controller took too long to answer",
    "Whether this record was applied, only the directory knows. Look, and import it again if not.",
  ),
  row(
    89,
    "paramError",
    "The program that imports could not read the record, so it sent nothing of it",
    "Open the modify file: where its format is wrong is told there. ldapmodify ends with exit code 247 then.",
  ),
];

const BY_CODE: ReadonlyMap<number, ResultCode> = new Map(RESULT_CODES.map((one) => [one.code, one]));

/** `undefined` for a code that imports do not give. */
export function resultCode(code: number): ResultCode | undefined {
  return BY_CODE.get(code);
}

/** OpenLDAP's own codes as those of the C API: -1 is 81, -9 is 89. */
export function apiCode(code: number): number {
  return code < 0 ? 80 - code : code;
}

/**
 * The words in which programs give the codes, reduced to letters: those of RFC 4511 (as ldb has them), of OpenLDAP and of Windows. The words of
 * Windows for 10, 50, 53, 65 and 68 are seen in public logs, the others follow the same pattern.
 */
const WORDS: Readonly<Record<string, number>> = {
  operationserror: 1,
  adminlimitexceeded: 11,
  administrativelimitexceeded: 11,
  undefinedtype: 17,
  typeorvalueexists: 20,
  invalidsyntax: 21,
  insufficientaccess: 50,
  insufficientrights: 50,
  serverisbusy: 51,
  serverisunavailable: 52,
  serverisunwillingtoperform: 53,
  operationnotallowedonnonleaf: 66,
  operationnotallowedonrdn: 67,
  alreadyexists: 68,
  noobjectclassmods: 69,
  cannotmodifyobjectclass: 69,
  operationaffectsmultipledsas: 71,
  cantcontactldapserver: 81,
  ...Object.fromEntries(RESULT_CODES.map(({ code, name }) => [name.toLowerCase(), code])),
};

/** The code that a program gives in words; `undefined` where they are not known, or in another language. */
export function codeOfWords(words: string): number | undefined {
  return WORDS[words.toLowerCase().replace(/[^a-z]/g, "")];
}
