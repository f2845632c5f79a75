import { TextDecoder } from "node:util";

/** Encodings of one byte a character that Windows programs write when nobody asks for Unicode. */
export type CodePage = "windows-1252" | "ibm850";

/** The characters of the bytes from 0x80 on. Source: Microsoft's table of code page 850, Western European DOS. */
const IBM850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const CHARACTERS: Readonly<Record<CodePage, readonly string[]>> = {
  // Always as a stream: in one go, node 20 decodes Windows-1252 as if it were Latin-1.
  "windows-1252": [...new TextDecoder("windows-1252").decode(BYTES, { stream: true })],
  ibm850: [...Array.from(BYTES.subarray(0, 128), (byte) => String.fromCharCode(byte)), ...IBM850],
};

/** The text of bytes. */
export function decodeCodePage(bytes: Uint8Array, codePage: CodePage): string {
  const characters = CHARACTERS[codePage];
  let text = "";
  for (const byte of bytes) text += characters[byte];
  return text;
}

/** The bytes of a text; `undefined` where the code page lacks one of its characters. */
export function encodeCodePage(text: string, codePage: CodePage): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = BYTE_OF[codePage].get(text[at]!);
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

const BYTE_OF: Readonly<Record<CodePage, ReadonlyMap<string, number>>> = {
  "windows-1252": byteOf("windows-1252"),
  ibm850: byteOf("ibm850"),
};

function byteOf(codePage: CodePage): ReadonlyMap<string, number> {
  return new Map(CHARACTERS[codePage].map((character, byte) => [character, byte]));
}

/**
 * Which code page the bytes of a text that is no UTF-8 are in. Names tell: the letters of Western Europe stand at 0xC0 and above in
 * Windows-1252, and mostly below 0xA0 in code page 850, the one of consoles. What both may have, and quotes and dashes of Windows-1252,
 * tell nothing.
 */
export function guessCodePage(bytes: Uint8Array): CodePage {
  let windows = 0;
  let console = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80 || !isLetter(bytes[at - 1])) continue;
    if (byte >= 0xc0) windows++;
    else if (CONSOLE_LETTERS.has(byte) || (QUOTES_OR_LETTERS.has(byte) && isLetter(bytes[at + 1]))) console++;
  }
  return console > windows ? "ibm850" : "windows-1252";
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** Letters of code page 850 where Windows-1252 has a sign that does not follow a letter, or none. */
const CONSOLE_LETTERS: ReadonlySet<number> = new Set([
  0x81, 0x83, 0x87, 0x88, 0x89, 0x8b, 0x8d, 0x8f, 0x90, 0x98, 0x9b, 0x9d,
]);

/** Letters of code page 850 (é, ä, à, å, ô, ö, ò, ñ) where Windows-1252 has quotes and signs that stand at the ends of words. */
const QUOTES_OR_LETTERS: ReadonlySet<number> = new Set([
  0x82, 0x84, 0x85, 0x86, 0x93, 0x94, 0x95, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4,
]);
