import { attributeTypeAt } from "../model/attribute-type.ts";
import { base64ErrorAt, base64Of, decodeBase64, encodeBase64 } from "../text/base64.ts";
import type { SourceValue } from "../text/source-value.ts";
import type { Span } from "../text/span.ts";
import { decodeUtf8, utf8Length } from "../text/utf8.ts";

/** How a value is written after its attribute description: `: text`, `:: base64` or `:< url` (RFC 2849, value-spec). */
export type ValueSpec = "text" | "base64" | "url";

const FOLD = /\r?\n[ \t]/g;

/** `source` without its folds: each line end with the one blank after it goes (RFC 2849, note 2). */
export function unfold(source: string): string {
  return source.includes("\n") ? source.replace(FOLD, "") : source;
}

/** Where a line takes its characters from: the record, whose text is known only once the record has ended. */
export interface LineSource {
  readonly text: string;
}

/**
 * One logical line of a record, `description: value`, folds included. All offsets count UTF-16 units from the record's
 * start. It is lazy: a line that no rule asks for costs its offsets and nothing else.
 */
export class LdifLine implements SourceValue {
  /** The line's first character. */
  readonly start: number;
  /** The end of the attribute description, where the colon stands. */
  readonly descriptionEnd: number;
  /** The value's first character, after the colons and the fill. */
  readonly valueStart: number;
  /** The end of the value: the line end is not part of it. */
  readonly end: number;
  /** The start of what follows the line end. */
  readonly next: number;
  readonly valueSpec: ValueSpec;
  readonly #source: LineSource;
  #text: string | undefined;
  #binary = false;

  constructor(
    source: LineSource,
    valueSpec: ValueSpec,
    offsets: { start: number; descriptionEnd: number; valueStart: number; end: number; next: number },
  ) {
    this.#source = source;
    this.valueSpec = valueSpec;
    this.start = offsets.start;
    this.descriptionEnd = offsets.descriptionEnd;
    this.valueStart = offsets.valueStart;
    this.end = offsets.end;
    this.next = offsets.next;
  }

  /** The attribute description as it is written: attribute type and options. */
  get description(): string {
    return unfold(this.#source.text.slice(this.start, this.descriptionEnd));
  }

  /** The attribute type, in lower case. */
  get type(): string {
    return attributeTypeAt(this.#source.text, this.start, this.descriptionEnd);
  }

  /** Whether the attribute description is `name`, given in lower case. */
  isNamed(name: string): boolean {
    if ((this.#source.text.charCodeAt(this.start) | 0x20) !== name.charCodeAt(0)) return false;
    return this.descriptionEnd - this.start >= name.length && this.description.toLowerCase() === name;
  }

  /** The value as it is written, folds and all. */
  get source(): string {
    return this.#source.text.slice(this.valueStart, this.end);
  }

  get folded(): boolean {
    return this.source.includes("\n");
  }

  get span(): Span {
    return { start: this.valueStart, end: this.end };
  }

  get isEncoded(): boolean {
    return this.valueSpec === "base64";
  }

  get text(): string {
    this.#text ??= this.#decode();
    return this.#text;
  }

  get binary(): boolean {
    this.#text ??= this.#decode();
    return this.#binary;
  }

  get base64(): string {
    if (this.valueSpec !== "base64") return base64Of(this.text);
    const { source } = this;
    // The bits behind the last byte may be anything where there is padding: then only what is encoded anew is the same for the same bytes.
    const isCanonical = !source.endsWith("=") && base64ErrorAt(source) < 0;
    return isCanonical ? source : encodeBase64(decodeBase64(source));
  }

  slice(start: number, end: number): Span {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    if (this.valueSpec !== "base64") return this.#sourceSpan(from, to);
    if (this.binary) return this.span;
    // Six bits a character: the first character that holds a bit of the first byte, the last that holds one of the last.
    const first = Math.floor((utf8Length(this.text, from) * 8) / 6);
    const last = Math.ceil((utf8Length(this.text, to) * 8) / 6);
    return this.#sourceSpan(first, last);
  }

  #decode(): string {
    const unfolded = unfold(this.source);
    if (this.valueSpec !== "base64") return unfolded;
    const bytes = decodeBase64(unfolded);
    const text = decodeUtf8(bytes);
    if (text !== undefined) return text;
    this.#binary = true;
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : "\ufffd")).join("");
  }

  /** The source of units `from` to `to` of the unfolded value: it begins behind a fold and ends before one. */
  #sourceSpan(from: number, to: number): Span {
    const { source } = this;
    let start = 0;
    let unit = 0;
    let at = 0;
    for (;;) {
      const fold = foldLength(source, at);
      if (fold > 0) {
        at += fold;
        continue;
      }
      if (unit === from) start = at;
      if (unit === to || at >= source.length) break;
      at++;
      if (++unit === to && from < to) break;
    }
    return { start: this.valueStart + start, end: this.valueStart + at };
  }
}

/** The length of the fold (line end and blank) that begins at `at`, or 0. */
function foldLength(source: string, at: number): number {
  const unit = source.charCodeAt(at);
  const lineFeed = unit === 13 ? at + 1 : at;
  if (source.charCodeAt(lineFeed) !== 10) return 0;
  const blank = source.charCodeAt(lineFeed + 1);
  return blank === 32 || blank === 9 ? lineFeed + 2 - at : 0;
}
