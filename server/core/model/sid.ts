import { decodeBase64, encodeBase64 } from "../text/base64.ts";
import type { AttributeValue } from "./entry.ts";

/** Revision, number of subauthorities, and the six bytes of the authority, before four bytes for each subauthority. */
const HEADER = 8;

/**
 * A security identifier as people know it (`S-1-5-21-...`), from its bytes (MS-DTYP 2.4.2.2) or from that text itself;
 * `undefined` where the value is neither.
 */
export function sidText(value: AttributeValue): string | undefined {
  const text = value.text.trim().toUpperCase();
  if (/^S-1-\d+(?:-\d+)*$/.test(text)) return text;
  // 15 subauthorities at most: 68 bytes.
  if (value.base64.length > 92) return undefined;
  const bytes = decodeBase64(value.base64);
  if (bytes[0] !== 1 || bytes.length !== HEADER + 4 * (bytes[1] ?? -1)) return undefined;
  const authority = bytes.subarray(2, HEADER).reduce((number, byte) => number * 256 + byte, 0);
  const parts: number[] = [authority];
  for (let at = HEADER; at < bytes.length; at += 4) {
    parts.push((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0);
  }
  return `S-1-${parts.join("-")}`;
}

/** `S-1` in base64: how the text of a security identifier begins, whatever its letters' case. */
const TEXT_START = /^[Uc]y0x/;

/** A key that is equal for the same SID, whether the export has its bytes or its text: the bytes in base64. */
export function sidKey(value: AttributeValue): string {
  const { base64 } = value;
  const text = TEXT_START.test(base64) ? sidText(value) : undefined;
  if (text === undefined) return base64;
  const [authority = 0, ...parts] = text.split("-").slice(2).map(Number);
  const bytes = [1, parts.length];
  for (let at = 5; at >= 0; at--) bytes.push(Math.floor(authority / 256 ** at) % 256);
  for (const part of parts) for (let at = 0; at < 4; at++) bytes.push(Math.floor(part / 256 ** at) % 256);
  return encodeBase64(Uint8Array.from(bytes));
}
