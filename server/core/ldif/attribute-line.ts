import { LdifLine, type LineSource, type ValueSpec } from "./line.ts";

const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const LESS_THAN = 60;

/** Where a logical line stands, in UTF-16 units; `colon` ends its attribute description, `next` is behind its line end. */
export interface LinePlace {
  readonly start: number;
  readonly colon: number;
  readonly end: number;
  readonly next: number;
}

/** The attribute line at a place of `text`: finds out how its value is written, and where it begins. */
export function attributeLine(text: string, source: LineSource, { start, colon, end, next }: LinePlace): LdifLine {
  let valueStart = colon + 1;
  let valueSpec: ValueSpec = "text";
  const signAt = skipFill(text, valueStart, end, false);
  const sign = signAt < end ? text.charCodeAt(signAt) : 0;
  if (sign === COLON || sign === LESS_THAN) {
    valueSpec = sign === COLON ? "base64" : "url";
    valueStart = signAt + 1;
  }
  valueStart = skipFill(text, valueStart, end, true);
  return new LdifLine(source, valueSpec, { start, descriptionEnd: colon, valueStart, end, next });
}

/** Skips folds and, where they are fill, spaces: ldifde puts a long value on the line after `attribute: `. */
function skipFill(text: string, from: number, end: number, spaces: boolean): number {
  let at = from;
  while (at < end) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE && spaces) at++;
    else if (unit === LF) at += 2;
    else if (unit === CR && text.charCodeAt(at + 1) === LF) at += 3;
    else break;
  }
  return Math.min(at, end);
}
