import type { Span } from "../text/span.ts";

/**
 * Where the values of a multi-valued attribute stand in a cell into which somebody has joined them. Export-Csv has no way of its own
 * to write several values, so people use what they like: `;`, `|`, a comma, a line end, the `+` of the Microsoft 365 admin center.
 * What the values look like tells: which is between two address types, or between two DNs.
 */
export interface JoinedCell {
  readonly values: readonly Span[];
  /** What stands between the values; `undefined` where there is only one. */
  readonly separator: string | undefined;
}

const SEPARATORS = [";", "|", "\n", "+", ",", " "] as const;

type Separator = (typeof SEPARATORS)[number];

/** Separators beside which people write blanks. */
const MAY_HAVE_BLANKS: readonly Separator[] = [";", "|", ","];

/** What values of an attribute look like. */
export type ValueLook = "address" | "dn" | "text";

/**
 * Finds the values in a cell's text. One blank before or behind each separator, if all have one there, is no part of the values; other
 * blanks are.
 */
export function joinedValues(cell: string, look: ValueLook): JoinedCell {
  const own = braces(cell);
  const text = cell.slice(own.start, own.end);
  const mark = SEPARATORS.find((one) => text.includes(one) && separates(text, one, look));
  const separator = mark && withBlanks(text, mark);
  if (separator === undefined) {
    return text === "" ? { values: [], separator: undefined } : { values: [own], separator: undefined };
  }
  const values = pieces(text, separator, look).map(({ start, end }) => ({
    start: own.start + start,
    end: own.start + end,
  }));
  return { values, separator };
}

/** The console shows lists as `{a, b}`, and some people copy that. */
function braces(cell: string): Span {
  const isList = cell.startsWith("{") && cell.endsWith("}") && cell.length >= 2;
  return isList ? { start: 1, end: cell.length - 1 } : { start: 0, end: cell.length };
}

function withBlanks(text: string, mark: Separator): string {
  if (mark === "\n" && text.includes("\r\n")) return "\r\n";
  if (!MAY_HAVE_BLANKS.includes(mark)) return mark;
  let [before, behind] = [" ", " "];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (text[at - 1] !== " ") before = "";
    if (text[at + 1] !== " " && at + 1 < text.length) behind = "";
  }
  return before + mark + behind;
}

function separates(text: string, separator: Separator, look: ValueLook): boolean {
  switch (look) {
    case "address":
      return addressSeparates(text, separator);
    case "dn":
      if (separator === " " || separator === "+") return false;
      return separator === "," ? DN_AFTER_ROOT.test(text) : follows(text, separator, /^\s*[A-Za-z]+=/);
    case "text":
      return separator === ";" || separator === "|" || separator === "\n";
  }
}

/** Whether a pattern matches behind one of the separators that has a value before it. Only so many units are looked at. */
function follows(text: string, separator: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(separator, text.search(/\S/) + 1); at >= 0; at = text.indexOf(separator, at + 1)) {
    if (pattern.test(text.slice(at + 1, at + 1 + MOST_LOOKED_AT))) return true;
  }
  return false;
}

/** An attribute type or an address type is not longer. */
const MOST_LOOKED_AT = 80;

/** An address type, such as `smtp:`, begins what follows the separator, or every piece is an address without one. */
function addressSeparates(text: string, separator: Separator): boolean {
  if (follows(text, separator, ADDRESS_TYPE)) return true;
  if (separator === " " || separator === "+") return false;
  const isX400 = /^\s*x400:/i.test(text);
  return (
    !isX400 && text.split(separator).every((piece) => piece.trim() === "" || /^[^\s@]+@[^\s@]+$/.test(piece.trim()))
  );
}

/** A DN ends with its `DC=` components: what follows them and is none begins another one. */
const DN_AFTER_ROOT = /,\s*DC=(?:[^,\\]|\\.)*,\s*(?!\s*DC=)[A-Za-z]+=/i;

function pieces(text: string, separator: string, look: ValueLook): Span[] {
  const found: Span[] = [];
  let start = 0;
  for (let at = text.indexOf(separator); ; at = text.indexOf(separator, at + 1)) {
    const end = at < 0 ? text.length : at;
    if (at < 0 || isBetween(text, start, at, separator, look)) {
      // No DN begins with a blank.
      if (look === "dn") while (text[start] === " ") start++;
      if (end > start) found.push({ start, end });
      start = end + separator.length;
    }
    if (at < 0) return found;
  }
}

/** Whether the separator at `at` is one: X400 addresses have semicolons of their own, and DNs have commas. */
function isBetween(text: string, start: number, at: number, separator: string, look: ValueLook): boolean {
  const after = text.slice(at + separator.length, at + separator.length + MOST_LOOKED_AT);
  if (look === "address") {
    if (separator === " " || separator === "+") return ADDRESS_TYPE.test(after);
    const isX400 = /^\s*x400:/i.test(text.slice(start, start + 40));
    // Their domain-defined attributes look like types of addresses.
    if (isX400) return /^\s*(?:(?!DDA:)[A-Za-z][A-Za-z0-9]*:|[^\s@;=]+@[^\s@;=]+)/i.test(after) || after.trim() === "";
    if (/^\s*eum:/i.test(text.slice(start, start + 40)) && /^[A-Za-z-]+=/.test(after)) return false;
    const isX500 = separator.includes(",") && /^\s*x500:/i.test(text.slice(start, start + 40));
    return !isX500 || /^\s*(?:[A-Za-z][A-Za-z0-9]*:|$)/.test(after);
  }
  if (look === "dn") {
    if (!separator.includes(",")) return text[at - 1] !== "\\";
    if (/^\s*DC=/i.test(after)) return false;
    const component = Math.max(start, text.lastIndexOf(",", at - 1) + 1);
    return /^\s*DC=/i.test(text.slice(component, component + MOST_LOOKED_AT));
  }
  return true;
}

/** What begins with an address type, behind a separator. */
const ADDRESS_TYPE = /^\s*[A-Za-z][A-Za-z0-9]*:/;
