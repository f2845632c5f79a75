import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Baseline, BaselineUse, findingIdentity, staleRows } from "../../server/core/engine/baseline.ts";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Holder } from "../../server/core/engine/duplicates.ts";
import { ExportCheck } from "../../server/core/engine/export-check.ts";
import type { Finding } from "../../server/core/engine/finding.ts";
import { Forest } from "../../server/core/engine/forest.ts";
import { KnownExport } from "../../server/core/engine/known-export.ts";
import { LiveCheck } from "../../server/core/engine/live-check.ts";
import { compareFindings, LivePiece } from "../../server/core/engine/live-piece.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { LDIF_BLOCKS } from "../../server/core/ldif/blocks.ts";
import { LdifReader, readLdif } from "../../server/core/ldif/reader.ts";
import type { LdifRecord } from "../../server/core/ldif/record.ts";
import { FORMAT_RULES, RULES } from "../../server/core/rules/index.ts";
import { PiecedText } from "../../server/core/text/pieced-text.ts";
import fc from "../property.ts";

const FILE = "file:///exports/users.ldf";
const NAME = "users.ldf";

interface Told {
  readonly start: number;
  readonly finding: Finding;
  readonly others: readonly Holder[];
}

/** What both checks have to agree on. */
function shown({ start, finding, others }: Told): unknown {
  const { rule, severity, message, span, attribute, value, key } = finding;
  const holders = others.map(({ file, dn, attribute, value, range, span }) => ({
    file,
    dn,
    attribute,
    value,
    range,
    span,
  }));
  return { start, rule: rule.id, severity, message, span, attribute, value: value?.span, key, holders };
}

interface Surroundings {
  readonly settings: Settings;
  readonly known: readonly KnownExport[];
  readonly baseline: Baseline;
}

/** A check that reads the text from its beginning to its end, as the command line does. */
function checkedAnew(text: string, { settings, known, baseline }: Surroundings) {
  const checker = new Checker(RULES, settings);
  const forest = new Forest(checker, known);
  const use = new BaselineUse(baseline);
  use.see({ file: NAME });
  let accepted = 0;
  const told: Told[] = [];
  const place = (finding: Finding, record: { start: number; text: string }, others: readonly Holder[] = []) => {
    if (use.accept(findingIdentity(finding, NAME, record)) !== undefined) accepted++;
    else told.push({ start: record.start, finding, others });
  };
  const check = new ExportCheck(checker, FORMAT_RULES, forest, FILE, place);
  const records: LdifRecord[] = [];
  const reader = new LdifReader((record) => {
    records.push(record);
    if (record.entry !== undefined) use.see({ dn: record.entry.dn.text });
    check.first(record);
  });
  reader.push(text);
  reader.end();
  check.finishFirst();
  if (check.needsSecondPass || forest.found) for (const record of records) check.second(record);
  forest.report((finding, record, file, others) => file === FILE && place(finding, record, others));
  told.sort((one, other) => one.start - other.start || compareFindings(one.finding, other.finding));
  return { told: told.map(shown), accepted, counts: check.counts, stale: staleRows(baseline, [use]), forest };
}

function liveText(text: string): PiecedText<LivePiece> {
  return new PiecedText(text, LDIF_BLOCKS, (piece) => new LivePiece(piece));
}

function liveCheck(text: PiecedText<LivePiece>, { settings, known, baseline }: Surroundings): LiveCheck {
  const checker = new Checker(RULES, settings);
  const sources = {
    format: LDIF_BLOCKS,
    checker,
    formatRules: FORMAT_RULES,
    known,
    baseline,
    file: FILE,
    fileName: NAME,
  };
  return new LiveCheck(text, sources);
}

function found(text: PiecedText<LivePiece>, check: LiveCheck, baseline: Baseline) {
  const told = Array.from(check.findings(), ({ piece, record, finding, others }) =>
    shown({ start: (piece === undefined ? 0 : text.pieces.startOf(piece)) + record, finding, others }),
  );
  const stale = staleRows(baseline, [check.use()]);
  return { told, accepted: check.accepted, counts: check.counts, stale };
}

function finish(check: LiveCheck): void {
  for (const _ of check.update());
}

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
  for (const record of records) check.second(record);
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
