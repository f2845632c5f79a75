import type { Span } from "../text/span.ts";
import { attributeLine } from "./attribute-line.ts";
import type { LdifLine, LineSource } from "./line.ts";
import type { LdifRecord } from "./record.ts";

/** A line of a record with the lines that continue it; `end` is before its line end, `next` behind it. */
export interface LogicalLine extends Span {
  readonly next: number;
  /** `stray` is what has no colon, or continues nothing. */
  readonly kind: "attribute" | "comment" | "dash" | "blank" | "stray";
  /** Of `attribute` only. */
  readonly line: LdifLine | undefined;
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
  const source = { text };
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
    const end = withoutLineEnd(text, start, at);
    if (isSeparator) yield { kind: "blank", start, end, next: at, line: undefined };
    else if (isStray) yield { kind: "stray", start, end, next: at, line: undefined };
    else yield contentLine(text, start, end, at, source);
  }
}

function contentLine(text: string, start: number, end: number, next: number, source: LineSource): LogicalLine {
  const line = (kind: LogicalLine["kind"]): LogicalLine => ({ kind, start, end, next, line: undefined });
  if (text[start] === "#") return line("comment");
  const colon = text.indexOf(":", start);
  if (colon >= 0 && colon < end) {
    return { kind: "attribute", start, end, next, line: attributeLine(text, source, { start, colon, end, next }) };
  }
  return line(/^-[ \t]*$/.test(text.slice(start, end)) ? "dash" : "stray");
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
