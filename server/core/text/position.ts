import type { Span } from "./span.ts";

/** 0-based line and 0-based UTF-16 offset in that line, as the Language Server Protocol counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/**
 * The position of `offset` in `text`, whose first character stands at the beginning of line `firstLine`.
 * Lines end at LF or at a CR that no LF follows, as in the Language Server Protocol. An offset past the end is the end.
 */
export function positionAt(text: string, offset: number, firstLine = 0): Position {
  const end = Math.min(offset, text.length);
  let line = firstLine;
  let lineStart = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      line++;
      lineStart = at + 1;
    }
  }
  return { line, character: end - lineStart };
}

/** The range of `span` in `text`; see {@link positionAt}. */
export function rangeOf(text: string, { start, end }: Span, firstLine = 0): Range {
  return { start: positionAt(text, start, firstLine), end: positionAt(text, end, firstLine) };
}

/** How many lines end in a text: at LF, or at a CR that no LF follows. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  for (let at = text.indexOf("\r"); at >= 0; at = text.indexOf("\r", at + 1)) if (text[at + 1] !== "\n") count++;
  return count;
}
