import { parseDn } from "../model/dn.ts";
import { base64ErrorAt } from "../text/base64.ts";
import { characterName, quoted } from "../text/characters.ts";
import type { Span } from "../text/span.ts";
import type { ChangeLine } from "./change-record.ts";
import { LdifLine, unfold } from "./line.ts";
import { type LdifProblem, problem } from "./problem.ts";

const TAB = 9;
const SPACE = 32;
const COLON = 58;
const LESS_THAN = 60;

/** Characters of an attribute description (RFC 4512, 2.5): letters, digits, `-`, `.` of an OID, `;` before an option. */
const DESCRIPTION = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.;") {
  DESCRIPTION[character.charCodeAt(0)] = 1;
}

/** Everything that a value may not hold raw, or that is worth a look: a record without it needs no second pass. */
export const UNUSUAL = /[^\x01-\x7f]|\r(?!\n)/;

/** What is wrong with an attribute line of a record whose text is `text`; `dn` is the record's, if it has come yet. */
export function checkLine(text: string, line: LdifLine, dn: LdifLine | undefined, problems: LdifProblem[]): void {
  if (!hasPlainDescription(text, line)) checkDescription(line, dn, problems);
  if (line.valueSpec === "base64") checkBase64(line, problems);
  else if (line.valueSpec === "text" && line.valueStart < line.end) {
    const first = text.charCodeAt(line.valueStart);
    if (first !== LESS_THAN && first !== COLON) return;
    const at = { start: line.valueStart, end: line.valueStart + 1 };
    problems.push(problem("ldif-value-unsafe-start", at, { character: characterName(text[line.valueStart]!) }));
  }
}

function hasPlainDescription(text: string, { start, descriptionEnd }: LdifLine): boolean {
  for (let at = start; at < descriptionEnd; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127 || DESCRIPTION[unit] === 0) return false;
  }
  return start < descriptionEnd;
}

function checkDescription(line: LdifLine, dn: LdifLine | undefined, problems: LdifProblem[]): void {
  const { description } = line;
  // Active Directory answers `member;range=0-1499`, with a sign that RFC 4512 does not know in options.
  const plain = description.replace(/;range=\d+-(?:\d+|\*)/i, "");
  const illegal = /[^A-Za-z0-9.;-]/.exec(plain)?.[0];
  if (description !== "" && illegal === undefined) return;
  // Samba's own records, `dn: @INDEXLIST` and the like, have names of their own.
  if (description.startsWith("@") && dn?.text.startsWith("@")) return;
  const span = { start: line.start, end: line.descriptionEnd };
  const args = { description: quoted(description), character: characterName(illegal ?? "") };
  problems.push(problem("ldif-attribute-description-illegal-character", span, args));
}

function checkBase64(line: LdifLine, problems: LdifProblem[]): void {
  const unfolded = unfold(line.source);
  const trimmed = withoutBlanksAtEnd(unfolded);
  const errorAt = base64ErrorAt(trimmed);
  if (errorAt === trimmed.length) problems.push(problem("ldif-base64-incomplete", line));
  else if (errorAt >= 0) {
    const args = { character: characterName(trimmed.slice(errorAt)) };
    problems.push(problem("ldif-base64-illegal-character", rawSlice(line, errorAt, errorAt + 1), args));
  } else if (trimmed !== unfolded) {
    problems.push(problem("ldif-base64-trailing-space", rawSlice(line, trimmed.length, unfolded.length)));
  }
}

/** The source of units of the unfolded source of a line, whatever its value spec. */
function rawSlice(line: LdifLine, start: number, end: number): Span {
  const asText = new LdifLine({ text: " ".repeat(line.valueStart) + line.source }, "text", line);
  return asText.slice(start, end);
}

/** Characters that RFC 2849 does not allow raw. Comments may hold anything. */
export function checkCharacters(text: string, lines: readonly ChangeLine[], problems: LdifProblem[]): void {
  for (const { start, end } of lines) {
    const line = text.slice(start, end);
    if (UNUSUAL.test(line)) checkCharactersOf(line, start, problems);
  }
}

const UNUSUAL_CHARACTERS: Readonly<
  Record<string, "ldif-bare-carriage-return" | "ldif-null-character" | "ldif-replacement-character">
> = {
  "\r": "ldif-bare-carriage-return",
  "\0": "ldif-null-character",
  "\ufffd": "ldif-replacement-character",
};

/** One finding of a kind for each line: a value in Cyrillic is one oddity, not a hundred. */
function checkCharactersOf(line: string, offset: number, problems: LdifProblem[]): void {
  const told = new Set<string>();
  for (const { 0: character, index } of line.matchAll(new RegExp(UNUSUAL, "gu"))) {
    const id = UNUSUAL_CHARACTERS[character] ?? "ldif-value-not-ascii";
    if (told.has(id)) continue;
    told.add(id);
    const span = { start: offset + index, end: offset + index + character.length };
    if (id === "ldif-value-not-ascii") problems.push(problem(id, span, { character: characterName(character) }));
    else problems.push(problem(id, span));
  }
}

/** In LDIF a bare CR ends no line, but an editor and the Language Server Protocol show a new line behind it. */
export function countBareCarriageReturns(text: string): number {
  return text.match(/\r(?!\n)/g)?.length ?? 0;
}

export function checkDn(dn: LdifLine, problems: LdifProblem[]): void {
  if (dn.valueSpec === "url") problems.push(problem("ldif-dn-url", dn));
  else if (dn.binary) problems.push(problem("ldif-dn-not-utf8", dn.span));
  else {
    const { error } = parseDn(dn.text);
    if (error === undefined) return;
    problems.push(
      problem("ldif-dn-malformed", dn.slice(error.start, error.end), { dn: quoted(dn.text), reason: error.reason }),
    );
  }
}

/** RFC 2849: `control:` fill, an OID, perhaps ` true` or ` false`, perhaps a value spec directly behind it. */
export function checkControl(line: LdifLine, problems: LdifProblem[]): void {
  if (!/^[0-9.]+(?: (?:true|false))?(?::.*)?$/is.test(line.text)) {
    problems.push(problem("ldif-control-malformed", { start: line.start, end: line.end }));
  }
}

export function checkVersion(version: LdifLine | undefined, problems: LdifProblem[]): void {
  const value = version?.text.trim();
  if (version !== undefined && value !== undefined && value !== "1") {
    problems.push(problem("ldif-version-unknown", version.span, { version: quoted(value) }));
  }
}

/** What search tools print behind their results, or a record that lost its DN: the latter is told once. */
export function checkRemainder(lines: readonly ChangeLine[], problems: LdifProblem[]): void {
  for (const line of lines) {
    if ("dash" in line) {
      problems.push(problem("ldif-dash-unexpected", line));
      continue;
    }
    const value = line.text.trim();
    switch (line.description.toLowerCase()) {
      case "search":
      case "charset":
        break;
      case "result":
        if (!/^0\b/.test(value)) problems.push(problem("ldif-export-incomplete", line.span, { result: quoted(value) }));
        return;
      case "ref":
        problems.push(problem("ldif-referral-not-followed", line.span, { url: quoted(value) }));
        break;
      case "include":
        problems.push(problem("ldif-include-not-read", line.span, { line: quoted(value) }));
        break;
      default: {
        const args = { attribute: quoted(line.description) };
        problems.push(problem("ldif-record-without-dn", { start: line.start, end: line.end }, args));
        return;
      }
    }
  }
}

function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--;
  return text.slice(0, end);
}
