import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  escapeRdnValue,
  firstDeviation,
  type PlannedRecord,
  readBack,
  writeModifyFiles,
} from "../../server/core/index.ts";
import { proveModifyFiles, readWithLdifPackage } from "../../server/node/index.ts";
import fc from "../property.ts";

const NAMES = { original: "a.ldf", modify: "a.modify.ldf", undo: "a.undo.ldf" };

/** A lone surrogate is no text that UTF-8 can hold. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Pieces of which trouble is made: blanks, colons, folds, controls, other scripts, marks of other formats. */
const PIECES = [
  " ",
  ":",
  "<",
  "#",
  "-",
  "\t",
  "\n",
  "\r\n ",
  "\r",
  "\0",
  "\x01",
  "\x7f",
  "a",
  "Z",
  "0",
  "=",
  ",",
  "\\",
  ";",
];
const OTHERS = [
  "é",
  "中",
  "😀",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "\ufffd",
  "base64",
  "dn: x",
  "changetype: add",
  "a".repeat(80),
];
const texts = fc.string({ unit: fc.constantFrom(...PIECES, ...OTHERS), minLength: 1, maxLength: 60 });
const anyText = fc.oneof(
  texts,
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((array) => Buffer.from(array).toString("base64"));
const values = fc.oneof(
  anyText.map((text) => ({ text: wellFormed(text) })),
  bytes.map((base64) => ({ base64 })),
);
const attributes = fc.constantFrom(
  "mail",
  "proxyAddresses",
  "description;lang-de",
  "userCertificate;binary",
  "1.2.840.113556.1.2.13",
);
const modSpecs = fc.record({
  type: fc.constantFrom("add" as const, "delete" as const),
  attribute: attributes,
  values: fc.array(values, { maxLength: 4 }),
});
const dn = anyText.map((text) => `CN=${wellFormed(text)},DC=contoso,DC=com`);
const records: fc.Arbitrary<PlannedRecord> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      changeType: fc.constant("modify" as const),
      dn,
      modSpecs: fc.array(modSpecs, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({
    changeType: fc.constant("add" as const),
    dn,
    attributes: fc.uniqueArray(
      fc.record({ attribute: attributes, values: fc.array(values, { minLength: 1, maxLength: 4 }) }),
      { minLength: 1, maxLength: 4, selector: ({ attribute }) => attribute },
    ),
  }),
  fc.record(
    {
      changeType: fc.constant("modrdn" as const),
      dn: anyText.map((text) => `CN=${escapeRdnValue(wellFormed(text))},DC=contoso,DC=com`),
      newRdn: anyText.map((text) => `CN=${escapeRdnValue(wellFormed(text))}`),
      newSuperior: anyText.map((text) => `OU=${escapeRdnValue(wellFormed(text))},DC=contoso,DC=com`),
    },
    { requiredKeys: ["changeType", "dn", "newRdn"] },
  ),
  fc.record({ changeType: fc.constant("delete" as const), dn }),
);

describe("modify files", () => {
  test("whatever is planned, both readers find it", () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 5 }), (planned) => {
        assert.equal(proveModifyFiles(writeModifyFiles(planned, NAMES)), undefined);
      }),
      { numRuns: 500 },
    );
  });

  const plan: PlannedRecord[] = [
    {
      changeType: "modify",
      dn: "CN=Jané,DC=contoso,DC=com",
      modSpecs: [
        { type: "delete", attribute: "mail", values: [{ text: "a@contoso.com" }, { base64: "/wA=" }] },
        { type: "add", attribute: "mail", values: [{ text: "b@contoso.com" }] },
      ],
    },
  ];
  const files = writeModifyFiles(plan, NAMES);

  const damages: [name: string, damage: (text: string) => string][] = [
    ["another value", (text) => text.replace("b@contoso.com", "c@contoso.com")],
    ["another attribute", (text) => text.replace("add: mail", "add: mailNickname")],
    ["an attribute on a value line", (text) => text.replace("\r\nmail: b", "\r\nmale: b")],
    ["replace instead of add", (text) => text.replace("add: mail", "replace: mail")],
    ["other bytes", (text) => text.replace("/wA=", "/wE=")],
    ["bytes that look the same when they are decoded as text", (text) => text.replace("/wA=", "/gA=")],
    ["a missing dash", (text) => text.replace("-\r\nadd", "add")],
    ["a missing value", (text) => text.replace("mail: b@contoso.com\r\n", "")],
    ["a missing record", (text) => text.replace(/dn.*/s, "")],
    ["a record twice", (text) => text + text],
    ["a value from a file", (text) => text.replace("mail: b@contoso.com", "mail:< file:///etc/hostname")],
    ["another DN", (text) => text.replace("dn:: Q04", "dn:: RE4")],
    ["another change type", (text) => text.replace("changetype: modify", "changetype: delete")],
    ["no change type", (text) => text.replace("changetype: modify\r\n", "")],
  ];
  for (const [name, damage] of damages) {
    test(`is not proven: ${name}`, () => {
      const modify = damage(files.modify);
      assert.notEqual(modify, files.modify);
      const deviation = proveModifyFiles({ ...files, modify });
      assert.match(String(deviation), /^the modify file /);
      assert.match(String(proveModifyFiles({ ...files, undo: damage(files.modify) })), /^the undo file /);
    });
  }

  test("a file with nothing but comments has no records", () => {
    for (const text of ["", "\r\n", "# a\r\n# b\r\n", "# a"])
      assert.deepEqual(readWithLdifPackage(text.replace(/a$/, "a\n")), []);
    assert.equal(proveModifyFiles(writeModifyFiles([], NAMES)), undefined);
  });

  test("the two readers agree on base64 that is text and on base64 that is none", () => {
    const found = readWithLdifPackage(files.modify);
    assert.equal(firstDeviation(found, readBack(files.modify)), undefined);
    assert.ok(found[0]?.changeType === "modify");
    assert.deepEqual(found[0].modSpecs[0]?.values, [{ text: "a@contoso.com" }, { base64: "/wA=" }]);
  });
});
