import type { ChangeType } from "../ldif/change-record.ts";
import { LdifReader } from "../ldif/reader.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../ldif/record.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import { countLineEnds } from "../text/position.ts";
import type { Span } from "../text/span.ts";

/** A record of the file that was imported. */
export interface ImportedRecord {
  readonly dn: string;
  readonly key: string;
  /** Where it stands in the file, in UTF-16 units, with the comments before it and the blank lines behind it. */
  readonly span: Span;
  /** The DN's value in the file. */
  readonly dnSpan: Span;
  /** Lines, from 0: that of the DN, and the one behind the record and its blank lines. */
  readonly line: number;
  readonly endLine: number;
  readonly firstLine: number;
  readonly change: ChangeType | undefined;
  /** What it does to attributes, `add proxyaddresses`; nothing for records that are no modify records. */
  readonly modSpecs: ReadonlySet<string>;
}

export interface ImportedFile {
  readonly records: readonly ImportedRecord[];
  /** How much of the text stands before the first record and is none: a version line, comments. */
  readonly head: number;
}

/** Reads the records of a modify file, or of any LDIF file that can be imported. Never throws. */
export function readImportedFile(text: string): ImportedFile {
  const records: ImportedRecord[] = [];
  let head = 0;
  const reader = new LdifReader((record) => {
    if (record instanceof LdifChange || record instanceof LdifEntry) records.push(importedRecord(record));
    else if (records.length === 0) head = record.start + record.text.length;
  });
  reader.push(text);
  reader.end();
  return { records, head };
}

function importedRecord(record: LdifRecord & (LdifChange | LdifEntry)): ImportedRecord {
  const { dn, start, text, firstLine } = record;
  const change = record instanceof LdifChange ? record.change : undefined;
  return {
    dn: dn.text,
    key: dnKey(dn.text),
    span: { start, end: start + text.length },
    dnSpan: { start: start + dn.valueStart, end: start + dn.end },
    line: firstLine + countLineEnds(text.slice(0, dn.start)),
    endLine: firstLine + countLineEnds(text) + (/[\r\n]$/.test(text) ? 0 : 1),
    firstLine,
    change: change === undefined ? "add" : change.type,
    modSpecs: new Set(change?.modSpecs.map(({ type, attribute }) => `${type} ${attributeType(attribute)}`)),
  };
}

/** The record that holds a line, counted from 1; one past the end of the file by no more than a line is the last. */
export function recordAtLine(records: readonly ImportedRecord[], line: number): number | undefined {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.endLine < line) low = middle + 1;
    else high = middle;
  }
  if (low < records.length) return line - 1 >= records[low]!.firstLine ? low : undefined;
  const last = records.at(-1);
  return last !== undefined && line <= last.endLine + 1 ? records.length - 1 : undefined;
}
