import { attributeFacts } from "./attribute-facts.ts";
import { attributeOptions, attributeType } from "./attribute-type.ts";

/** Why something is not written, and the rule that has more about it, where there is one. */
export interface Objection {
  /** The end of a sentence that begins with the attribute's name. */
  readonly reason: string;
  readonly rule?: string;
}

/** Names that mean something else in a change record. */
const RESERVED: ReadonlySet<string> = new Set([
  "dn",
  "control",
  "changetype",
  "version",
  "add",
  "delete",
  "replace",
  "increment",
]);

const NAMES_THE_OBJECT = "names the object: that needs a rename, which a modify file of values cannot do";
const SAM_OWNED = "belongs to the security accounts manager, which refuses changes from an import";
const SECRET = "holds a secret: the directory shows it to nobody, and takes none from an import";
const TIME_OF_SYSTEM = "is a time that the domain controller writes: no undo file could put the old one back";

/**
 * Attributes that the schema lets anybody write and a domain controller does not, or that no modify file should. What the security accounts
 * manager owns is what Microsoft's protocol tests for MS-ADTS expect to fail with ERROR_DS_ATTRIBUTE_OWNED_BY_SAM (Samba takes some of it);
 * secrets are those of IsSecretAttribute (MS-DRSR 4.1.10.3.11) and other attributes for passwords; primaryGroupID: MS-SAMR 3.1.1.8.2.
 */
const REFUSED: ReadonlyMap<string, Objection> = new Map([
  ...objections({ reason: SAM_OWNED, rule: "scope-critical-system-object" }, "isCriticalSystemObject"),
  ...objections(
    { reason: SAM_OWNED },
    "badPasswordTime badPwdCount lastLogoff lastLogon lastLogonTimestamp logonCount objectSid rid sAMAccountType",
  ),
  ...objections(
    { reason: "can become a group only that the object is a member of, which is written in the group and not here" },
    "primaryGroupID",
  ),
  ...objections({ reason: TIME_OF_SYSTEM }, "lockoutTime pwdLastSet"),
  ...objections(
    { reason: SECRET },
    `clearTextPassword currentValue dBCSPwd initialAuthIncoming initialAuthOutgoing lmPwdHistory ntPwdHistory priorValue
supplementalCredentials trustAuthIncoming trustAuthOutgoing unicodePwd unixUserPassword userPassword`,
  ),
  ...objections(
    { reason: "says what the object is: the directory does not let it become another kind" },
    "objectClass",
  ),
  ...objections({ reason: NAMES_THE_OBJECT }, "name distinguishedName"),
]);

function objections(objection: Objection, names: string): [string, Objection][] {
  return names.split(/\s+/).map((name) => [name.toLowerCase(), objection]);
}

/**
 * Why the directory would refuse a change of an attribute; `undefined` where it can be written. `rdnTypes` are the attribute types of
 * the entry's RDN, in lower case.
 */
export function whyNotWritable(description: string, rdnTypes: readonly string[]): Objection | undefined {
  const type = attributeType(description);
  if (!/^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)+)(?:;[a-z0-9=*-]+)*$/i.test(description))
    return { reason: "is no attribute description that a directory knows" };
  if (RESERVED.has(type))
    return { reason: "has a meaning of its own in a change record, so it cannot be changed by one" };
  if (/^\d/.test(type)) return { reason: "is named by its number: which attribute that is, is not known here" };
  if (rdnTypes.includes(type)) return { reason: NAMES_THE_OBJECT };
  const reason = whyReadOnly(type) ?? whyOption(attributeOptions(description));
  return REFUSED.get(type) ?? (reason === undefined ? undefined : { reason });
}

/** What the schema says against writing an attribute. */
function whyReadOnly(type: string): string | undefined {
  const facts = attributeFacts(type);
  if (facts === undefined) return undefined;
  if (facts.isConstructed) return "is computed by the directory and not stored";
  if (facts.link === "back") return "is the other side of a link: change the attribute of the object that links here";
  if (facts.isSystemOnly) return "is written by the system only";
  if (facts.syntax === "NTSecurityDescriptor") {
    return "is a security descriptor, of which an export has only what its reader may see";
  }
  return undefined;
}

/** Active Directory knows no option but `binary`, and `range` when it is read; others are no attributes to it (tried on Samba). */
function whyOption(options: readonly string[]): string | undefined {
  return options.every((option) => option === "binary")
    ? undefined
    : "has an option that Active Directory does not know";
}
