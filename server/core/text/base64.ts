import { encodeUtf8 } from "./utf8.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const SEXTET = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value++) SEXTET[ALPHABET.charCodeAt(value)] = value;

/**
 * The offset in `text` of what makes it no base64 (RFC 4648, section 4, padding required), or -1 where it is base64.
 * The offset is `text.length` where the text only ends too early.
 */
export function base64ErrorAt(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  for (let at = 0; at < digits; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127 || SEXTET[unit]! < 0) return at;
  }
  return text.length % 4 === 0 ? -1 : text.length;
}

/** The bytes of base64 `text`. Characters outside the alphabet are passed over; a last group that is cut gives what it can. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let group = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const sextet = unit < 128 ? SEXTET[unit]! : -1;
    if (sextet < 0) continue;
    group = (group << 6) | sextet;
    if (++digits < 4) continue;
    bytes[length++] = group >> 16;
    bytes[length++] = group >> 8;
    bytes[length++] = group;
    digits = 0;
    group = 0;
  }
  if (digits > 1) bytes[length++] = group >> (digits === 2 ? 4 : 10);
  if (digits > 2) bytes[length++] = group >> 2;
  return bytes.subarray(0, length);
}

export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second, third] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]!;
    text += second === undefined ? "=" : ALPHABET[(group >> 6) & 63]!;
    text += third === undefined ? "=" : ALPHABET[group & 63]!;
  }
  return text;
}

/** The base64 of a text's UTF-8. */
export function base64Of(text: string): string {
  return encodeBase64(encodeUtf8(text));
}
