/** A piece of a text that was replaced: `start` to `oldEnd` of the old text is `start` to `newEnd` of the new one. */
export interface Replacement {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Texts are compared in pieces of this length first: that is much quicker than unit by unit. */
const PIECE = 2 ** 14;

/** The least piece whose replacement turns `before` into `after`; `undefined` where they are equal. */
export function replacementBetween(before: string, after: string): Replacement | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + PIECE <= shorter && before.slice(start, start + PIECE) === after.slice(start, start + PIECE))
    start += PIECE;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  const most = shorter - start;
  let same = 0;
  while (
    same + PIECE <= most &&
    before.slice(oldEnd - same - PIECE, oldEnd - same) === after.slice(newEnd - same - PIECE, newEnd - same)
  ) {
    same += PIECE;
  }
  while (same < most && before.charCodeAt(oldEnd - same - 1) === after.charCodeAt(newEnd - same - 1)) same++;
  oldEnd -= same;
  newEnd -= same;
  return { start, oldEnd, newEnd };
}
