/** A Windows error that Active Directory gives with an LDAP result code. */
export interface WindowsError {
  readonly number: number;
  /** The name in MS-ERREF, section 2.2. */
  readonly name: string;
  /** The LDAP result code that comes with it; `undefined` where it comes with several. */
  readonly code: number | undefined;
  /** What it says beyond the code, a sentence without a full stop. */
  readonly meaning?: string;
}

function row(number: number, name: string, code: number | undefined, meaning?: string): WindowsError {
  return { number, name, code, ...(meaning !== undefined && { meaning }) };
}

/**
 * Numbers and names are those of MS-ERREF, section 2.2. From 0x200A to 0x203A most are LDAP result codes under another number ("Win32 Error Codes"
 * of ADSI says which); the codes of the others are those that come with them in messages of Active Directory that people have published.
 */
export const WINDOWS_ERRORS: readonly WindowsError[] = [
  row(0x5, "ERROR_ACCESS_DENIED", 50),
  row(0x525, "ERROR_NO_SUCH_USER", 32, "There is no such account"),
  row(0x52d, "ERROR_PASSWORD_RESTRICTION", undefined, "The password does not meet the policy of the domain"),
  row(0x561, "ERROR_MEMBER_NOT_IN_ALIAS", 53, "The object that is to be removed from the group is no member of it"),
  row(0x562, "ERROR_MEMBER_IN_ALIAS", 68, "The object is a member of the group already"),
  row(0x200a, "ERROR_DS_NO_ATTRIBUTE_OR_VALUE", 16),
  row(0x200b, "ERROR_DS_INVALID_ATTRIBUTE_SYNTAX", 21),
  row(0x200c, "ERROR_DS_ATTRIBUTE_TYPE_UNDEFINED", 17),
  row(0x200d, "ERROR_DS_ATTRIBUTE_OR_VALUE_EXISTS", 20),
  row(0x200e, "ERROR_DS_BUSY", 51),
  row(0x200f, "ERROR_DS_UNAVAILABLE", 52),
  row(0x2014, "ERROR_DS_OBJ_CLASS_VIOLATION", 65),
  row(0x2015, "ERROR_DS_CANT_ON_NON_LEAF", 66),
  row(0x2016, "ERROR_DS_CANT_ON_RDN", 67),
  row(0x2017, "ERROR_DS_CANT_MOD_OBJ_CLASS", 69),
  row(0x2020, "ERROR_DS_OPERATIONS_ERROR", 1),
  row(0x2024, "ERROR_DS_ADMIN_LIMIT_EXCEEDED", 11),
  row(0x202b, "ERROR_DS_REFERRAL", 10),
  row(0x202e, "ERROR_DS_INAPPROPRIATE_MATCHING", 18),
  row(0x202f, "ERROR_DS_CONSTRAINT_VIOLATION", 19),
  row(0x2030, "ERROR_DS_NO_SUCH_OBJECT", 32),
  row(0x2032, "ERROR_DS_INVALID_DN_SYNTAX", 34),
  row(0x2035, "ERROR_DS_UNWILLING_TO_PERFORM", 53),
  row(0x2037, "ERROR_DS_NAMING_VIOLATION", 64),
  row(0x2039, "ERROR_DS_AFFECTS_MULTIPLE_DSAS", 71),
  row(0x203a, "ERROR_DS_SERVER_DOWN", 81),
  row(0x2071, "ERROR_DS_OBJ_STRING_NAME_EXISTS", 68, "The name is in use already"),
  row(0x2076, "ERROR_DS_ATT_IS_NOT_ON_OBJ", 16, "The entry does not have the attribute"),
  row(0x2077, "ERROR_DS_ILLEGAL_MOD_OPERATION", 53, "The attribute does not take this kind of change"),
  row(0x207b, "ERROR_DS_OBJECT_CLASS_REQUIRED", 65, "The record names no object class"),
  row(0x207c, "ERROR_DS_MISSING_REQUIRED_ATT", 65, "An attribute that the class must have would be missing"),
  row(0x207d, "ERROR_DS_ATT_NOT_DEF_FOR_CLASS", 65, "The class of the entry does not have this attribute"),
  row(0x2081, "ERROR_DS_SINGLE_VALUE_CONSTRAINT", 19, "The attribute holds one value only"),
  row(
    0x2082,
    "ERROR_DS_RANGE_CONSTRAINT",
    19,
    "The value is longer, shorter, larger or smaller than the schema lets it be",
  ),
  row(0x2083, "ERROR_DS_ATT_VAL_ALREADY_EXISTS", 20, "The attribute has this value already"),
  row(0x2085, "ERROR_DS_CANT_REM_MISSING_ATT_VAL", 16, "The attribute does not have this value"),
  row(0x2089, "ERROR_DS_NO_PARENT_OBJECT", 32, "The parent of the entry does not exist"),
  row(0x208c, "ERROR_DS_CHILDREN_EXIST", 66, "The entry has others below it"),
  row(0x208d, "ERROR_DS_OBJ_NOT_FOUND", 32, "There is no such object"),
  row(0x208f, "ERROR_DS_BAD_NAME_SYNTAX", 34),
  row(0x2098, "ERROR_DS_INSUFF_ACCESS_RIGHTS", 50),
  row(0x209a, "ERROR_DS_ATTRIBUTE_OWNED_BY_SAM", 53, "Only the security accounts manager writes this attribute"),
  row(0x20a6, "ERROR_DS_CANT_ADD_SYSTEM_ONLY", undefined, "Only the system writes this attribute"),
  row(0x20b1, "ERROR_DS_CANT_MOD_SYSTEM_ONLY", undefined, "Only the system writes this attribute"),
  row(0x20b5, "ERROR_DS_NAME_REFERENCE_INVALID", 19, "A DN in the values names an object that is not there"),
  row(0x20bb, "ERROR_DS_DUP_OID", 53, "The schema has this OID already"),
  row(
    0x20e7,
    "ERROR_DS_SECURITY_ILLEGAL_MODIFY",
    53,
    "The system does not let this attribute of a security principal be changed like this",
  ),
  row(
    0x21c7,
    "ERROR_DS_SPN_VALUE_NOT_UNIQUE_IN_FOREST",
    19,
    "Another object of the forest has this servicePrincipalName",
  ),
  row(0x21c8, "ERROR_DS_UPN_VALUE_NOT_UNIQUE_IN_FOREST", 19, "Another object of the forest has this userPrincipalName"),
];

const BY_NUMBER: ReadonlyMap<number, WindowsError> = new Map(WINDOWS_ERRORS.map((one) => [one.number, one]));

export function windowsError(number: number): WindowsError | undefined {
  return BY_NUMBER.get(number);
}

/** `0x2071`, as Windows writes it. */
export function hexOf(number: number): string {
  return `0x${number.toString(16)}`;
}

/** Active Directory's names for the problem, in brackets behind its number, and the LDAP result codes that they come with. */
const PROBLEMS: Readonly<Record<string, number>> = {
  NO_ATTRIBUTE_OR_VAL: 16,
  CONSTRAINT_ATT_TYPE: 19,
  ATT_OR_VALUE_EXISTS: 20,
  NO_OBJECT: 32,
  BAD_NAME: 34,
  INSUFF_ACCESS_RIGHTS: 50,
  WILL_NOT_PERFORM: 53,
  OBJ_CLASS_VIOLATION: 65,
  CANT_ON_NON_LEAF: 66,
  CANT_ON_RDN: 67,
  ENTRY_EXISTS: 68,
};

/** What can be taken from the words of a server: Active Directory's, Samba's and OpenLDAP's. */
export interface ServerWords {
  readonly windowsError?: number | undefined;
  readonly code?: number | undefined;
  readonly attribute?: string | undefined;
}

const ATTRIBUTES: readonly RegExp[] = [
  // Active Directory: "Att 90290 (userPrincipalName)".
  /\bAtt [0-9a-f]{1,8} \(([\w.;-]{1,100})\)/i,
  // OpenLDAP: "modify/delete: proxyAddresses: no such value", "displayName: multiple values provided".
  /\bmodify\/\w{1,10}: ([\w.;-]{1,100}):/,
  /(?:^|: )([\w.;-]{1,100}): (?:value #\d|multiple values|attribute type undefined)/,
  // Samba and OpenLDAP: "attribute 'mail': ...", "SINGLE-VALUE attribute displayName on ...", "Element displayName has empty attribute".
  /\battribute '([\w.;-]{1,100})'/i,
  /\b(?:SINGLE-VALUE attribute|Element) ([\w.;-]{1,100}) /,
];

/** Reads `00002083: AtrErr: DSID-03151904, problem 1006 (ATT_OR_VALUE_EXISTS), data 0, Att 90303 (servicePrincipalName)` and the like. */
export function readServerWords(text: string): ServerWords {
  const number = /(?:^|[\s:"])(?:0x([0-9a-f]{1,8})\b|([0-9A-F]{8}): )/i.exec(text);
  const windowsNumber = number === null ? undefined : Number.parseInt(number[1] ?? number[2]!, 16);
  const problem = /\bproblem \d{1,5} \((\w{1,40})\)/.exec(text)?.[1];
  const known = windowsNumber === undefined ? undefined : windowsError(windowsNumber);
  const attribute = ATTRIBUTES.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined);
  return {
    windowsError: windowsNumber,
    code: (problem === undefined ? undefined : PROBLEMS[problem]) ?? known?.code,
    attribute,
  };
}
