import type { ProblemOfTheFile, ReadPiece, SourceFormat, TraitIndex } from "../model/source-format.ts";
import { countLineEnds } from "../text/position.ts";
import type { CsvHeader } from "./header.ts";
import { csvProblem } from "./problem.ts";
import { type ReadRow, readRow } from "./read-row.ts";
import { rowEnd } from "./row-end.ts";
import { problemsOf, TRAITS, traitsOf } from "./whole-file.ts";

/** CSV with a certain header, cut at the ends of rows and read piece by piece. */
export function csvBlocks(header: CsvHeader): SourceFormat {
  const rowsOf = (piece: string) => readRows(piece, header);
  return {
    cut: (text) => cut(text, header.separator),
    isWhole: (piece) => isWhole(piece, header.separator),
    continues: () => false,
    read: (piece) => read(rowsOf(piece)),
    problemsOfTheFile: (pieces) => problemsOfTheFile(pieces, rowsOf),
  };
}

/** A piece ends with a row, once nothing that follows can make a difference to any row in it. */
function cut(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let seen = 0;
  for (let at = 0; at < text.length; ) {
    const row = rowEnd(text, at, separator, true)!;
    at = row.end;
    seen = Math.max(seen, row.seen);
    if (seen > at && at < text.length) continue;
    pieces.push(text.slice(from, at));
    from = at;
  }
  return pieces;
}

function isWhole(piece: string, separator: string): boolean {
  let seen = 0;
  for (let at = 0; at < piece.length; ) {
    const row = rowEnd(piece, at, separator, false);
    if (row === undefined) return false;
    at = row.end;
    seen = Math.max(seen, row.seen);
  }
  return seen <= piece.length;
}

function readRows(piece: string, header: CsvHeader): ReadRow[] {
  const rows: ReadRow[] = [];
  let line = 0;
  for (let at = 0; at < piece.length; ) {
    const { end } = rowEnd(piece, at, header.separator, true)!;
    const text = piece.slice(at, end);
    rows.push(readRow(text, at, line, header));
    line += countLineEnds(text);
    at = end;
  }
  return rows;
}

function read(rows: readonly ReadRow[]): ReadPiece {
  let traits = 0;
  for (const row of rows) traits |= traitsOf(row);
  return { records: rows.map(({ row }) => row), traits };
}

function problemsOfTheFile<P extends { readonly text: string }>(
  pieces: TraitIndex<P>,
  rowsOf: (piece: string) => ReadRow[],
): ProblemOfTheFile<P>[] {
  if (pieces.first(TRAITS.entry) === undefined) {
    return [{ problem: csvProblem("csv-empty", { start: 0, end: 0 }), record: 0 }];
  }
  const told: ProblemOfTheFile<P>[] = [];
  for (let trait: number = TRAITS.lettersLost; trait > 0 && trait < 2 ** 29; trait *= 2) {
    const piece = pieces.first(trait);
    if (piece === undefined || (trait === TRAITS.lettersLost && isBehindOtherLetters(pieces, piece, rowsOf))) continue;
    const first = rowsOf(piece.text).find((row) => (traitsOf(row) & trait) !== 0)!;
    for (const problem of problemsOf(first, trait)) told.push({ piece, record: first.row.start, problem });
  }
  return told;
}

function isBehindOtherLetters<P extends { readonly text: string }>(
  pieces: TraitIndex<P>,
  piece: P,
  rowsOf: (piece: string) => ReadRow[],
): boolean {
  const other = pieces.first(TRAITS.beyondAscii);
  if (other === undefined) return false;
  if (other !== piece) return pieces.compare(other, piece) < 0;
  const first = rowsOf(piece.text).find((row) => (traitsOf(row) & (TRAITS.beyondAscii | TRAITS.lettersLost)) !== 0)!;
  return (traitsOf(first) & TRAITS.beyondAscii) !== 0;
}
