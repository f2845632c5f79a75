import { decodeUtf8 } from "../text/utf8.ts";
import { rdnValue } from "./dn.ts";
import type { Entry } from "./entry.ts";

/** A search filter of RFC 4515, ready to be tried on entries. */
export interface LdapFilter {
  matches(entry: Entry): boolean;
}

/** Why a filter cannot be read. The offsets count UTF-16 units of the filter's text. */
export interface FilterError {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

/** Active Directory's matching rules for bits (MS-ADTS 3.1.1.3.4.4): all of them set, or any of them. */
const BIT_AND = "1.2.840.113556.1.4.803";
const BIT_OR = "1.2.840.113556.1.4.804";

/** Deeper than any filter that a person writes, and no danger to the stack. */
const MOST_DEPTH = 50;

/**
 * Reads a filter: `(&(a=b)(!(c=*)))`. Text is compared without regard to case, as Active Directory does with nearly all of its
 * attributes; `<=` and `>=` compare numbers where both sides are numbers. An entry without the attribute does not match, and
 * so matches the negation.
 */
export function parseLdapFilter(text: string): { readonly filter: LdapFilter } | { readonly error: FilterError } {
  const parser = new FilterParser(text);
  try {
    return { filter: parser.all() };
  } catch (error) {
    if (error instanceof Unreadable) return { error: error.detail };
    throw error;
  }
}

class Unreadable extends Error {
  readonly detail: FilterError;

  constructor(detail: FilterError) {
    super(detail.reason);
    this.detail = detail;
  }
}

class FilterParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): LdapFilter {
    this.#skipBlanks();
    const filter = this.#filter(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail("nothing may follow the filter", this.#at, this.#text.length);
    return filter;
  }

  #filter(depth: number): LdapFilter {
    if (depth > MOST_DEPTH) this.#fail(`more than ${MOST_DEPTH} parentheses are open`);
    const open = this.#at;
    if (this.#text[open] !== "(") this.#fail('a filter begins with "("');
    this.#at++;
    const filter = this.#inside(depth);
    if (this.#text[this.#at] !== ")") this.#fail('this "(" is not closed', open, open + 1);
    this.#at++;
    return filter;
  }

  #inside(depth: number): LdapFilter {
    const sign = this.#text[this.#at];
    if (sign !== "&" && sign !== "|" && sign !== "!") return this.#item();
    this.#at++;
    const parts: LdapFilter[] = [];
    for (this.#skipBlanks(); this.#text[this.#at] === "("; this.#skipBlanks()) parts.push(this.#filter(depth + 1));
    if (sign === "&") return { matches: (entry) => parts.every((part) => part.matches(entry)) };
    if (sign === "|") return { matches: (entry) => parts.some((part) => part.matches(entry)) };
    const [part] = parts;
    if (part === undefined || parts.length > 1) this.#fail('"!" takes one filter', this.#at - 1, this.#at);
    return { matches: (entry) => !part.matches(entry) };
  }

  /** `attribute=value`, with `*` for anything, `>=`, `<=`, `~=` or `:rule:=`. */
  #item(): LdapFilter {
    const start = this.#at;
    const end = this.#endOfItem();
    const item = this.#text.slice(start, end);
    const parts = /^([A-Za-z0-9.;-]*)(?::([0-9.]+))?(:=|[<>~]?=)(.*)$/s.exec(item);
    if (parts === null)
      this.#fail("here an attribute, a sign and a value are expected, like mail=*", start, Math.max(end, start + 1));
    const [, attribute = "", rule, sign = "=", value = ""] = parts;
    if (attribute === "") this.#fail("an attribute is missing", start, Math.max(end, start + 1));
    this.#at = end;
    const valueStart = end - value.length;
    if (sign === ":=") return this.#extensible(attribute, rule, value, start, end);
    if (rule !== undefined) this.#fail('after a matching rule ":=" is expected', start, end);
    const pieces = value.split("*").map((piece) => this.#unescape(piece, valueStart, end).toLowerCase());
    const [only = ""] = pieces;
    if (sign === "=" || sign === "~=")
      return pieces.length === 1 ? equality(attribute, only) : substrings(attribute, pieces);
    return ordering(attribute, only, sign === ">=");
  }

  #extensible(attribute: string, rule: string | undefined, value: string, start: number, end: number): LdapFilter {
    if (rule === undefined) return equality(attribute, this.#unescape(value, start, end).toLowerCase());
    if (rule !== BIT_AND && rule !== BIT_OR)
      this.#fail(`the matching rule ${rule} cannot be tried on an export`, start, end);
    if (!/^-?\d{1,20}$/.test(value))
      this.#fail("a number is expected after this matching rule", end - value.length, end);
    const bits = BigInt.asUintN(64, BigInt(value));
    return anyValue(attribute, (text) => {
      if (!/^-?\d{1,20}$/.test(text.trim())) return false;
      const held = BigInt.asUintN(64, BigInt(text.trim())) & bits;
      return rule === BIT_AND ? held === bits : held !== 0n;
    });
  }

  /** `\2a` is the byte 2A; bytes together are UTF-8. */
  #unescape(text: string, start: number, end: number): string {
    return text.replace(/(?:\\[0-9A-Fa-f]{2})+|\\/g, (bytePairs) => {
      if (bytePairs === "\\") this.#fail('after "\\" two hexadecimal digits are expected', start, end);
      const bytes = Uint8Array.from(bytePairs.slice(1).split("\\"), (hex) => Number.parseInt(hex, 16));
      return decodeUtf8(bytes) ?? String.fromCharCode(...bytes);
    });
  }

  #endOfItem(): number {
    const length = this.#text.slice(this.#at).search(/[()]/);
    return length < 0 ? this.#text.length : this.#at + length;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #fail(reason: string, start = this.#at, end = Math.min(this.#at + 1, this.#text.length)): never {
    throw new Unreadable({ reason, start: Math.min(start, end), end });
  }
}

function anyValue(attribute: string, test: (text: string) => boolean): LdapFilter {
  const isDn = /^(?:distinguishedName|dn)$/i.test(attribute);
  return {
    matches: (entry) => (isDn ? test(entry.dn.text) : entry.values(attribute).some(({ text }) => test(text))),
  };
}

function equality(attribute: string, value: string): LdapFilter {
  if (attribute.toLowerCase() === "objectcategory" && !value.includes("=")) return objectCategory(value);
  return anyValue(attribute, (text) => text.toLowerCase() === value);
}

/** Active Directory takes the name of a class for the category of that class: users and contacts are persons. */
function objectCategory(name: string): LdapFilter {
  const category = /^(?:user|contact|inetorgperson|organizationalperson)$/.test(name) ? "person" : name;
  return anyValue("objectCategory", (text) => rdnValue(text)?.toLowerCase().replaceAll("-", "") === category);
}

function substrings(attribute: string, pieces: readonly string[]): LdapFilter {
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  const middle = pieces.slice(1, -1).filter((piece) => piece !== "");
  return anyValue(attribute, (value) => {
    const text = value.toLowerCase();
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  });
}

function ordering(attribute: string, value: string, atLeast: boolean): LdapFilter {
  const number = /^-?\d{1,30}$/.test(value) ? BigInt(value) : undefined;
  return anyValue(attribute, (held) => {
    const text = held.trim().toLowerCase();
    if (number !== undefined && /^-?\d{1,30}$/.test(text))
      return atLeast ? BigInt(text) >= number : BigInt(text) <= number;
    return atLeast ? text >= value : text <= value;
  });
}
