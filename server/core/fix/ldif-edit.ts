import { LdifLine } from "../ldif/line.ts";
import { LdifChange, LdifEntry } from "../ldif/record.ts";
import { fold, isSafeString, type LineStyle, writeLine } from "../ldif/writer.ts";
import { attributeType } from "../model/attribute-type.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { base64Of } from "../text/base64.ts";
import type { TextChange } from "./text-change.ts";

/** So many folded lines tell how wide a file's lines are. */
const ENOUGH_FOLDED_LINES = 50;

/** The style that a file's own lines have: its line end, and how its long lines are folded. */
export function styleOf(records: Iterable<SourceRecord>): LineStyle {
  let style: LineStyle | undefined;
  let seen = 0;
  for (const record of records) {
    style ??= { lineEnd: lineEndOf(record.text) ?? "\n", width: undefined };
    for (const line of linesOf(record)) {
      const folding = foldingOf(record.text, line);
      if (folding === undefined) continue;
      style = { ...style, ...folding, width: Math.max(style.width ?? 0, folding.width) };
      if (++seen === ENOUGH_FOLDED_LINES) return style;
    }
  }
  return style ?? { lineEnd: "\n", width: undefined };
}

/** The lines that may be long. */
function linesOf(record: SourceRecord): readonly LdifLine[] {
  if (record instanceof LdifEntry) return [record.dn, ...record.lines];
  if (!(record instanceof LdifChange)) return [];
  return [record.dn, ...record.change.modSpecs.flatMap(({ values }) => values)];
}

/** Writes changes of an entry's values as changes of its text. Everything around the values stays as it is. */
export function editLdif(entry: LdifEntry, changes: readonly ValueChange[], style: LineStyle): TextChange[] {
  const edits: TextChange[] = [];
  const added = new Map<number, string[]>();
  for (const change of changes) {
    const { old, text, attribute } = change;
    if (old instanceof LdifLine)
      edits.push(text === undefined ? removeLine(old) : replaceValue(entry, old, text, style));
    else if (text !== undefined) {
      const at = placeFor(entry, attribute);
      const line = writeLine(attribute, { text }, { ...style, lineEnd: lineEndOf(entry.text) ?? style.lineEnd });
      added.set(at, [...(added.get(at) ?? []), line]);
    }
  }
  for (const [at, lines] of added) {
    // Where the file's last line is removed, the line end before it is still there for the new one.
    const begins = entry.text[at - 1] === "\n" || edits.some(({ span, text }) => span.end === at && text === "");
    const lineEnd = lineEndOf(entry.text) ?? style.lineEnd;
    const joined = lines.join(lineEnd);
    edits.push({ span: { start: at, end: at }, text: begins ? joined + lineEnd : lineEnd + joined });
  }
  return edits.sort((one, other) => one.span.start - other.span.start);
}

function removeLine({ start, next }: LdifLine): TextChange {
  return { span: { start, end: next }, text: "" };
}

function replaceValue(entry: LdifEntry, line: LdifLine, text: string, style: LineStyle): TextChange {
  const { description, valueSpec, descriptionEnd, valueStart, end } = line;
  const folding = foldingOf(entry.text, line) ?? style;
  const own: LineStyle = {
    lineEnd: lineEndOf(entry.text.slice(line.start, line.next)) ?? lineEndOf(entry.text) ?? style.lineEnd,
    // A value of two short lines does not tell how wide lines may be.
    width: folding.width === undefined ? undefined : Math.max(folding.width, style.width ?? 0),
    valueOnNextLine: folding.valueOnNextLine ?? false,
  };
  const colons = valueSpec === "base64" || !canStandAsText(text, line) ? "::" : ":";
  // `attribute:value` without a blank is as good as with one, and is left so.
  const fill = valueStart > descriptionEnd + (valueSpec === "base64" ? 2 : 1) || line.text === "" ? " " : "";
  const written = fold(`${description}${colons}${fill}`, colons === "::" ? base64Of(text) : text, own);
  return { span: { start: descriptionEnd, end }, text: written.slice(description.length) };
}

/** Non-ASCII letters stay raw where they were raw before: such a file does not go by RFC 2849, and is read all the same. */
function canStandAsText(text: string, line: LdifLine): boolean {
  if (isSafeString(text)) return true;
  const isRaw = /[^\x00-\x7f]/.test(line.source);
  return isRaw && isSafeString(text.replace(/[^\x00-\x7f]/gu, "x")) && !/[\u2028\u2029\u0085]/.test(text);
}

/** New values go behind the last one of their attribute, or behind the last line of the entry. */
function placeFor(entry: LdifEntry, attribute: string): number {
  const type = attributeType(attribute);
  const sameType = entry.lines.filter((line) => attributeType(line.description) === type);
  return (sameType.at(-1) ?? entry.lines.at(-1) ?? entry.dn).next;
}

/** How the first line of a text ends; `undefined` where none does. */
export function lineEndOf(text: string): "\r\n" | "\n" | undefined {
  const at = text.indexOf("\n");
  if (at < 0) return undefined;
  return text[at - 1] === "\r" ? "\r\n" : "\n";
}

interface Folding {
  readonly width: number;
  readonly valueOnNextLine: boolean;
}

/** How the value of a line is folded: how wide, and whether it begins on the next line; `undefined` where it is not folded. */
function foldingOf(text: string, { descriptionEnd, valueStart, next }: LdifLine): Folding | undefined {
  const begin = text.lastIndexOf("\n", descriptionEnd) + 1;
  const lines = text
    .slice(begin, next)
    .replace(/\r?\n$/, "")
    .split(/\r?\n/);
  const [head = ""] = lines;
  if (lines.length < 2) return undefined;
  const width = lines.reduce((most, { length }) => Math.max(most, length), 0);
  return { width, valueOnNextLine: valueStart > begin + head.length };
}
