import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Baseline, findingIdentity } from "../../server/core/engine/baseline.ts";
import { Checker } from "../../server/core/engine/checker.ts";
import { ExportCheck } from "../../server/core/engine/export-check.ts";
import type { Finding } from "../../server/core/engine/finding.ts";
import { Forest } from "../../server/core/engine/forest.ts";
import { KnownExport } from "../../server/core/engine/known-export.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { FORMAT_RULES, RULES } from "../../server/core/rules/index.ts";
import fc from "../property.ts";
import { checkedAnew, FILE, finish, found, liveCheck, liveText, NAME } from "./live-checks.ts";

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
const edit = fc.record({
  at: fc.nat(2000),
  length: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(300)),
  text: fc.oneof(
    line.map((text) => `${text}\n`),
    entry,
    strange,
    fc.array(entry, { maxLength: 4 }).map((all) => all.join("")),
  ),
  /** After so many steps the check is given up for the next edit. */
  steps: fc.oneof(fc.constant(1000), fc.nat(6)),
});

const settings = fc.constantFrom<Settings>(
  DEFAULT_SETTINGS,
  { ...DEFAULT_SETTINGS, scope: { include: [], exclude: ["cn=ben,ou=sales,dc=contoso,dc=com"] } },
  { ...DEFAULT_SETTINGS, rules: { "ldif-not-ldif": "off", "ldif-value-not-ascii": "error" } },
);

/** Another export, which is known. */
function knownExport(text: string, settings: Settings): KnownExport {
  const known = new KnownExport("file:///exports/others.ldf", new Checker(RULES, settings));
  const check = new ExportCheck(known.checker, FORMAT_RULES, known, known.file, () => undefined);
  const records = readLdif(text);
  for (const record of records) check.first(record);
  check.finishFirst();
  check.secondOfAll(records);
  return known;
}

/** A baseline that accepts every other finding in a text. */
function baselineOf(text: string, settings: Settings): Baseline {
  const identities: ReturnType<typeof findingIdentity>[] = [];
  const checker = new Checker(RULES, settings);
  const report = (finding: Finding, record: { text: string }) =>
    identities.push(findingIdentity(finding, NAME, record));
  const check = new ExportCheck(checker, FORMAT_RULES, new Forest(checker), FILE, report);
  for (const record of readLdif(text)) check.first(record);
  check.finishFirst();
  const span = { start: 0, end: 0 };
  return new Baseline(identities.filter((_, at) => at % 2 === 0).map((one) => ({ ...one, reason: "", span })));
}

describe("After any edits, what was found is what a fresh check finds", () => {
  const property = (withOthers: boolean, withBaseline: boolean, numRuns: number) => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(file, fc.array(entry, { maxLength: 4 }), settings, edits, (pieces, others, settings, list) => {
        let now = pieces.join("");
        const known = withOthers ? [knownExport(others.join(""), settings)] : [];
        const surroundings = { settings, known, baseline: withBaseline ? baselineOf(now, settings) : new Baseline() };
        const text = liveText(now);
        const check = liveCheck(text, surroundings);
        const expectSame = () => {
          finish(check);
          const { forest, ...expected } = checkedAnew(now, surroundings);
          assert.deepEqual(found(text, check, surroundings.baseline), expected);
          for (const { entry } of readLdif(now)) {
            for (const key of entry === undefined ? [] : check.checker.heldKeys(entry)) {
              assert.equal(check.isTaken(key), forest.isTaken(key));
              assert.equal(check.isTaken({ ...key, held: true }), forest.isTaken({ ...key, held: true }));
            }
          }
        };
        for (const { at, length, text: added, steps } of list) {
          const start = at % (now.length + 1);
          const end = Math.min(now.length, start + length);
          text.update([{ range: { start: text.positionAt(start), end: text.positionAt(end) }, text: added }]);
          now = text.text();
          const update = check.update();
          for (let step = 0; step < steps && update.next().done !== true; step++);
          if (steps > 5) expectSame();
        }
        expectSame();
      }),
      { numRuns },
    );
  };
  test("in an export by itself", () => property(false, false, 400));
  test("in one that is checked together with another", () => property(true, false, 200));
  test("in one with a baseline", () => property(false, true, 200));
});
