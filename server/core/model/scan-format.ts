import type { AttributeNumbers } from "./numbered-values.ts";
import type { ScannedEntry, ScannerOutput } from "./scanned-entry.ts";
import type { FilePlace, SourceRecord } from "./source-record.ts";

/** What a scanner has to know of a table. */
export interface RowLayout {
  /** Its code. */
  readonly separator: number;
  /** What each column holds: see server/core/csv/row-layout.ts. */
  readonly columns: Uint32Array;
}

/** What a scanner says of a record that somebody else need not read. */
export interface PassedRecord {
  /** In UTF-16 units. */
  readonly length: number;
  readonly lineCount: number;
  /** See RECORD_FLAGS. */
  readonly flags: number;
}

/** Reads what a scanner leaves to it, and keeps count of the rest. */
export interface ScanReader {
  /** Where the next record begins; `undefined` where a part of it has been taken. */
  readonly position: FilePlace | undefined;
  /** A record, which is whole as far as the scanner can tell. */
  record(text: string): void;
  /** A part of a record that is longer than a scanner's window. */
  part(text: string): void;
  endParts(): void;
  /** What is left at the end of the file. */
  rest(text: string): void;
  end(): void;
  /** Somebody else has read the next record. False where the reader must see it after all: something is told of it that depends on others. */
  pass(record: PassedRecord): boolean;
}

/** How a scanner finds the records of a format, and what they are. */
export interface ScanFormat {
  /** Of a table; `undefined` for LDIF. */
  layout(numbers: AttributeNumbers): RowLayout | undefined;
  /** With `begin` only a part of the file is read: nothing is told that depends on what comes before. */
  reader(sink: (record: SourceRecord) => void, begin: FilePlace | undefined): ScanReader;
  /** The record at `at` of the output, as an entry; `start` and `firstLine` are its place in the file. Whoever has its text gives it. */
  entry(output: ScannerOutput, at: number, start: number, firstLine: number, text?: string): ScannedEntry;
}
