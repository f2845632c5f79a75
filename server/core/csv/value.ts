import type { AttributeValue } from "../model/entry.ts";
import { base64Of, encodeBase64 } from "../text/base64.ts";
import type { Span } from "../text/span.ts";
import { decodeUtf8, utf8Length } from "../text/utf8.ts";

/** How the source of a value is written; several may apply. */
export const CODING = {
  /** Quotes are doubled. */
  doubledQuotes: 1,
  /** `\;` stands for `;` and `\\` for `\`, as csvde writes it. */
  backslashes: 2,
  /** `X'0a1b'` stands for bytes, as csvde writes them. */
  hex: 4,
  /** An apostrophe at the beginning keeps spreadsheets from taking the value for a formula. */
  guarded: 8,
} as const;

/** Where values take their characters from. */
export interface RowSource {
  readonly text: string;
}

/** One value in a field of a row. Offsets count UTF-16 units from the row's start. */
export class CsvValue implements AttributeValue {
  readonly description: string;
  readonly span: Span;
  /** The number of its column, from 0. */
  readonly column: number;
  readonly coding: number;
  readonly #source: RowSource;
  #text: string | undefined;
  #bytes: Uint8Array | undefined;

  constructor(source: RowSource, description: string, column: number, span: Span, coding: number) {
    this.#source = source;
    this.description = description;
    this.column = column;
    this.span = span;
    this.coding = coding;
  }

  /** The value as it is written. */
  get source(): string {
    return this.#source.text.slice(this.span.start, this.span.end);
  }

  get isEncoded(): boolean {
    return this.coding !== 0;
  }

  get text(): string {
    this.#text ??= this.#decode();
    return this.#text;
  }

  get binary(): boolean {
    return this.text !== "" && this.#bytes !== undefined;
  }

  get base64(): string {
    return this.text !== "" && this.#bytes !== undefined ? encodeBase64(this.#bytes) : base64Of(this.text);
  }

  slice(start: number, end: number): Span {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    if (this.coding === 0) return { start: this.span.start + from, end: this.span.start + to };
    if ((this.coding & CODING.hex) !== 0) {
      if (this.binary) return this.span;
      const digits = this.span.start + HEX_START.length;
      return { start: digits + 2 * utf8Length(this.text, from), end: digits + 2 * utf8Length(this.text, to) };
    }
    return this.#sourceOf(from, to);
  }

  #decode(): string {
    const { source, coding } = this;
    if (coding === 0) return source;
    if ((coding & CODING.hex) !== 0) {
      const bytes = hexBytes(source);
      const text = decodeUtf8(bytes);
      if (text !== undefined) return text;
      this.#bytes = bytes;
      return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : "\ufffd")).join("");
    }
    let text = "";
    for (let at = 0, unit = 0; at < source.length; at += unit) {
      unit = unitLength(source, at, coding);
      if (!isGuard(at, unit, coding)) text += source[at + unit - 1];
    }
    return text;
  }

  /** The source of units `from` to `to` of the text. */
  #sourceOf(from: number, to: number): Span {
    const { source, coding } = this;
    const start = this.span.start;
    let first = (coding & CODING.guarded) !== 0 ? 1 : 0;
    let at = first;
    let unit = 0;
    for (; at < source.length && unit < to; unit++) {
      if (unit === from) first = at;
      at += unitLength(source, at, coding);
    }
    return { start: start + (from === unit ? at : first), end: start + at };
  }
}

/** How many units of the source stand for the next unit of the text: an escape is two. */
function unitLength(source: string, at: number, coding: number): number {
  const unit = source[at];
  if (unit === '"' && (coding & CODING.doubledQuotes) !== 0) return source[at + 1] === '"' ? 2 : 1;
  if (unit !== "\\" || (coding & CODING.backslashes) === 0) return 1;
  const next = source[at + 1];
  return next === "\\" || next === ";" ? 2 : 1;
}

function isGuard(at: number, unit: number, coding: number): boolean {
  return at === 0 && unit === 1 && (coding & CODING.guarded) !== 0;
}

const HEX_START = "X'";

/** Bytes as csvde writes them. Sources: real exports have lower-case digits, edited ones upper-case, too. */
export const HEX_VALUE = /^X'(?:[0-9A-Fa-f]{2})*'$/;

function hexBytes(source: string): Uint8Array {
  const digits = source.slice(HEX_START.length, -1);
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
}

/** A value that says in other words what the attribute's own value is. */
export class TranslatedValue extends CsvValue {
  readonly #translation: string;

  constructor(source: RowSource, { description, column, span, coding }: CsvValue, translation: string) {
    super(source, description, column, span, coding);
    this.#translation = translation;
  }

  override get text(): string {
    return this.#translation;
  }

  override slice(): Span {
    return this.span;
  }
}
