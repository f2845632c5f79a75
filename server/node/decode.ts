import { isAscii, isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { type CodePage, decodeCodePage, encodeCodePage, guessCodePage } from "./code-page.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | CodePage;

/** How a file's bytes are to be read. */
export interface EncodingFacts {
  readonly encoding: Encoding;
  /** Nothing in the file says what it is: it has bytes that are not ASCII, and they are no UTF-8. */
  readonly guessed: boolean;
  readonly byteOrderMark: boolean;
}

export interface DecodedText extends EncodingFacts {
  /** Without the byte order mark. */
  readonly text: string;
}

/** The text of a file that is there as a whole. */
export function decodeBytes(bytes: Uint8Array): DecodedText {
  const detector = new EncodingDetector();
  detector.push(bytes);
  const facts = detector.end();
  const decoder = new StreamDecoder(facts);
  return { ...facts, text: decoder.push(bytes) + decoder.end() };
}

/** A byte order mark or the pattern of UTF-16 in a file's first bytes settles the encoding; otherwise all bytes must be seen. */
export const HEAD_LENGTH = 1024;

/**
 * Finds the encoding of a file without holding it. Each `push` is one piece of the file; the first one is the whole file or
 * at least {@link HEAD_LENGTH} bytes of it.
 */
export class EncodingDetector {
  #settled: EncodingFacts | undefined;
  #begun = false;
  #carry: Uint8Array = new Uint8Array();

  /** No later byte makes a difference. */
  get settled(): boolean {
    return this.#settled !== undefined;
  }

  push(bytes: Uint8Array): void {
    if (!this.#begun) this.#settled = encodingByHead(bytes);
    this.#begun = true;
    if (this.#settled !== undefined || (this.#carry.length === 0 && isAscii(bytes))) return;
    const joined = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
    const whole = wholeSequences(joined);
    // The bytes may belong to a buffer that is read into again, and the slice of a Buffer is no copy.
    this.#carry = new Uint8Array(joined.subarray(whole));
    if (!isUtf8(joined.subarray(0, whole))) this.#settled = guessed(joined);
  }

  end(): EncodingFacts {
    if (this.#settled !== undefined) return this.#settled;
    return this.#carry.length > 0 ? guessed(this.#carry) : { encoding: "utf-8", guessed: false, byteOrderMark: false };
  }
}

/** What Windows programs of Western Europe and America write when nobody asks for Unicode, ldifde without `-u` among them. */
function guessed(bytes: Uint8Array): EncodingFacts {
  return { encoding: guessCodePage(bytes), guessed: true, byteOrderMark: false };
}

function encodingByHead(bytes: Uint8Array): EncodingFacts | undefined {
  const marked = { guessed: false, byteOrderMark: true };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { ...marked, encoding: "utf-8" };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { ...marked, encoding: "utf-16le" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { ...marked, encoding: "utf-16be" };
  const head = bytes.subarray(0, HEAD_LENGTH);
  if (looksLikeUtf16(head, 0)) return { encoding: "utf-16le", guessed: false, byteOrderMark: false };
  if (looksLikeUtf16(head, 1)) return { encoding: "utf-16be", guessed: false, byteOrderMark: false };
  return undefined;
}

/**
 * An export begins with ASCII (`dn: `, `#`, `version`), which in UTF-16 has a NUL beside every character. Names in other
 * scripts may follow soon, but no NUL character ever does.
 */
function looksLikeUtf16(head: Uint8Array, lowByte: 0 | 1): boolean {
  if (head.length < 4) return false;
  let ascii = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    const low = head[at + lowByte]!;
    const high = head[at + 1 - lowByte]!;
    if (low === 0 && high === 0) return false;
    if (high === 0) ascii++;
    else if (at < 4) return false;
  }
  return ascii * 4 >= head.length;
}

/** How many of `bytes` come before a UTF-8 sequence that goes on after them. */
function wholeSequences(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Turns the bytes of a file of known encoding into text, piece by piece. */
export class StreamDecoder {
  /** Node's own, and what node has none for. */
  readonly #decoder: TextDecoder | undefined;
  readonly #isAsciiBased: boolean;
  #markExpected: boolean;
  /** The last byte may be the first part of a character. */
  #midCharacter = false;

  constructor({ encoding, byteOrderMark }: EncodingFacts) {
    // A decoder that takes the mark away would also take one that stands where its first piece begins, far down in the file.
    this.#decoder = encoding === "ibm850" ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
    this.#markExpected = byteOrderMark;
    this.#isAsciiBased = !encoding.startsWith("utf-16");
  }

  push(bytes: Uint8Array): string {
    if (bytes.length === 0) return "";
    if (this.#isAsciiBased) {
      const isPlain = !this.#midCharacter && isAscii(bytes);
      this.#midCharacter = bytes[bytes.length - 1]! >= 0x80;
      // The decoder would make strings of two bytes a character out of it.
      if (isPlain) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    }
    if (this.#decoder === undefined) return decodeCodePage(bytes, "ibm850");
    // Always as a stream: in one go, node 20 decodes Windows-1252 as if it were Latin-1.
    const text = this.#decoder.decode(bytes, { stream: true });
    if (!this.#markExpected || text === "") return text;
    this.#markExpected = false;
    return text.slice(1);
  }

  end(): string {
    return this.#decoder?.decode() ?? "";
  }
}

/** The bytes of `text`, or `undefined` where the encoding lacks one of its characters. The byte order mark is not written. */
export function encodeText(text: string, encoding: Encoding): Uint8Array | undefined {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text, "utf8");
    case "utf-16le":
      return Buffer.from(text, "utf16le");
    case "utf-16be":
      return Buffer.from(text, "utf16le").swap16();
    case "windows-1252":
    case "ibm850":
      return encodeCodePage(text, encoding);
  }
}

/** The byte order mark in an encoding's own bytes. */
export function byteOrderMark(encoding: Encoding): Uint8Array {
  return encodeText("\ufeff", encoding) ?? new Uint8Array();
}
