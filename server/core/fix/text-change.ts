import type { Span } from "../text/span.ts";

/** A piece of the record's text and what is to stand there instead. The span counts from the record's start. */
export interface TextChange {
  readonly span: Span;
  readonly text: string;
}

/** The text after changes that do not overlap and are in order. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = "";
  let at = 0;
  for (const { span, text: replacement } of changes) {
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}
