import { dnKey } from "../model/dn.ts";

/** Two hashes of 32 bits each. */
export interface KeyHash {
  readonly one: number;
  readonly other: number;
}

/**
 * The hash of a key in a key space: two independent ones (FNV-1a with different primes, finished as in MurmurHash3) over UTF-16
 * units. The scanner in server/scanner makes the same of bytes.
 */
export function hashKey(space: number, key: string): KeyHash {
  let one = Math.imul(0x811c9dc5 ^ space, 0x01000193);
  let other = Math.imul(0x9747b28c ^ space, 0x5bd1e995);
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return { one: finish(one), other: finish(other) };
}

const LOOSE = /[ \\]|[^\0-\x7f]/g;

/**
 * The hash of a DN. DNs that a directory takes for equal have equal ones, and few others do: blanks, escapes and all letters beyond
 * ASCII are left out.
 */
export function hashDn(text: string): number {
  // First in the text: the lower case of a letter beyond ASCII may be one within. Then what was written by hexadecimal digits.
  return hashKey(0, dnKey(text.replace(BEYOND_ASCII, "")).replace(LOOSE, "")).one;
}

/** As they are, or, of those two whose lower case begins with one within (U+0130 and U+212A), by hexadecimal digits. */
const BEYOND_ASCII = /[^\0-\x7f]|\\c4\\b0|\\e2\\84\\aa/gi;

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
