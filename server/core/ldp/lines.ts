import type { Span } from "../text/span.ts";

/** So many blanks may stand before `Dn:`, where somebody has indented a copy. */
const MOST_INDENT = 64;

/** So much of a line, in UTF-16 units, tells whether it is one with a DN. */
export const DN_LINE_START = 2 * MOST_INDENT;

const DN_LINE = /^[ \t]*(?:>>[ \t]*)?Dn:[ \t]*/;

/**
 * Where the next line begins that names an object (`Dn: ...`, until Windows Server 2003 `>> Dn: ...`), at `from` or later; -1 where
 * there is none. Only line feeds end lines. `from` may be anywhere in a line.
 */
export function nextDnLine(text: string, from: number): number {
  for (let at = text.indexOf("Dn:", from); at >= 0; at = text.indexOf("Dn:", at + 3)) {
    const start = lineStartBefore(text, at);
    if (start >= from && isEndOfName(text, at + 3)) return start;
  }
  return -1;
}

/** Where the line begins that has nothing before `at` but what may precede `Dn:`; -1 where it has. */
function lineStartBefore(text: string, at: number): number {
  let start = at;
  const least = Math.max(0, at - MOST_INDENT);
  while (start > least && isBlank(text[start - 1])) start--;
  if (start >= 2 && text.startsWith(">>", start - 2)) {
    start -= 2;
    while (start > least && isBlank(text[start - 1])) start--;
  }
  return start === 0 || text[start - 1] === "\n" ? start : -1;
}

function isBlank(unit: string | undefined): boolean {
  return unit === " " || unit === "\t";
}

/** With a blank behind it, or nothing: another attribute's name is longer. */
function isEndOfName(text: string, at: number): boolean {
  return at === text.length || isBlank(text[at]) || text[at] === "\r" || text[at] === "\n";
}

/** Whether a text begins with a line that names an object. */
export function beginsWithDn(text: string): boolean {
  return nextDnLine(text.slice(0, DN_LINE_START), 0) === 0;
}

/** Where the DN stands in the line that begins a text. */
export function dnSpan(text: string): Span {
  const start = DN_LINE.exec(text)![0].length;
  const line = text.slice(0, contentEnd(text, 0, endOfLine(text, 0)));
  // No DN ends with a blank that is not escaped; one that stands there comes from copying.
  const end = line.endsWith(" ") || line.endsWith("\t") ? trimmedEnd(line) : line.length;
  return { start: Math.min(start, end), end };
}

function trimmedEnd(line: string): number {
  const end = line.trimEnd().length;
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(line.slice(Math.max(0, end - 64), end)) ? end + 1 : end;
}

/** Behind the line that holds `from`, with its line feed. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

/** Where the line end begins of a line that goes from `start` to `end`. */
export function contentEnd(text: string, start: number, end: number): number {
  let at = end;
  if (at > start && text[at - 1] === "\n") at--;
  if (at > start && text[at - 1] === "\r") at--;
  return at;
}

/** How an attribute and the number of its values are written. */
export interface AttributeHead {
  readonly description: string;
  /** How many values it has, as the line says; without a number it is one. */
  readonly count: number;
  /** Where the description begins, and where the part between it and the values ends. Counted from the line's start. */
  readonly descriptionStart: number;
  readonly end: number;
  /** The digits of the number before the description (`3> `), as ldp wrote it until Windows Server 2003. */
  readonly leadingCount: Span | undefined;
  /** The number stands in the line, before or behind the description. */
  readonly isCounted: boolean;
}

/** `3> name: ` as it was until Windows Server 2003, and `name (3): ` since; a range and the like stand behind a semicolon. */
const ATTRIBUTE =
  /^([ \t]*)(?:(\d{1,9})>[ \t]*)?([A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9=*-]+)*|\d+(?:\.\d+)+)(?: \((\d{1,9})\))?:(?: |$)/;

/** What a line says of an attribute, if it is one that begins with an attribute. `line` has no line end. */
export function attributeHead(line: string): AttributeHead | undefined {
  const match = ATTRIBUTE.exec(line);
  if (match === null) return undefined;
  const [all, indent = "", leading, description = "", following] = match;
  const before = all.indexOf(description, leading === undefined ? indent.length : indent.length + leading.length + 1);
  return {
    description,
    count: Number(leading ?? following ?? 1),
    descriptionStart: before,
    end: all.length,
    leadingCount: leading === undefined ? undefined : { start: indent.length, end: indent.length + leading.length },
    isCounted: leading !== undefined || following !== undefined,
  };
}

/** What else ldp writes into its pane: after such a line no attribute of the object before it follows. */
const BOUNDARY =
  /^[ \t]*(?:-{5,}[ \t]*$|\*{3}|Expanding base '|Getting \d+ entr|Result <|Matched DNs:|Error[ :<]|Server error:|ldap_\w+\(|\w+ = ldap_|Established connection|Authenticated as|Retrieving base DSA|Security Descriptor:|No children|-=>>)/;

export function isBoundary(line: string): boolean {
  return BOUNDARY.test(line);
}

/** What ldp writes when it begins something; results that follow are those of it. */
export function isCommand(line: string): boolean {
  return /^[ \t]*(?:\*{3}|Expanding base ')/.test(line);
}

/** A search that did not give all there is: `Error: Search: Size Limit Exceeded. <4>`, `Error<94>: ...`, `Result <10>: ...`. */
const FAILED = /^[ \t]*(?:Error: (?:[^<]{1,200})<(\d+)>|Error ?<(\d+)>|Result <(\d+)>)/;

/** Whether a line says that a search has failed, or was given up. */
export function isFailure(line: string): boolean {
  const match = FAILED.exec(line);
  return match !== null && Number(match[1] ?? match[2] ?? match[3]) !== 0;
}

/** Whether an attribute's line shows ldp's own way to write it: a number of values, or a semicolon behind the last one. */
function isLdpAttribute(line: string): boolean {
  const head = attributeHead(line);
  return head !== undefined && (head.isCounted || line.trimEnd().endsWith(";"));
}

/** The text up to and with the first lines that only ldp writes: an object and an attribute of it. `undefined` where there are none. */
export function ldpHead(text: string): string | undefined {
  for (let at = nextDnLine(text, 0); at >= 0; at = nextDnLine(text, at + 1)) {
    for (let from = endOfLine(text, at); from < text.length; ) {
      const end = endOfLine(text, from);
      const line = text.slice(from, contentEnd(text, from, end));
      if (isLdpAttribute(line)) return text.slice(0, end);
      if (line.trim() !== "") break;
      from = end;
    }
  }
  return undefined;
}
