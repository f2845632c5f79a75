import type { CsvHeader } from "../csv/header.ts";
import { CsvReader } from "../csv/reader.ts";
import { rowLayout } from "../csv/row-layout.ts";
import { ScannedRow } from "../csv/scanned-row.ts";
import { LdifReader } from "../ldif/reader.ts";
import { ScannedLdifEntry } from "../ldif/scanned-entry.ts";
import type { ScanFormat } from "../model/scan-format.ts";
import { RECORD_FLAGS } from "../model/scanned-entry.ts";

export const LDIF_SCAN: ScanFormat = {
  layout: () => undefined,
  reader: (sink, begin) => {
    const reader = new LdifReader(sink, undefined, begin);
    if (begin !== undefined) reader.resume();
    return {
      get position() {
        return reader.position;
      },
      record: (text) => {
        reader.append(text);
        reader.endBlock();
      },
      part: (text) => reader.append(text),
      endParts: () => reader.endBlock(),
      // A last line without a line end may be a block of its own.
      rest: (text) => reader.push(text),
      end: () => reader.end(),
      pass: ({ length, lineCount, flags }) => reader.pass(length, lineCount, (flags & RECORD_FLAGS.add) !== 0),
    };
  },
  entry: (output, at, start, firstLine, text) => new ScannedLdifEntry(output, at, start, firstLine, text),
};

export function csvScan(header: CsvHeader): ScanFormat {
  return {
    layout: (numbers) => rowLayout(header, numbers),
    reader: (sink, begin) => {
      const reader = new CsvReader(header, sink, undefined, begin);
      if (begin !== undefined) reader.resume();
      const push = (text: string) => reader.push(text);
      return {
        get position() {
          return reader.position;
        },
        record: push,
        part: push,
        endParts: () => reader.readPending(),
        rest: push,
        end: () => reader.end(),
        pass: ({ length, lineCount, flags }) => {
          const mayHaveLost = (flags & RECORD_FLAGS.questionMark) !== 0;
          return reader.pass(length, lineCount, mayHaveLost, (flags & RECORD_FLAGS.beyondAscii) !== 0);
        },
      };
    },
    entry: (output, at, start, firstLine, text) => new ScannedRow(header, output, at, start, firstLine, text),
  };
}
