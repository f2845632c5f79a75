import type { Replacement } from "../text/replacement.ts";
import type { LdifProblemId } from "./problem.ts";
import { countLines, LdifReader, LONGEST_RECORD } from "./reader.ts";
import { LdifEntry, type LdifRecord } from "./record.ts";

/** Problems that depend on what stands elsewhere in the file. Where one of them comes or goes, the whole file is read. */
const OF_THE_FILE: ReadonlySet<LdifProblemId> = new Set<LdifProblemId>([
  "ldif-content-and-changes-mixed",
  "ldif-empty",
  "ldif-not-ldif",
  "ldif-version-repeated",
]);

/**
 * The records of `text` after an edit, the same as a fresh reading gives. Only the blocks around the edit are read again; all other
 * records keep what is known of them. `undefined` where the edit may change what can be told of other parts of the file.
 */
export function rereadLdif(
  before: readonly LdifRecord[],
  text: string,
  { start, oldEnd, newEnd }: Replacement,
): LdifRecord[] | undefined {
  const from = blocksBefore(before, indexAt(before, start));
  const to = blocksAfter(before, indexAt(before, oldEnd));
  const first = before[from];
  if (first === undefined) return undefined;
  const delta = newEnd - oldEnd;
  const end = (before[to]?.start ?? text.length - delta) + delta;
  const middle: LdifRecord[] = [];
  const begin = { offset: first.start, line: first.firstLine };
  const reader = new LdifReader((record) => middle.push(record), LONGEST_RECORD, begin);
  reader.push(text.slice(first.start, end));
  reader.end();
  const replaced = before.slice(from, to);
  if (!isAlike(replaced, middle, before)) return undefined;
  const last = middle.at(-1);
  if (last === undefined || before[to] === undefined) return [...before.slice(0, from), ...middle];
  const lines = last.firstLine + countLines(last.text) - before[to].firstLine;
  const after =
    delta === 0 && lines === 0 ? before.slice(to) : before.slice(to).map((record) => record.movedBy(delta, lines));
  return [...before.slice(0, from), ...middle, ...after];
}

/** Nothing that other parts of the file depend on comes or goes: all entries are, and were, of the same kind. */
function isAlike(replaced: readonly LdifRecord[], middle: readonly LdifRecord[], all: readonly LdifRecord[]): boolean {
  const parts = [...replaced, ...middle];
  if (parts.some((record) => record.problems.some(({ id }) => OF_THE_FILE.has(id)))) return false;
  if (parts.some((record) => /^version:/im.test(record.text))) return false;
  const isChange = all.find((record) => record.isChange || record instanceof LdifEntry)?.isChange;
  return [...all, ...middle].every((record) =>
    record.isChange || record instanceof LdifEntry ? record.isChange === isChange : true,
  );
}

/** The record in which `offset` lies; the last one for the end of the file. */
function indexAt(records: readonly LdifRecord[], offset: number): number {
  let low = 0;
  let high = records.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (records[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The reader never looks beyond an empty line, but an edit may take that line away: the block before is read again, too. */
function blocksBefore(records: readonly LdifRecord[], index: number): number {
  let at = index;
  for (let blocks = 0; at > 0 && blocks < 2; at--) {
    if (endsBlock(records[at - 1]!) && ++blocks === 2) break;
  }
  return at;
}

function blocksAfter(records: readonly LdifRecord[], index: number): number {
  let at = index;
  for (let blocks = 0; at < records.length && blocks < 2; at++) if (endsBlock(records[at]!)) blocks++;
  return at;
}

function endsBlock({ text }: LdifRecord): boolean {
  return text.endsWith("\n\n") || text.endsWith("\n\r\n");
}
