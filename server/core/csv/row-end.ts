const LF = 10;
const CR = 13;
const QUOTE = 34;

/** A quoted field may go on over so many line ends, or so many UTF-16 units behind the first one, before nobody believes in it. */
const MOST_LINES = 1000;
const MOST_UNITS = 2 ** 20;

/** Where a row ends. */
export interface RowEnd {
  /** Behind its line end, in UTF-16 units. */
  readonly end: number;
  /** So far the text had to be looked at to know that; what comes later makes no difference. Infinite where the text's end made one. */
  readonly seen: number;
}

/**
 * Where the row that begins at `from` ends: at the first line end that is not in a quoted field. A quote opens a field only at its
 * beginning, and closes it only before a separator or a line end. A quote that is never closed, or only in what is plainly another
 * row, opens nothing beyond its line: otherwise one wrong character would swallow the rest of the file. `undefined` where more of the
 * text is needed; with `isLast` there is no more.
 */
export function rowEnd(text: string, from: number, separator: string, isLast: boolean): RowEnd | undefined {
  const lineEnd = text.indexOf("\n", from);
  const line = lineEnd < 0 ? text.slice(from) : text.slice(from, lineEnd);
  if (!line.includes('"')) {
    if (lineEnd >= 0) return { end: lineEnd + 1, seen: lineEnd + 1 };
    return isLast ? { end: text.length, seen: Number.POSITIVE_INFINITY } : undefined;
  }
  let seen = 0;
  let at = from;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at + 1, separator, isLast);
      if (close === undefined) return undefined;
      seen = Math.max(seen, close.seen);
      if (close.at < 0) {
        const end = text.indexOf("\n", at);
        return end < 0 ? { end: text.length, seen: Number.POSITIVE_INFINITY } : { end: end + 1, seen };
      }
      at = close.at + 1;
    }
    at = endOfPlainField(text, at, separator);
    if (at >= text.length) return isLast ? { end: text.length, seen: Number.POSITIVE_INFINITY } : undefined;
    at++;
    if (text.charCodeAt(at - 1) === LF) return { end: at, seen: Math.max(seen, at) };
  }
}

/** The next separator or line feed. */
export function endOfPlainField(text: string, from: number, separator: string): number {
  const own = separator.charCodeAt(0);
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === own || unit === LF) break;
  }
  return at;
}

export interface ClosingQuote {
  /** -1 where the field is not closed. */
  readonly at: number;
  readonly seen: number;
}

/** The quote that closes a field whose content begins at `from`; `undefined` where more of the text is needed. */
export function closingQuote(text: string, from: number, separator: string, isLast: boolean): ClosingQuote | undefined {
  let quote = text.indexOf('"', from);
  let lineEnd = text.indexOf("\n", from);
  const firstLineEnd = lineEnd;
  let lines = 0;
  // A quote that is not doubled, and line ends: of the two, a field has at most one.
  let isMisplaced = false;
  for (;;) {
    if (lineEnd >= 0 && (quote < 0 || lineEnd < quote)) {
      const isTooLong = ++lines > MOST_LINES || lineEnd - firstLineEnd > MOST_UNITS;
      if (isMisplaced || isTooLong) return { at: -1, seen: lineEnd + 1 };
      lineEnd = text.indexOf("\n", lineEnd + 1);
      continue;
    }
    if (quote < 0) return isLast ? { at: -1, seen: Number.POSITIVE_INFINITY } : undefined;
    const kind = quoteKind(text, quote, separator);
    if (kind === "last" && !isLast) return undefined;
    if (kind === "last") return { at: quote, seen: Number.POSITIVE_INFINITY };
    if (kind === "closing") return { at: quote, seen: quote + 3 };
    if (kind === "misplaced") {
      isMisplaced = true;
      if (lines > 0) return { at: -1, seen: quote + 3 };
    }
    quote = text.indexOf('"', quote + (kind === "doubled" ? 2 : 1));
  }
}

/** What a quote within a quoted field is. */
function quoteKind(text: string, at: number, separator: string): "closing" | "doubled" | "misplaced" | "last" {
  if (at + 1 >= text.length) return "last";
  const next = text.charCodeAt(at + 1);
  if (next === QUOTE) return "doubled";
  if (next === separator.charCodeAt(0) || next === LF) return "closing";
  if (next !== CR) return "misplaced";
  if (at + 2 >= text.length) return "last";
  return text.charCodeAt(at + 2) === LF ? "closing" : "misplaced";
}
