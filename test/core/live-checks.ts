import assert from "node:assert/strict";
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
import type { ExportFormat } from "../../server/core/formats/index.ts";
import type { PieceScanner } from "../../server/core/model/source-format.ts";
import type { SourceRecord } from "../../server/core/model/source-record.ts";
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

/** What a check is made with. */
export interface Surroundings {
  readonly settings: Settings;
  readonly known: readonly KnownExport[];
  readonly baseline: Baseline;
}

/** Makes what reads the pieces of an export for a checker, beside the format itself. */
export type MakeScanner = (checker: Checker) => PieceScanner;

function recordsOf(format: ExportFormat, text: string): SourceRecord[] {
  const records: SourceRecord[] = [];
  const reader = format.reader((record) => records.push(record));
  reader.push(text);
  reader.end();
  return records;
}

/** A check that reads the text from its beginning to its end, as the command line does. */
export function checkedAnew(format: ExportFormat, text: string, { settings, known, baseline }: Surroundings) {
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
  const records = recordsOf(format, text);
  for (const record of records) {
    if (record.entry !== undefined) use.see({ dn: record.entry.dn.text });
    check.first(record);
  }
  check.finishFirst();
  if (check.needsSecondPass || forest.found) check.secondOfAll(records);
  forest.report((finding, record, file, others) => file === FILE && place(finding, record, others));
  told.sort((one, other) => one.start - other.start || compareFindings(one.finding, other.finding));
  return { told: told.map(shown), accepted, counts: check.counts, stale: staleRows(baseline, [use]), forest };
}

/** A text as the editor keeps it. */
function liveText(format: ExportFormat, text: string): PiecedText<LivePiece> {
  return new PiecedText(text, format.blocks, (piece) => new LivePiece(piece));
}

/** The check that follows it. */
export function liveCheck(
  format: ExportFormat,
  text: PiecedText<LivePiece>,
  { settings, known, baseline }: Surroundings,
  scanner?: MakeScanner,
): LiveCheck {
  const checker = new Checker(RULES, settings);
  const sources = {
    format: format.blocks,
    scanner: scanner?.(checker),
    checker,
    formatRules: FORMAT_RULES,
    known,
    baseline,
    file: FILE,
    fileName: NAME,
  };
  return new LiveCheck(text, sources);
}

/** What it has found, in the form of {@link checkedAnew}. */
export function found(text: PiecedText<LivePiece>, check: LiveCheck, baseline: Baseline) {
  const told = Array.from(check.findings(), ({ piece, record, finding, others }) =>
    shown({ start: (piece === undefined ? 0 : text.pieces.startOf(piece)) + record, finding, others }),
  );
  const stale = staleRows(baseline, [check.use()]);
  return { told, accepted: check.accepted, counts: check.counts, stale };
}

/** Brings a check up to date. */
export function finish(check: LiveCheck): void {
  for (const _ of check.update());
}

/** Exports of one format, to be edited. */
export interface EditedExports {
  readonly format: ExportFormat;
  readonly scanner?: MakeScanner;
  /** An export in parts. */
  readonly file: fc.Arbitrary<readonly string[]>;
  /** Another one that it is checked together with. */
  readonly other: fc.Arbitrary<readonly string[]>;
  /** What is typed or pasted into it. */
  readonly typed: fc.Arbitrary<string>;
}

const settings = fc.constantFrom<Settings>(
  DEFAULT_SETTINGS,
  { ...DEFAULT_SETTINGS, scope: { include: [], exclude: ["cn=ben,ou=sales,dc=contoso,dc=com"] } },
  {
    ...DEFAULT_SETTINGS,
    rules: {
      "ldif-not-ldif": "off",
      "ldif-value-not-ascii": "error",
      "csv-row-length": "off",
      "csv-letters-lost": "error",
    },
  },
);

/** Another export, which is known. */
function knownExport(format: ExportFormat, text: string, settings: Settings): KnownExport {
  const known = new KnownExport("file:///exports/others.ldf", new Checker(RULES, settings));
  const check = new ExportCheck(known.checker, FORMAT_RULES, known, known.file, () => undefined);
  const records = recordsOf(format, text);
  for (const record of records) check.first(record);
  check.finishFirst();
  check.secondOfAll(records);
  return known;
}

/** A baseline that accepts every other finding in a text. */
function baselineOf(format: ExportFormat, text: string, settings: Settings): Baseline {
  const identities: ReturnType<typeof findingIdentity>[] = [];
  const checker = new Checker(RULES, settings);
  const report = (finding: Finding, record: { text: string }) =>
    identities.push(findingIdentity(finding, NAME, record));
  const check = new ExportCheck(checker, FORMAT_RULES, new Forest(checker), FILE, report);
  for (const record of recordsOf(format, text)) check.first(record);
  check.finishFirst();
  const span = { start: 0, end: 0 };
  return new Baseline(identities.filter((_, at) => at % 2 === 0).map((one) => ({ ...one, reason: "", span })));
}

/** Edits exports here and there. After any of the edits, what was found is what a fresh check finds. */
export function expectFindingsToFollow(
  { format, scanner, file, other, typed }: EditedExports,
  { withOther = false, withBaseline = false, numRuns = 100 },
): void {
  const edit = fc.record({
    at: fc.nat(2000),
    length: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(300)),
    text: typed,
    /** After so many steps the check is given up for the next edit. */
    steps: fc.oneof(fc.constant(1000), fc.nat(6)),
  });
  const edits = fc.array(edit, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(file, other, settings, edits, (parts, others, settings, list) => {
      let now = parts.join("");
      const known = withOther ? [knownExport(format, others.join(""), settings)] : [];
      const baseline = withBaseline ? baselineOf(format, now, settings) : new Baseline();
      const surroundings = { settings, known, baseline };
      const text = liveText(format, now);
      const check = liveCheck(format, text, surroundings, scanner);
      const expectSame = () => {
        finish(check);
        const { forest, ...expected } = checkedAnew(format, now, surroundings);
        assert.deepEqual(found(text, check, surroundings.baseline), expected);
        for (const { entry } of recordsOf(format, now)) {
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
}
