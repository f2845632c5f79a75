/**
 * A half-open range of UTF-16 offsets, `start` included, `end` not. What the offsets count from is said by whoever hands
 * a span out: inside a record they count from the record's first character, so an edit elsewhere never touches them.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** The same span seen from a place `by` units further left. */
export function shift({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
