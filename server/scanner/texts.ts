// AssemblyScript; see scan.ts.

import {
  APOSTROPHE,
  afterFold,
  BACKSLASH,
  BASE64,
  BLANK,
  CR,
  classOf,
  DIGITS,
  EQUALS,
  HEXADECIMAL,
  isLetter,
  isLineEnd,
  LF,
  PECULIAR_IN_DN,
  SEMICOLON,
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
  return isLatin(UNFOLDED, to) ? <i32>(to - UNFOLDED) : -1;
}

/** Whether UTF-8 holds ASCII and Latin letters (U+00C0 to U+024F) only. */
export function isLatin(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) {
    const unit = load<u8>(at);
    if (unit < 128) continue;
    // Two bytes make these letters; the signs for times (C3 97) and divided by (C3 B7) stand among them.
    if (unit < 0xc3 || unit > 0xc9 || at + 1 === end) return false;
    const next = load<u8>(++at);
    if ((next & 0xc0) !== 0x80 || (unit === 0xc3 && (next & 0xdf) === 0x97)) return false;
  }
  return true;
}

/** `\;` and `\\` into UNFOLDED, where they are one character; answers how many bytes it takes. */
export function unescaped(start: usize, end: usize): i32 {
  let to = UNFOLDED;
  for (let at = start; at < end; at++) {
    let unit = load<u8>(at);
    if (unit === BACKSLASH && at + 1 < end) {
      const next = load<u8>(at + 1);
      if (next === BACKSLASH || next === SEMICOLON) {
        unit = next;
        at++;
      }
    }
    store<u8>(to++, unit);
  }
  return <i32>(to - UNFOLDED);
}

/** X'0a1b', as csvde writes bytes. */
export function isHex(start: usize, end: usize): bool {
  if (end - start < 3 || ((end - start) & 1) === 0 || load<u8>(end - 1) !== APOSTROPHE) return false;
  for (let at = start + 2; at < end - 1; at++) if ((classOf(load<u8>(at)) & HEXADECIMAL) === 0) return false;
  return true;
}

/** The bytes of what {@link isHex} into UNFOLDED; answers how many. */
export function decodeHex(start: usize, end: usize): i32 {
  let to = UNFOLDED;
  for (let at = start + 2; at < end - 1; at += 2) store<u8>(to++, (digit(load<u8>(at)) << 4) | digit(load<u8>(at + 1)));
  return <i32>(to - UNFOLDED);
}

function digit(unit: u8): u8 {
  return unit < 58 ? unit - 48 : (unit | 0x20) - 87;
}

/** The first so many bytes of UNFOLDED in base64, from `to` on, where there must be room for them; answers how many it takes. */
export function encodeBase64(length: i32, to: usize): i32 {
  let at = to;
  for (let index = 0; index < length; index += 3) {
    const left = length - index;
    const from = UNFOLDED + <usize>index;
    const group =
      ((<u32>load<u8>(from)) << 16) |
      (left > 1 ? (<u32>load<u8>(from, 1)) << 8 : 0) |
      (left > 2 ? <u32>load<u8>(from, 2) : 0);
    store<u8>(at, load<u8>(DIGITS + <usize>(group >> 18)));
    store<u8>(at, load<u8>(DIGITS + <usize>((group >> 12) & 63)), 1);
    store<u8>(at, left > 1 ? load<u8>(DIGITS + <usize>((group >> 6) & 63)) : EQUALS, 2);
    store<u8>(at, left > 2 ? load<u8>(DIGITS + <usize>(group & 63)) : EQUALS, 3);
    at += 4;
  }
  return <i32>(at - to);
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
