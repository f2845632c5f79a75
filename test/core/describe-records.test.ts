import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  countRecords,
  countsText,
  describeModifyFile,
  describeRecord,
  describeRefusal,
  groupedRefusals,
} from "../../server/core/fix/describe-records.ts";
import { readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import type { PlannedModify, PlannedModSpec, PlannedRecord } from "../../server/core/fix/planned-record.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

const dn = "CN=Jane,OU=Staff,DC=contoso,DC=com";

function modify(...modSpecs: readonly (readonly ["add" | "delete", string, ...WrittenValue[]])[]): PlannedModify {
  const specs = modSpecs.map(([type, attribute, ...values]): PlannedModSpec => ({ type, attribute, values }));
  return { changeType: "modify", dn, modSpecs: specs };
}

const long = "x".repeat(500);

describe("What a record does is told in lines", () => {
  const rows: readonly [what: string, record: PlannedRecord, lines: readonly string[]][] = [
    [
      "a value that is another one now",
      modify(["delete", "proxyAddresses", { text: "smtp:a" }], ["add", "proxyAddresses", { text: "SMTP:a" }]),
      [dn, "- proxyAddresses: smtp:a", "+ proxyAddresses: SMTP:a"],
    ],
    [
      "several of several attributes",
      modify(["delete", "mail", { text: "a" }], ["add", "url", { text: "b" }, { text: "c" }]),
      [dn, "- mail: a", "+ url: b", "+ url: c"],
    ],
    [
      "bytes that are no text",
      modify(["delete", "userCertificate", { base64: "/w==" }], ["add", "userCertificate", { base64: "/////w==" }]),
      [dn, "- userCertificate: <1 bytes>", "+ userCertificate: <4 bytes>"],
    ],
    [
      "what a terminal would obey, and what nobody sees",
      modify(["delete", "info", { text: "\x1b[31mred\r\n\u202egnp\u00a0" }], ["add", "info", { text: " red  " }]),
      [dn, "- info: <U+001B>[31mred<U+000D><U+000A><U+202E>gnp<U+00A0>", "+ info: <U+0020>red<U+0020><U+0020>"],
    ],
    [
      "a long value by its beginning",
      modify(["add", "info", { text: long }]),
      [dn, `+ info: ${"x".repeat(160)}... (500 characters)`],
    ],
    [
      "long values where they differ",
      modify(["delete", "info", { text: `${long}a${long}` }], ["add", "info", { text: `${long}b${long}` }]),
      [
        dn,
        `- info: ...${"x".repeat(40)}a${"x".repeat(119)}... (1,001 characters)`,
        `+ info: ...${"x".repeat(40)}b${"x".repeat(119)}... (1,001 characters)`,
      ],
    ],
    [
      "a long value that differs at its end",
      modify(["delete", "info", { text: `${long}a` }], ["add", "info", { text: `${long}b` }]),
      [dn, `- info: ...${"x".repeat(159)}a (501 characters)`, `+ info: ...${"x".repeat(159)}b (501 characters)`],
    ],
    [
      "a long value without half a character",
      modify(["add", "info", { text: `${"x".repeat(159)}😀y` }]),
      [dn, `+ info: ${"x".repeat(159)}😀... (162 characters)`],
    ],
    [
      "an entry that comes",
      {
        changeType: "add",
        dn,
        attributes: [
          { attribute: "objectClass", values: [{ text: "user" }] },
          { attribute: "cn", values: [{ text: "Jane" }] },
        ],
      },
      [`${dn} (added)`, "+ objectClass: user", "+ cn: Jane"],
    ],
    ["an entry that goes", { changeType: "delete", dn }, [`${dn} (removed)`]],
    ["another name", { changeType: "modrdn", dn, newRdn: "CN=Janet" }, [dn, "CN=Jane -> CN=Janet"]],
    [
      "another place",
      { changeType: "modrdn", dn, newRdn: "CN=Jane", newSuperior: "OU=Sales,DC=contoso,DC=com" },
      [dn, "below OU=Staff,DC=contoso,DC=com -> below OU=Sales,DC=contoso,DC=com"],
    ],
    [
      "both",
      { changeType: "modrdn", dn, newRdn: "CN=Janet", newSuperior: "DC=contoso,DC=com" },
      [dn, "CN=Jane -> CN=Janet", "below OU=Staff,DC=contoso,DC=com -> below DC=contoso,DC=com"],
    ],
    ["a DN with a line end", { changeType: "delete", dn: "CN=a\nb,DC=x" }, ["CN=a<U+000A>b,DC=x (removed)"]],
  ];
  for (const [what, record, lines] of rows) {
    test(what, () => assert.deepEqual(describeRecord(record), lines));
  }

  test("a refusal, with its reason", () => {
    assert.equal(describeRefusal({ dn, attribute: "cn", reason: "names the object" }), `${dn}: cn names the object`);
    assert.equal(describeRefusal({ dn: "CN=\x07", reason: "is twice" }), "CN=<U+0007>: is twice");
    assert.equal(describeRefusal({ dn, reason: "is twice", rule: "mail-length" }), `${dn}: is twice [mail-length]`);
  });
});

describe("Refusals", () => {
  const refusals = (count: number, attribute: string | undefined, reason: string, rule?: string) =>
    Array.from({ length: count }, (_, at) => ({
      dn: `CN=${at},DC=x`,
      ...(attribute && { attribute }),
      reason,
      ...(rule && { rule }),
    }));
  const told = (...lists: ReturnType<typeof refusals>[]) => groupedRefusals(lists.flat()).map(describeRefusal);

  test("of one attribute and one reason are told once where there are more than ten", () => {
    assert.deepEqual(told(refusals(1000, "whenChanged", "is written by the system only")), [
      "whenChanged is written by the system only (1,000 entries)",
    ]);
    assert.deepEqual(told(refusals(11, undefined, "is twice", "mail-length")), ["is twice (11 entries) [mail-length]"]);
  });

  test("of ten are told one by one, and others stay apart, where the first of them stood", () => {
    assert.equal(told(refusals(10, "mail", "is long")).length, 10);
    assert.deepEqual(
      told(
        refusals(1, "sn", "is first"),
        refusals(11, "mail", "is long"),
        refusals(12, "Mail", "is long"),
        refusals(11, "mail", "is short"),
        refusals(1, "mail", "is last"),
      ),
      ["CN=0,DC=x: sn is first", "mail is long (23 entries)", "mail is short (11 entries)", "CN=0,DC=x: mail is last"],
    );
  });
});

describe("Counts", () => {
  test("are of entries, however many records an entry has and however its DN is spelled", () => {
    const records: PlannedRecord[] = [
      modify(["add", "mail", { text: "a" }]),
      { ...modify(["add", "sn", { text: "b" }]), dn: "cn=jane, ou=Staff,DC=contoso,DC=com" },
      { changeType: "modrdn", dn, newRdn: "CN=Janet" },
      { changeType: "add", dn: "CN=A,DC=x", attributes: [] },
      { changeType: "delete", dn: "CN=B,DC=x" },
      { changeType: "delete", dn: "CN=C,DC=x" },
    ];
    const counts = countRecords(records, [{ dn, reason: "is refused" }]);
    assert.deepEqual(counts, { modified: 1, added: 1, renamed: 1, removed: 2, refused: 1 });
    assert.equal(
      countsText({ ...counts, modified: 1234 }),
      "Entries: 1,234 modified, 1 added, 1 renamed or moved, 2 removed; changes refused: 1",
    );
  });
});

describe("The preview of a modify file", () => {
  const records: PlannedRecord[] = [
    modify(["delete", "mail", { text: "a" }], ["add", "mail", { text: "b" }]),
    { ...modify(["add", "displayName", { text: "Jürgen" }]), dn: "CN=Jürgen,DC=contoso,DC=com" },
    { changeType: "delete", dn: "CN=Joe,DC=contoso,DC=com" },
  ];
  const refusals = [{ dn: "CN=Zoë,DC=contoso,DC=com", attribute: "cn", reason: "names the object" }];

  test("holds what is written, the counts, in words what is in base64, and what is refused", () => {
    const files = writeModifyFiles(records, NAMES);
    const preview = describeModifyFile(files, refusals);
    assert.equal(
      preview,
      [
        "# PREVIEW: nothing is written yet.",
        "# Entries: 2 modified, 0 added, 0 renamed or moved, 1 removed; changes refused: 1.",
        "# Changes 3 entries of contoso.ldf.",
        "# REMOVES 1 entry, which no file brings back.",
        "# Apply: ldifde -i -f contoso.modify.ldf -j .",
        "# Undo:  ldifde -i -f contoso.undo.ldf -j .",
        "",
        `dn: ${dn}`,
        "changetype: modify",
        "delete: mail",
        "mail: a",
        "-",
        "add: mail",
        "mail: b",
        "-",
        "",
        "# CN=Jürgen,DC=contoso,DC=com",
        "# + displayName: Jürgen",
        "dn:: Q049SsO8cmdlbixEQz1jb250b3NvLERDPWNvbQ==",
        "changetype: modify",
        "add: displayName",
        "displayName:: SsO8cmdlbg==",
        "-",
        "",
        "dn: CN=Joe,DC=contoso,DC=com",
        "changetype: delete",
        "",
        "# NOT WRITTEN:",
        "#   CN=Zoë,DC=contoso,DC=com: cn names the object",
        "",
      ].join("\r\n"),
    );
    assert.deepEqual(readBack(preview), readBack(files.modify));
  });

  test("says so where there are refusals only", () => {
    assert.equal(
      describeModifyFile(writeModifyFiles([], NAMES), refusals),
      [
        "# PREVIEW: nothing is written yet.",
        "# Entries: 0 modified, 0 added, 0 renamed or moved, 0 removed; changes refused: 1.",
        "",
        "# NOT WRITTEN:",
        "#   CN=Zoë,DC=contoso,DC=com: cn names the object",
        "",
      ].join("\r\n"),
    );
  });

  test("has no line that a value or a DN has made", () => {
    const evil = "a\r\n\r\ndn: CN=Evil,DC=x\r\nchangetype: delete\r\n\r\n\u2028\u0085\r";
    const planned: PlannedRecord[] = [{ ...modify(["add", "info", { text: evil }]), dn: `CN=${evil},DC=x` }];
    const preview = describeModifyFile(writeModifyFiles(planned, NAMES), [{ dn: evil, reason: evil }]);
    assert.deepEqual(readBack(preview), planned);
  });
});
