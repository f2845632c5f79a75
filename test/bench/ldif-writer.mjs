// The entries of the invented directory, and LDIF as ldifde writes it.

import { plantDefect } from "./defects.mjs";
import { attributesOf, identityOf } from "./directory.mjs";

/** Entries without end: DN, pairs of name and value, and what a check must find because of the defect that was planted. */
export function* madeEntries({ seed = 1, defects = 0.01 } = {}) {
  for (let index = 0; ; index++) {
    const identity = identityOf(index, seed);
    const pairs = attributesOf(identity, seed);
    const expected = defects > 0 ? plantDefect(pairs, identity, seed, defects) : [];
    yield { dn: identity.dn, pairs, expected };
  }
}

/** What RFC 2849 does not take as it is, and blanks at the end. */
const UNSAFE = /^[ :<]|[^\x01-\x09\x0b\x0c\x0e-\x7f]| $/;

/** The width from which on ldifde begins the value on the next line, and the characters of a line that continues. */
const WIDTH = 76;
const CONTINUED = 79;

function line(name, value) {
  const isPlain = typeof value === "string" && !UNSAFE.test(value);
  const head = isPlain ? `${name}: ` : `${name}:: `;
  const text = isPlain ? value : Buffer.from(value).toString("base64");
  if (head.length + text.length <= WIDTH) return `${head}${text}\r\n`;
  let lines = `${head}\r\n`;
  for (let at = 0; at < text.length; at += CONTINUED) lines += ` ${text.slice(at, at + CONTINUED)}\r\n`;
  return lines;
}

/** An entry and the blank line behind it; plain ASCII. */
export function ldifOf({ dn, pairs }) {
  let text = `${line("dn", dn)}changetype: add\r\n`;
  for (const [name, value] of pairs) text += line(name, value);
  return `${text}\r\n`;
}

/** 500K, 10M or 1G, by powers of 1,000. Throws where it is none of these. */
export function bytesOf(size) {
  const [, number, unit] = /^(\d+)([KMG]?)$/.exec(size) ?? [];
  if (number === undefined) throw new Error(`${size} is no size: say 500K, 10M or 1G`);
  return Number(number) * { "": 1, K: 1e3, M: 1e6, G: 1e9 }[unit];
}
