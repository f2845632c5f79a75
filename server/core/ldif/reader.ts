import type { FilePlace } from "../model/source-record.ts";
import { countLineEnds } from "../text/position.ts";
import type { LdifLine } from "./line.ts";
import { type LdifProblem, type LdifProblemId, problem } from "./problem.ts";
import { type LdifChange, LdifEntry, type LdifRecord, LdifRemainder } from "./record.ts";
import { readRecord } from "./record-reader.ts";

/**
 * The longest record that is read, in UTF-16 units. A group of a million members takes about 100 million; a text much
 * longer than this does not fit into a string of today's JavaScript engines.
 */
export const LONGEST_RECORD = 2 ** 27;

/** Where the splitter stands between two chunks. */
type Place = "in a line" | "at a line start" | "after a blank line";

/**
 * Reads an LDIF file chunk by chunk: `push` what comes, `end` when nothing more comes. Each record goes to `sink` as soon as
 * its end is seen. Where the text is cut into chunks makes no difference. Nothing throws, whatever the text.
 */
export class LdifReader {
  readonly #sink: (record: LdifRecord) => void;
  readonly #longestRecord: number;
  #pieces: string[] = [];
  #length = 0;
  /** The lines of a record's pieces that were not kept. */
  #droppedLines = 0;
  #place: Place = "in a line";
  /** A CR at the end of a chunk waits for the next chunk: whether an LF follows decides what it is. */
  #carry = "";
  #offset = 0;
  #line = 0;
  #seen = { version: false, content: false, change: false, strange: false };

  /** `begin` is where the text stands in a file whose first part somebody else has read. */
  constructor(
    sink: (record: LdifRecord) => void,
    longestRecord = LONGEST_RECORD,
    begin: FilePlace = { offset: 0, line: 0 },
  ) {
    this.#sink = sink;
    this.#longestRecord = longestRecord;
    this.#offset = begin.offset;
    this.#line = begin.line;
  }

  /** Where the next block begins, counted from the beginning of the file: UTF-16 units and lines. */
  get position(): FilePlace {
    return { offset: this.#offset, line: this.#line };
  }

  /**
   * Somebody else has read the next block, an entry of so many UTF-16 units and lines in which nothing is peculiar, and a change
   * record or not. False where the reader must see it after all: what is told of it depends on what the file held before.
   */
  pass(length: number, lineCount: number, isChange: boolean): boolean {
    if (!this.#seen[isChange ? "change" : "content"]) return false;
    this.#offset += length;
    this.#line += lineCount;
    return true;
  }

  /** What the file held before is of no interest: nothing is told that depends on it. */
  resume(): void {
    this.#seen = { version: false, content: true, change: true, strange: false };
  }

  /** Takes a piece of a block; {@link endBlock} ends it. Instead of `push`, for who knows where the blocks are. */
  append(piece: string): void {
    this.#append(piece);
  }

  /** The block is complete, and what follows is no blank line. */
  endBlock(): void {
    this.#flush(false);
  }

  push(chunk: string): void {
    let text = this.#carry + chunk;
    this.#carry = "";
    if (text.endsWith("\r")) {
      this.#carry = "\r";
      text = text.slice(0, -1);
    }
    if (text !== "") this.#split(text);
  }

  end(): void {
    if (this.#carry !== "") this.#append(this.#carry);
    this.#carry = "";
    this.#flush(true);
    if (this.#seen.content || this.#seen.change) return;
    const id = this.#seen.strange ? "ldif-not-ldif" : "ldif-empty";
    this.#sink(remainder("", 0, 0, [problem(id, { start: 0, end: 0 })]));
  }

  /** Cuts at blank lines. Blank lines belong to what stands before them. */
  #split(text: string): void {
    let from = 0;
    let at = 0;
    let lf = -2;
    let crlf = -2;
    while (at < text.length) {
      if (this.#place === "in a line") {
        if (lf !== -1 && lf < at) lf = text.indexOf("\n\n", at);
        if (crlf !== -1 && crlf < at) crlf = text.indexOf("\n\r\n", at);
        const next = lf < 0 ? crlf : crlf < 0 ? lf : Math.min(lf, crlf);
        at = next < 0 ? text.length : next + 1;
        if (next >= 0 || text.endsWith("\n")) this.#place = "at a line start";
        continue;
      }
      const blank = text[at] === "\n" ? 1 : text.startsWith("\r\n", at) ? 2 : 0;
      if (blank > 0) this.#place = "after a blank line";
      else {
        if (this.#place === "after a blank line") {
          this.#append(text.slice(from, at));
          this.#flush(false);
          from = at;
        }
        this.#place = "in a line";
      }
      at += blank;
    }
    this.#append(text.slice(from));
  }

  #append(piece: string): void {
    this.#length += piece.length;
    // Of a record that is too long only the first piece is kept: it is told, not read.
    if (this.#length <= this.#longestRecord || this.#pieces.length === 0) this.#pieces.push(piece);
    else this.#droppedLines += countLineEnds(piece);
  }

  /** Reads the records of a block, which has no blank line but at its end. A block may still hold several records. */
  #flush(last: boolean): void {
    let block = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join("");
    const length = this.#length;
    this.#pieces = [];
    this.#length = 0;
    if (length > this.#longestRecord) {
      this.#tooLong(block, length);
      return;
    }
    while (block !== "") {
      const { record, lineCount, version } = readRecord(block, this.#offset, this.#line);
      block = block.slice(record.text.length);
      this.#offset += record.text.length;
      this.#line += lineCount;
      this.#emit(record, version, last && block === "");
    }
  }

  #tooLong(block: string, length: number): void {
    const firstLine = this.#line;
    this.#line += countLineEnds(block) + this.#droppedLines;
    this.#droppedLines = 0;
    this.#sink(tooLong(block, this.#offset, firstLine, this.#longestRecord));
    this.#offset += length;
  }

  /** Adds what only the whole file can tell. */
  #emit(record: LdifRecord, version: LdifLine | undefined, last: boolean): void {
    const problems = record.problems as LdifProblem[];
    if (version !== undefined) {
      if (this.#seen.version) problems.push(problem("ldif-version-repeated", version));
      this.#seen.version = true;
    }
    const kind = record.isChange ? "change" : record instanceof LdifEntry ? "content" : undefined;
    if (kind !== undefined) {
      const other = kind === "change" ? "content" : "change";
      const { dn } = record as LdifChange | LdifEntry;
      if (this.#seen[other] && !this.#seen[kind]) problems.push(problem("ldif-content-and-changes-mixed", dn));
      this.#seen[kind] = true;
    }
    this.#seen.strange ||= problems.some(({ id }) => STRANGE.has(id));
    if (last && kind !== undefined && !record.text.endsWith("\n")) {
      const { length } = record.text;
      problems.push(problem("ldif-no-final-line-end", { start: Math.max(0, length - 1), end: length }));
    }
    this.#sink(record);
  }
}

/** Problems that a file without any DN shows when it is of another format altogether. */
export const STRANGE: ReadonlySet<LdifProblemId> = new Set<LdifProblemId>([
  "ldif-attribute-description-illegal-character",
  "ldif-continuation-without-line",
  "ldif-line-without-colon",
  "ldif-record-too-long",
  "ldif-record-without-dn",
]);

/** What is told of a record that is too long to be read: that it is. */
export function tooLong(text: string, start: number, firstLine: number, limit: number): LdifRemainder {
  const end = Math.min(text.length, Math.max(text.indexOf("\n"), 1));
  return remainder(text, start, firstLine, [problem("ldif-record-too-long", { start: 0, end }, { limit: `${limit}` })]);
}

function remainder(text: string, start: number, firstLine: number, problems: LdifProblem[]): LdifRemainder {
  const reread = (copy: string, at: number, line: number) => remainder(copy, at, line, problems);
  return new LdifRemainder({ text, start, firstLine, problems, reread });
}

/** The records of a text that is there as a whole. */
export function readLdif(text: string): LdifRecord[] {
  const records: LdifRecord[] = [];
  const reader = new LdifReader((record) => records.push(record));
  reader.push(text);
  reader.end();
  return records;
}
