import {
  type CancellationToken,
  type FoldingRange,
  FoldingRangeKind,
  type FoldingRangeParams,
} from "vscode-languageserver";
import { type LivePiece, recordContent, recordDn } from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { PlacedPiece } from "../placed-records.ts";
import { walk } from "../searched-exports.ts";

/**
 * What can be folded: entries, and in LDIF folded values and runs of comments. Where a client takes no more, entries come first. Rows of
 * tables are lines: of them the editor does what it does of itself.
 */
export async function foldingRanges(
  { exports, client }: Context,
  { textDocument: { uri } }: FoldingRangeParams,
  token?: CancellationToken,
): Promise<FoldingRange[] | null> {
  const document = exports.document(uri);
  if (document === undefined || !["ldif", "ldp"].includes(document.format.kind)) return null;
  return (await walk([document], token, () => foldingSteps(document, client.mostFoldingRanges))) ?? null;
}

function* foldingSteps(document: ExportDocument, most: number): Generator<undefined, FoldingRange[]> {
  const entries: FoldingRange[] = [];
  const within: FoldingRange[] = [];
  for (const piece of document.text.pieces) {
    for (const range of entriesIn(document, piece)) entries.push(range);
    if (entries.length >= most) return entries.slice(0, most);
    if (document.format.kind === "ldif" && entries.length + within.length < most) {
      const firstLine = document.text.pieces.firstLineOf(piece);
      for (const range of runsIn(piece.text, firstLine)) within.push(range);
    }
    yield;
  }
  // Editors fold one thing at a line.
  const taken = new Set(entries.map(({ startLine }) => startLine));
  const others = within.filter(({ startLine }) => !taken.has(startLine));
  const ranges = [...entries, ...others.slice(0, most - entries.length)];
  return ranges.sort((one, other) => one.startLine - other.startLine || other.endLine - one.endLine);
}

function* entriesIn(document: ExportDocument, piece: LivePiece): Generator<FoldingRange> {
  const placed = new PlacedPiece(document, piece);
  for (const record of placed.records) {
    if (recordDn(record) === undefined) continue;
    const { start, end } = placed.range(record, recordContent(record));
    if (end.line > start.line) yield { startLine: start.line, endLine: end.line };
  }
}

/** What a line of LDIF is to the one before it. */
type LineKind = "comment" | "continuation" | "other";

/** Lines with those that continue them, and comments that follow each other. */
function* runsIn(text: string, firstLine: number): Generator<FoldingRange> {
  let start = firstLine;
  let line = firstLine;
  let isComment = false;
  const run = (): FoldingRange[] => {
    if (line - 1 <= start) return [];
    return [{ startLine: start, endLine: line - 1, ...(isComment && { kind: FoldingRangeKind.Comment }) }];
  };
  for (const { kind, isBlank } of linesOf(text)) {
    if (kind !== "continuation" && !(kind === "comment" && isComment)) {
      yield* run();
      start = line;
      isComment = kind === "comment";
    } else if (isBlank) {
      // A line of blanks is no part of what stands before it to anybody who looks at it.
      yield* run();
      start = line;
      isComment = false;
    }
    line++;
  }
  yield* run();
}

function* linesOf(text: string): Generator<{ kind: LineKind; isBlank: boolean }> {
  for (const [line] of text.matchAll(LINE)) {
    const kind = line[0] === "#" ? "comment" : line[0] === " " || line[0] === "\t" ? "continuation" : "other";
    yield { kind, isBlank: line.trim() === "" };
  }
}

/** With its line end, as the protocol counts lines. */
const LINE = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;
