/**
 * Many edits of one export, and fresh checks of all of it. In a table they also go through its header. More of them, of a larger export, with a fresh check after every tenth edit:
 * `SYNCREADY_EDITS=10000 SYNCREADY_KILOBYTES=1000 SYNCREADY_EVERY=10 node --test out/test/core/live-edits.test.js`
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Baseline } from "../../server/core/engine/baseline.ts";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { ExportDocument } from "../../server/lsp/export-document.ts";
import { LdifPieceScanner } from "../../server/node/piece-scanner.ts";
import { turn } from "../turn.ts";
import { checkedAnew, finish, found, liveCheck, type MakeScanner } from "./live-checks.ts";

const EDITS = Number(process.env.SYNCREADY_EDITS ?? 300);
const EVERY = Number(process.env.SYNCREADY_EVERY ?? 1);
const SIZE = Number(process.env.SYNCREADY_KILOBYTES ?? 60) * 1000;

/** The same numbers in every run (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The entry of a number: one in so many has each of the usual mistakes, and some hold what another one holds. */
function entryOf(number: number): string {
  const name = `u${number}`;
  const every = (count: number, ...lines: readonly string[]) => (number % count === count - 1 ? lines : []);
  return [
    `dn: CN=${name},OU=Sales,DC=contoso,DC=com`,
    `objectClass: ${number % 40 === 3 ? "computer" : number % 25 === 4 ? "group" : "user"}`,
    `cn: ${name}`,
    `displayName: ${number % 30 === 5 ? "" : `User ${number}`}`,
    `sAMAccountName: ${name}`,
    `userPrincipalName: ${name}@contoso.${number % 17 === 6 ? "local" : "com"}`,
    `mail: ${name}@contoso.com`,
    `proxyAddresses: SMTP:${name}@contoso.com`,
    `proxyAddresses: smtp:${number % 20 === 7 ? "shared" : name}@fabrikam.com`,
    `manager: CN=u${number >> 3},OU=Sales,DC=contoso,DC=com`,
    `description: ${"In Sales since the beginning. ".repeat(4)}`.replace(/(.{70})/g, "$1\n "),
    ...every(50, "isCriticalSystemObject: TRUE"),
    ...every(60, "description: Müller"),
    ...every(70, "userPrincipalName: second@contoso.com"),
    ...every(80, "member: CN=u1,OU=Sales,DC=contoso,DC=com", "member: CN=u49,OU=Sales,DC=contoso,DC=com"),
    "",
    "",
  ].join(number % 90 === 8 ? "\r\n" : "\n");
}

/** The row of a number, with mistakes as in {@link entryOf}, and now and then something in it that CSV has to escape. */
function rowOf(number: number): string {
  const name = `u${number}`;
  const every = (count: number, text: string, other = "") => (number % count === count - 1 ? text : other);
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const fields = [
    `CN=${name},OU=Sales,DC=contoso,DC=com`,
    number % 40 === 3 ? "computer" : number % 25 === 4 ? "group" : "user",
    name,
    number % 30 === 5 ? "" : every(35, `User "the ${number}th"`, `User ${number}`),
    name,
    `${name}@contoso.${number % 17 === 6 ? "local" : "com"}`,
    `${name}@contoso.com`,
    `SMTP:${name}@contoso.com;smtp:${number % 20 === 7 ? "shared" : name}@fabrikam.com`,
    `CN=u${number >> 3},OU=Sales,DC=contoso,DC=com`,
    every(45, "In Sales\nsince the beginning", "In Sales"),
    every(50, "TRUE"),
    every(60, "M\u00fcller", every(70, "M?ller")),
    every(80, "CN=u1\\,OU=Sales\\,DC=contoso;CN=u49,OU=Sales,DC=contoso,DC=com"),
  ];
  return fields.map(quoted).join(",") + (number % 90 === 8 ? "\r\n" : "\n");
}

const HEADER =
  "DN,objectClass,cn,displayName,sAMAccountName,userPrincipalName,mail,proxyAddresses,manager,description,isCriticalSystemObject,sn,member\n";

interface Edited {
  readonly name: string;
  readonly languageId: string;
  readonly scanner?: MakeScanner;
  readonly header: string;
  readonly partOf: (number: number) => string;
  /** What makes and unmakes lines, fields and parts. */
  readonly pieces: readonly string[];
}

const LDIF = {
  languageId: "ldif",
  header: "",
  partOf: entryOf,
  pieces: [
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\n\r\n",
    "\n ",
    " ",
    ":",
    "x",
    "é",
    "#",
    "-\n",
    "dn: CN=u1,OU=Sales,DC=contoso,DC=com\n",
  ],
};

const EXPORTS: readonly Edited[] = [
  { ...LDIF, name: "users.ldf" },
  { ...LDIF, name: "scanned.ldf", scanner: (checker) => new LdifPieceScanner(checker, 0) },
  {
    name: "users.csv",
    languageId: "csv",
    header: HEADER,
    partOf: rowOf,
    pieces: [
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      '"',
      '""',
      ',"',
      '",',
      '"\n',
      ",",
      ";",
      "\\",
      "x",
      "é",
      "a?b",
      HEADER,
      rowOf(1),
    ],
  },
];

for (const { name, languageId, scanner, header, partOf, pieces } of EXPORTS) {
  test(`After ${EDITS} edits of ${name}, what was found is what a fresh check finds`, async () => {
    const random = numbers(1);
    let now = header;
    // In a table, an object takes half the room.
    for (let number = 0; now.length < (header === "" ? SIZE : SIZE / 2); number++) now += partOf(number);
    const size = now.length;
    const surroundings = { settings: DEFAULT_SETTINGS, known: [], baseline: new Baseline() };
    const document = new ExportDocument(`file:///exports/${name}`, languageId, 0, now);
    let check = liveCheck(document.format, document.text, surroundings, scanner);
    let findings = 0;
    const edit = (start: number, end: number, added: string) => {
      const { text } = document;
      const range = { start: text.positionAt(start), end: text.positionAt(end) };
      document.update([{ range, text: added }], document.version + 1);
      now = document.getText();
      // Another format is another text, which is checked from its beginning.
      if (document.text !== text) check = liveCheck(document.format, document.text, surroundings, scanner);
      finish(check);
    };
    const expectSame = (count: number) => {
      const { forest: _, ...expected } = checkedAnew(document.format, now, surroundings);
      const actual = found(document.text, check, surroundings.baseline);
      if (JSON.stringify(actual) !== JSON.stringify(expected))
        assert.deepEqual(actual, expected, `after edit ${count}`);
      findings += actual.told.length;
    };
    finish(check);
    for (let count = 0; count < EDITS; count++) {
      if (header !== "" && count % 10 === 9) {
        // Somebody goes through the header, and takes it back.
        const at = random(header.length);
        const end = Math.min(header.length, at + random(9));
        const added = pieces[random(pieces.length)]!;
        edit(at, end, added);
        expectSame(count);
        edit(at, at + added.length, header.slice(at, end));
        assert.equal(document.format.head, header);
      }
      const start = header.length + random(now.length - header.length + 1);
      const from = random(now.length);
      const kind = random(10);
      // Splits, joins, cut line ends, and copies of a part in another place. What has grown is cut, what has shrunk gets more.
      const isLong = now.length > size;
      const removed = kind < 5 ? 0 : kind < 8 ? random(4) : isLong ? random(4000) : random(100);
      const added =
        kind < 7 ? pieces[random(pieces.length)]! : kind < 9 && !isLong ? now.slice(from, from + random(5000)) : "";
      edit(start, Math.min(now.length, start + removed), added);
      if ((count + 1) % EVERY !== 0) continue;
      expectSame(count);
      await turn();
    }
    assert.ok(now.length > size / 2, `${size} units have become ${now.length}`);
    assert.ok(findings > (EDITS / EVERY) * 10);
  });
}
