import { quoted } from "../text/characters.ts";
import type { Span } from "../text/span.ts";
import { attributeLine } from "./attribute-line.ts";
import { type ChangeLine, changeTypeOf, type DashLine, readChange } from "./change-record.ts";
import { type LdifLine, unfold } from "./line.ts";
import {
  checkCharacters,
  checkControl,
  checkDn,
  checkLine,
  checkRemainder,
  checkVersion,
  countBareCarriageReturns,
  UNUSUAL,
} from "./line-checks.ts";
import { type LdifProblem, problem } from "./problem.ts";
import { LdifChange, LdifEntry, type LdifRecord, LdifRemainder, type RecordOrigin } from "./record.ts";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;
const DASH = 45;
const COLON = 58;

export interface ReadRecord {
  readonly record: LdifRecord;
  /** How many lines the record takes in an editor; a last line without a line end counts too. */
  readonly lineCount: number;
  /** The `version:` line before the record's DN, if there is one. */
  readonly version: LdifLine | undefined;
}

/**
 * Reads the first record of `text`, which begins at UTF-16 offset `start` and line `firstLine` of the file. Never
 * fails, and the record takes at least one character.
 */
export function readRecord(text: string, start: number, firstLine: number): ReadRecord {
  return new RecordReader(text, start, firstLine).read();
}

function reread(text: string, start: number, firstLine: number): LdifRecord {
  return readRecord(text, start, firstLine).record;
}

class RecordReader {
  readonly #text: string;
  readonly #start: number;
  readonly #firstLine: number;
  readonly #problems: LdifProblem[] = [];
  /** The lines hold this object; its text is cut to the record when the record has ended. */
  readonly #source: { text: string };
  readonly #lines: ChangeLine[] = [];
  #version: LdifLine | undefined;
  #dn: LdifLine | undefined;
  #at = 0;
  #lineCount = 0;
  /** The end of the last physical line read, without its line end. */
  #contentEnd = 0;
  /** The last line read that is neither a comment nor blank, its folds included. */
  #lastLine: Span = { start: 0, end: 0 };
  /** Something other than a blank line has been read. */
  #begun = false;
  /** Where the comments directly before the line at hand begin: they belong to the record that they precede. */
  #commentsStart = -1;
  #commentsLineCount = 0;
  /** The last run of blank-looking lines: where it ends, and whether a DN or other text stands there. */
  #blanksEnd = 0;
  #dnBehindBlanks = false;
  #textBehindBlanks = false;

  constructor(text: string, start: number, firstLine: number) {
    this.#text = text;
    this.#start = start;
    this.#firstLine = firstLine;
    this.#source = { text };
  }

  read(): ReadRecord {
    while (this.#at < this.#text.length && this.#readLine());
    const record = this.#record();
    return { record, lineCount: this.#lineCount, version: this.#version };
  }

  /** Reads one logical line; false when the record has ended before it or with it. */
  #readLine(): boolean {
    const unit = this.#text.charCodeAt(this.#at);
    if (unit === LF || (unit === CR && this.#text.charCodeAt(this.#at + 1) === LF)) return this.#blankLine();
    if (unit === SPACE || unit === TAB) return this.#strayBlank();
    if (unit !== HASH) {
      if (this.#isDnLine(this.#at) && this.#hasLines() && this.#looksLikeDn()) return this.#missingSeparator();
      this.#commentsStart = -1;
      this.#begun = true;
      this.#contentLine();
      return true;
    }
    if (this.#commentsStart < 0) {
      this.#commentsStart = this.#at;
      this.#commentsLineCount = this.#lineCount;
    }
    this.#begun = true;
    this.#skipLogicalLine();
    return true;
  }

  /** A blank line ends the record; the blank lines that follow belong to it. */
  #blankLine(): boolean {
    this.#physicalLine();
    if (!this.#begun) return true;
    for (;;) {
      const { length } = this.#text;
      while (this.#at < length && this.#isLineEnd(this.#at)) this.#physicalLine();
      if (this.#at >= length || !this.#isBlankLooking(this.#at)) return false;
      this.#physicalLine();
    }
  }

  /** A line with a blank in front that continues nothing: spaces that look like a blank line, or a continuation astray. */
  #strayBlank(): boolean {
    const start = this.#at;
    if (this.#isBlankLooking(start)) {
      this.#problems.push(problem("ldif-blank-line-with-spaces", { start, end: this.#afterBlanks(start) }));
      return this.#blankLine();
    }
    this.#begun = true;
    this.#physicalLine();
    this.#problems.push(problem("ldif-continuation-without-line", { start, end: this.#contentEnd }));
    return true;
  }

  #hasLines(): boolean {
    return this.#dn !== undefined || this.#lines.length > 0;
  }

  /** A `dn:` line in the middle of a record: a blank line was forgotten. The record ends before the line's comments. */
  #missingSeparator(): false {
    if (this.#commentsStart >= 0) {
      // What is wrong with the comments will be told with the record that they belong to.
      while ((this.#problems.at(-1)?.span.start ?? -1) >= this.#commentsStart) this.#problems.pop();
      this.#at = this.#commentsStart;
      this.#lineCount = this.#commentsLineCount;
    }
    this.#problems.push(problem("ldif-records-not-separated", this.#lastLine));
    return false;
  }

  #isDnLine(at: number): boolean {
    return (
      (this.#text.charCodeAt(at) | 32) === 100 &&
      (this.#text.charCodeAt(at + 1) | 32) === 110 &&
      this.#text.charCodeAt(at + 2) === COLON
    );
  }

  /** Tells a DN from the value of an attribute that is called dn, which Samba's special records have. */
  #looksLikeDn(): boolean {
    const end = this.#text.indexOf("\n", this.#at);
    const line = this.#text.slice(this.#at + 3, end < 0 ? this.#text.length : end);
    return /^:|=|^\s*$/.test(line);
  }

  /** Moves behind one physical line. */
  #physicalLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    if (end < 0) {
      this.#contentEnd = this.#text.length;
      this.#at = this.#text.length;
    } else {
      this.#contentEnd = end > this.#at && this.#text.charCodeAt(end - 1) === CR ? end - 1 : end;
      this.#at = end + 1;
    }
    this.#lineCount++;
  }

  /** Moves behind one physical line and the lines that continue it. */
  #skipLogicalLine(): void {
    this.#physicalLine();
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== SPACE && unit !== TAB) return;
      if (this.#isBlankLooking(this.#at) && this.#separates(this.#at)) return;
      if (unit === TAB) this.#problems.push(problem("ldif-tab-continuation", { start: this.#at, end: this.#at + 1 }));
      this.#physicalLine();
    }
  }

  #isLineEnd(at: number): boolean {
    const unit = this.#text.charCodeAt(at);
    return unit === LF || (unit === CR && this.#text.charCodeAt(at + 1) === LF);
  }

  /** The line at `at` holds blanks and nothing else. */
  #isBlankLooking(at: number): boolean {
    const unit = this.#text.charCodeAt(at);
    if (unit !== SPACE && unit !== TAB) return false;
    const end = this.#afterBlanks(at);
    return end >= this.#text.length || this.#isLineEnd(end);
  }

  #afterBlanks(at: number): number {
    let end = at;
    while (this.#text.charCodeAt(end) === SPACE || this.#text.charCodeAt(end) === TAB) end++;
    return end;
  }

  /**
   * Whether a line of blanks was meant as a blank line. RFC 2849 makes it a continuation. People and editors make it a
   * separator: it is one where a DN follows. Where nothing follows, a single space continues with nothing and does no harm.
   */
  #separates(blank: number): boolean {
    if (blank >= this.#blanksEnd) this.#lookBehindBlanks(blank);
    if (this.#textBehindBlanks) return false;
    return this.#dnBehindBlanks || this.#afterBlanks(blank) - blank > 1;
  }

  /** What stands behind a run of blank-looking lines and comments is the same for all of its lines: it is looked up once. */
  #lookBehindBlanks(blank: number): void {
    const { length } = this.#text;
    let at = this.#text.indexOf("\n", blank) + 1;
    while (at > 0 && at < length && (this.#text.charCodeAt(at) === HASH || this.#isBlankLooking(at))) {
      at = this.#text.indexOf("\n", at) + 1;
    }
    const isEnd = at <= 0 || at >= length || this.#isLineEnd(at);
    this.#blanksEnd = at <= 0 ? length : at;
    this.#dnBehindBlanks = !isEnd && this.#isDnLine(at);
    this.#textBehindBlanks = !isEnd && !this.#dnBehindBlanks;
  }

  #contentLine(): void {
    const start = this.#at;
    let colon = this.#endOfDescription(start);
    this.#skipLogicalLine();
    const end = this.#contentEnd;
    this.#lastLine = { start, end };
    if (colon < 0) colon = this.#foldedColon(start, end);
    if (colon < 0) {
      if (this.#text.charCodeAt(start) === DASH) {
        const rest = this.#text.slice(start + 1, end);
        if (/^[ \t]*$/.test(rest)) {
          this.#dashLine({ start, end, dash: true });
          return;
        }
      }
      const line = quoted(unfold(this.#text.slice(start, end)));
      this.#problems.push(problem("ldif-line-without-colon", { start, end }, { line }));
      return;
    }
    const line = attributeLine(this.#text, this.#source, { start, colon, end, next: this.#at });
    checkLine(this.#text, line, this.#dn, this.#problems);
    if (this.#hasLines()) this.#lines.push(line);
    else if (line.isNamed("dn")) this.#dn = line;
    else if (line.isNamed("version")) this.#version = line;
    else this.#lines.push(line);
    if (line.valueSpec === "url" && line !== this.#dn) {
      // A file name in an export is never opened: a file of unknown origin could name any file of the reader's.
      this.#problems.push(problem("ldif-url-not-read", line.span, { url: quoted(line.text) }));
    }
  }

  #dashLine(line: DashLine): void {
    if (line.end > line.start + 1) this.#problems.push(problem("ldif-dash-trailing-space", line));
    this.#lines.push(line);
  }

  /** The offset of the colon that ends the attribute description on the physical line at `start`, or -1. */
  #endOfDescription(start: number): number {
    const text = this.#text;
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === COLON) return at;
      if (unit === LF) return -1;
    }
    return -1;
  }

  /** A line may be folded anywhere, even inside its attribute description. */
  #foldedColon(start: number, end: number): number {
    const colon = this.#text.slice(start, end).indexOf(":");
    return colon < 0 ? -1 : start + colon;
  }

  #record(): LdifRecord {
    const text = this.#at < this.#text.length ? this.#text.slice(0, this.#at) : this.#text;
    this.#source.text = text;
    const origin = { text, start: this.#start, firstLine: this.#firstLine, problems: this.#problems, reread };
    if (UNUSUAL.test(text)) {
      checkCharacters(text, this.#dn === undefined ? this.#lines : [this.#dn, ...this.#lines], this.#problems);
      this.#lineCount += countBareCarriageReturns(text);
    }
    checkVersion(this.#version, this.#problems);
    const dn = this.#dn;
    if (dn === undefined) {
      checkRemainder(this.#lines, this.#problems);
      return new LdifRemainder(origin);
    }
    checkDn(dn, this.#problems);
    return this.#recordOfDn(origin, dn);
  }

  #recordOfDn(origin: RecordOrigin, dn: LdifLine): LdifRecord {
    let lines = this.#lines;
    const index = lines.findIndex((line) => !("dash" in line) && line.isNamed("changetype"));
    if (index >= 0) {
      const changetype = lines[index] as LdifLine;
      const before = lines.slice(0, index);
      if (before.some((line) => "dash" in line || !line.isNamed("control"))) {
        this.#problems.push(problem("ldif-changetype-misplaced", { start: changetype.start, end: changetype.end }));
      }
      for (const line of before) if (!("dash" in line) && line.isNamed("control")) checkControl(line, this.#problems);
      const type = changeTypeOf(changetype.text);
      if (type === undefined) {
        const args = { changetype: quoted(changetype.text) };
        this.#problems.push(problem("ldif-changetype-unknown", changetype.span, args));
      }
      if (type !== "add") {
        return new LdifChange(origin, dn, readChange(type, lines.slice(index + 1), lines.at(-1) ?? dn, this.#problems));
      }
      // Values above changetype: add are out of place, but they are the entry's: left out, they would seem to be removed.
      lines = [...before.filter((line) => "dash" in line || !line.isNamed("control")), ...lines.slice(index + 1)];
    }
    const attributes: LdifLine[] = [];
    for (const line of lines) {
      if ("dash" in line) this.#problems.push(problem("ldif-dash-unexpected", line));
      else attributes.push(line);
    }
    if (attributes.length === 0) this.#problems.push(problem("ldif-entry-without-attributes", dn));
    return new LdifEntry(origin, dn, attributes, index >= 0);
  }
}
