import { closingQuote, endOfPlainField } from "./row-end.ts";

/** How the content of a field is written; a field is one or the other. */
export const FIELD = {
  plain: 0,
  quoted: 1,
  /** Quoted, and with quotes in it that are doubled. */
  doubled: 2,
  /** Quoted, and with quotes in it that are not doubled. */
  misplaced: 3,
  /** A quote opens it, and none closes it. */
  unclosed: 4,
} as const;

/** So many numbers a field: where its content begins and ends, without quotes around it, and one of {@link FIELD}. */
export const FIELD_NUMBERS = 3;

/** The fields of a row, which is given as a whole, with its line end or without. Offsets count UTF-16 units. */
export function fieldsOf(row: string, separator: string): number[] {
  const fields: number[] = [];
  const end = contentEnd(row);
  let hasQuotes = row.includes('"');
  for (let at = 0; ; at++) {
    let kind: number = FIELD.plain;
    let start = at;
    let stop: number;
    if (hasQuotes && row[at] === '"') {
      const close = closingQuote(row, at + 1, separator, true);
      start = at + 1;
      if (close === undefined || close.at < 0) {
        // What a quote opens that nothing closes goes on like any other field.
        stop = Math.min(endOfPlainField(row, start, separator), end);
        at = stop;
        kind = FIELD.unclosed;
        // What closes no field here closes none behind it: to look again for each would take the square of the time.
        hasQuotes = false;
      } else {
        stop = close.at;
        at = stop + 1;
        const inner = row.slice(start, stop);
        if (!inner.includes('"')) kind = FIELD.quoted;
        else kind = inner.replaceAll('""', "").includes('"') ? FIELD.misplaced : FIELD.doubled;
      }
    } else {
      const next = row.indexOf(separator, at);
      stop = next < 0 || next > end ? end : next;
      at = stop;
    }
    fields.push(start, stop, kind);
    if (at >= end) return fields;
  }
}

/** Where a row's line end begins. */
export function contentEnd(row: string): number {
  if (!row.endsWith("\n")) return row.endsWith("\r") ? row.length - 1 : row.length;
  return row.endsWith("\r\n") ? row.length - 2 : row.length - 1;
}

/** A text as a field of RFC 4180: in quotes where it needs some, with its own quotes doubled. */
export function writtenField(text: string, separator: string): string {
  const needsQuotes = /["\r\n]/.test(text) || text.includes(separator);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a field says; a quote that is doubled, or not, counts once. */
export function fieldText(row: string, start: number, end: number, kind: number): string {
  const text = row.slice(start, end);
  return kind === FIELD.doubled || kind === FIELD.misplaced ? text.replaceAll('""', '"') : text;
}
