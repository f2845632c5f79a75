import type { ScannedEntry } from "../model/scanned-entry.ts";
import type { ProblemOfTheFile, ReadPiece, SourceFormat, TraitIndex } from "../model/source-format.ts";
import type { LdifLine } from "./line.ts";
import { type LdifProblem, type LdifProblemId, problem } from "./problem.ts";
import { LONGEST_RECORD, STRANGE, tooLong } from "./reader.ts";
import { type LdifChange, LdifEntry, type LdifRecord } from "./record.ts";
import { readRecord } from "./record-reader.ts";

const CONTENT = 1;
const CHANGE = 2;
const VERSION = 4;
const STRANGE_PROBLEM = 8;

/**
 * LDIF that is cut at blank lines and read block by block. The records, with the problems of the file, are those of an LdifReader, but
 * count from the start of their block.
 */
export const LDIF_BLOCKS: SourceFormat = {
  cut: cutBlocks,
  isWhole: (block) => block.endsWith("\n\n") || block.endsWith("\n\r\n"),
  continues: (text) => text.startsWith("\n") || text.startsWith("\r\n"),
  read: readBlock,
  problemsOfTheFile,
};

/** Cuts a text behind its runs of blank lines. */
function cutBlocks(text: string): string[] {
  const blocks: string[] = [];
  let from = 0;
  let lf = -2;
  let crlf = -2;
  for (;;) {
    if (lf !== -1 && lf < from) lf = text.indexOf("\n\n", from);
    if (crlf !== -1 && crlf < from) crlf = text.indexOf("\n\r\n", from);
    const blank = lf < 0 ? crlf : crlf < 0 ? lf : Math.min(lf, crlf);
    if (blank < 0) break;
    let end = blank + 1;
    while (text.startsWith("\n", end) || text.startsWith("\r\n", end)) end += text.startsWith("\n", end) ? 1 : 2;
    blocks.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length) blocks.push(text.slice(from));
  return blocks;
}

interface BlockRecord {
  readonly record: LdifRecord;
  readonly version: LdifLine | undefined;
}

function recordsOf(block: string): BlockRecord[] {
  if (block.length > LONGEST_RECORD) return [{ record: tooLong(block, 0, 0, LONGEST_RECORD), version: undefined }];
  const records: BlockRecord[] = [];
  let offset = 0;
  let line = 0;
  for (let rest = block; rest !== ""; rest = block.slice(offset)) {
    const { record, lineCount, version } = readRecord(rest, offset, line);
    records.push({ record, version });
    offset += record.text.length;
    line += lineCount;
  }
  return records;
}

function readBlock(block: string): ReadPiece {
  const found = recordsOf(block);
  let traits = 0;
  for (const { record, version } of found) {
    traits |= kindOf(record);
    if (version !== undefined) traits |= VERSION;
    if (record.problems.some(({ id }) => STRANGE.has(id))) traits |= STRANGE_PROBLEM;
  }
  return { records: found.map(({ record }) => record), traits };
}

/** What is read of a block that is a plain entry. */
export function plainBlock(entry: ScannedEntry): ReadPiece {
  return { records: [entry], traits: entry.isChange ? CHANGE : CONTENT };
}

/** The trait of a record: an entry is content, unless it has a change type. */
function kindOf(record: LdifRecord): number {
  if (record.isChange) return CHANGE;
  return record instanceof LdifEntry ? CONTENT : 0;
}

function problemsOfTheFile<P extends { readonly text: string }>(pieces: TraitIndex<P>): ProblemOfTheFile<P>[] {
  const told: ProblemOfTheFile<P>[] = [...repeatedVersions(pieces), ...mixed(pieces), ...withoutLineEnd(pieces)];
  if (pieces.first(CONTENT | CHANGE) === undefined) {
    const id: LdifProblemId = pieces.first(STRANGE_PROBLEM) === undefined ? "ldif-empty" : "ldif-not-ldif";
    told.push({ problem: problem(id, { start: 0, end: 0 }), record: 0 });
  }
  return told;
}

function repeatedVersions<P extends { readonly text: string }>(pieces: TraitIndex<P>): ProblemOfTheFile<P>[] {
  const told: ProblemOfTheFile<P>[] = [];
  let seen = false;
  for (const piece of pieces.all(VERSION)) {
    for (const { record, version } of recordsOf(piece.text)) {
      if (version === undefined) continue;
      if (seen) told.push({ piece, record: record.start, problem: problem("ldif-version-repeated", version) });
      seen = true;
    }
  }
  return told;
}

/** Told once, at the first record of the kind that comes later. */
function mixed<P extends { readonly text: string }>(pieces: TraitIndex<P>): ProblemOfTheFile<P>[] {
  const content = pieces.first(CONTENT);
  const change = pieces.first(CHANGE);
  if (content === undefined || change === undefined) return [];
  const piece = pieces.compare(content, change) > 0 ? content : change;
  const records = recordsOf(piece.text).map(({ record }) => record);
  // Where both begin in one block, the second kind is the one that the block does not begin with.
  const first = records.find((record) => kindOf(record) !== 0)!;
  const kind = content !== change ? (piece === content ? CONTENT : CHANGE) : CONTENT + CHANGE - kindOf(first);
  const record = records.find((one) => kindOf(one) === kind) as LdifChange | LdifEntry;
  return [{ piece, record: record.start, problem: problem("ldif-content-and-changes-mixed", record.dn) }];
}

function withoutLineEnd<P extends { readonly text: string }>(pieces: TraitIndex<P>): ProblemOfTheFile<P>[] {
  const piece = pieces.last;
  if (piece === undefined || piece.text.endsWith("\n")) return [];
  const last = recordsOf(piece.text).at(-1)?.record;
  if (last === undefined || kindOf(last) === 0) return [];
  const { length } = last.text;
  const span = { start: Math.max(0, length - 1), end: length };
  return [{ piece, record: last.start, problem: problem("ldif-no-final-line-end", span) as LdifProblem }];
}
