import type { Position } from "vscode-languageserver";
import { type LdifRecord, type LivePiece, type LogicalLine, logicalLines, type Range } from "../core/index.ts";
import type { Context } from "./context.ts";
import type { ExportDocument } from "./export-document.ts";
import { PlacedPiece, type RecordPlace } from "./placed-records.ts";

/** An open export in LDIF; `undefined` for everything else. */
export function ldifDocument({ exports }: Pick<Context, "exports">, uri: string): ExportDocument | undefined {
  const document = exports.document(uri);
  return document?.format.kind === "ldif" ? document : undefined;
}

/** The pieces that a range touches, in their order. */
export function* piecesIn({ text }: ExportDocument, { start, end }: Range): Generator<LivePiece, void> {
  const { pieces } = text;
  for (let piece = pieces.at(text.offsetAt(start)); piece !== undefined; piece = pieces.next(piece)) {
    if (pieces.firstLineOf(piece) > end.line) return;
    yield piece;
  }
}

/** The piece of each document that was read last: who asks for a part of a long one soon asks for the next part. */
const lastRead = new WeakMap<ExportDocument, PlacedPiece<LdifRecord>>();

function readPiece(document: ExportDocument, piece: LivePiece): PlacedPiece<LdifRecord> {
  const last = lastRead.get(document);
  if (last?.piece === piece) return last;
  const placed = new PlacedPiece<LdifRecord>(document, piece);
  lastRead.set(document, placed);
  return placed;
}

/** A line of a record, wherever it stands in the document. */
export interface PlacedLine extends LogicalLine {
  readonly record: LdifRecord;
  readonly placed: PlacedPiece<LdifRecord>;
}

/** The lines that a range touches, folded ones as a whole. */
export function* linesIn(document: ExportDocument, range: Range): Generator<PlacedLine, void> {
  const { text } = document;
  const from = text.offsetAt(range.start);
  const to = text.offsetAt(range.end);
  for (const piece of piecesIn(document, range)) {
    const placed = readPiece(document, piece);
    const pieceStart = text.pieces.startOf(piece);
    for (const record of placed.records) {
      const start = pieceStart + record.start;
      if (start > to) return;
      if (start + record.text.length < from) continue;
      for (const line of logicalLines(record)) {
        if (start + line.start > to) break;
        if (start + line.next > from || line.next === record.text.length) yield { ...line, record, placed };
      }
    }
  }
}

/** The record at a place; none behind the end of the last one's piece, where a new one can be written. */
export function ldifRecordAt(document: ExportDocument, position: Position): RecordPlace<LdifRecord> | undefined {
  const { text } = document;
  const offset = text.offsetAt(position);
  const piece = text.pieces.at(offset);
  return piece && readPiece(document, piece).recordAt(offset);
}
