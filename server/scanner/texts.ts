// AssemblyScript; see scan.ts.

import {
  afterFold,
  BACKSLASH,
  BASE64,
  BLANK,
  CR,
  classOf,
  EQUALS,
  HEXADECIMAL,
  isLetter,
  isLineEnd,
  LF,
  PECULIAR_IN_DN,
  SEXTETS,
  SPACE,
  UNFOLDED,
  UNFOLDED_SIZE,
} from "./memory";

export function isBlank(start: usize, end: usize): bool {
  let at = start;
  while (at < end && (classOf(load<u8>(at)) & BLANK) !== 0) at++;
  return at === end;
}

/** Base64 of RFC 4648 with padding; the folds in it are passed over. */
export function isBase64Text(start: usize, end: usize): bool {
  let digits = 0;
  let at = start;
  while (at < end) {
    const unit = load<u8>(at);
    if ((classOf(unit) & BASE64) !== 0) {
      digits++;
      at++;
    } else if (isLineEnd(at)) at = afterFold(at);
    else break;
  }
  let padding = 0;
  while (at < end) {
    if (load<u8>(at) === EQUALS) {
      padding++;
      at++;
    } else if (isLineEnd(at)) at = afterFold(at);
    else return false;
  }
  return padding <= 2 && ((digits + padding) & 3) === 0;
}

export function containsLineEnd(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if (load<u8>(at) === LF) return true;
  return false;
}

export function unfold(start: usize, end: usize): i32 {
  let to = UNFOLDED;
  let at = start;
  while (at < end) {
    if (isLineEnd(at)) at = afterFold(at);
    else store<u8>(to++, load<u8>(at++));
  }
  return <i32>(to - UNFOLDED);
}

/**
 * Decodes base64 into UNFOLDED, where it holds text of ASCII and Latin letters (U+00C0 to U+024F) only. Answers its length in bytes;
 * -1 where it holds something else or is too long.
 */
export function decodeText(start: usize, end: usize): i32 {
  if (end - start >= <usize>UNFOLDED_SIZE) return -1;
  let to = UNFOLDED;
  let group: u32 = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const unit = load<u8>(at);
    if ((classOf(unit) & BASE64) === 0) continue;
    group = (group << 6) | load<u8>(SEXTETS + <usize>unit);
    if (++digits < 4) continue;
    store<u8>(to, <u8>(group >> 16));
    store<u8>(to, <u8>(group >> 8), 1);
    store<u8>(to, <u8>group, 2);
    to += 3;
    digits = 0;
    group = 0;
  }
  if (digits > 1) store<u8>(to++, <u8>(group >> (digits === 2 ? 4 : 10)));
  if (digits > 2) store<u8>(to++, <u8>(group >> 2));
  for (let at = UNFOLDED; at < to; at++) {
    const unit = load<u8>(at);
    if (unit < 128) continue;
    // Two bytes make these letters; the signs for times (C3 97) and divided by (C3 B7) stand among them.
    if (unit < 0xc3 || unit > 0xc9 || at + 1 === to) return -1;
    const next = load<u8>(++at);
    if ((next & 0xc0) !== 0x80 || (unit === 0xc3 && (next & 0xdf) === 0x97)) return -1;
  }
  return <i32>(to - UNFOLDED);
}

/** A DN of RFC 4514 in which nothing is escaped but a single character, and no blank stands beside a separator. */
export function isPlainDn(start: usize, end: usize): bool {
  let at = start;
  let previous: u8 = 0;
  while (at < end) {
    const typeStart = at;
    let unit: u8 = load<u8>(at);
    while (at < end && isLetter(unit)) unit = load<u8>(++at);
    if (at === typeStart || at >= end || unit !== EQUALS) return false;
    at++;
    const valueStart = at;
    while (at < end) {
      unit = load<u8>(at);
      if (unit === 44) break;
      if (unit === LF || unit === CR) {
        at = afterFold(at);
        continue;
      }
      if (unit === BACKSLASH) {
        // What follows must be on the same line, and no digit of a hexadecimal pair.
        if (at + 1 >= end) return false;
        unit = load<u8>(at + 1);
        if (unit === LF || unit === CR || (classOf(unit) & HEXADECIMAL) !== 0) return false;
        at += 2;
        previous = 1;
        continue;
      }
      if ((classOf(unit) & PECULIAR_IN_DN) !== 0 || unit === EQUALS || unit < SPACE) return false;
      if (unit === SPACE && at === valueStart) return false;
      previous = unit;
      at++;
    }
    if (at === valueStart || previous === SPACE) return false;
    if (at < end) {
      at++;
      if (at === end) return false;
    }
  }
  return end > start;
}
