import type { ProblemOfTheFile, ReadPiece, SourceFormat, TraitIndex } from "../model/source-format.ts";
import { beginsWithDn, nextDnLine } from "./lines.ts";
import { ldpProblem } from "./problem.ts";
import { readLdpRecord } from "./read-record.ts";

const ENTRY = 1;

/** A copy of ldp's details pane, cut before each line with a DN: a piece is a record. The records are those of an LdpReader. */
export const LDP_BLOCKS: SourceFormat = {
  cut,
  isWhole: (piece) => piece.endsWith("\n"),
  continues: (text) => !beginsWithDn(text),
  read,
  problemsOfTheFile,
};

function cut(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = nextDnLine(text, 1); at >= 0; at = nextDnLine(text, at + 1)) {
    pieces.push(text.slice(from, at));
    from = at;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

function read(piece: string): ReadPiece {
  const record = readLdpRecord(piece, 0, 0);
  return { records: [record], traits: record.entry === undefined ? 0 : ENTRY };
}

function problemsOfTheFile<P extends { readonly text: string }>(pieces: TraitIndex<P>): ProblemOfTheFile<P>[] {
  if (pieces.first(ENTRY) !== undefined) return [];
  return [{ problem: ldpProblem("ldp-empty", { start: 0, end: 0 }), record: 0 }];
}
