import type { ExportScanner } from "./export-scanner.ts";

const LF = 10;
const CR = 13;

/** The length of the mark in UTF-8, in bytes. */
export const BYTE_ORDER_MARK = 3;

/** What has been found in a window from one byte to before another. Pieces follow each other without a gap. */
export interface ScannedPiece {
  /** Whole records; a part of one that is longer than the window; or what is left when nothing more comes. */
  readonly kind: "records" | "long" | "end";
  readonly from: number;
  readonly to: number;
  /** How many records. */
  readonly count: number;
  /** The long record begins, and ends, with this part. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Finds the records of a file in its bytes, window by window. A piece must be looked at before the sink returns. */
export class WindowScan {
  readonly #scanner: ExportScanner;
  readonly #sink: (piece: ScannedPiece) => void;
  #markExpected: boolean;
  /** A record that is longer than the window has begun and not ended. */
  #isLong = false;
  /** In a long block: the last byte but CR was a line feed; and the one before that, too. */
  #atLineStart = false;
  #afterBlank = false;
  /** How many bytes wait in the window. */
  #length = 0;

  /** `hasMark`: the bytes begin with the byte order mark of UTF-8, which is left out. */
  constructor(scanner: ExportScanner, hasMark: boolean, sink: (piece: ScannedPiece) => void) {
    this.#scanner = scanner;
    this.#markExpected = hasMark;
    this.#sink = sink;
  }

  /** Takes bytes. */
  push(bytes: Uint8Array): void {
    const { window } = this.#scanner;
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + window.length - this.#length);
      window.set(piece, this.#length);
      at += piece.length;
      this.#length += piece.length;
      this.#filled();
    }
  }

  /** Nothing more comes. */
  end(): void {
    this.#tell("end", 0, this.#length);
    this.#isLong = false;
    this.#length = 0;
  }

  #filled(): void {
    const { window } = this.#scanner;
    if (this.#markExpected) {
      if (this.#length < BYTE_ORDER_MARK) return;
      this.#markExpected = false;
      this.#keepFrom(BYTE_ORDER_MARK);
    }
    let from = 0;
    while (from < this.#length) {
      const next = this.#isLong ? this.#goOnLong(from, false) : this.#scan(from);
      if (next === from) break;
      from = next;
    }
    if (from === 0 && this.#length === window.length) {
      // No end of a block in all of the window.
      this.#isLong = true;
      this.#atLineStart = false;
      this.#afterBlank = false;
      from = this.#goOnLong(0, true);
    }
    this.#keepFrom(from);
  }

  #keepFrom(from: number): void {
    if (from === 0) return;
    this.#scanner.window.copyWithin(0, from, this.#length);
    this.#length -= from;
  }

  /** Hands on the records from `from` on whose end is in sight. Answers where the first one begins that is not among them. */
  #scan(from: number): number {
    const { count, next } = this.#scanner.scan(from, this.#length);
    if (next > from) this.#tell("records", from, next, { count });
    return next;
  }

  /** Hands on what belongs to a long record. Answers where the next one begins. */
  #goOnLong(from: number, isFirst: boolean): number {
    return this.#scanner.isTable ? this.#goOnLongRow(from, isFirst) : this.#goOnLongBlock(from, isFirst);
  }

  /** Whether the row goes on behind a line end, only the reader knows. */
  #goOnLongRow(from: number, isFirst: boolean): number {
    const end = nextLineFeed(this.#scanner.window, from, this.#length);
    const isLast = end < this.#length;
    const to = isLast ? end + 1 : end;
    this.#isLong = !isLast;
    this.#tell("long", from, to, { isFirst, isLast });
    return to;
  }

  #goOnLongBlock(from: number, isFirst: boolean): number {
    const { window } = this.#scanner;
    let at = from;
    for (; at < this.#length; at++) {
      const byte = window[at]!;
      if (byte === LF) {
        this.#afterBlank ||= this.#atLineStart;
        this.#atLineStart = true;
      } else if (byte === CR && at + 1 === this.#length) {
        // Whether it is part of a line end is not in sight.
        break;
      } else if (byte !== CR || window[at + 1] !== LF) {
        if (this.#afterBlank) break;
        this.#atLineStart = false;
        at = nextLineFeed(window, at, this.#length) - 1;
      }
    }
    const isLast = at < this.#length && (window[at] !== CR || at + 1 < this.#length);
    this.#isLong = !isLast;
    this.#tell("long", from, at, { isFirst, isLast });
    return at;
  }

  #tell(kind: ScannedPiece["kind"], from: number, to: number, rest: Partial<ScannedPiece> = {}): void {
    this.#sink({ kind, from, to, count: 0, isFirst: false, isLast: false, ...rest });
  }
}

function nextLineFeed(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes.subarray(from, to).indexOf(LF);
  return at < 0 ? to : from + at;
}
