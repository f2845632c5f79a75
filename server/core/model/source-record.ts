import type { Span } from "../text/span.ts";
import type { Entry } from "./entry.ts";

/** A place in a file: UTF-16 units and lines before it. */
export interface FilePlace {
  readonly offset: number;
  readonly line: number;
}

/** Something that is wrong with a record's format; `id` names the rule that says it in words. */
export interface FormatProblem {
  readonly id: string;
  readonly span: Span;
  readonly args: Readonly<Record<string, string>>;
}

/** A piece of an export as a reader hands it on, in any format. Its spans count from its own start. */
export interface SourceRecord {
  readonly text: string;
  /** Where the record begins in what was read, a file or a piece of one, in UTF-16 units. */
  readonly start: number;
  /** The 0-based number of the record's first line, counted in the same. */
  readonly firstLine: number;
  readonly problems: readonly FormatProblem[];
  /** The entry that it holds, which is the record itself; a change record or a comment holds none. */
  readonly entry: EntryRecord | undefined;
  /** How many attribute values the entry has. */
  readonly valueCount: number;
  /** The record has a change type; one that adds an entry is both, an entry and a change. */
  readonly isChange: boolean;
  /** The same record, holding on to no more of the file than its own text. For records that outlive their reading. */
  detached(): SourceRecord;
  /** The way to the same record at any later time: until it is taken, no more is kept than a copy of the record's text. */
  packed(): () => SourceRecord;
}

/** A record that is an entry. */
export interface EntryRecord extends SourceRecord, Entry {}

/** A copy of `text` that does not keep alive what it was cut out of. */
export function detachText(text: string): string {
  return `${text} `.slice(0, -1);
}
