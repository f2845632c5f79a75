import { LDIF_BLOCKS } from "../ldif/blocks.ts";
import { type LdifLine, unfold } from "../ldif/line.ts";
import { type LogicalLine, logicalLines } from "../ldif/logical-lines.ts";
import { type LdifProblemId, UNTRUSTWORTHY } from "../ldif/problem.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../ldif/record.ts";
import { fold, type LineStyle } from "../ldif/writer.ts";
import type { Span } from "../text/span.ts";
import { lineEndOf } from "./ldif-edit.ts";
import { applyChanges, type TextChange } from "./text-change.ts";

/**
 * What becomes of lines: `fold` cuts the long ones, `unfold` makes one line of each; `format` folds, writes every line as
 * `description: value`, takes away blanks that belong to no value, and leaves one blank line between two records.
 */
export type Layout = "fold" | "unfold" | "format";

/** Where nothing tells how wide lines are, they are as wide as in a modify file. */
const USUAL_WIDTH = 76;

/** Somebody may have broken a line by hand; that is no width for a file. */
const LEAST_WIDTH = 60;

/** The style in which a file is laid out, by that of its own lines. A file without a folded line is folded only where that is asked for. */
export function layoutStyle(layout: Layout, { width, ...style }: LineStyle): LineStyle {
  if (layout === "unfold") return { ...style, width: undefined };
  if (width === undefined) return { ...style, width: layout === "fold" ? USUAL_WIDTH : undefined };
  return { ...style, width: Math.max(width, LEAST_WIDTH) };
}

/** A block of LDIF as it is cut at blank lines, and what of it is to be laid out. */
export interface LaidOutBlock {
  readonly text: string;
  /** It is the last one of its file. */
  readonly isLast: boolean;
  /** Lines that have a part in it; without it all. */
  readonly wanted?: Span;
}

/**
 * Lays out the lines of a block; the changes are in order. No value, comment or order changes: the new text is read, and there are no
 * changes where it does not say the same, or where nobody can say what the old one was meant to be.
 */
export function layOut({ text, isLast, wanted }: LaidOutBlock, layout: Layout, style: LineStyle): TextChange[] {
  // Blank lines are a block of their own only at the beginning of a file.
  if (layout === "format" && !isLast && /^(?:\r?\n)*$/.test(text))
    return [{ span: { start: 0, end: text.length }, text: "" }];
  if (isLaidOut(text, layout, style)) return [];
  const { records } = LDIF_BLOCKS.read(text);
  if (records.some(({ problems }) => problems.some(({ id }) => LEFT_ALONE.has(id)))) return [];
  const changes = records.flatMap((record, index) => {
    const isEnd = isLast && index === records.length - 1;
    const own = { ...style, lineEnd: lineEndOf(record.text) ?? style.lineEnd };
    return changesOf(record as LdifRecord, layout, own, isEnd)
      .map((change) => moved(change, record.start))
      .filter(({ span }) => wanted === undefined || (span.start < wanted.end && span.end > wanted.start));
  });
  if (changes.length === 0 || !saySame(text, applyChanges(text, changes))) return [];
  return changes;
}

const FOLD = /\n[ \t]/;

/** Comments and lines `description: value` without a fold, and one blank line. */
const FORMATTED = /^(?:(?:#[^\n]*|[A-Za-z][A-Za-z0-9.;-]*:(?:: [A-Za-z0-9+/=]+| [^\s:<][^\n\r]*)|-)\r?\n)+\r?\n$/;

/** Nearly all blocks have nothing to be changed, and need not be read to see that. */
function isLaidOut(text: string, layout: Layout, { width }: LineStyle): boolean {
  if (FOLD.test(text)) return false;
  return (layout !== "format" || FORMATTED.test(text)) && (width === undefined || longestLine(text) <= width);
}

/** The length of the longest physical line, its CR included. */
function longestLine(text: string): number {
  let longest = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    longest = Math.max(longest, (end < 0 ? text.length : end) - start);
    start = end < 0 ? text.length : end + 1;
  }
  return longest;
}

/** A record that has lost its DN may be a part of another one. */
const LEFT_ALONE: ReadonlySet<string> = new Set<string>([
  ...UNTRUSTWORTHY,
  "ldif-record-without-dn",
] satisfies LdifProblemId[]);

function moved({ span, text }: TextChange, by: number): TextChange {
  return { span: { start: span.start + by, end: span.end + by }, text };
}

function changesOf(record: LdifRecord, layout: Layout, style: LineStyle, isEnd: boolean): TextChange[] {
  const { text } = record;
  const lines = [...logicalLines(record)];
  const changes: TextChange[] = [];
  const put = ({ start, end }: Span, written: string) => {
    if (text.slice(start, end) !== written) changes.push({ span: { start, end }, text: written });
  };
  const content = lines.filter(({ kind }) => kind !== "blank");
  const [first] = content;
  const last = content.at(-1);
  if (first === undefined || last === undefined) return [];
  if (layout === "format") put({ start: 0, end: first.start }, "");
  for (const one of content) {
    if (one.line !== undefined) put(one, written(text, one.line, layout, style));
    else if (one.kind === "dash" && layout === "format") put(one, "-");
  }
  if (layout === "format") put({ start: last.end, end: text.length }, endOf(text, last, style, isEnd));
  return changes;
}

/** The line end of a record's last line and the blank line behind it; at the end of a file there need not be one. */
function endOf(text: string, { end, next }: LogicalLine, { lineEnd }: LineStyle, isEnd: boolean): string {
  const own = lineEndOf(text.slice(end, next)) ?? lineEnd;
  return isEnd && next === text.length ? own : own + own;
}

function written(text: string, line: LdifLine, layout: Layout, style: LineStyle): string {
  const own = { ...style, lineEnd: lineEndOf(text.slice(line.end, line.next)) ?? style.lineEnd };
  const value = unfold(line.source);
  if (layout !== "format") return fold(unfold(text.slice(line.start, line.valueStart)), value, own);
  const bare = line.valueSpec === "base64" ? value.replace(/[ \t]+$/, "") : value;
  const head = `${line.description}${COLONS[line.valueSpec]}`;
  return fold(bare === "" ? head : `${head} `, bare, own);
}

const COLONS = { text: ":", base64: "::", url: ":<" } as const;

/** Whether two texts say the same, whatever their layout. */
function saySame(one: string, other: string): boolean {
  return JSON.stringify(said(one)) === JSON.stringify(said(other));
}

function said(text: string): readonly unknown[] {
  return LDIF_BLOCKS.cut(text)
    .flatMap((block) => LDIF_BLOCKS.read(block).records as readonly LdifRecord[])
    .map((record) => [
      record.isChange,
      record instanceof LdifEntry && [record.dn, ...record.lines].map(sayingOf),
      record instanceof LdifChange && [sayingOf(record.dn), changeOf(record)],
      [...logicalLines(record)].filter(({ kind }) => kind !== "blank").map((line) => lineOf(record.text, line)),
    ]);
}

function changeOf({ change: { type, modSpecs, rename } }: LdifChange): readonly unknown[] {
  const specs = modSpecs.map(({ type, attribute, values }) => [type, attribute, values.map(sayingOf)]);
  const { newRdn, deleteOldRdn, newSuperior } = rename ?? {};
  return [type, specs, [newRdn, deleteOldRdn, newSuperior].map((line) => line && sayingOf(line))];
}

function sayingOf(line: LdifLine): readonly unknown[] {
  const { description, valueSpec, text, binary } = line;
  return [description, valueSpec, binary ? line.base64 : text];
}

function lineOf(text: string, { kind, line, start, end }: LogicalLine): unknown {
  if (line !== undefined) return sayingOf(line);
  return kind === "dash" ? "-" : text.slice(start, end);
}
