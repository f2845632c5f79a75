import {
  type AttributeValue,
  type LivePiece,
  type Position,
  type Range,
  recordDn,
  recordValues,
  type SourceRecord,
  type SourceValue,
  type Span,
} from "../core/index.ts";
import { LineIndex } from "./convert.ts";
import type { ExportDocument } from "./export-document.ts";

/** A piece of an export that has been read: its records, and where in the text they stand. It is good until the next edit. */
export class PlacedPiece<Kind extends SourceRecord = SourceRecord> {
  readonly document: ExportDocument;
  readonly piece: LivePiece;
  readonly records: readonly Kind[];
  #lines: LineIndex | undefined;

  /** `Kind` is that of the document's format. */
  constructor(document: ExportDocument, piece: LivePiece) {
    this.document = document;
    this.piece = piece;
    this.records = document.format.blocks.read(piece.text).records as readonly SourceRecord[] as readonly Kind[];
  }

  /** The record at a place of the document. What follows a record up to the next one is its own. */
  recordAt(offset: number): RecordPlace<Kind> | undefined {
    const within = offset - this.document.text.pieces.startOf(this.piece);
    const record = this.records.filter(({ start }) => start <= within).at(-1);
    return record && { placed: this, record, offset: within - record.start };
  }

  /** Where a span of a record stands in the text. */
  range({ start }: SourceRecord, span: Span): Range {
    return this.rangeInPiece({ start: start + span.start, end: start + span.end });
  }

  rangeInPiece(span: Span): Range {
    this.#lines ??= new LineIndex(this.piece.text);
    return this.#lines.range(span, 0, this.document.text.pieces.firstLineOf(this.piece));
  }
}

/** A record of an export, and a place in it. */
export interface RecordPlace<Kind extends SourceRecord = SourceRecord> {
  readonly placed: PlacedPiece<Kind>;
  readonly record: Kind;
  /** Counts from the record's start. */
  readonly offset: number;
}

/** The record at a place of an open export; at its end, the last one. */
export function recordAt(document: ExportDocument, position: Position): RecordPlace | undefined {
  const { text } = document;
  const offset = text.offsetAt(position);
  const piece = text.pieces.at(Math.min(offset, text.length - 1));
  return piece && new PlacedPiece(document, piece).recordAt(offset);
}

/** The value of an attribute, or the DN, that stands at a place. */
export type ValueAt =
  | { readonly value: SourceValue; readonly isDn: true }
  | { readonly value: AttributeValue; readonly isDn: false };

export function valueAt({ record, offset }: RecordPlace): ValueAt | undefined {
  const dn = recordDn(record);
  if (dn !== undefined && includes(dn.span, offset)) return { value: dn, isDn: true };
  for (const value of recordValues(record)) if (includes(value.span, offset)) return { value, isDn: false };
  return undefined;
}

/** Whether a place is in a span or at one of its ends. */
export function includes({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
