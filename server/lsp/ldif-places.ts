import type { Position } from "vscode-languageserver";
import {
  type LdifRecord,
  type LivePiece,
  type LogicalLine,
  logicalLines,
  type Range,
  type Span,
} from "../core/index.ts";
import type { Context } from "./context.ts";
import { LineIndex } from "./convert.ts";
import type { ExportDocument } from "./export-document.ts";

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

/** A piece that has been read: who asks for a part of a long one soon asks for the next part. */
export class ReadLdif {
  readonly piece: LivePiece;
  readonly records: readonly LdifRecord[];
  readonly #lines: LineIndex;

  constructor(document: ExportDocument, piece: LivePiece) {
    this.piece = piece;
    this.records = document.format.blocks.read(piece.text).records as readonly LdifRecord[];
    this.#lines = new LineIndex(piece.text);
  }

  /** Where a span stands in the document; it counts from the piece's start plus `from`. */
  range(document: ExportDocument, span: Span, from = 0): Range {
    return this.#lines.range(span, from, document.text.pieces.firstLineOf(this.piece));
  }
}

let last: ReadLdif | undefined;

export function readPiece(document: ExportDocument, piece: LivePiece): ReadLdif {
  if (last?.piece !== piece) last = new ReadLdif(document, piece);
  return last;
}

/** A line of a record, wherever it stands in the document. */
export interface PlacedLine extends LogicalLine {
  readonly record: LdifRecord;
  readonly read: ReadLdif;
}

/** The lines that a range touches, folded ones as a whole. */
export function* linesIn(document: ExportDocument, range: Range): Generator<PlacedLine, void> {
  const { text } = document;
  const from = text.offsetAt(range.start);
  const to = text.offsetAt(range.end);
  for (const piece of piecesIn(document, range)) {
    const read = readPiece(document, piece);
    const pieceStart = text.pieces.startOf(piece);
    for (const record of read.records) {
      const start = pieceStart + record.start;
      if (start > to) return;
      if (start + record.text.length < from) continue;
      for (const line of logicalLines(record)) {
        if (start + line.start > to) break;
        if (start + line.next > from || line.next === record.text.length) yield { ...line, record, read };
      }
    }
  }
}

/** The record at a position, and how far behind its start that is. What follows a record up to the next one is its own. */
export interface RecordPlace {
  readonly read: ReadLdif;
  readonly record: LdifRecord;
  readonly at: number;
}

export function recordAt(document: ExportDocument, position: Position): RecordPlace | undefined {
  const { text } = document;
  const offset = text.offsetAt(position);
  const piece = text.pieces.at(offset);
  if (piece === undefined) return undefined;
  const read = readPiece(document, piece);
  const within = offset - text.pieces.startOf(piece);
  const record = read.records.filter(({ start }) => start <= within).at(-1);
  return record && { read, record, at: within - record.start };
}
