import { characterName } from "../text/characters.ts";
import { firstMatch } from "../text/run.ts";
import { type Span, span } from "../text/span.ts";

/** RFC 5322, dot-atom, in ASCII. */
const NOT_IN_LOCAL_PART = /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+/u;

const NOT_IN_DOMAIN = /[^A-Za-z0-9_.-]+/u;

/** A label of a domain name: letters, digits, hyphens that are neither first nor last (RFC 1123); `_` occurs in practice. */
const LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** A period that does not stand between two other characters. */
const STRAY_PERIOD = /^\.+|\.{2,}|\.$/;

/** Why a text is no SMTP address: a part of a sentence, and where in the text. */
export interface SmtpFault {
  readonly reason: string;
  readonly span: Span;
}

/** The text is a domain name of so many labels at least. */
export function isDomainName(text: string, labels = 2): boolean {
  const parts = text.split(".");
  return text.length <= 255 && parts.length >= labels && parts.every((part) => LABEL.test(part));
}

/** `local@domain` with a local part of RFC 5322's dot-atom and a domain of two labels or more. */
export function isSmtpAddress(text: string): boolean {
  return smtpFault(text) === undefined;
}

/** What is wrong with `text` as an SMTP address; `undefined` where it is one. */
export function smtpFault(text: string): SmtpFault | undefined {
  const at = text.lastIndexOf("@");
  if (at < 0) return { reason: 'it has no "@"', span: span(0, text.length) };
  const end = text.length;
  if (at === 0) return { reason: 'nothing stands before "@"', span: span(0, 1) };
  if (at === end - 1) return { reason: 'nothing stands after "@"', span: span(at, end) };
  const first = text.indexOf("@");
  if (first < at) return { reason: 'it has more than one "@"', span: span(first, first + 1) };
  return (
    strayIn(text, NOT_IN_LOCAL_PART, 0, at) ?? strayIn(text, NOT_IN_DOMAIN, at + 1, end) ?? domainFault(text, at + 1)
  );
}

/** The first character that does not belong there, or the first period that does not stand between others. */
function strayIn(text: string, notAllowed: RegExp, start: number, end: number): SmtpFault | undefined {
  const character = firstMatch(text, notAllowed, start, end);
  if (character !== undefined) {
    return { reason: `it contains ${characterName(text.slice(character.start))}`, span: character };
  }
  const period = firstMatch(text, STRAY_PERIOD, start, end);
  return period && { reason: "a period does not stand between other characters", span: period };
}

function domainFault(text: string, start: number): SmtpFault | undefined {
  const domain = span(start, text.length);
  const labels = text.slice(start).split(".");
  if (labels.length < 2) return { reason: "its domain has no top-level domain", span: domain };
  if (/^\d+$/.test(labels.at(-1)!)) return { reason: "its domain ends in a number", span: domain };
  if (isDomainName(text.slice(start))) return undefined;
  return { reason: "its domain is too long, or a label of it begins or ends with a hyphen", span: domain };
}
