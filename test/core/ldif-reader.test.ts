import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { unfold } from "../../server/core/ldif/line.ts";
import { LdifReader, readLdif } from "../../server/core/ldif/reader.ts";
import { LdifEntry, type LdifRecord } from "../../server/core/ldif/record.ts";

/** An attribute line: description, decoded value, and the value's source where it is written otherwise. */
type Line = readonly [description: string, text: string, source?: string];

interface ReadEntry {
  readonly dn: string;
  readonly lines: readonly Line[];
}

/** A row: what it is about, the file, its entries, and the ids of the problems in their order. */
type Row = readonly [name: string, source: string, entries: readonly ReadEntry[], problems?: readonly string[]];

const JANE = "dn: CN=Jane,DC=contoso,DC=com\n";

function jane(...lines: Line[]): ReadEntry[] {
  return [{ dn: "CN=Jane,DC=contoso,DC=com", lines }];
}

const JANE_AND_JOE = [
  { dn: "CN=Jane,DC=contoso,DC=com", lines: [["cn", "Jane"]] },
  { dn: "CN=Joe,DC=contoso,DC=com", lines: [["cn", "Joe"]] },
] as const satisfies readonly ReadEntry[];

function twoRecords(between: string): string {
  return `dn: CN=Jane,DC=contoso,DC=com\ncn: Jane\n${between}dn: CN=Joe,DC=contoso,DC=com\ncn: Joe\n`;
}

/** The lines of a record as rows; a source is named only where it differs from the text. */
function linesOf(record: LdifEntry): Line[] {
  return record.lines.map((line) => {
    const source = record.text.slice(line.span.start, line.span.end);
    return source === line.text ? [line.description, line.text] : [line.description, line.text, source];
  });
}

function checkRow(source: string, entries: readonly ReadEntry[], problems: readonly string[] = []): void {
  const records = readLdif(source);
  const read = records
    .filter((record) => record instanceof LdifEntry)
    .map((entry) => ({ dn: entry.dn.text, lines: linesOf(entry) }));
  assert.deepEqual(read, entries);
  assert.deepEqual(
    records.flatMap((record) => record.problems.map(({ id }) => id)),
    problems,
  );
  assert.equal(records.map(({ text }) => text).join(""), source);
}

const LINES: readonly Row[] = [
  ["a value with a space after the colon", `${JANE}cn: Jane\n`, jane(["cn", "Jane"])],
  ["a value without a space", `${JANE}cn:Jane\n`, jane(["cn", "Jane"])],
  ["several spaces are fill", `${JANE}cn:   Jane\n`, jane(["cn", "Jane"])],
  ["a tab is no fill", `${JANE}cn:\tJane\n`, jane(["cn", "\tJane"])],
  ["a space at the end belongs to the value", `${JANE}cn: Jane \n`, jane(["cn", "Jane "])],
  ["colons in a value", `${JANE}cn: a:b::c:<d\n`, jane(["cn", "a:b::c:<d"])],
  ["an empty value", `${JANE}cn:\nsn: \n`, jane(["cn", ""], ["sn", ""])],
  ["empty base64", `${JANE}cn::\nsn:: \n`, jane(["cn", ""], ["sn", ""])],
  ["base64", `${JANE}cn:: SmFuZQ==\n`, jane(["cn", "Jane", "SmFuZQ=="])],
  ["base64 with much fill", `${JANE}cn::   SmFuZQ==\n`, jane(["cn", "Jane", "SmFuZQ=="])],
  ["base64 of UTF-8", `${JANE}cn:: SsOpcsO0bWU=\n`, jane(["cn", "Jérôme", "SsOpcsO0bWU="])],
  ["base64 of a value with line ends", `${JANE}info:: YQ0KYg==\n`, jane(["info", "a\r\nb", "YQ0KYg=="])],
  ["base64 of bytes that are no text", `${JANE}x:: /wBB\n`, jane(["x", "\ufffd\0A", "/wBB"])],
  ["a URL", `${JANE}x:< file:///a\n`, jane(["x", "file:///a"]), ["ldif-url-not-read"]],
  ["a value that begins with <", `${JANE}x: <a\n`, jane(["x", "<a"]), ["ldif-value-unsafe-start"]],
  ["a control character", `${JANE}x: a\tb\x01\n`, jane(["x", "a\tb\x01"])],
  ["options", `${JANE}userCertificate;binary:: MIIB\n`, jane(["userCertificate;binary", "0\ufffd\x01", "MIIB"])],
  ["a range", `${JANE}member;range=0-1499: CN=a\n`, jane(["member;range=0-1499", "CN=a"])],
  ["a last range", `${JANE}member;range=1500-*: CN=a\n`, jane(["member;range=1500-*", "CN=a"])],
  ["an OID", `${JANE}2.5.4.3: Jane\n`, jane(["2.5.4.3", "Jane"])],
  ["values keep their order, double ones too", `${JANE}x: 2\nX: 1\nx: 2\n`, jane(["x", "2"], ["X", "1"], ["x", "2"])],
  ["a hash in a value is no comment", `${JANE}x: # a\ny: b # c\n`, jane(["x", "# a"], ["y", "b # c"])],
  ["an attribute called dn", "dn: @INDEXLIST\ndn: CASE\n", [{ dn: "@INDEXLIST", lines: [["dn", "CASE"]] }]],
  ["raw UTF-8", `${JANE}cn: Jérôme\n`, jane(["cn", "Jérôme"]), ["ldif-value-not-ascii"]],
];

const FOLDS: readonly Row[] = [
  ["in a value", `${JANE}cn: Ja\n ne\n`, jane(["cn", "Jane", "Ja\n ne"])],
  ["only one space goes", `${JANE}cn: Ja\n  ne\n`, jane(["cn", "Ja ne", "Ja\n  ne"])],
  ["behind the colon", `${JANE}cn:\n Jane\n`, jane(["cn", "Jane"])],
  ["behind the fill", `${JANE}cn: \n Jane\n`, jane(["cn", "Jane"])],
  ["in the fill", `${JANE}cn: \n  \n  Jane\n`, jane(["cn", "Jane"])],
  ["before the colon", `${JANE}cn\n : Jane\n`, jane(["cn", "Jane"])],
  ["in the name", `${JANE}display\n Name: Jane\n`, jane(["displayName", "Jane"])],
  ["between the colons", `${JANE}cn:\n : SmFuZQ==\n`, jane(["cn", "Jane", "SmFuZQ=="])],
  ["in base64", `${JANE}cn:: Sm\n FuZ\n Q==\n`, jane(["cn", "Jane", "Sm\n FuZ\n Q=="])],
  ["in base64, in the middle of é", `${JANE}cn:: SsO\n pcsO0bWU=\n`, jane(["cn", "Jérôme", "SsO\n pcsO0bWU="])],
  ["in a URL", `${JANE}x:< file\n :///a\n`, jane(["x", "file:///a", "file\n :///a"]), ["ldif-url-not-read"]],
  ["with CRLF", "dn: CN=Jane,DC=cont\r\n oso,DC=com\r\ncn: Ja\r\n ne\r\n", jane(["cn", "Jane", "Ja\r\n ne"])],
  ["of a DN in base64", "dn:: Q049SmFuZSxEQz1jb250\n b3NvLERDPWNvbQ==\ncn: a\n", jane(["cn", "a"])],
  ["of a DN right behind the colon", "dn: \n CN=Jane,DC=contoso,DC=com\ncn: a\n", jane(["cn", "a"])],
  ["of the name dn", "d\n n: CN=Jane,DC=contoso,DC=com\ncn: a\n", jane(["cn", "a"])],
  ["of the name dn before the colon", "DN\r\n : CN=Jane,DC=contoso,DC=com\r\ncn: a\r\n", jane(["cn", "a"])],
  ["of a comment", `${JANE}# a\n cn: b\ncn: Jane\n`, jane(["cn", "Jane"])],
  ["of a comment at the head", `# a\n b\n${JANE}cn: Jane\n`, jane(["cn", "Jane"])],
  ["with a single space continues with nothing", `${JANE}cn: Ja\n \n ne\n`, jane(["cn", "Jane", "Ja\n \n ne"])],
  ["with a single space at the end", `${JANE}cn: Jane\n \n`, jane(["cn", "Jane", "Jane\n "])],
  [
    "with two spaces at the end is none",
    `${JANE}cn: Jane\n  \n`,
    jane(["cn", "Jane"]),
    ["ldif-blank-line-with-spaces"],
  ],
  ["with a tab", `${JANE}cn: Ja\n\tne\n`, jane(["cn", "Jane", "Ja\n\tne"]), ["ldif-tab-continuation"]],
];

const FILES: readonly Row[] = [
  ["nothing", "", [], ["ldif-empty"]],
  ["blank lines only", "\n\r\n\n", [], ["ldif-empty"]],
  ["LF", twoRecords("\n"), JANE_AND_JOE],
  ["CRLF", twoRecords("\n").replaceAll("\n", "\r\n"), JANE_AND_JOE],
  ["CRLF and LF mixed", twoRecords("\r\n"), JANE_AND_JOE],
  ["blank lines at head, between and at the end", `\n\n${twoRecords("\n\r\n\n")}\n\n`, JANE_AND_JOE],
  ["no line end at the end", twoRecords("\n").slice(0, -1), JANE_AND_JOE, ["ldif-no-final-line-end"]],
  ["a comment directly before a DN", twoRecords("\n# Joe\n"), JANE_AND_JOE],
  ["a comment between blank lines", twoRecords("\n# Joe\n\n"), JANE_AND_JOE],
  ["a comment in a record", twoRecords("# Jane ends\n\n"), JANE_AND_JOE],
  ["not separated", twoRecords(""), JANE_AND_JOE, ["ldif-records-not-separated"]],
  ["not separated, with comments", twoRecords("# Joe\n# again\n"), JANE_AND_JOE, ["ldif-records-not-separated"]],
  ["a line of one space as separator", twoRecords(" \n"), JANE_AND_JOE, ["ldif-blank-line-with-spaces"]],
  ["a line of spaces as separator", twoRecords("   \n"), JANE_AND_JOE, ["ldif-blank-line-with-spaces"]],
  ["a line of a tab as separator", twoRecords("\t\n"), JANE_AND_JOE, ["ldif-blank-line-with-spaces"]],
  ["a line of a space, comments behind it", twoRecords(" \n# Joe\n#\n"), JANE_AND_JOE, ["ldif-blank-line-with-spaces"]],
  [
    "lines of spaces and CRLF",
    twoRecords(" \n \n").replaceAll("\n", "\r\n"),
    JANE_AND_JOE,
    ["ldif-blank-line-with-spaces"],
  ],
  ["a blank line and a line of spaces", twoRecords("\n \n"), JANE_AND_JOE, ["ldif-blank-line-with-spaces"]],
  ["a version line of its own", `version: 1\n\n${twoRecords("\n")}`, JANE_AND_JOE],
  ["a version line directly before the DN", `version: 1\n${twoRecords("\n")}`, JANE_AND_JOE],
  [
    "a version line of two exports",
    `version: 1\n\n${twoRecords("\nversion: 1\n")}`,
    JANE_AND_JOE,
    ["ldif-version-repeated"],
  ],
  ["DN in capitals", `DN: CN=Jane,DC=contoso,DC=com\ncn: Jane\n\nDn:CN=Joe,DC=contoso,DC=com\ncn: Joe\n`, JANE_AND_JOE],
  [
    "the rootDSE",
    "dn:\nconfigurationNamingContext: CN=a\n",
    [{ dn: "", lines: [["configurationNamingContext", "CN=a"]] }],
  ],
  [
    "a blank line in an entry",
    `${JANE}cn: Jane\n\nsn: Doe\nl: Rome\n`,
    jane(["cn", "Jane"]),
    ["ldif-record-without-dn"],
  ],
  ["changetype: add, as ldifde exports", `${JANE}changetype: add\ncn: Jane\n`, jane(["cn", "Jane"])],
  ["ntdsSchemaAdd", `${JANE}changetype: ntdsSchemaAdd\ncn: Jane\n`, jane(["cn", "Jane"])],
  ["a control and add", `${JANE}control: 1.2.3 true\nchangeType:ADD\ncn: Jane\n`, jane(["cn", "Jane"])],
  [
    "values between the DN and changetype: add",
    `${JANE}cn: Jane\ncontrol: 1.2.3\nsn: Doe\nchangetype: add\nl: Rome\n`,
    jane(["cn", "Jane"], ["sn", "Doe"], ["l", "Rome"]),
    ["ldif-changetype-misplaced"],
  ],
  [
    "a broken line costs only itself",
    `${JANE}cn: Jane\noops\nsn: Doe\n`,
    jane(["cn", "Jane"], ["sn", "Doe"]),
    ["ldif-line-without-colon"],
  ],
  ["a bare carriage return", `${JANE}cn: Ja\rne\n`, jane(["cn", "Ja\rne"]), ["ldif-bare-carriage-return"]],
  ["a replacement character in a comment", `# \ufffd\0\n${JANE}cn: Jane\n`, jane(["cn", "Jane"])],
];

const TOOLS: readonly Row[] = [
  [
    "ldifde",
    "dn: CN=Jane Doe,OU=Staff,DC=contoso,DC=com\r\nchangetype: add\r\nobjectClass: user\r\nproxyAddresses: \r\n SMTP:jane.doe@contoso.com\r\nobjectGUID:: rhJFFss/\r\n lkqXe8EMnMZJHg==\r\n\r\n",
    [
      {
        dn: "CN=Jane Doe,OU=Staff,DC=contoso,DC=com",
        lines: [
          ["objectClass", "user"],
          ["proxyAddresses", "SMTP:jane.doe@contoso.com"],
          [
            "objectGUID",
            "\ufffd\x12E\x16\ufffd?\ufffdJ\ufffd{\ufffd\f\ufffd\ufffdI\x1e",
            "rhJFFss/\r\n lkqXe8EMnMZJHg==",
          ],
        ],
      },
    ],
  ],
  [
    "ldapsearch",
    `# extended LDIF\n#\n# LDAPv3\n# base <DC=contoso,DC=com> with scope subtree\n# filter: (cn=*)\n# requesting: cn \n#\n\n# Jane, contoso.com\n${JANE}cn: Jane\n\n# search reference\nref: ldap://DomainDnsZones.contoso.com/DC=DomainDnsZones,DC=contoso,DC=com\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 3\n# numEntries: 1\n# numReferences: 1\n`,
    jane(["cn", "Jane"]),
    ["ldif-referral-not-followed"],
  ],
  [
    "ldapsearch -L",
    `version: 1\n\n#\n# LDAPv3\n#\n\n# Jane, contoso.com\n${JANE}cn: Jane\n\n# refldap://contoso.com/CN=Configuration,DC=contoso,DC=com\n\n# search result\n\n# numResponses: 2\n# numEntries: 1\n`,
    jane(["cn", "Jane"]),
  ],
  [
    "ldapsearch, cut by a limit",
    `${JANE}cn: Jane\n\n# search result\nsearch: 2\nresult: 4 Size limit exceeded\n`,
    jane(["cn", "Jane"]),
    ["ldif-export-incomplete"],
  ],
  [
    "ldbsearch",
    "# record 1\ndn: CN=Jérôme,DC=contoso,DC=com\nobjectGUID: 164512ae-3fcb-4a96-977b-c10c9cc6491e\nobjectSid: S-1-5-21-1-2-3-1104\ncn:: SsOpcsO0bWU=\ndescription: <x \n\n# Referral\nref: ldap://contoso.com/CN=Configuration,DC=contoso,DC=com\n\n# returned 2 records\n# 1 entries\n# 1 referrals\n",
    [
      {
        dn: "CN=Jérôme,DC=contoso,DC=com",
        lines: [
          ["objectGUID", "164512ae-3fcb-4a96-977b-c10c9cc6491e"],
          ["objectSid", "S-1-5-21-1-2-3-1104"],
          ["cn", "Jérôme", "SsOpcsO0bWU="],
          ["description", "<x "],
        ],
      },
    ],
    ["ldif-value-unsafe-start", "ldif-value-not-ascii", "ldif-referral-not-followed"],
  ],
];

for (const [title, rows] of Object.entries({ "Attribute lines": LINES, Folds: FOLDS, Files: FILES, Tools: TOOLS })) {
  describe(title, () => {
    for (const [name, source, entries, problems] of rows) test(name, () => checkRow(source, entries, problems));
  });
}

describe("What a record knows of its place", () => {
  const source = `# head\r\n\r\n${twoRecords("\n\n").replaceAll("\n", "\r\n")}\r\n# end\r\n`;

  test("start and first line", () => {
    const places = readLdif(source).map(({ start, firstLine }) => [start, firstLine]);
    const lineAt = (offset: number) => source.slice(0, offset).split("\n").length - 1;
    assert.deepEqual(
      places,
      [0, source.indexOf("dn: CN=Jane"), source.indexOf("dn: CN=Joe"), source.indexOf("# end")].map((at) => [
        at,
        lineAt(at),
      ]),
    );
  });

  test("a detached record is the same record", () => {
    for (const record of readLdif(source)) assert.deepEqual(shown(record.detached()), shown(record));
  });

  test("what follows a record that is too long has the right place, however the text is cut", () => {
    const long = `${JANE}${"description: and so on\n".repeat(40)}\n`;
    for (const length of [1, 7, 64, 2000]) {
      const records: LdifRecord[] = [];
      const reader = new LdifReader((record) => records.push(record), 500);
      const whole = long + twoRecords("\n");
      for (let at = 0; at < whole.length; at += length) reader.push(whole.slice(at, at + length));
      reader.end();
      const entry = records[1]!;
      assert.deepEqual([records[0]!.firstLine, entry.start, entry.firstLine], [0, long.length, 42]);
      assert.deepEqual(
        records.flatMap(({ problems }) => problems.map(({ id }) => id)),
        ["ldif-record-too-long"],
      );
    }
  });
});

function shown({ text, start, firstLine, problems, entry }: LdifRecord) {
  return { text, start, firstLine, problems, entry: entry && linesOf(entry) };
}

describe("The source of a part of a value", () => {
  // The value's source, the part of its text, and the part of the source that it comes from.
  const parts: readonly (readonly [line: string, part: string, source: string])[] = [
    ["x: jane doe", "ne d", "ne d"],
    ["x: ja\n ne", "ja", "ja"],
    ["x: ja\n ne", "ne", "ne"],
    ["x: ja\n ne", "an", "a\n n"],
    ["x: ja\r\n \r\n ne", "an", "a\r\n \r\n n"],
    ["x:: amFuZQ==", "jane", "amFuZQ"],
    ["x:: amFuZQ==", "j", "am"],
    ["x:: amFuZQ==", "a", "mF"],
    ["x:: amFuZQ==", "n", "Fu"],
    ["x:: amFuZQ==", "e", "ZQ"],
    ["x:: am\n FuZQ==", "a", "m\n F"],
    ["x:: w6luZQ==", "é", "w6l"],
    ["x:: w6luZQ==", "n", "lu"],
    ["x:: 8J+YgHg=", "x", "Hg"],
  ];
  for (const [line, part, expected] of parts) {
    test(`${JSON.stringify(part)} of ${JSON.stringify(line)}`, () => {
      const entry = readLdif(`${JANE}${line}\n`)[0]!.entry!;
      const [value] = entry.lines;
      const at = value!.text.indexOf(part);
      const { start, end } = value!.slice(at, at + part.length);
      assert.equal(entry.text.slice(start, end), expected);
      assert.equal(unfold(value!.source), line.slice(line.indexOf(": ") + 2).replace(/\r?\n /g, ""));
    });
  }
});
