import { describe, test } from "node:test";
import { csvHeader } from "../../server/core/csv/header.ts";
import { csvFormat, LDIF_FORMAT } from "../../server/core/formats/index.ts";
import { LdifPieceScanner } from "../../server/node/piece-scanner.ts";
import fc from "../property.ts";
import { type EditedExports, expectFindingsToFollow } from "./live-checks.ts";

const NAMES = ["Ann", "Ben", "Cleo", "Dan", "Eve"];
const dn = (name: string) => `CN=${name},OU=Sales,DC=contoso,DC=com`;

/** Lines on which others depend: attributes that rules require, keys, references, and what excludes an object. */
const LINES = [
  "objectClass: user",
  "objectClass: group",
  "objectClass: computer",
  "objectClass: contact",
  "displayName: Ann",
  "sAMAccountName: ann",
  "sAMAccountName: ben",
  "userPrincipalName: ann@contoso.com",
  "userPrincipalName: ben@contoso.local",
  "mail: ann@contoso.com",
  "mail: smtp:ben@contoso.com",
  "mailNickname: ann",
  "proxyAddresses: SMTP:ann@contoso.com",
  "proxyAddresses: smtp:ben@contoso.com",
  "proxyAddresses:: U01UUDphbm5AY29udG9zby5jb20=",
  "userAccountControl: 512",
  "userCertificate:: AAAA",
  "groupType: -2147483646",
  "isCriticalSystemObject: TRUE",
  "adminDescription: User_x",
  ...NAMES.flatMap((name) => [`manager: ${dn(name)}`, `member: ${dn(name)}`, `managedBy: ${dn(name)}`]),
  "description: Müller",
  "description: <b",
  "description:< file:///x",
  "changetype: add",
  "changetype: modify",
];
const line = fc.constantFrom(...LINES);
const entry = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(line, { maxLength: 7 }), fc.constantFrom("\n", "\n", "\r\n"))
  .map(([name, lines, end]) => [`dn: ${dn(name)}`, ...lines, "", ""].join(end));
const strange = fc.constantFrom(
  "version: 1\n",
  "version: 1\n\n",
  "# comment\n\n",
  "no colon\n",
  "ref: ldap://contoso.com\n",
  "result: 4 size\n\n",
  "\n",
  "\r",
  "\r\n",
  "\n\n",
  " ",
  "\n ",
  ":",
  "x",
  "é",
  "",
);
const file = fc.array(fc.oneof({ weight: 8, arbitrary: entry }, { weight: 1, arbitrary: strange }), { maxLength: 12 });

const ldif: EditedExports = {
  format: LDIF_FORMAT,
  file,
  other: fc.array(entry, { maxLength: 4 }),
  typed: fc.oneof(
    line.map((text) => `${text}\n`),
    entry,
    strange,
    fc.array(entry, { maxLength: 4 }).map((all) => all.join("")),
  ),
};

/** What stands in the fields of tables, by what the columns are called; quotes are doubled where they are in a field. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  DN: NAMES.map(dn),
  DistinguishedName: NAMES.map(dn),
  objectClass: ["user", "group", "computer", "contact"],
  displayName: ["", "Ann", "Jörg", "J?rg", "a\nb", 'a "b" c', "System.String[]"],
  sAMAccountName: ["", "ann", "ben"],
  userPrincipalName: ["", "ann@contoso.com", "ben@contoso.local", 'a"n@contoso.com'],
  mail: ["", "ann@contoso.com", "smtp:ben@contoso.com"],
  EmailAddress: ["", "ann@contoso.com"],
  proxyAddresses: [
    "",
    "SMTP:ann@contoso.com",
    "smtp:ben@contoso.com;SMTP:ann@contoso.com",
    "x500:/o=a\\;b;smtp:ann@contoso.com",
    "X'534d54503a616e6e40636f6e746f736f2e636f6d'",
    "X'534",
    "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
  ],
  manager: ["", ...NAMES.map(dn)],
  member: ["", NAMES.map(dn).join(";")],
  isCriticalSystemObject: ["", "", "TRUE"],
  objectId: ["1", "2", ""],
  userType: ["Member", "Member", "Guest"],
};

function tables(names: readonly string[], separator = ",", above = ""): EditedExports {
  const header = `${above}${names.join(separator)}\n`;
  const field = (name: string) =>
    fc.tuple(fc.constantFrom(...FIELDS[name]!), fc.boolean()).map(([text, isQuoted]) => {
      const needsQuotes = isQuoted || text.includes(separator) || /["\n]/.test(text);
      return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
    });
  const row = fc
    .tuple(fc.tuple(...names.map(field)), fc.constantFrom("\n", "\n", "\r\n"))
    .map(([fields, end]) => fields.join(separator) + end);
  const strange = fc.constantFrom(
    '"',
    '""',
    '"""',
    separator,
    `"${separator}`,
    `${separator}"`,
    '"\n',
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\0",
    "x",
    "é",
    "a?b",
    ";",
    "\\",
    "",
    header,
  );
  const rows = (maxLength: number) => fc.array(row, { maxLength });
  const mixed = fc.array(fc.oneof({ weight: 8, arbitrary: row }, { weight: 1, arbitrary: strange }), { maxLength: 12 });
  return {
    format: csvFormat(csvHeader(header)!),
    file: mixed.map((parts) => [header, ...parts]),
    other: rows(4).map((parts) => [header, ...parts]),
    typed: fc.oneof(
      strange,
      row,
      rows(4).map((all) => all.join("")),
    ),
  };
}

const ATTRIBUTES = ["objectClass", "displayName", "sAMAccountName", "userPrincipalName", "mail", "proxyAddresses"];

const KINDS: Readonly<Record<string, EditedExports>> = {
  LDIF: ldif,
  "LDIF that is scanned": { ...ldif, scanner: (checker) => new LdifPieceScanner(checker, 0) },
  csvde: tables(["DN", ...ATTRIBUTES, "manager", "member", "isCriticalSystemObject"]),
  "Export-Csv": tables(["DistinguishedName", ...ATTRIBUTES, "EmailAddress", "member"], ";", "#TYPE X\n"),
  "Entra's users": tables(["userPrincipalName", "displayName", "mail", "proxyAddresses", "objectId", "userType"]),
};

for (const [name, exports] of Object.entries(KINDS)) {
  const numRuns = exports.format === LDIF_FORMAT ? 200 : 80;
  describe(`After any edits of ${name}, what was found is what a fresh check finds`, () => {
    test("in an export by itself", () => expectFindingsToFollow(exports, { numRuns: 2 * numRuns }));
    test("in one that is checked together with another", () => {
      expectFindingsToFollow(exports, { withOther: true, numRuns });
    });
    test("in one with a baseline", () => expectFindingsToFollow(exports, { withBaseline: true, numRuns }));
  });
}
