import type { Span } from "../text/span.ts";

/** The values of an attribute, and whether they are as many as the line says. */
export interface SplitValues {
  readonly values: readonly Span[];
  readonly isCertain: boolean;
}

/**
 * What stands between two values: a semicolon and a blank. Where a long line was broken when it was copied, a line end stands in the
 * place of the blank.
 */
const SEPARATOR = /;[ \t]{0,64}\r?\n[ \t]{0,64}|; /g;

/** Behind the last value, too, there is a semicolon. */
const LAST_SEPARATOR = /;[ \t\r\n]*$/;

/** How values begin whose kind has a beginning: addresses (`smtp:`, `X500:`), and DNs. */
const BEGINNINGS: readonly RegExp[] = [/^[A-Za-z][A-Za-z0-9-]{0,30}:/, /^[A-Za-z][A-Za-z0-9-]{0,60}=/];

/** The part of `text` that holds values, without the semicolon behind the last one. */
export function withoutLastSeparator(text: string): string {
  const end = Math.max(0, text.length - 256);
  const match = LAST_SEPARATOR.exec(text.slice(end));
  return match === null ? text : text.slice(0, end + match.index);
}

/**
 * Splits the values that stand in `text`, without the semicolon behind the last one, into `count` values. Nothing in ldp's notation tells
 * a semicolon between values from one within a value, but their number does: where there are more semicolons than that, those count
 * behind which something begins as the first value does. Where it does not come out, the values are what they most likely are.
 */
export function splitValues(text: string, count: number): SplitValues {
  const whole = { start: 0, end: text.length };
  if (count === 0) return text.trim() === "" ? { values: [], isCertain: true } : { values: [whole], isCertain: false };
  // One value is all there is, whatever it holds.
  if (count === 1) return { values: text === "" ? [] : [whole], isCertain: true };
  const all = separated(text, () => true);
  if (all.length === count) return { values: all, isCertain: true };
  const beginning = BEGINNINGS.find((one) => one.test(text));
  const likely = beginning === undefined ? all : separated(text, (rest) => beginning.test(rest));
  return { values: likely, isCertain: likely.length === count };
}

/** The values between the separators behind which `begins` finds one. */
function separated(text: string, begins: (rest: string) => boolean): Span[] {
  const values: Span[] = [];
  let start = 0;
  for (const { 0: separator, index } of text.matchAll(SEPARATOR)) {
    const next = index + separator.length;
    if (!begins(text.slice(next, next + 64))) continue;
    values.push({ start, end: index });
    start = next;
  }
  values.push({ start, end: text.length });
  return values;
}

/** How many values may end in a line: a semicolon stands behind each. */
export function possibleEnds(line: string): number {
  let ends = 0;
  for (let at = line.indexOf(";"); at >= 0; at = line.indexOf(";", at + 1)) {
    const next = line[at + 1];
    if (next === undefined || next === " " || next === "\t") ends++;
  }
  return ends;
}
