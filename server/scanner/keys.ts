// AssemblyScript; see scan.ts.

import {
  ADDRESS_TRIMMED,
  BACKSLASH,
  BYTES,
  COLON,
  classOf,
  EQUALS,
  HAS_KEY,
  HEXADECIMAL,
  isWhite,
  KEY_SPACE_SHIFT,
  LOWER_CASE,
  lowerCase,
  NEEDS_TEXT,
  OTHER_SPACE_SHIFT,
  PECULIAR_IN_DN,
  SEXTETS,
  SPACE,
  SPACE_SHIFT,
  TYPED_ADDRESS,
} from "./memory";

/** The key that was made last. */
export let keyOne: i32 = 0;
export let keyOther: i32 = 0;

let hashOne: u32 = 0;
let hashOther: u32 = 0;
let keySpace: u32 = 0;

/** Makes the key of a text: HAS_KEY, NEEDS_TEXT, or 0 where the value has none. */
export function makeKey(form: u32, wants: u32, text: usize, length: i32): i32 {
  const space = (wants >> KEY_SPACE_SHIFT) & 0xff;
  let start = text;
  let end = text + <usize>length;
  if (form === BYTES) return makeKeyOfBytes(space, start, end);
  if (form === TYPED_ADDRESS) return makeKeyOfTypedAddress(wants, start, end);
  if (form === ADDRESS_TRIMMED) start = afterColon(start, end);
  if (form !== LOWER_CASE) {
    while (start < end && isWhite(load<u8>(start))) start++;
    while (end > start && isWhite(load<u8>(end - 1))) end--;
  }
  if (start === end) return 0;
  beginKey(space);
  for (let at = start; at < end; at++) addToKey(lowerCase(load<u8>(at)));
  return endKey();
}

function afterColon(start: usize, end: usize): usize {
  for (let at = start; at < end; at++) if (load<u8>(at) === COLON) return at + 1;
  return start;
}

/** SMTP addresses are of one key space, whatever their type's case; SIP, X500 and EUM addresses of another, with their types. */
function makeKeyOfTypedAddress(wants: u32, from: usize, to: usize): i32 {
  let start = afterColon(from, to);
  if (start === from) return 0;
  let typeStart = from;
  let typeEnd = start - 1;
  while (typeStart < typeEnd && isWhite(load<u8>(typeStart))) typeStart++;
  while (typeEnd > typeStart && isWhite(load<u8>(typeEnd - 1))) typeEnd--;
  let type: u32 = 0;
  if (typeEnd - typeStart > 4) return 0;
  for (let at = typeStart; at < typeEnd; at++) type = (type << 8) | lowerCase(load<u8>(at));
  const isSmtp = type === 0x736d7470;
  if (!isSmtp && type !== 0x736970 && type !== 0x78353030 && type !== 0x65756d) return 0;
  let end = to;
  while (start < end && isWhite(load<u8>(start))) start++;
  while (end > start && isWhite(load<u8>(end - 1))) end--;
  if (isSmtp) {
    if (start === end) return 0;
    beginKey((wants >> KEY_SPACE_SHIFT) & 0xff);
  } else {
    beginKey((wants >> OTHER_SPACE_SHIFT) & 0xff);
    for (let at = typeStart; at < typeEnd; at++) addToKey(lowerCase(load<u8>(at)));
    addToKey(COLON);
  }
  for (let at = start; at < end; at++) addToKey(lowerCase(load<u8>(at)));
  return endKey();
}

/** The key of bytes is their base64, where that is the only way to write it, and no text of a SID. */
function makeKeyOfBytes(space: u32, start: usize, end: usize): i32 {
  if (start === end) return 0;
  let last = end - 1;
  if (load<u8>(last) === EQUALS) {
    const isDouble = load<u8>(--last) === EQUALS;
    if (isDouble) last--;
    if ((load<u8>(SEXTETS + <usize>load<u8>(last)) & (isDouble ? 15 : 3)) !== 0) return NEEDS_TEXT;
  }
  const first = load<u8>(start);
  if ((first === 85 || first === 99) && load<u8>(start, 1) === 121 && load<u8>(start, 2) === 48) return NEEDS_TEXT;
  beginKey(space);
  for (let at = start; at < end; at++) addToKey(load<u8>(at));
  return endKey();
}

/** A hash that is equal for DNs that a directory finds equal, as far as they are written without peculiarities. */
export function makeReference(text: usize, length: i32): i32 {
  beginKey(0);
  for (let index = 0; index < length; index++) {
    const unit = load<u8>(text + <usize>index);
    if (unit === SPACE) continue;
    if (unit === BACKSLASH) {
      if (index + 1 === length || (classOf(load<u8>(text + <usize>(index + 1))) & HEXADECIMAL) !== 0) return NEEDS_TEXT;
      const next = load<u8>(text + <usize>++index);
      if (next !== BACKSLASH && next !== SPACE && next < 128) addToKey(lowerCase(next));
      continue;
    }
    if ((classOf(unit) & PECULIAR_IN_DN) !== 0 || unit < SPACE) return NEEDS_TEXT;
    if (unit < 128) addToKey(lowerCase(unit));
  }
  return endKey();
}

/** There is no key. */
export function noKey(): void {
  keyOne = 0;
  keyOther = 0;
}

// As hashKey in server/core/engine/key-hash.ts has it.
function beginKey(space: u32): void {
  keySpace = space;
  hashOne = (0x811c9dc5 ^ space) * 0x01000193;
  hashOther = (0x9747b28c ^ space) * 0x5bd1e995;
}

function addToKey(unit: u8): void {
  hashOne = (hashOne ^ <u32>unit) * 0x01000193;
  hashOther = (hashOther ^ <u32>unit) * 0x5bd1e995;
  hashOther ^= hashOther >> 15;
}

function endKey(): i32 {
  keyOne = <i32>finish(hashOne);
  keyOther = <i32>finish(hashOther);
  return HAS_KEY | <i32>(keySpace << SPACE_SHIFT);
}

function finish(hash: u32): u32 {
  let mixed = (hash ^ (hash >> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >> 13)) * 0xc2b2ae35;
  return mixed ^ (mixed >> 16);
}
