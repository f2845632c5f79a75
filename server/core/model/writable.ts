import { attributeOptions, attributeType } from "./attribute-type.ts";
import { BACK_LINKS, CONSTRUCTED, SYSTEM_ONLY } from "./system-attributes.ts";

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

/** Attributes that the security accounts manager owns: it refuses them from an import (MS-SAMR 3.1.1.8; tried on Samba). */
const SAM_OWNED: ReadonlySet<string> = new Set(["iscriticalsystemobject", "objectsid", "samaccounttype"]);

/**
 * Why the directory would refuse a change of an attribute, as the end of a sentence that begins with the attribute's name;
 * `undefined` where it can be written. `rdnTypes` are the attribute types of the entry's RDN, in lower case.
 */
export function whyNotWritable(description: string, rdnTypes: readonly string[]): string | undefined {
  const type = attributeType(description);
  if (!/^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)+)(?:;[a-z0-9=*-]+)*$/i.test(description))
    return "is no attribute description that a directory knows";
  if (RESERVED.has(type)) return "has a meaning of its own in a change record, so it cannot be changed by one";
  if (/^\d/.test(type)) return "is named by its number: which attribute that is, is not known here";
  if (rdnTypes.includes(type) || type === "name" || type === "distinguishedname") {
    return "names the object: that needs a rename, which a modify file of values cannot do";
  }
  if (type === "objectclass") return "says what the object is: the directory does not let it become another kind";
  if (SAM_OWNED.has(type)) return "belongs to the security accounts manager, which refuses changes from an import";
  if (CONSTRUCTED.has(type)) return "is computed by the directory and not stored";
  if (BACK_LINKS.has(type)) return "is the other side of a link: change the attribute of the object that links here";
  if (SYSTEM_ONLY.has(type)) return "is written by the system only";
  if (attributeOptions(description).some((option) => option.startsWith("range="))) {
    return "is exported in part (a range): what is missing in the export would be taken for removed";
  }
  return undefined;
}
