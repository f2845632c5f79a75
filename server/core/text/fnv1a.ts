import { encodeUtf8 } from "./utf8.ts";

/**
 * The 64-bit FNV-1a hash of a text's UTF-8 bytes, as 16 hexadecimal digits. It stands in files that people keep, so it is a hash that
 * is documented elsewhere and never changes. It tells texts apart and keeps them out of sight; it keeps no secret, since whoever
 * guesses the text can hash it too.
 */
export function fnv1a64(text: string): string {
  // 64 bits are more than a number holds: two halves. The prime is 2^40 + 0x1b3.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of encodeUtf8(text)) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + ((low << 8) >>> 0)) % 2 ** 32;
    low = product % 2 ** 32;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}
