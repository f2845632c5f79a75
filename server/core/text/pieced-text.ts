import { type Piece, PieceList } from "./piece-list.ts";
import type { Position, Range } from "./position.ts";

/**
 * How a text is cut into pieces. It ends no piece behind a CR, and what comes behind a piece has no say in where it ends, unless it
 * is a run of what `continues` tells.
 */
export interface Cutter {
  /** Cuts a text that stands at the beginning or behind a piece. Put together, the pieces are the text; none is empty. */
  cut(text: string): readonly string[];
  /** Nothing that follows belongs to the piece, unless it begins as `continues` says. */
  isWhole(piece: string): boolean;
  /** What begins so belongs to the piece before it. */
  continues(text: string): boolean;
}

/** A change as the Language Server Protocol has it; without a range it is the whole text. */
export interface ContentChange {
  readonly range?: Range;
  readonly text: string;
}

/** Told of pieces that have come into the text, and of those that have gone. */
export type PieceListener<P> = (removed: readonly P[], added: readonly P[]) => void;

/** A text that is edited. It is kept in pieces, and an edit costs as much as the pieces that it touches, however long the text is. */
export class PiecedText<P extends Piece> {
  readonly pieces = new PieceList<P>();
  readonly #cutter: Cutter;
  readonly #make: (text: string) => P;
  #listener: PieceListener<P> = () => undefined;

  constructor(text: string, cutter: Cutter, make: (text: string) => P) {
    this.#cutter = cutter;
    this.#make = make;
    this.pieces.replace(undefined, undefined, cutter.cut(text).map(make));
  }

  get length(): number {
    return this.pieces.length;
  }

  /** Who is told of changes from now on. */
  listen(listener: PieceListener<P>): void {
    this.#listener = listener;
  }

  /** The text as a whole: it is put together, which takes a while where it is long. */
  text(): string {
    return Array.from(this.pieces, (piece) => piece.text).join("");
  }

  /** The text between two offsets. */
  slice(start: number, end: number): string {
    let text = "";
    let piece = this.pieces.at(start);
    while (piece !== undefined) {
      const from = this.pieces.startOf(piece);
      if (from >= end) break;
      text += piece.text.slice(Math.max(0, start - from), end - from);
      piece = this.pieces.next(piece);
    }
    return text;
  }

  /** The offset of a position; one that is not in the text is moved to the nearest that is, and one in a line end before it. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line > this.pieces.lineEnds) return this.length;
    const piece = this.pieces.atLine(line);
    if (piece === undefined) return 0;
    const { text } = piece;
    const start = startOfLine(text, line - this.pieces.firstLineOf(piece));
    return this.pieces.startOf(piece) + Math.min(start + Math.max(character, 0), endOfLine(text, start));
  }

  /** The position of an offset; one in a line end is moved before it. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const piece = this.pieces.at(at);
    if (piece === undefined) return { line: 0, character: 0 };
    const { text } = piece;
    const wanted = at - this.pieces.startOf(piece);
    let line = 0;
    let start = 0;
    for (let next = nextLine(text, 0); next >= 0 && next <= wanted; next = nextLine(text, next)) {
      line++;
      start = next;
    }
    return { line: this.pieces.firstLineOf(piece) + line, character: Math.min(wanted, endOfLine(text, start)) - start };
  }

  /** Makes changes, each one in what the one before it has left. */
  update(changes: readonly ContentChange[]): void {
    for (const { range, text } of changes) {
      if (range === undefined) this.#replace(0, this.length, text);
      else {
        const start = this.offsetAt(range.start);
        const end = this.offsetAt(range.end);
        this.#replace(Math.min(start, end), Math.max(start, end), text);
      }
    }
  }

  #replace(start: number, end: number, replacement: string): void {
    let first = this.pieces.at(start);
    const last = this.pieces.at(end);
    if (first === undefined || last === undefined) {
      this.#put(undefined, undefined, replacement);
      return;
    }
    // At the beginning of a piece, the end of the one before it is edited, too.
    const offset = this.pieces.startOf(first);
    let text = first.text.slice(0, start - offset) + replacement + last.text.slice(end - this.pieces.startOf(last));
    for (;;) {
      const before = this.pieces.previous(first);
      if (before === undefined || (text !== "" && !this.#cutter.continues(text) && this.#cutter.isWhole(before.text)))
        break;
      first = before;
      text = before.text + text;
    }
    this.#put(first, last, text);
  }

  /** Cuts a text that takes the place of pieces, together with what follows, until the pieces that follow can stay as they are. */
  #put(first: P | undefined, last: P | undefined, text: string): void {
    const added: P[] = [];
    let rest = text;
    let end = last;
    for (;;) {
      const pieces = rest === "" ? [] : this.#cutter.cut(rest);
      const open = pieces.at(-1) ?? "";
      const next: P | undefined = end === undefined ? undefined : this.pieces.next(end);
      const isEnd = next === undefined || this.#cutter.isWhole(open);
      for (const piece of isEnd ? pieces : pieces.slice(0, -1)) added.push(this.#make(piece));
      if (isEnd) break;
      rest = open + next.text;
      end = next;
    }
    const removed = this.pieces.replace(first, end, added);
    this.#listener(removed, added);
  }
}

/** Where the line after the one that holds `from` begins, or -1. */
function nextLine(text: string, from: number): number {
  const end = endOfLine(text, from);
  if (end === text.length) return -1;
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = nextLine(text, start);
  return start;
}

/** The end of the line that holds `from`, before its line end. */
function endOfLine(text: string, from: number): number {
  let end = from;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === 10 || unit === 13) break;
  }
  return end;
}
