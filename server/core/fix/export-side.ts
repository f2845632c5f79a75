import type { CsvHeader } from "../csv/header.ts";
import { CsvEntry } from "../csv/row.ts";
import { UNCERTAIN } from "../formats/index.ts";
import { LdifChange } from "../ldif/record.ts";
import { dnKey } from "../model/dn.ts";
import { detachText, type EntryRecord, type SourceRecord } from "../model/source-record.ts";
import { ShownAttributes } from "./shown-attributes.ts";

/** What has a DN. */
export type DnRecord = EntryRecord | LdifChange;

/** The record with a DN that a record of an export is; `undefined` for what has none. */
export function dnRecordOf(record: SourceRecord): DnRecord | undefined {
  return record instanceof LdifChange ? record : record.entry;
}

/** One of two exports that are compared, as far as it has been read. */
export class ExportSide {
  /** The ways to the records whose counterpart has not come yet, by the key of their DN. */
  readonly waiting = new Map<string, () => SourceRecord>();
  /** The keys of the records in their order. */
  readonly order: string[] = [];
  /** The domains of the DNs, in lower case. */
  readonly domains = new Set<string>();
  /** Lines without a DN that stand behind a record: most often a blank line has got into it. */
  readonly strays = new Map<string, string>();
  /** What its entries show. */
  readonly shown = new ShownAttributes();
  /** What the table has columns for. */
  header: CsvHeader | undefined;
  /** The attribute types of its columns, in lower case, of which no row so far has had a value. */
  readonly empty = new Set<string>();

  /** Takes a record that has a DN, and answers the key of that. */
  add(record: DnRecord): string {
    if (record instanceof CsvEntry) this.#noteColumns(record);
    const key = detachText(dnKey(record.dn.text));
    this.order.push(key);
    const domain = key.search(/(?<=^|,)dc=/);
    if (domain >= 0) this.domains.add(key.slice(domain));
    return key;
  }

  /** Takes what has no DN. What stands before all entries is kept under an empty key. */
  addStray({ text, problems }: SourceRecord): void {
    const key = this.lastKey ?? "";
    const isStray = problems.some(({ id }) => UNCERTAIN.has(id) || id === "ldif-record-without-dn");
    if (isStray) this.strays.set(key, (this.strays.get(key) ?? "") + detachText(text));
  }

  /** Whether no entry has a value of an attribute type, in lower case. */
  isEmptied(type: string): boolean {
    return this.header === undefined ? !this.shown.hasAny(type) : this.empty.has(type);
  }

  get lastKey(): string | undefined {
    return this.order.at(-1);
  }

  /** The records that nothing has been found for, in their order. */
  unpaired(): DnRecord[] {
    return [...this.waiting.values()].map((read) => dnRecordOf(read())).filter((record) => record !== undefined);
  }

  #noteColumns(row: CsvEntry): void {
    if (this.header === undefined) {
      this.header = row.header;
      for (const type of row.header.byType.keys()) this.empty.add(type);
    }
    for (const type of this.empty) if (row.values(type).length > 0) this.empty.delete(type);
  }
}
