import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { differenceOf } from "../../server/core/fix/difference.ts";
import { editRecord } from "../../server/core/fix/edit.ts";
import { ExportDifference } from "../../server/core/fix/export-difference.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { dialectOf, formatOf } from "../../server/core/formats/index.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { readLdp } from "../../server/core/ldp/reader.ts";
import { LdpEntry } from "../../server/core/ldp/record.ts";
import { splitValues, withoutLastSeparator } from "../../server/core/ldp/split-values.ts";
import { EditedEntry } from "../../server/core/model/edited-entry.ts";
import fc from "../property.ts";
import { PANES } from "./ldp-panes.ts";

const DN = "Dn: CN=Jane,OU=Staff,DC=contoso,DC=com\n";

function onlyEntry(text: string): LdpEntry {
  const entry = readLdp(text).find((record) => record instanceof LdpEntry);
  assert.ok(entry !== undefined);
  return entry;
}

const textsOf = (entry: LdpEntry, type: string) => entry.values(type).map(({ text }) => text);

describe("A copy of ldp's details pane is recognized by what stands in it", () => {
  const pane = `${DN}cn: Jane; \n`;
  const rows: readonly [what: string, name: string, text: string, kind: string | undefined][] = [
    ["a text file", "pane.txt", pane, "ldp"],
    ["a file without an extension", "pane", pane, "ldp"],
    ["standard input", "-", pane, "ldp"],
    ["an .ldp file", "jane.ldp", pane, "ldp"],
    ["never in LDIF, by its name", "pane.ldf", pane, "ldif"],
    ["nor in a table", "pane.csv", pane, undefined],
    ["the old notation", "a.txt", ">> Dn: CN=Jane,DC=contoso,DC=com\n\t1> cn: Jane; \n", "ldp"],
    ["a blank line behind the DN", "a.txt", `${DN}\r\n  cn: Jane; \n`, "ldp"],
    ["the number of values is enough", "a.txt", `${DN}proxyAddresses (2): smtp:a@contoso.com; smtp:b`, "ldp"],
    ["the second object has attributes", "a.txt", `${DN}-----\n${pane}`, "ldp"],
    ["an object without attributes", "a.txt", `${DN}-----\n`, "ldif"],
    ["LDIF with capitals", "a.txt", `${DN}cn: Jane\nsn: Doe;\n`, "ldif"],
    ["LDIF", "a.txt", "dn: CN=Jane,DC=contoso,DC=com\ncn: Jane; \n", "ldif"],
    ["an attribute whose name ends so", "a.txt", "lastDn: CN=Jane\ncn: Jane; \n", "ldif"],
  ];
  for (const [what, name, text, kind] of rows) {
    test(what, () => assert.equal(formatOf(name, text)?.kind, kind));
  }

  test("what stands before the first attribute is the head", () => {
    assert.equal(formatOf("a.txt", `ld = x\n${DN}cn: Jane; \nsn: Doe; \n`)?.head, `ld = x\n${DN}cn: Jane; \n`);
  });

  test("the program is told", () => assert.equal(dialectOf(readLdp(PANES[0]!)), "ldp"));
});

describe("Values are told apart by their number", () => {
  const rows: readonly [what: string, text: string, count: number, values: readonly string[], isCertain: boolean][] = [
    ["as many as there are semicolons", "a; b; c; ", 3, ["a", "b", "c"], true],
    ["one, whatever is in it", "a; b; c; ", 1, ["a; b; c"], true],
    ["one that ends with a semicolon", "a;; ", 1, ["a;"], true],
    ["none", "", 0, [], true],
    ["none, but there is one", "a; ", 0, ["a"], false],
    ["without a blank behind the last one", "a; b;", 2, ["a", "b"], true],
    ["blanks of a value stay", "a ;  b; ", 2, ["a ", " b"], true],
    ["a line broken at a blank", "a;\r\nb; \nc; ", 3, ["a", "b", "c"], true],
    [
      "semicolons without a blank are a part of the value",
      "X400:C=US;A= ;P=x;; smtp:a; ",
      2,
      ["X400:C=US;A= ;P=x;", "smtp:a"],
      true,
    ],
    [
      "addresses begin with a prefix",
      "smtp:a; b; SMTP:c; X500:/o=x; y; ",
      3,
      ["smtp:a; b", "SMTP:c", "X500:/o=x; y"],
      true,
    ],
    ["DNs begin with an attribute type", "CN=a; b,DC=x; OU=c,DC=x; ", 2, ["CN=a; b,DC=x", "OU=c,DC=x"], true],
    ["one is missing", "smtp:a; smtp:b; ", 3, ["smtp:a", "smtp:b"], false],
    ["one too many", "smtp:a; smtp:b; ", 1, ["smtp:a; smtp:b"], true],
    ["one more than the number says", "smtp:a; smtp:b; smtp:c; ", 2, ["smtp:a", "smtp:b", "smtp:c"], false],
    ["nothing tells which", "a; b; c; ", 2, ["a", "b", "c"], false],
  ];
  for (const [what, text, count, values, isCertain] of rows) {
    test(what, () => {
      const inner = withoutLastSeparator(text);
      const split = splitValues(inner, count);
      assert.deepEqual(
        { values: split.values.map(({ start, end }) => inner.slice(start, end)), isCertain: split.isCertain },
        { values, isCertain },
      );
    });
  }

  test("addresses of any text that are no beginning of another one", () => {
    const part = fc.stringMatching(/^[a-z0-9@./=;]{1,12}$/);
    const address = fc
      .tuple(fc.constantFrom("smtp", "SMTP", "X400", "x500", "sip"), fc.array(part, { minLength: 1, maxLength: 4 }))
      .map(([prefix, parts]) => `${prefix}:${parts.join("; ")}`);
    fc.assert(
      fc.property(fc.array(address, { minLength: 2, maxLength: 6 }), (all) => {
        const entry = onlyEntry(`${DN}proxyAddresses (${all.length}): ${all.join("; ")}; \n`);
        assert.deepEqual(textsOf(entry, "proxyAddresses"), all);
        assert.deepEqual(entry.problems, []);
      }),
      { numRuns: 500 },
    );
  });
});

describe("What ldp writes in its own words", () => {
  const rows: readonly [line: string, text: string, isRendered: boolean, base64: string | undefined][] = [
    ["userAccountControl: 0x200 = ( NORMAL_ACCOUNT ); ", "512", false, undefined],
    ["groupType: 0x80000004 = ( RESOURCE_GROUP | SECURITY_ENABLED ); ", "-2147483644", false, undefined],
    ["sAMAccountType: 805306368 = ( NORMAL_USER_ACCOUNT ); ", "805306368", false, undefined],
    ["instanceType: 0x0 = (  ); ", "0", false, undefined],
    ["userAccountControl: 512; ", "512", false, undefined],
    ["userAccountControl: 0x200 = ( NORMAL; ", "0x200 = ( NORMAL", true, undefined],
    ["description: 0x200 = ( NORMAL_ACCOUNT ); ", "0x200 = ( NORMAL_ACCOUNT )", false, undefined],
    ["accountExpires: (never); ", "(never)", true, undefined],
    [
      "whenChanged: 12/11/2025 8:12:46 PM Central Standard Time; ",
      "12/11/2025 8:12:46 PM Central Standard Time",
      true,
      undefined,
    ],
    ["pwdLastSet: 0; ", "0", false, undefined],
    [
      "objectGUID: ac319e14-ec2b-4c52-bd48-b302a9bdcf0e; ",
      "ac319e14-ec2b-4c52-bd48-b302a9bdcf0e",
      false,
      "FJ4xrCvsUky9SLMCqb3PDg==",
    ],
    ["userCertificate: <ldp: Binary blob 1024 bytes>; ", "<ldp: Binary blob 1024 bytes>", true, ""],
    ["objectSid: S-1-5-21-1-2-3-1104; ", "S-1-5-21-1-2-3-1104", false, undefined],
    ["streetAddress: one\ntwo; ", "one\ntwo", true, undefined],
  ];
  for (const [line, text, isRendered, base64] of rows) {
    test(line, () => {
      const entry = onlyEntry(`${DN}${line}\n`);
      const [value, ...others] = entry.values(line.slice(0, line.indexOf(":")));
      assert.deepEqual(others, []);
      assert.equal(value!.text, text);
      assert.equal(value!.isRendered ?? false, isRendered);
      assert.equal(value!.binary, base64 !== undefined);
      if (base64 !== undefined) assert.equal(value!.base64, base64);
      assert.deepEqual(entry.problems, []);
    });
  }

  test("the GUID is that of the LDIF export", () => {
    const [ldif] = readLdif("dn: CN=Jane\nobjectGUID:: FJ4xrCvsUky9SLMCqb3PDg==\n");
    const [value] = onlyEntry(`${DN}objectGUID: AC319E14-EC2B-4C52-BD48-B302A9BDCF0E;\n`).values("objectGUID");
    assert.equal(value!.base64, ldif!.entry!.values("objectGUID")[0]!.base64);
  });
});

/** A change of `proxyAddresses`, or of another attribute that is named: the value at an index, or a new one. */
type Change = readonly [at: number | undefined, text: string | undefined, attribute?: string];

describe("A fix is written into the line, and the number of values follows", () => {
  const rows: readonly [what: string, before: string, changes: readonly Change[], after: string | undefined][] = [
    ["replaced", "proxyAddresses (2): smtp:a; smtp:b; \n", [[0, "SMTP:a"]], "proxyAddresses (2): SMTP:a; smtp:b; \n"],
    [
      "the old notation",
      "\t2> proxyAddresses: smtp:a; smtp:b; \n",
      [[1, "SMTP:b"]],
      "\t2> proxyAddresses: smtp:a; SMTP:b; \n",
    ],
    [
      "a value with semicolons beside it",
      "proxyAddresses (2): X400:a;b;; smtp:c; \n",
      [[1, "SMTP:c"]],
      "proxyAddresses (2): X400:a;b;; SMTP:c; \n",
    ],
    [
      "removed at the beginning",
      "proxyAddresses (3): smtp:a; smtp:b; smtp:c; \n",
      [[0, undefined]],
      "proxyAddresses (2): smtp:b; smtp:c; \n",
    ],
    [
      "removed at the end",
      "proxyAddresses (3): smtp:a; smtp:b; smtp:c;\n",
      [[2, undefined]],
      "proxyAddresses (2): smtp:a; smtp:b;\n",
    ],
    [
      "removed on both sides",
      "proxyAddresses (3): smtp:a; smtp:b; smtp:c;\n",
      [
        [0, undefined],
        [2, undefined],
      ],
      "proxyAddresses: smtp:b;\n",
    ],
    ["one is left", "\t2> proxyAddresses: smtp:a; smtp:b; \n", [[0, undefined]], "\t1> proxyAddresses: smtp:b; \n"],
    ["none is left", "cn: x; \nproxyAddresses: smtp:a; \nsn: y; \n", [[0, undefined]], "cn: x; \nsn: y; \n"],
    ["added", "proxyAddresses: smtp:a; \n", [[undefined, "smtp:b"]], "proxyAddresses (2): smtp:a; smtp:b; \n"],
    [
      "added in the old notation",
      "\t1> proxyAddresses: smtp:a; \r\n",
      [[undefined, "smtp:b"]],
      "\t2> proxyAddresses: smtp:a; smtp:b; \r\n",
    ],
    [
      "removed and added",
      "proxyAddresses (2): smtp:a; smtp:b; \n",
      [
        [0, undefined],
        [undefined, "smtp:c"],
      ],
      "proxyAddresses (2): smtp:b; smtp:c; \n",
    ],
    [
      "all removed, one added",
      "proxyAddresses (2): smtp:a; smtp:b; \n",
      [
        [0, undefined],
        [1, undefined],
        [undefined, "smtp:c"],
      ],
      "proxyAddresses: smtp:c; \n",
    ],
    [
      "to an attribute without values",
      "\t0> proxyAddresses: \n",
      [[undefined, "smtp:c"]],
      "\t1> proxyAddresses: smtp:c;\n",
    ],
    [
      "an attribute that was not there",
      "cn: x; \n\n-----------\n",
      [[undefined, "a@x", "mail"]],
      "cn: x; \nmail: a@x; \n\n-----------\n",
    ],
    [
      "the same in the old notation",
      "\t1> cn: x;\r\n",
      [[undefined, "a@x", "mail"]],
      "\t1> cn: x;\r\n\t1> mail: a@x;\r\n",
    ],
    ["behind a last line without a line end", "cn: x;", [[undefined, "a@x", "mail"]], "cn: x;\nmail: a@x;"],
    [
      "several values of it",
      "cn: x; \n",
      [
        [undefined, "1", "otherMailbox"],
        [undefined, "2", "otherMailbox"],
      ],
      "cn: x; \notherMailbox (2): 1; 2; \n",
    ],
    ["a semicolon in a single value", "description: x; \n", [[0, "a; b", "description"]], "description: a; b; \n"],
    ["a semicolon that would part a value", "otherTelephone (2): 1; 2; \n", [[0, "3; 4", "otherTelephone"]], undefined],
    ["a line end", "description: x; \n", [[0, "a\nb", "description"]], undefined],
    ["a value that has a line end", "streetAddress: a\nb; \n", [[0, "c", "streetAddress"]], undefined],
    [
      "a number in ldp's words",
      "userAccountControl: 0x200 = ( NORMAL_ACCOUNT ); \n",
      [[0, "514", "userAccountControl"]],
      undefined,
    ],
    ["a time in ldp's words", "accountExpires: (never); \n", [[0, "0", "accountExpires"]], undefined],
  ];
  for (const [what, before, changes, after] of rows) {
    test(what, () => {
      const entry = onlyEntry(DN + before);
      const all = changes.map(([at, text, attribute = "proxyAddresses"]) => {
        const old = at === undefined ? undefined : entry.values(attribute)[at];
        return { attribute, ...(old && { old }), ...(text !== undefined && { text }) };
      });
      const edits = editRecord(entry, all, { lineEnd: "\n", width: undefined });
      assert.equal(edits && applyChanges(entry.text, edits), after === undefined ? undefined : DN + after);
    });
  }
});

describe("The modify file of a copy of ldp's details pane", () => {
  test("takes values as the directory has them", () => {
    const before = onlyEntry(
      `${DN}userAccountControl: 0x200 = ( NORMAL_ACCOUNT ); \nproxyAddresses (2): smtp:a; x500:/o=b; \n`,
    );
    const after = onlyEntry(
      `${DN}userAccountControl: 0x202 = ( NORMAL_ACCOUNT ); \nproxyAddresses (2): SMTP:a; x500:/o=b; \n`,
    );
    assert.deepEqual(differenceOf(before, after).record?.modSpecs, [
      { type: "delete", attribute: "userAccountControl", values: [{ text: "512" }] },
      { type: "add", attribute: "userAccountControl", values: [{ text: "514" }] },
      { type: "delete", attribute: "proxyAddresses", values: [{ text: "smtp:a" }] },
      { type: "add", attribute: "proxyAddresses", values: [{ text: "SMTP:a" }] },
    ]);
  });

  const refused: readonly [what: string, before: string, after: string, reason: RegExp][] = [
    ["a time", "accountExpires: (never); \n", "accountExpires: 1/1/2027; \n", /shown in other words/],
    ["unknown bytes", "userCertificate: <ldp: Binary blob 9 bytes>; \n", "sn: x; \n", /shown in other words/],
    ["lines", "streetAddress: a\nb; \n", "streetAddress: a; \n", /shown in other words/],
    [
      "values that cannot be told apart",
      "otherTelephone (2): 1; 2; \n",
      "otherTelephone (2): 1; \n",
      /ldp-values-uncertain/,
    ],
    ["a value that is cut off", "description: one; \n", "description: on\n", /ldp-value-cut/],
  ];
  for (const [what, before, after, reason] of refused) {
    test(`refuses ${what}`, () => {
      const difference = new ExportDifference();
      for (const record of readLdp(DN + before)) difference.original(record);
      for (const record of readLdp(DN + after)) difference.edited(record);
      const { records, refusals } = difference.finish();
      assert.match(refusals.map((one) => one.reason).join("\n"), reason);
      assert.ok(
        records.every(
          (record) => record.changeType === "modify" && record.modSpecs.every(({ type }) => type === "add"),
        ),
      );
    });
  }

  test("refuses to compare it with LDIF, which has other words for the same", () => {
    const difference = new ExportDifference();
    for (const record of readLdif("dn: CN=Jane,OU=Staff,DC=contoso,DC=com\nsn: x\n")) difference.original(record);
    for (const record of readLdp(`${DN}sn: y; \n`)) difference.edited(record);
    assert.match(difference.finish().refusals[0]!.reason, /in only one of the exports/);
  });

  test("a value added by a fix", () => {
    const entry = onlyEntry(`${DN}cn: Jane; \n`);
    const edited = EditedEntry.of(entry).with({ attribute: "mail", text: "jane@contoso.com" });
    assert.deepEqual(differenceOf(entry, edited).record?.modSpecs, [
      { type: "add", attribute: "mail", values: [{ text: "jane@contoso.com" }] },
    ]);
  });
});
