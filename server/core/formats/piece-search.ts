import { unfold } from "../ldif/line.ts";
import { attributeTypeAt } from "../model/attribute-type.ts";
import { rdnValue } from "../model/dn.ts";
import { decodeBase64 } from "../text/base64.ts";
import { decodeUtf8 } from "../text/utf8.ts";

/**
 * Looks for texts in pieces of an export before anybody reads these: in any case, over folds, and in what is written in base64 or, by
 * csvde, in hexadecimal digits. It passes over no piece that holds the texts in its values, but may take some that do not.
 */
export class PieceSearch {
  readonly #patterns: readonly RegExp[];
  readonly #isSearched: (type: string) => boolean;

  /** All of the texts are looked for; in base64 only in attributes of such a type (in lower case; `dn` is that of the DN). */
  constructor(texts: readonly string[], isSearched: (type: string) => boolean) {
    this.#patterns = texts.flatMap(partsOf).map(patternOf);
    this.#isSearched = isSearched;
  }

  mayHold(piece: string): boolean {
    let encoded: string | undefined;
    return this.#patterns.every((pattern) => {
      if (pattern.test(piece)) return true;
      encoded ??= encodedTexts(piece, this.#isSearched);
      return encoded !== "" && pattern.test(encoded);
    });
  }
}

/** A text that stands in every spelling of a DN: of its own RDN, since that tells it from most others. */
export function textOfDn(dn: string): string {
  return rdnValue(dn) ?? dn;
}

/** Of a longer part only so many characters are looked for. */
const LONGEST_PART = 128;

/**
 * The parts of a text between characters of which several may stand for one (quotes, backslashes, control characters, letters of which
 * the lower case is longer); the longest first.
 */
function partsOf(text: string): string[] {
  const parts = text.split(/["\\\0-\x1f\x7f]|\u0130|\u0307/).filter((part) => part !== "");
  return parts.sort((one, other) => other.length - one.length);
}

const FOLD = "(?:\\r?\\n[ \\t])?";

/** So many backslashes may stand before a character: a DN has one, and tables double it. */
const BACKSLASHES = `(?:\\\\${FOLD}){0,4}`;

/** In any case, folded anywhere, and with all that DNs and tables escape as it is, behind backslashes, or as digits: `\C3\A9` is é. */
function patternOf(text: string): RegExp {
  const characters = Array.from(text).slice(0, LONGEST_PART).map(patternOfCharacter);
  return new RegExp(characters.join(FOLD), /^[\0-\x7f]*$/.test(text) ? "i" : "iu");
}

function patternOfCharacter(character: string): string {
  if (/[ ,;+<>=#]/.test(character)) return `${BACKSLASHES}(?:${character.replace("+", "\\+")}|${digitsOf(character)})`;
  // The lower case of the Kelvin sign is a k.
  if (/[kK]/.test(character)) return "[k\\u212a]";
  if (/[\0-\x7f]/.test(character)) return character.replace(/[\^$.*?()[\]{}|/]/, "\\$&");
  const bytes = bytesOf(character);
  return bytes === undefined ? character : `(?:${character}|${bytes})`;
}

function digitsOf(character: string): string {
  return Array.from(character.charCodeAt(0).toString(16)).join(FOLD);
}

/** The bytes of a character in UTF-8 as a DN has them; `undefined` for half a character. */
function bytesOf(character: string): string | undefined {
  if (/^[\ud800-\udfff]$/.test(character)) return undefined;
  const bytes = encodeURIComponent(character).matchAll(/%(.)(.)/g);
  return Array.from(bytes, ([, one, other]) => ["\\\\", one, other].join(FOLD)).join(FOLD);
}

/** An attribute description before a value in base64 is no longer. */
const LONGEST_DESCRIPTION = 128;

/** The texts of a piece that do not stand in it as they are, one below the other. */
function encodedTexts(piece: string, isSearched: (type: string) => boolean): string {
  const texts: string[] = [];
  for (let at = piece.indexOf("::"); at >= 0; at = piece.indexOf("::", at + 2)) {
    let start = at;
    while (start > 0 && at - start < LONGEST_DESCRIPTION && piece.charCodeAt(start - 1) !== 10) start--;
    if (!isSearched(attributeTypeAt(piece, start, at))) continue;
    const source = unfold(piece.slice(at + 2, endOfLogicalLine(piece, at))).trim();
    texts.push(decodeUtf8(decodeBase64(source)) ?? "");
  }
  if (piece.includes("X'")) {
    for (const [, digits] of piece.matchAll(/X'((?:[0-9a-f]{2})+)'/gi)) {
      const bytes = Uint8Array.from(digits!.match(/../g)!, (pair) => Number.parseInt(pair, 16));
      texts.push(decodeUtf8(bytes) ?? "");
    }
  }
  return texts.join("\n");
}

function endOfLogicalLine(piece: string, from: number): number {
  let end = piece.indexOf("\n", from);
  while (end >= 0 && (piece[end + 1] === " " || piece[end + 1] === "\t")) end = piece.indexOf("\n", end + 1);
  return end < 0 ? piece.length : end;
}
