import { type Span, span } from "./span.ts";

/** A pattern for a run of the characters that `character` matches, which is one character. */
export function runOf(character: RegExp): RegExp {
  return new RegExp(`(?:${character.source})+`, "u");
}

/** The first place between two offsets of `text` that matches. */
export function firstMatch(text: string, pattern: RegExp, start = 0, end = text.length): Span | undefined {
  const match = pattern.exec(text.slice(start, end));
  return match === null ? undefined : span(start + match.index, start + match.index + match[0].length);
}

/**
 * Where `text` stands between the white space at its ends. White space is Unicode's, which is what .NET trims; JavaScript's trim
 * takes U+FEFF for white space, too.
 */
export function withoutOuterWhiteSpace(text: string): Span {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.test(text[start]!)) start++;
  while (end > start && WHITE_SPACE.test(text[end - 1]!)) end--;
  return span(start, end);
}

const WHITE_SPACE = /\p{White_Space}/u;
