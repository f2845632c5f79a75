import type { Span } from "../text/span.ts";
import { attributeLine } from "./attribute-line.ts";
import type { LdifLine } from "./line.ts";
import type { LdifRecord } from "./record.ts";

/** A line of a record with the lines that continue it; `end` is before its line end, `next` behind it. */
export interface LogicalLine extends Span {
  readonly next: number;
  /** `stray` is what has no colon, or continues nothing. */
  readonly kind: "attribute" | "comment" | "dash" | "blank" | "stray";
  /** Of `attribute` only. */
  readonly line?: LdifLine;
}

/**
 * All lines of a record in their order, as the reader takes them, comments and blank lines as well. Put together, their texts are
 * the record.
 */
export function* logicalLines({ text, problems }: Pick<LdifRecord, "text" | "problems">): Generator<LogicalLine, void> {
  const separators = new Set(
    problems.filter(({ id }) => id === "ldif-blank-line-with-spaces").map(({ span }) => span.start),
  );
  const continues = (at: number) => isBlank(text, at) && !separators.has(at);
  let begun = false;
  let ended = false;
  for (let at = 0; at < text.length; ) {
    const start = at;
    const isSeparator = isEmpty(text, at) || separators.has(at) || ended;
    const isStray = !isSeparator && isBlank(text, at);
    at = nextLine(text, at);
    if (!isSeparator && !isStray) while (at < text.length && continues(at)) at = nextLine(text, at);
    if (isSeparator) ended ||= begun;
    else begun = true;
    const place = { start, end: withoutLineEnd(text, start, at), next: at };
    if (isSeparator) yield { ...place, kind: "blank" };
    else if (isStray) yield { ...place, kind: "stray" };
    else yield contentLine(text, place);
  }
}

function contentLine(text: string, place: Omit<LogicalLine, "kind">): LogicalLine {
  const { start, end } = place;
  if (text[start] === "#") return { ...place, kind: "comment" };
  const colon = text.indexOf(":", start);
  if (colon >= 0 && colon < end)
    return { ...place, kind: "attribute", line: attributeLine(text, { text }, { ...place, colon }) };
  return { ...place, kind: /^-[ \t]*$/.test(text.slice(start, end)) ? "dash" : "stray" };
}

function isBlank(text: string, at: number): boolean {
  return text[at] === " " || text[at] === "\t";
}

function isEmpty(text: string, at: number): boolean {
  return text[at] === "\n" || text.startsWith("\r\n", at);
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function withoutLineEnd(text: string, start: number, next: number): number {
  if (next === start || text[next - 1] !== "\n") return next;
  return next - 1 > start && text[next - 2] === "\r" ? next - 2 : next - 1;
}
