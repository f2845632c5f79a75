import { detachText } from "../model/source-record.ts";
import { countLineEnds } from "../text/position.ts";
import { contentEnd, DN_LINE_START, endOfLine, nextDnLine } from "./lines.ts";
import { type LdpProblem, ldpProblem } from "./problem.ts";
import { readLdpRecord } from "./read-record.ts";
import { LdpRecord } from "./record.ts";

/** The longest entry that is read, in UTF-16 units: a text much longer does not fit into a string of today's JavaScript engines. */
export const LONGEST_ENTRY = 2 ** 27;

/** So much is kept of an entry that is too long to be read. */
const MOST_KEPT = 1000;

/**
 * Reads a copy of ldp's details pane chunk by chunk: `push` what comes, `end` when nothing more comes. Each record goes to `sink` as soon
 * as its end is seen. Where the text is cut into chunks makes no difference. Nothing throws, whatever the text.
 */
export class LdpReader {
  readonly #sink: (record: LdpRecord) => void;
  readonly #longestEntry: number;
  #pending = "";
  /** So far, no line with a DN begins in the pending text but at its beginning. */
  #searched = 1;
  /** The pending text is looked at again when there is so much of it. */
  #enough = 0;
  #offset = 0;
  #line = 0;
  #hasEntry = false;
  /** An entry that is too long is passed over up to the next line with a DN. */
  #isPassing = false;

  constructor(sink: (record: LdpRecord) => void, longestEntry = LONGEST_ENTRY) {
    this.#sink = sink;
    this.#longestEntry = longestEntry;
  }

  push(chunk: string): void {
    this.#pending += chunk;
    if (this.#pending.length >= this.#enough) this.#read(false);
  }

  end(): void {
    this.#read(true);
    if (!this.#isPassing) this.#take(this.#pending.length);
    if (this.#hasEntry) return;
    this.#offset = 0;
    this.#line = 0;
    this.#sink(this.#recordWithout("", [ldpProblem("ldp-empty", { start: 0, end: 0 })]));
  }

  #read(isLast: boolean): void {
    const before = this.#pending.length;
    let known = 0;
    for (;;) {
      const lastLine = this.#pending.lastIndexOf("\n") + 1;
      // A line that has only begun may still become one with a DN.
      const isSettled = isLast || this.#pending.length - lastLine > DN_LINE_START;
      known = isSettled ? this.#pending.length : lastLine;
      const next = nextDnLine(this.#pending.slice(0, known), this.#searched);
      if (next < 0) {
        this.#searched = Math.max(this.#searched, lastLine);
        break;
      }
      if (this.#isPassing) this.#pass(next);
      else this.#take(next);
      this.#isPassing = false;
    }
    if (!this.#isPassing && known > this.#longestEntry) {
      this.#tellTooLong(this.#pending);
      this.#isPassing = true;
    }
    if (this.#isPassing) this.#passKnown(known);
    this.#enough = this.#pending.length === before ? 2 * before : 0;
  }

  /** The first `length` units of what is pending are a record. */
  #take(length: number): void {
    const text = this.#pending.slice(0, length);
    if (length > this.#longestEntry) this.#tellTooLong(text);
    else if (length > 0) {
      const record = readLdpRecord(text, this.#offset, this.#line);
      this.#hasEntry ||= record.entry !== undefined;
      this.#sink(record);
    }
    this.#pass(length);
  }

  #pass(length: number): void {
    this.#line += countLineEnds(this.#pending.slice(0, length));
    this.#offset += length;
    this.#pending = this.#pending.slice(length);
    this.#searched = 1;
  }

  #passKnown(known: number): void {
    // A line feed may follow the last unit, which would be one line end together with it.
    const isInLine = known > this.#pending.lastIndexOf("\n") + 1;
    const length = isInLine ? known - 1 : known;
    if (length <= 0) return;
    this.#pass(length);
    if (!isInLine) this.#searched = 0;
  }

  #tellTooLong(text: string): void {
    const kept = detachText(text.slice(0, Math.min(MOST_KEPT, this.#longestEntry)));
    const span = { start: 0, end: Math.max(1, contentEnd(kept, 0, endOfLine(kept, 0))) };
    const problem = ldpProblem("ldp-entry-too-long", span, { limit: `${this.#longestEntry}` });
    this.#hasEntry = true;
    this.#sink(this.#recordWithout(kept, [problem]));
  }

  #recordWithout(text: string, problems: LdpProblem[]): LdpRecord {
    return recordWithout(text, this.#offset, this.#line, problems);
  }
}

/** A record of which nothing but problems is told. */
function recordWithout(text: string, start: number, firstLine: number, problems: LdpProblem[]): LdpRecord {
  const reread = (copy: string) => recordWithout(copy, start, firstLine, problems);
  return new LdpRecord({ text, start, firstLine, problems, dn: { start: 0, end: 0 }, attributes: [], reread });
}

/** The records of a text that is there as a whole. */
export function readLdp(text: string): LdpRecord[] {
  const records: LdpRecord[] = [];
  const reader = new LdpReader((record) => records.push(record));
  reader.push(text);
  reader.end();
  return records;
}
