/**
 * Many edits of one export, and fresh checks of all of it. More of them, of a larger export, with a fresh check after every tenth edit:
 * `SYNCREADY_EDITS=10000 SYNCREADY_KILOBYTES=1000 SYNCREADY_EVERY=10 node --test out/test/core/live-edits.test.js`
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Baseline } from "../../server/core/engine/baseline.ts";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { turn } from "../turn.ts";
import { checkedAnew, finish, found, liveCheck, liveText } from "./live-checks.ts";

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

const PIECES = [
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
];

test(`After ${EDITS} edits of an export, what was found is what a fresh check finds`, async () => {
  const random = numbers(1);
  let now = "";
  for (let number = 0; now.length < SIZE; number++) now += entryOf(number);
  const size = now.length;
  const surroundings = { settings: DEFAULT_SETTINGS, known: [], baseline: new Baseline() };
  const text = liveText(now);
  const check = liveCheck(text, surroundings);
  finish(check);
  let findings = 0;
  for (let count = 0; count < EDITS; count++) {
    const start = random(now.length + 1);
    const from = random(now.length);
    const kind = random(10);
    // Splits, joins, cut line ends, and copies of a part in another place. What has grown is cut, what has shrunk gets more.
    const isLong = now.length > size;
    const removed = kind < 5 ? 0 : kind < 8 ? random(4) : isLong ? random(4000) : random(100);
    const added =
      kind < 7 ? PIECES[random(PIECES.length)]! : kind < 9 && !isLong ? now.slice(from, from + random(5000)) : "";
    const end = Math.min(now.length, start + removed);
    text.update([{ range: { start: text.positionAt(start), end: text.positionAt(end) }, text: added }]);
    now = text.text();
    finish(check);
    if ((count + 1) % EVERY !== 0) continue;
    const { forest: _, ...expected } = checkedAnew(now, surroundings);
    const actual = found(text, check, surroundings.baseline);
    if (JSON.stringify(actual) !== JSON.stringify(expected)) assert.deepEqual(actual, expected, `after edit ${count}`);
    findings += actual.told.length;
    await turn();
  }
  assert.ok(now.length > size / 2, `${size} units have become ${now.length}`);
  assert.ok(findings > (EDITS / EVERY) * 10);
});
