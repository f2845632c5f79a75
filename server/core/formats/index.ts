import { csvBlocks } from "../csv/blocks.ts";
import type { CsvDialectName } from "../csv/dialects.ts";
import type { CsvHeader } from "../csv/header.ts";
import { UNCERTAIN_ROW } from "../csv/problem.ts";
import { CsvReader } from "../csv/reader.ts";
import { CsvRow } from "../csv/row.ts";
import { LDIF_BLOCKS } from "../ldif/blocks.ts";
import { type LdifDialect, ldifDialect } from "../ldif/dialect.ts";
import { UNTRUSTWORTHY } from "../ldif/problem.ts";
import { LdifReader } from "../ldif/reader.ts";
import { LdifRecord } from "../ldif/record.ts";
import { LDP_BLOCKS } from "../ldp/blocks.ts";
import { ldpHead } from "../ldp/lines.ts";
import { UNCERTAIN_ENTRY } from "../ldp/problem.ts";
import { LdpReader } from "../ldp/reader.ts";
import { LdpRecord } from "../ldp/record.ts";
import type { ScanFormat } from "../model/scan-format.ts";
import type { SourceFormat } from "../model/source-format.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { csvScan, LDIF_SCAN } from "./scan.ts";
import { isLdifName, isTableName, tableHeader } from "./table.ts";

/** Reads an export chunk by chunk. */
export interface ExportReader {
  push(chunk: string): void;
  /** Nothing more comes. */
  end(): void;
}

/** The format of an export, with what is special to this one, such as its header. */
export interface ExportFormat {
  readonly kind: "ldif" | "csv" | "ldp" | "none";
  /** The text at the file's beginning on which the way to read the rest depends. Another text there makes another format. */
  readonly head: string;
  /** Its rows are decisions about values, as in IdFix's list: what is to become of them, it says itself. */
  readonly isDecisionList?: boolean;
  /** How it is read while it is edited. */
  readonly blocks: SourceFormat;
  /** A reader that hands on each record as soon as its end is seen. What is longer than `longestRecord`, in UTF-16 units, is told, not read. */
  reader(sink: (record: SourceRecord) => void, longestRecord?: number): ExportReader;
  /** How it is scanned; `undefined` where there is no such way. */
  readonly scan: ScanFormat | undefined;
}

export const LDIF_FORMAT: ExportFormat = {
  kind: "ldif",
  head: "",
  blocks: LDIF_BLOCKS,
  reader: (sink, longestRecord) => new LdifReader(sink, longestRecord),
  scan: LDIF_SCAN,
};

/** A table that is no export of a directory: nothing in it is any of our business, unless somebody makes it one. */
export const NO_EXPORT: ExportFormat = {
  kind: "none",
  head: "",
  blocks: {
    cut: (text) => (text === "" ? [] : [text]),
    isWhole: () => false,
    continues: () => false,
    read: () => ({ records: [], traits: 0 }),
    problemsOfTheFile: () => [],
  },
  reader: () => ({ push: () => undefined, end: () => undefined }),
  scan: undefined,
};

/** CSV with a header. */
export function csvFormat(header: CsvHeader): ExportFormat {
  return {
    kind: "csv",
    head: header.rows.join(""),
    isDecisionList: header.dialect.name === "idfix",
    blocks: csvBlocks(header),
    reader: (sink, longestRecord) => new CsvReader(header, sink, longestRecord),
    scan: csvScan(header),
  };
}

/** A copy of ldp's details pane, which its first object with an attribute has shown to be one. */
function ldpFormat(head: string): ExportFormat {
  return {
    kind: "ldp",
    head,
    blocks: LDP_BLOCKS,
    reader: (sink, longestRecord) => new LdpReader(sink, longestRecord),
    scan: undefined,
  };
}

export { FORMAT_HEAD, isLdifName, isPlainExport, isTableName } from "./table.ts";

/**
 * The format of a file by its name, and where that does not tell, by the beginning of its text. `undefined` for a table that is no export of
 * a directory.
 */
export function formatOf(name: string, text: string): ExportFormat | undefined {
  if (isLdifName(name)) return LDIF_FORMAT;
  const pane = isTableName(name) ? undefined : ldpHead(text);
  if (pane !== undefined) return ldpFormat(pane);
  const header = tableHeader(text);
  if (header !== undefined) return csvFormat(header);
  return isTableName(name) ? undefined : LDIF_FORMAT;
}

/** The program that wrote an export, as far as that shows. */
export type ExportDialect = LdifDialect | CsvDialectName | "ldp";

/** Tells the program by a file's first entry and what stands before it. */
export function dialectOf(firstRecords: readonly SourceRecord[]): ExportDialect {
  const [first] = firstRecords;
  if (first instanceof CsvRow) return first.header.dialect.name;
  if (first instanceof LdpRecord) return "ldp";
  return ldifDialect(firstRecords.filter((record) => record instanceof LdifRecord));
}

/** Problems after which nobody can say what a record's values were meant to be: no change is made out of such a record. */
export const UNCERTAIN: ReadonlySet<string> = new Set<string>([...UNTRUSTWORTHY, ...UNCERTAIN_ROW, ...UNCERTAIN_ENTRY]);
