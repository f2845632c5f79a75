// AssemblyScript; see scan.ts.
//
// Finds the rows of a table and their fields. Where a quote stands that does not close its field, only the reader knows where the row
// ends: then a row of no interest is put out up to a line end, and what the reader makes of it decides what becomes of the next ones.

import { highBits, masks } from "./blocks";
import { beginRow, beginRows, endRow, isRoomless, rowStart, takeField } from "./fields";
import { BACKSLASH, CR, INPUT, LF, QUESTION_MARK, QUOTE, SEMICOLON } from "./memory";

let separator: u8 = 0;
let columnCount: i32 = 0;

/** The character between fields, and how many there are; what is said of each stands at COLUMNS. */
export function describeColumns(character: i32, count: i32): void {
  separator = <u8>character;
  columnCount = count;
}

/**
 * As `scan` does for LDIF: scans the bytes from `from` to `to`, where a row begins at `from`. Answers where the first one begins that is not
 * put out.
 */
export function scanRows(from: i32, to: i32): i32 {
  beginRows(columnCount);
  const end = INPUT + <usize>to;
  let at = INPUT + <usize>from;
  beginRow(at);
  // At a quote of which only the reader knows what it is, the scan begins anew behind the line end.
  while (at !== 0) at = scanFrom(at, end);
  return <i32>(rowStart - INPUT);
}

/** Scans from where the row at hand begins. Answers where to go on, or 0 where nothing can be said any more. */
function scanFrom(from: usize, end: usize): usize {
  let fieldStart = from;
  let quotedEnd: usize = 0;
  let isQuoted = false;
  let isDoubled = false;
  /** A quote that was taken together with the one before it. */
  let second: usize = 0;
  let isMarked = false;
  let isBeyond = false;
  let isBad = false;
  let hasQuestion = false;
  let carriedCr: u64 = 0;
  let lines = 0;
  for (let at = from; at < end; at += 64) {
    const one = v128.load(at);
    const two = v128.load(at, 16);
    const three = v128.load(at, 32);
    const four = v128.load(at, 48);
    const valid: u64 = end - at < 64 ? ((<u64>1) << (<u64>(end - at))) - 1 : u64.MAX_VALUE;
    const lineFeeds = masks(one, two, three, four, i8x16.splat(LF)) & valid;
    const quotes = masks(one, two, three, four, i8x16.splat(QUOTE)) & valid;
    const stops = lineFeeds | quotes | (masks(one, two, three, four, i8x16.splat(separator)) & valid);
    const marks =
      masks(one, two, three, four, i8x16.splat(SEMICOLON)) | masks(one, two, three, four, i8x16.splat(BACKSLASH));
    const beyond = highBits(one, two, three, four);
    const questions = masks(one, two, three, four, i8x16.splat(QUESTION_MARK));
    const crs = masks(one, two, three, four, i8x16.splat(CR));
    const bad = (masks(one, two, three, four, i8x16.splat(0)) | (((crs << 1) | carriedCr) & ~lineFeeds)) & valid;
    carriedCr = crs >> 63;
    /** What has not been looked at. */
    let left = valid;
    /** The same, as far as rows are concerned. */
    let leftOfRow = valid;
    let bits = isQuoted ? quotes : stops;
    while (bits !== 0) {
      const bit = ctz(bits);
      const above = (u64.MAX_VALUE << bit) << 1;
      const here = at + <usize>bit;
      bits &= above;
      const unit = load<u8>(here);
      if (isQuoted) {
        if (here === second) continue;
        if (here + 1 >= end) return 0;
        const next = load<u8>(here + 1);
        if (next === QUOTE) {
          isDoubled = true;
          second = here + 1;
          continue;
        }
        if (next === CR && here + 2 >= end) return 0;
        const closes = next === separator || next === LF || (next === CR && load<u8>(here + 2) === LF);
        if (!closes) return endPeculiarRow(fieldStart, end);
        isQuoted = false;
        quotedEnd = here;
        bits = stops & above;
        continue;
      }
      if (unit === QUOTE) {
        if (here !== fieldStart || quotedEnd !== 0) continue;
        isQuoted = true;
        bits = quotes & above;
        continue;
      }
      const own = left & ~above;
      left = above & valid;
      isMarked = isMarked || (marks & own) !== 0;
      isBeyond = isBeyond || (beyond & own) !== 0;
      if (quotedEnd !== 0) takeField(fieldStart + 1, quotedEnd, isDoubled, isMarked, isBeyond);
      else {
        const isAfterCr = unit === LF && here > fieldStart && load<u8>(here - 1) === CR;
        takeField(fieldStart, isAfterCr ? here - 1 : here, false, isMarked, isBeyond);
      }
      fieldStart = here + 1;
      quotedEnd = 0;
      isDoubled = false;
      isMarked = false;
      isBeyond = false;
      if (unit !== LF) continue;
      const ofRow = leftOfRow & ~above;
      leftOfRow = left;
      isBad = isBad || (bad & ofRow) !== 0;
      hasQuestion = hasQuestion || (questions & ofRow) !== 0;
      endRow(fieldStart, lines + <i32>popcnt(lineFeeds & ofRow), isBad, hasQuestion);
      beginRow(fieldStart);
      if (isRoomless()) return 0;
      isBad = false;
      hasQuestion = false;
      lines = 0;
    }
    isMarked = isMarked || (marks & left) !== 0;
    isBeyond = isBeyond || (beyond & left) !== 0;
    isBad = isBad || (bad & leftOfRow) !== 0;
    hasQuestion = hasQuestion || (questions & leftOfRow) !== 0;
    lines += <i32>popcnt(lineFeeds & leftOfRow);
  }
  return 0;
}

/** The row at hand is the reader's. It is taken to end at the first line end behind the quote. */
function endPeculiarRow(quote: usize, end: usize): usize {
  let at = quote;
  while (at < end && load<u8>(at) !== LF) at++;
  if (at === end) return 0;
  endRow(at + 1, 0, true, false);
  beginRow(at + 1);
  return isRoomless() ? 0 : at + 1;
}
