import { type Baseline, BaselineUse, findingIdentity, staleRows } from "../../server/core/engine/baseline.ts";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Holder } from "../../server/core/engine/duplicates.ts";
import { ExportCheck } from "../../server/core/engine/export-check.ts";
import type { Finding } from "../../server/core/engine/finding.ts";
import { Forest } from "../../server/core/engine/forest.ts";
import type { KnownExport } from "../../server/core/engine/known-export.ts";
import { LiveCheck } from "../../server/core/engine/live-check.ts";
import { compareFindings, LivePiece } from "../../server/core/engine/live-piece.ts";
import type { Settings } from "../../server/core/engine/settings.ts";
import { LDIF_BLOCKS } from "../../server/core/ldif/blocks.ts";
import { LdifReader } from "../../server/core/ldif/reader.ts";
import type { LdifRecord } from "../../server/core/ldif/record.ts";
import { FORMAT_RULES, RULES } from "../../server/core/rules/index.ts";
import { PiecedText } from "../../server/core/text/pieced-text.ts";

export const FILE = "file:///exports/users.ldf";
export const NAME = "users.ldf";

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

/** A check that reads the text from its beginning to its end, as the command line does. */
export function checkedAnew(text: string, { settings, known, baseline }: Surroundings) {
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
  if (check.needsSecondPass || forest.found) check.secondOfAll(records);
  forest.report((finding, record, file, others) => file === FILE && place(finding, record, others));
  told.sort((one, other) => one.start - other.start || compareFindings(one.finding, other.finding));
  return { told: told.map(shown), accepted, counts: check.counts, stale: staleRows(baseline, [use]), forest };
}

/** A text as the editor keeps it. */
export function liveText(text: string): PiecedText<LivePiece> {
  return new PiecedText(text, LDIF_BLOCKS, (piece) => new LivePiece(piece));
}

/** The check that follows it. */
export function liveCheck(text: PiecedText<LivePiece>, { settings, known, baseline }: Surroundings): LiveCheck {
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
