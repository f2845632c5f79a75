import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ExportDifference } from "../../server/core/fix/export-difference.ts";
import { writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";

/** Entries with all that is hard to write, before and after: in names, in values that go, stay and come, in many and in none. */
const BEFORE = `dn: CN=Jane,DC=contoso,DC=com
objectClass: user
displayName: Jane
mail: jane@contoso.com
manager: CN=Joe,DC=contoso,DC=com
proxyAddresses: SMTP:jane@contoso.com
proxyAddresses: smtp:j@contoso.com
proxyAddresses: smtp:j@contoso.com
proxyAddresses: x500:/o=a
info: kept

dn:: Q049SsO8cmdlbixPVT1TdMOkYixEQz1jb250b3NvLERDPWNvbQ==
objectClass: user
otherMailbox: a
otherMailbox:: IGI=
jpegPhoto:: /9j/4AAQ

dn: CN=Doe\\, "Ann"\\ ,OU=${"long-name-".repeat(9)},DC=contoso,DC=com
objectClass: group
member: CN=Jane,DC=contoso,DC=com
description: gone
`;

const AFTER = `dn: CN=Jane,DC=contoso,DC=com
objectClass: user
DISPLAYNAME:: IEphbmUg
mail: ${"n".repeat(200)}@contoso.com
manager: cn=joe, dc=contoso, dc=com
proxyAddresses: x500:/o=a
proxyAddresses: smtp:jane@contoso.com
proxyAddresses: SMTP:j@contoso.com
info: kept
title: :colon
department: <less
company: # no comment
st: 50 %

dn:: Q049SsO8cmdlbixPVT1TdMOkYixEQz1jb250b3NvLERDPWNvbQ==
objectClass: user
otherMailbox: a
otherMailbox:: ICBi
otherMailbox:: w6TwnZKc${"8J2SnPCdkpzwnZKc".repeat(20)}
jpegPhoto:: ${"/9j/".repeat(100)}

dn: CN=Doe\\, "Ann"\\ ,OU=${"long-name-".repeat(9)},DC=contoso,DC=com
objectClass: group
member: CN=Jane,DC=contoso,DC=com
member: CN=Jöe,DC=contoso,DC=com
displayName: -
`;

function written(): readonly string[] {
  const difference = new ExportDifference();
  for (const record of readLdif(BEFORE)) difference.original(record);
  for (const record of readLdif(AFTER)) difference.edited(record);
  const { records, refusals } = difference.finish();
  assert.deepEqual(refusals, []);
  assert.equal(records.length, 3);
  const names = { original: `${"ä long näme ".repeat(20)}.ldf`, modify: "b c.ldf", undo: "d.ldf" };
  const { modify, undo } = writeModifyFiles(records, names);
  return [modify, undo];
}

const FILES = written();

const HEAD = "dn: CN=A,DC=x\r\nchangetype: modify\r\n";
const SPEC = "add: info\r\ninfo: x\r\n-\r\n";

/** What makes a tool do something else, or nothing, or fail; each with a file that has it, which must be recognized. */
const NEVER: readonly (readonly [what: string, has: (text: string) => boolean, example: string])[] = [
  ["a byte order mark", (text) => text.startsWith("\ufeff"), `\ufeff${HEAD}${SPEC}\r\n`],
  [
    "anything that is not ASCII, in values, names or comments",
    (text) => /[^\x00-\x7f]/.test(text),
    `${HEAD}${SPEC}\r\n# ä`,
  ],
  ["a line end of LF alone", (text) => /(?<!\r)\n/.test(text), HEAD.replaceAll("\r", "")],
  ["a line end of CR alone", (text) => /\r(?!\n)/.test(text), HEAD.replaceAll("\n", "")],
  ["no line end at the end", (text) => !text.endsWith("\r\n"), `${HEAD}${SPEC.slice(0, -2)}`],
  ["no blank line at the end", (text) => !text.endsWith("\r\n\r\n"), `${HEAD}${SPEC}`],
  ["a line version:", (text) => /^version:/im.test(text), `version: 1\r\n\r\n${HEAD}`],
  ["a line control:", (text) => /^control:/im.test(text), HEAD.replace("change", "control: 1.2.3\r\nchange")],
  ["a comment that is folded", (text) => /^#.*\r\n /m.test(text), `# a\r\n b\r\n${HEAD}`],
  [
    "a comment that is not at the head",
    (text) => physical(text).some((line, at, all) => line.startsWith("#") && all[at - 1]?.startsWith("#") === false),
    `${HEAD}# a\r\n${SPEC}\r\n`,
  ],
  ["a blank line behind the comments", (text) => /^#.*\r\n\r\n/m.test(text), `# a\r\n\r\n${HEAD}`],
  ["a blank line at the head", (text) => /^\r\n/.test(text), `\r\n${HEAD}`],
  ["two blank lines together", (text) => text.includes("\r\n\r\n\r\n"), `${HEAD}${SPEC}\r\n\r\n${HEAD}`],
  ["a line of blanks alone", (text) => /^[ \t]+$/m.test(text.replaceAll("\r", "")), `${HEAD}${SPEC} \r\n`],
  ["a tab that folds", (text) => /^\t/m.test(text), `${HEAD}add: info\r\ninfo: x\r\n\ty\r\n`],
  [
    "a line over 76 characters, but for comments",
    (text) => physical(text).some((line) => !line.startsWith("#") && line.length > 76),
    `${HEAD}info: ${"x".repeat(80)}\r\n`,
  ],
  ["a blank at the end of a line", (text) => /[ \t]\r\n/.test(text.replace(/^#.*\r\n/gm, "")), `${HEAD}add: info \r\n`],
  [
    "a value without a blank before it",
    (text) => lines(text).some((line) => /^[\w;-]+::?[^:\s]/.test(line)),
    `${HEAD}add:info`,
  ],
  [
    "a value behind two blanks",
    (text) => lines(text).some((line) => /^[\w;-]+::? {2}/.test(line)),
    `${HEAD}add: info\r\ninfo:  x\r\n`,
  ],
  [
    "a value in clear that begins with a colon or <",
    (text) => lines(text).some((line) => /^[\w;-]+: [:<]/.test(line)),
    `${HEAD}add: info\r\ninfo: :x\r\n`,
  ],
  ["a value from a file", (text) => /^[\w;-]+:</m.test(text), `${HEAD}add: info\r\ninfo:< file:///a\r\n`],
  ["an empty value", (text) => /^[\w;-]+::? *$/m.test(text.replaceAll("\r", "")), `${HEAD}add: info\r\ninfo:\r\n`],
  [
    "base64 that is broken",
    (text) => values(text, "::").some((one) => Buffer.from(one, "base64").toString("base64") !== one),
    `${HEAD}add: info\r\ninfo:: YQ=\r\n`,
  ],
  [
    "a record without changetype",
    (text) => records(text).some((one) => !/^dn::? .*\r\nchangetype: /.test(one)),
    `dn: CN=A,DC=x\r\n${SPEC}\r\n`,
  ],
  [
    "a changetype but modify, in small letters",
    (text) => /^changetype: (?!modify\r\n)/m.test(text),
    HEAD.replace("modify", "Modify"),
  ],
  ["a record without a mod-spec", (text) => records(text).some((one) => !/\r\n-$/.test(one)), `${HEAD}\r\n`],
  [
    "a record without a DN",
    (text) => records(text).some((one) => !/^dn:/.test(one)),
    `changetype: modify\r\n${SPEC}\r\n`,
  ],
  [
    "two records for one object",
    (text) => isRepeated(records(text).map((one) => one.split("\r\n")[0]!)),
    `${HEAD}${SPEC}\r\n${HEAD}${SPEC}\r\n`,
  ],
  [
    "a mod-spec but delete and add",
    (text) => specs(text).some(([head]) => !/^(?:delete|add): /.test(head!)),
    `${HEAD}replace: info\r\ninfo: x\r\n-\r\n\r\n`,
  ],
  [
    "a mod-spec without a value",
    (text) => specs(text).some(({ length }) => length < 2),
    `${HEAD}delete: info\r\n-\r\n\r\n`,
  ],
  [
    "two dashes together, or a dash that is missing",
    (text) => specs(text).some((one) => one.some((line, at) => at > 0 && /^(?:-|(?:delete|add|replace): )/.test(line))),
    `${HEAD}add: info\r\ninfo: x\r\nadd: st\r\nst: x\r\n-\r\n\r\n`,
  ],
  [
    "a line that names another attribute than its mod-spec",
    (text) => specs(text).some(([head, ...more]) => more.some((line) => line.split(":")[0] !== head!.split(": ")[1])),
    `${HEAD}add: info\r\nst: x\r\n-\r\n\r\n`,
  ],
  [
    "a value twice in a mod-spec",
    (text) => specs(text).some(isRepeated),
    `${HEAD}add: info\r\ninfo: x\r\ninfo: x\r\n-\r\n\r\n`,
  ],
  [
    "a mod-spec twice",
    (text) => records(text).some((one) => isRepeated(specs(one).map(([head]) => head!))),
    `${HEAD}${SPEC}${SPEC}\r\n`,
  ],
  [
    "an attribute that is added to before it is deleted from",
    (text) => records(text).some(addsFirst),
    `${HEAD}${SPEC}delete: info\r\ninfo: y\r\n-\r\n\r\n`,
  ],
  [
    "a value that is deleted and added again",
    (text) => records(text).some((one) => isRepeated(specs(one).flatMap((spec) => spec.slice(1)))),
    `${HEAD}${SPEC}delete: info\r\ninfo: x\r\n-\r\n\r\n`,
  ],
];

function physical(text: string): string[] {
  return text.split("\r\n");
}

/** The lines without folds and comments. */
function lines(text: string): string[] {
  return text
    .replaceAll("\r\n ", "")
    .split("\r\n")
    .filter((line) => !line.startsWith("#"));
}

function records(text: string): string[] {
  return lines(text)
    .join("\r\n")
    .split("\r\n\r\n")
    .filter((record) => record.trim() !== "");
}

/** The mod-specs of all records, each as its lines without the dash. */
function specs(text: string): string[][] {
  return records(text).flatMap((record) =>
    `${record}\r\n`
      .replace(/^dn:.*\r\n/, "")
      .replace(/^changetype:.*\r\n/, "")
      .split(/^-\r\n/m)
      .filter((spec) => spec !== "")
      .map((spec) => spec.trimEnd().split("\r\n")),
  );
}

function values(text: string, colons: string): string[] {
  return lines(text).flatMap((line) => new RegExp(`^[\\w;-]+${colons} (.*)$`).exec(line)?.[1] ?? []);
}

function isRepeated(all: readonly string[]): boolean {
  return new Set(all).size < all.length;
}

function addsFirst(record: string): boolean {
  const heads = specs(record).map(([head]) => head!);
  return heads.some((head, at) => {
    const added = heads.indexOf(head.replace("delete: ", "add: "));
    return head.startsWith("delete: ") && added >= 0 && added < at;
  });
}

describe("A modify file and its undo file never have", () => {
  for (const [what, has, example] of NEVER) {
    test(what, () => {
      assert.ok(has(example), "the example has it");
      for (const file of FILES) assert.ok(!has(file), file);
    });
  }
});
