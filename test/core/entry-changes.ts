import { differenceOf } from "../../server/core/fix/difference.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { encodeBase64 } from "../../server/core/text/base64.ts";

export const USER = "dn: CN=Jane,OU=Staff,DC=contoso,DC=com\nobjectClass: user\ncn: Jane\n";
export const GROUP = USER.replace("objectClass: user", "objectClass: group");
export const COMPUTER = USER.replace("objectClass: user", "objectClass: user\nobjectClass: computer");
export const CONTACT = USER.replace("objectClass: user", "objectClass: contact");

/** What the difference of two states of one entry is: the lines that are only in the one, and only in the other. */
export function change(head: string, removed: readonly string[], added: readonly string[]) {
  const state = (lines: readonly string[]) =>
    readLdif(`${head}${lines.map((line) => `${line}\n`).join("")}`)[0]!.entry!;
  return differenceOf(state(removed), state(added));
}

export const a = (count: number) => "a".repeat(count);
export const bytes = (count: number) => encodeBase64(new Uint8Array(count).fill(255));

/** A value of so many characters: refused with one more, and taken with as many. */
export const LIMITS: readonly (readonly [attribute: string, most: number, rule?: string])[] = [
  ["mailNickname", 64, "mailnickname-length"],
  ["proxyAddresses", 1123, "proxyaddresses-value-length"],
  ["targetAddress", 1123, "targetaddress-length"],
  ["displayName", 256, "attribute-length-exceeded"],
  ["mail", 256, "mail-length"],
  ["givenName", 64, "attribute-length-exceeded"],
  ["sn", 64, "attribute-length-exceeded"],
  ["userPrincipalName", 1024, "upn-length"],
  ["description", 1024],
  ["extensionAttribute1", 1024],
  ["extensionAttribute10", 1024],
  ["extensionAttribute11", 2048],
  ["telephoneNumber", 64, "attribute-length-exceeded"],
  ["department", 64, "attribute-length-exceeded"],
  ["title", 128, "attribute-length-exceeded"],
  ["company", 64, "attribute-length-exceeded"],
  ["info", 1024],
  ["postalCode", 40, "attribute-length-exceeded"],
  ["employeeID", 16],
  ["c", 3],
  ["co", 128, "attribute-length-exceeded"],
  ["sAMAccountName", 20, "samaccountname-length"],
];
