import { encodeUtf8 } from "./utf8.ts";

/**
 * The 64-bit FNV-1a hash of a text's UTF-8 bytes, as 16 hexadecimal digits. It stands in files that people keep, so it is a hash that
 * is documented elsewhere and never changes. It tells texts apart and keeps them out of sight; it keeps no secret, since whoever
 * guesses the text can hash it too.
 */
export function fnv1a64(text: string): string {
  // 64 bits are more than a number holds: four parts of 16 bits, the lowest first. The prime is 2^40 + 0x1b3, so every part is multiplied
  // by 0x1b3, and those that are two higher get it times 2^8.
  let [a, b, c, d] = [0x2325, 0x8422, 0x9ce4, 0xcbf2];
  for (const byte of encodeUtf8(text)) {
    a ^= byte;
    const [first, second] = [a, b];
    a *= 0x1b3;
    b = b * 0x1b3 + (a >>> 16);
    c = c * 0x1b3 + (first << 8) + (b >>> 16);
    d = d * 0x1b3 + (second << 8) + (c >>> 16);
    a &= 0xffff;
    b &= 0xffff;
    c &= 0xffff;
    d &= 0xffff;
  }
  return [d, c, b, a].map((part) => part.toString(16).padStart(4, "0")).join("");
}
