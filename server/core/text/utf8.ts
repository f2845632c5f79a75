/**
 * UTF-8 in both directions. The core is free of any platform, so it has neither TextDecoder nor Buffer.
 */

/** The UTF-8 bytes of `text`. A lone surrogate becomes U+FFFD, as in the WHATWG Encoding Standard. */
export function encodeUtf8(text: string): Uint8Array {
  // Not a list of numbers: a value of a hundred million characters would be more than a list can hold.
  const bytes = new Uint8Array(mostBytes(text));
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) as number;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes[length++] = point;
    else if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6);
      bytes[length++] = 0x80 | (point & 63);
    } else {
      if (point < 0x10000) bytes[length++] = 0xe0 | (point >> 12);
      else {
        at++;
        bytes[length++] = 0xf0 | (point >> 18);
        bytes[length++] = 0x80 | ((point >> 12) & 63);
      }
      bytes[length++] = 0x80 | ((point >> 6) & 63);
      bytes[length++] = 0x80 | (point & 63);
    }
  }
  return bytes.subarray(0, length);
}

/** At least as many bytes as `text` takes; exactly as many where it has no surrogates. */
function mostBytes(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return length;
}

/** The text of UTF-8 `bytes`, or `undefined` where they are not well-formed UTF-8 (overlong forms and surrogates included). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text = "";
  const units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++] as number;
    if (lead < 0x80) units.push(lead);
    else {
      const length = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
      if (lead < 0xc2 || lead > 0xf4) return undefined;
      let point = lead & (63 >> length);
      for (let n = 0; n < length; n++) {
        const next = bytes[at++];
        if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
        point = (point << 6) | (next & 63);
      }
      if (point < LEAST[length]! || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
      if (point < 0x10000) units.push(point);
      else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    }
    // fromCharCode takes its units as arguments: flush before their number becomes a stack problem.
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

/** The least code point that a sequence with so many continuation bytes may stand for. */
const LEAST = [0, 0x80, 0x800, 0x10000] as const;

/** How many UTF-8 bytes the first `end` UTF-16 units of `text` take. A cut inside a surrogate pair counts the whole pair's bytes. */
export function utf8Length(text: string, end: number): number {
  let length = 0;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      length += 4;
      at++;
    } else length += 3;
  }
  return length;
}
