import type { AttributeValue } from "../model/entry.ts";
import { characterName } from "../text/characters.ts";
import type { Span } from "../text/span.ts";

/** The first characters of `value` that `run` matches before offset `end`, and what a message calls the first of them. */
export function offendingCharacters(
  value: AttributeValue,
  run: RegExp,
  end = value.text.length,
): { readonly span: Span; readonly character: string } | undefined {
  const match = run.exec(value.text);
  if (match === null || match.index >= end) return undefined;
  const last = Math.min(match.index + match[0].length, end);
  return { span: value.slice(match.index, last), character: characterName(match[0]) };
}
