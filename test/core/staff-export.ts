import assert from "node:assert/strict";
import type { PlannedRecord } from "../../server/core/fix/planned-record.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";

/** One line for each record. */
export function written(records: readonly PlannedRecord[]): string[] {
  return records.map((record) => {
    const name = record.dn.replaceAll(",DC=x", "");
    if (record.changeType === "modify") {
      const specs = record.modSpecs.map(
        ({ type, values }) => `${type === "add" ? "+" : "-"}${values.map(textOf).join(" ")}`,
      );
      return `${name}: ${specs.join(" ")}`;
    }
    if (record.changeType === "add")
      return `add ${name}: ${record.attributes.map(({ attribute }) => attribute).join(" ")}`;
    if (record.changeType === "delete") return `delete ${name}`;
    return `${name} -> ${record.newRdn}${record.newSuperior === undefined ? "" : ` in ${record.newSuperior}`}`;
  });
}

function textOf(value: WrittenValue): string {
  return "text" in value ? value.text : value.base64;
}

export const ORIGINAL = `dn: OU=Staff,DC=x
objectClass: organizationalUnit
ou: Staff
objectGUID: 1

dn: CN=Ann,OU=Staff,DC=x
objectClass: user
cn: Ann
objectGUID: 2
mail: ann@contoso.com
whenChanged: 20260102000000.0Z

dn: CN=All,OU=Staff,DC=x
objectClass: group
cn: All
objectGUID: 3
member: CN=Ann,OU=Staff,DC=x
description: old

dn: CN=Eve,OU=Staff,DC=x
objectClass: contact
cn: Eve
objectGUID: 4

dn: CN=Zoe,OU=Staff,DC=x
objectClass: contact
cn: Zoe
objectGUID: 5
`;

/** `ORIGINAL` with replacements. */
export function changed(...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replaceAll(from, to);
  }, ORIGINAL);
}

const NO_GUIDS = ["objectGUID: 1\n", "objectGUID: 2\n", "objectGUID: 3\n", "objectGUID: 4\n", "objectGUID: 5\n"];

export function withoutGuids(text: string): string {
  return NO_GUIDS.reduce((left, line) => left.replace(line, ""), text);
}

export const EVE = "dn: CN=Eve,OU=Staff,DC=x\nobjectClass: contact\ncn: Eve\nobjectGUID: 4\n\n";
export const NEW_USER = "dn: CN=New,OU=Staff,DC=x\nobjectClass: user\nmail: new@contoso.com\n\n";
