import { detachText, type FilePlace } from "../model/source-record.ts";
import { countLineEnds } from "../text/position.ts";
import type { CsvHeader } from "./header.ts";
import { type CsvProblem, csvProblem } from "./problem.ts";
import { readRow } from "./read-row.ts";
import { CsvRow } from "./row.ts";
import { rowEnd } from "./row-end.ts";
import { problemsOf, TRAITS, traitsOf } from "./whole-file.ts";

/** The longest row that is read, in UTF-16 units: a text much longer does not fit into a string of today's JavaScript engines. */
export const LONGEST_ROW = 2 ** 27;

/**
 * Reads a CSV export chunk by chunk: `push` what comes, `end` when nothing more comes. Each row goes to `sink` as soon as its end is
 * known. Where the text is cut into chunks makes no difference. Nothing throws, whatever the text.
 */
export class CsvReader {
  readonly #header: CsvHeader;
  readonly #sink: (row: CsvRow) => void;
  readonly #longestRow: number;
  #pending = "";
  /** The end of the pending row is looked for again when there is so much of it. */
  #enough = 0;
  #offset = 0;
  #line = 0;
  #seen = 0;
  /** A row that is too long is passed over up to its first line end. */
  #isPassing = false;

  /** `begin` is where the text stands in a file whose first part somebody else has read. */
  constructor(
    header: CsvHeader,
    sink: (row: CsvRow) => void,
    longestRow = LONGEST_ROW,
    begin: FilePlace = { offset: 0, line: 0 },
  ) {
    this.#header = header;
    this.#sink = sink;
    this.#longestRow = longestRow;
    this.#offset = begin.offset;
    this.#line = begin.line;
  }

  /** Where the next row begins, counted from the beginning of the file; `undefined` where a part of it has been pushed. */
  get position(): FilePlace | undefined {
    if (this.#pending !== "" || this.#isPassing) return undefined;
    return { offset: this.#offset, line: this.#line };
  }

  /**
   * Somebody else has read the next row, an entry of so many UTF-16 units and lines in which nothing is peculiar; whether it has question
   * marks, and characters beyond ASCII. False where the reader must see it after all, or has a part of it.
   */
  pass(length: number, lineCount: number, hasQuestionMark: boolean, isBeyondAscii: boolean): boolean {
    if (this.#pending !== "" || this.#isPassing) return false;
    const mayTellLetters = !isBeyondAscii && (this.#seen & (TRAITS.beyondAscii | TRAITS.lettersLost)) === 0;
    if (hasQuestionMark && mayTellLetters) return false;
    this.#seen |= isBeyondAscii ? TRAITS.entry | TRAITS.beyondAscii : TRAITS.entry;
    this.#offset += length;
    this.#line += lineCount;
    return true;
  }

  /** What the file held before is of no interest: nothing is told that depends on it. */
  resume(): void {
    this.#seen = TRAITS.entry | TRAITS.beyondAscii;
  }

  /** A line has ended: where much is pending, its row is looked for at once. */
  readPending(): void {
    this.#read(false);
  }

  push(chunk: string): void {
    this.#pending += this.#isPassing ? this.#pass(chunk) : chunk;
    if (this.#pending.length >= this.#enough) this.#read(false);
  }

  end(): void {
    this.#read(true);
    if ((this.#seen & TRAITS.entry) !== 0) return;
    const problem = csvProblem("csv-empty", { start: 0, end: 0 });
    this.#offset = 0;
    this.#line = 0;
    this.#sink(this.#rowWithout("", [problem]));
  }

  #read(isLast: boolean): void {
    const text = this.#pending;
    let at = 0;
    while (at < text.length) {
      const end = rowEnd(text, at, this.#header.separator, isLast)?.end;
      if (end === undefined) break;
      this.#take(text.slice(at, end));
      at = end;
    }
    this.#pending = text.slice(at);
    this.#enough = at === 0 ? 2 * text.length : 0;
    if (this.#pending.length > this.#longestRow) this.#tooLong();
  }

  #take(text: string): void {
    if (text.length > this.#longestRow) {
      this.#tellTooLong(text);
      this.#pass(text);
      return;
    }
    const read = readRow(text, this.#offset, this.#line, this.#header);
    const traits = traitsOf(read);
    const problems = read.row.problems as CsvProblem[];
    problems.push(...problemsOf(read, newTraits(traits, this.#seen)));
    this.#seen |= traits;
    this.#offset += text.length;
    this.#line += countLineEnds(text);
    this.#sink(read.row);
  }

  #tooLong(): void {
    this.#tellTooLong(this.#pending);
    this.#pending = this.#pass(this.#pending);
  }

  #tellTooLong(text: string): void {
    const limit = { limit: `${this.#longestRow}` };
    const problems = [csvProblem("csv-row-too-long", { start: 0, end: 1 }, limit)];
    this.#sink(this.#rowWithout(detachText(text.slice(0, 1000)), problems));
  }

  /** What of a chunk is behind the row that is passed over. */
  #pass(chunk: string): string {
    const lineEnd = chunk.indexOf("\n");
    const passed = lineEnd < 0 ? chunk.length : lineEnd + 1;
    this.#isPassing = lineEnd < 0;
    this.#offset += passed;
    this.#line += countLineEnds(chunk.slice(0, passed));
    return chunk.slice(passed);
  }

  #rowWithout(text: string, problems: CsvProblem[]): CsvRow {
    const [start, firstLine, header] = [this.#offset, this.#line, this.#header];
    const reread = (copy: string) => new CsvRow({ text: copy, start, firstLine, header, fields: [], problems, reread });
    return reread(text);
  }
}

/** The traits that a row is the first one to have, as far as something is told of them. */
export function newTraits(traits: number, seen: number): number {
  const first = traits & ~seen;
  // Where there are other letters, a question mark is one.
  return (seen & TRAITS.beyondAscii) !== 0 ? first & ~TRAITS.lettersLost : first;
}

/** The rows of a text that is there as a whole. */
export function readCsv(text: string, header: CsvHeader): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CsvReader(header, (row) => rows.push(row));
  reader.push(text);
  reader.end();
  return rows;
}
