// AssemblyScript; see scan.ts.

import {
  ATTRIBUTES,
  DN_IS_PLAIN,
  FNV_BASIS,
  FNV_PRIME,
  HAS_KEY,
  IS_ADD,
  IS_REFERENCE,
  KEYS_NEED_TEXT,
  SIGNATURES,
  VALUE_INTS,
} from "./memory";
import { numberOf } from "./shapes";

let signatureCount: i32 = 0;

/** So many values of one attribute are counted. */
const MOST_COUNTED: i32 = 16;

/** An entry with more values has no signature. */
const MOST_VALUES: i32 = 1000;

/**
 * The number of the signature of an entry whose values are written down from `first` to `end`: the attributes of its values in their order
 * (equal ones that follow each other up to a number), the shapes of those that have one, and of each key with which earlier one it is
 * equal. -1 where the entry has none.
 */
export function signature(first: usize, end: usize, recordFlags: i32, valueCount: i32): i32 {
  if ((recordFlags & (DN_IS_PLAIN | KEYS_NEED_TEXT)) !== DN_IS_PLAIN || valueCount >= MOST_VALUES) return -1;
  let hash: u64 = FNV_BASIS ^ <u64>(recordFlags & IS_ADD);
  let previous = 0;
  let run = 0;
  for (let at = first; at < end; at += <usize>(VALUE_INTS << 2)) {
    const flags = load<i32>(at);
    const number = flags & 0xff;
    const shape = load<i32>(at, 16);
    run = number === previous ? run + 1 : 0;
    previous = number;
    if (shape < 0 && run >= MOST_COUNTED) continue;
    let mixed: u64 = <u64>number | ((<u64>(shape + 1)) << 8);
    if ((flags & HAS_KEY) !== 0 && (load<u32>(ATTRIBUTES + <usize>(number << 2)) & IS_REFERENCE) === 0) {
      mixed |= (<u64>equalKeyBefore(first, at)) << 32;
    }
    // What is mixed in is wider than a byte: without this its upper bits would not reach the lower ones of the hash.
    hash = (hash ^ mixed) * FNV_PRIME;
    hash ^= hash >> 29;
  }
  const number = numberOf(SIGNATURES, hash, signatureCount);
  if (number === signatureCount) signatureCount++;
  return number;
}

/** The place, from 1, of the first value before `own` that has the same key; 0 where there is none. */
function equalKeyBefore(first: usize, own: usize): u32 {
  const one = load<i32>(own, 20);
  const other = load<i32>(own, 24);
  let place: u32 = 1;
  for (let at = first; at < own; at += <usize>(VALUE_INTS << 2)) {
    if (load<i32>(at, 20) === one && load<i32>(at, 24) === other && (load<i32>(at) & HAS_KEY) !== 0) return place;
    place++;
  }
  return 0;
}
