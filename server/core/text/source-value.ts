import type { Span } from "./span.ts";

/** A value read from an export: its text, and the way back to the source it was written with. */
export interface SourceValue {
  /** The decoded value: unfolded, out of base64. Bytes that are no UTF-8 leave U+FFFD; see `binary`. */
  readonly text: string;
  /** The value is no text: its base64 does not hold UTF-8. */
  readonly binary: boolean;
  /** The value's bytes in base64, the same for the same bytes however they are written. */
  readonly base64: string;
  /** Where the value's source stands, from its first to its last character. */
  readonly span: Span;
  /**
   * The source of the UTF-16 units `start` to `end` of {@link text}: fold lines between them are part of it, and in base64
   * it is the least run of characters that holds all their bits. Offsets outside the text are moved to its nearest end.
   */
  slice(start: number, end: number): Span;
}
