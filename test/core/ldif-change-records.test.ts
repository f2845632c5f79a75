import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifChange } from "../../server/core/ldif/record.ts";

const JANE = "dn: CN=Jane,DC=contoso,DC=com\n";

/** A change as a row reads it: `type` and the mod-specs, each with its values. */
type ReadChange = readonly [type: string | undefined, ...modSpecs: (readonly [string, string, ...string[]])[]];

const CHANGES: readonly (readonly [name: string, lines: string, change: ReadChange, problems?: readonly string[]])[] = [
  ["delete", "changetype: delete\n", ["delete"]],
  ["no modification", "changetype: modify\n", ["modify"]],
  ["capitals", "ChangeType: MODIFY\nREPLACE: cn\nCN: a\n-\n", ["modify", ["replace", "cn", "a"]]],
  ["a folded change type", "change\n type: mod\n ify\nadd: cn\ncn: a\n-\n", ["modify", ["add", "cn", "a"]]],
  ["spaces around", "changetype:modify \nadd:  cn \ncn: a\n-\n", ["modify", ["add", "cn", "a"]]],
  [
    "without values",
    "changetype: modify\ndelete: cn\n-\nreplace: sn\n-\n",
    ["modify", ["delete", "cn"], ["replace", "sn"]],
  ],
  [
    "several modifications",
    "changetype: modify\ndelete: proxyAddresses\nproxyAddresses: smtp:a@contoso.com\n-\n# new\nadd: proxyAddresses\nproxyAddresses:: U01UUDpi\nproxyAddresses:\n smtp:c\n-\n",
    ["modify", ["delete", "proxyAddresses", "smtp:a@contoso.com"], ["add", "proxyAddresses", "SMTP:b", "smtp:c"]],
  ],
  [
    "increment",
    "changetype: modify\nincrement: uidNumber\nuidNumber: 1\n-\n",
    ["modify", ["increment", "uidNumber", "1"]],
  ],
  [
    "an attribute called replace",
    "changetype: modify\nadd: replace\nreplace: a\n-\n",
    ["modify", ["add", "replace", "a"]],
  ],
  ["options differ", "changetype: modify\nadd: cn;lang-de\ncn: a\n-\n", ["modify", ["add", "cn;lang-de", "a"]]],
  ["ntdsSchemaModify", "changetype: ntdsSchemaModify\nadd: cn\ncn: a\n-\n", ["modify", ["add", "cn", "a"]]],
  ["ntdsSchemaDelete", "changetype: ntdsschemadelete\n", ["delete"]],
  ["modrdn", "changetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 1\n", ["modrdn"]],
  ["moddn", "changetype: moddn\nnewrdn: CN=b\ndeleteoldrdn: 0\nnewsuperior: DC=com\n", ["modrdn"]],
  ["ntdsSchemaModRdn", "changetype: ntdsSchemaModRdn\nNewRDN: CN=b\nDeleteOldRDN: 1\n", ["modrdn"]],
  ["controls", "control: 1.2.3\ncontrol: 1.2.4 true: a\ncontrol:1.2.5 false:: YQ==\nchangetype: delete\n", ["delete"]],
  [
    "a value in the wrong place",
    "changetype: modify\ncn: a\nadd: sn\ncn: b\nsn: c\n-\n-\n",
    ["modify", ["add", "sn", "c"]],
    ["ldif-mod-spec-expected", "ldif-mod-spec-attribute-differs", "ldif-dash-unexpected"],
  ],
  [
    "hyphens missing",
    "changetype: modify\nadd: cn\ncn: a\nadd: sn\nsn: b\n",
    ["modify", ["add", "cn", "a"], ["add", "sn", "b"]],
    ["ldif-mod-spec-not-closed", "ldif-mod-spec-not-closed"],
  ],
  [
    "an unknown type",
    "changetype: update\nadd: cn\n-\n",
    [undefined],
    ["ldif-changetype-unknown", "ldif-dash-unexpected"],
  ],
  ["a line in between", "cn: a\nchangetype: delete\n", ["delete"], ["ldif-changetype-misplaced"]],
];

describe("Change records", () => {
  for (const [name, lines, expected, problems = []] of CHANGES) {
    test(name, () => {
      for (const source of [JANE + lines, (JANE + lines).replaceAll("\n", "\r\n")]) {
        const [record, ...others] = readLdif(source);
        assert.ok(record instanceof LdifChange);
        assert.deepEqual(others, []);
        const { type, modSpecs } = record.change;
        const read = modSpecs.map((each) => [each.type, each.attribute, ...each.values.map(({ text }) => text)]);
        assert.deepEqual([type, ...read], expected);
        assert.deepEqual(
          record.problems.map(({ id }) => id),
          problems,
        );
      }
    });
  }

  test("the rootDSE, and a file that ends at the hyphen", () => {
    const [record] = readLdif("DN:\nchangetype: Modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-");
    assert.ok(record instanceof LdifChange);
    assert.equal(record.dn.text, "");
    assert.equal(record.change.modSpecs.length, 1);
    assert.deepEqual(
      record.problems.map(({ id }) => id),
      ["ldif-no-final-line-end"],
    );
  });
});
