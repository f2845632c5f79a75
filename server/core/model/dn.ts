/** One relative distinguished name; a multi-valued RDN has several. Offsets count UTF-16 units of the DN's text. */
export interface Rdn {
  readonly attributes: readonly { readonly type: string; readonly value: string }[];
  readonly start: number;
  readonly end: number;
}

export interface Dn {
  /** From the object's own RDN up to the root; empty for the rootDSE. */
  readonly rdns: readonly Rdn[];
  readonly error?: DnError;
}

export interface DnError {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Parses a DN of RFC 4514, and besides what directories accept: blanks around `,` and `=`, quoted values and `;` of
 * LDAPv2, `<GUID=...>;<SID=...>;` of Active Directory's extended DNs, and Samba's special `@` names.
 * A DN with an error has the RDNs before it.
 */
export function parseDn(text: string): Dn {
  const rdns: Rdn[] = [];
  let at = text.startsWith("@") ? text.length : (/^(?:<[^<>]*>;?)+/.exec(text)?.[0].length ?? 0);
  if (at === text.length) return { rdns };
  for (;;) {
    const start = skipSpaces(text, at);
    const attributes: { type: string; value: string }[] = [];
    for (let from = start; ; from = skipSpaces(text, at + 1)) {
      const { attribute, end, error } = readAttribute(text, from);
      if (error !== undefined) return { rdns, error };
      attributes.push(attribute);
      at = end;
      if (text[at] !== "+") break;
    }
    rdns.push({ attributes, start, end: at });
    if (at >= text.length) return { rdns };
    at++;
  }
}

type ReadAttribute =
  | {
      readonly attribute: { readonly type: string; readonly value: string };
      readonly end: number;
      readonly error?: undefined;
    }
  | { readonly attribute?: undefined; readonly end?: undefined; readonly error: DnError };

/** Reads `type=value` up to the `,`, `;` or `+` after it, or the text's end. */
function readAttribute(text: string, from: number): ReadAttribute {
  if (from >= text.length) {
    const last = Math.max(text.search(/ *$/) - 1, 0);
    return { error: { reason: "nothing follows the last separator", start: last, end: last + 1 } };
  }
  const equals = endOfType(text, from);
  const type = text.slice(from, equals).trim();
  if (text[equals] !== "=") return { error: { reason: `"=" is missing`, start: from, end: endOfRdn(text, from) } };
  if (!/^(?:OID\.)?(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)$/i.test(type)) {
    return { error: { reason: `"${type}" is no attribute type`, start: from, end: Math.max(equals, from + 1) } };
  }
  const { text: value, end, error } = readValue(text, skipSpaces(text, equals + 1));
  return error === undefined ? { attribute: { type, value }, end } : { error };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at++;
  return at;
}

function endOfType(text: string, from: number): number {
  let at = from;
  while (at < text.length && !"=,;+".includes(text[at]!)) at++;
  return at;
}

function endOfRdn(text: string, from: number): number {
  const end = text.slice(from).search(/(?<!\\)[,;]/);
  return end < 0 ? text.length : Math.max(from + end, from + 1);
}

interface RdnValue {
  readonly text: string;
  /** Where the `,`, `;` or `+` after it stands, or the text's end. */
  readonly end: number;
  readonly error?: DnError;
}

function readValue(text: string, from: number): RdnValue {
  let value = "";
  /** Blanks at the end are not part of the value unless escaped: how long it is without them. */
  let length = 0;
  const quotes = text[from] === '"';
  let at = quotes ? from + 1 : from;
  for (; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\\") {
      const hex = /^(?:\\[0-9A-Fa-f]{2})+/.exec(text.slice(at, at + 300))?.[0];
      if (hex !== undefined) {
        value += decodeHex(hex);
        at += hex.length - 1;
      } else if (at + 1 < text.length) value += text[++at];
      else return { text: value, end: at, error: { reason: `nothing follows the last "\\"`, start: at, end: at + 1 } };
      length = value.length;
    } else if (quotes && character === '"') {
      const end = skipSpaces(text, at + 1);
      if (end >= text.length || ",;+".includes(text[end]!)) return { text: value, end };
      const reason = "text follows a closing quotation mark";
      return { text: value, end, error: { reason, start: end, end: endOfRdn(text, end) } };
    } else if (!quotes && (character === "," || character === ";" || character === "+")) break;
    else {
      value += character;
      if (character !== " ") length = value.length;
    }
  }
  if (quotes)
    return { text: value, end: at, error: { reason: "a quotation mark is not closed", start: from, end: at } };
  return { text: value.slice(0, length), end: at };
}

/** `\C3\A9` is é: the pairs are bytes of UTF-8. Bytes that are no UTF-8 stand for themselves. */
function decodeHex(pairs: string): string {
  const bytes = pairs.slice(1).split("\\");
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte}`).join(""));
  } catch {
    return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)));
  }
}

/** Nothing escaped but what a key has escaped, too; no quotes, separators of LDAPv2 or blanks that might be meant or not. */
const PLAIN_WORD = `(?:[^\\\\",;+<>=#\\s]|\\\\[\\\\,+])+`;
const PLAIN_RDN = `[A-Za-z]+=${PLAIN_WORD}(?: ${PLAIN_WORD})*`;
const PLAIN_DN = new RegExp(`^${PLAIN_RDN}(?:,${PLAIN_RDN})*$`);

/**
 * A key under which a directory finds the same entry: however a DN is spelled (case, blanks, escapes), the key is equal.
 * A DN with an error is its own key, in lower case.
 */
export function dnKey(text: string): string {
  // Nearly all DNs are spelled as the directory itself does it: then the key is the DN in lower case.
  if (PLAIN_DN.test(text)) return text.toLowerCase();
  const { rdns, error } = parseDn(text);
  if (error !== undefined || rdns.length === 0) return text.toLowerCase();
  return rdns
    .map(({ attributes }) =>
      attributes
        .map(({ type, value }) => `${type.toLowerCase()}=${value.toLowerCase().replace(/[\\,+]/g, "\\$&")}`)
        .sort()
        .join("+"),
    )
    .join(",");
}

/** Whether a text is a DN, whatever its spelling. */
export function isDn(text: string): boolean {
  return PLAIN_DN.test(text) || parseDn(text).error === undefined;
}

/** A value as it stands in a DN: what RFC 4514 wants escaped is, and so are control characters, as Active Directory writes them. */
export function escapeRdnValue(value: string): string {
  return value
    .replace(/[,+"\\<>;=]/g, "\\$&")
    .replace(/^[ #]| $/g, "\\$&")
    .replace(
      /[\x00-\x1f\x7f]/g,
      (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
    );
}

/** The RDN of an entry as its DN spells it; empty for the rootDSE, for a GUID, and where the DN cannot be read. */
export function rdnText(dn: string): string {
  const rdn = parseDn(dn).rdns[0];
  return rdn === undefined ? "" : dn.slice(rdn.start, rdn.end);
}

/** The DN of the entry above, as the DN of this one spells it; empty where there is none. */
export function parentDn(dn: string): string {
  const parent = parseDn(dn).rdns[1];
  return parent === undefined ? "" : dn.slice(parent.start);
}

/** The DN of the domain that an entry is in: its `DC=` components at the end, as its own DN spells them; empty where it has none. */
export function domainDn(dn: string): string {
  const { rdns, error } = parseDn(dn);
  if (error !== undefined) return "";
  let at = rdns.length;
  while (rdns[at - 1]?.attributes.every(({ type }) => type.toLowerCase() === "dc")) at--;
  return at === rdns.length ? "" : dn.slice(rdns[at]!.start);
}

/** The value of the object's own RDN, as `cn` has it; `undefined` for the rootDSE and where the DN cannot be read. */
export function rdnValue(dn: string): string | undefined {
  return parseDn(dn).rdns[0]?.attributes[0]?.value;
}
