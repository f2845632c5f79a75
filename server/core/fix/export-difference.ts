import type { CsvHeader } from "../csv/header.ts";
import { CsvEntry } from "../csv/row.ts";
import { UNCERTAIN } from "../formats/index.ts";
import { LdifChange, LdifEntry } from "../ldif/record.ts";
import { LdpEntry } from "../ldp/record.ts";
import { isSingleValued } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import { detachText, type EntryRecord, type SourceRecord } from "../model/source-record.ts";
import { differenceOf, type PlannedRecord, type Refusal } from "./difference.ts";
import { ALL_OBJECTS, whyUnnamed } from "./unnamed.ts";

const EMPTIED = "is empty in every row of the edited export: its values are left as they are";
const NO_COLUMN = "is no column of the edited export any more: its values are left as they are";

type DnRecord = EntryRecord | LdifChange;

/** One of the two exports, as far as it has been read. */
class Side {
  /** Records whose counterpart has not come yet, by the key of their DN. */
  readonly waiting = new Map<string, DnRecord>();
  /** The keys of the records in their order. */
  readonly order: string[] = [];
  /** Lines without a DN that stand behind a record: most often a blank line has got into it. */
  readonly strays = new Map<string, string>();
  /** What the table has columns for. */
  header: CsvHeader | undefined;
  /** The attribute types of its columns, in lower case, of which no row so far has had a value. */
  readonly empty = new Set<string>();

  note(row: CsvEntry): void {
    if (this.header === undefined) {
      this.header = row.header;
      for (const type of row.header.byType.keys()) this.empty.add(type);
    }
    for (const type of this.empty) if (row.values(type).length > 0) this.empty.delete(type);
  }

  get lastKey(): string | undefined {
    return this.order.at(-1);
  }
}

/**
 * The difference between an export as it was and as it is now. The records of both may come in any order and in turn; the more
 * they keep step, the less has to be remembered. `finish` when both have ended.
 */
export class ExportDifference {
  readonly #original = new Side();
  readonly #edited = new Side();
  readonly #paired = new Set<string>();
  readonly #twice = new Set<string>();
  readonly #records = new Map<string, { readonly order: number; readonly record: PlannedRecord }>();
  readonly #refusals: Refusal[] = [];
  #unnamed: Refusal | undefined;
  #goneTypes: ReadonlySet<string> | undefined;

  original(record: SourceRecord): void {
    this.#add(record, this.#original, this.#edited, (key, own, other) => this.#compare(key, own, other));
  }

  edited(record: SourceRecord): void {
    this.#add(record, this.#edited, this.#original, (key, own, other) => this.#compare(key, other, own));
  }

  /** Planned records in the order of the original, and what is not written. */
  finish(): { records: readonly PlannedRecord[]; refusals: readonly Refusal[] } {
    if (this.#unnamed !== undefined) this.#refusals.push(this.#unnamed);
    for (const attribute of this.#goneColumns()) this.#refusals.push({ dn: ALL_OBJECTS, attribute, reason: NO_COLUMN });
    this.#refuseTornRecords();
    this.#refuseCutRecord();
    for (const { dn } of this.#original.waiting.values()) {
      this.#refusals.push({ dn: dn.text, reason: "is missing in the edited export: entries are not deleted" });
    }
    for (const { dn } of this.#edited.waiting.values()) {
      this.#refusals.push({
        dn: dn.text,
        reason: "is not in the original export under this DN: entries are not added, renamed or moved",
      });
    }
    for (const key of this.#twice) this.#records.delete(key);
    this.#refuseEmptiedColumns();
    const records = [...this.#records.values()].sort((one, other) => one.order - other.order);
    return { records: records.map(({ record }) => record), refusals: this.#refusals };
  }

  #add(
    source: SourceRecord,
    own: Side,
    others: Side,
    compare: (key: string, record: DnRecord, other: DnRecord) => void,
  ): void {
    const record = source instanceof LdifChange ? source : source.entry;
    if (record === undefined) {
      const key = own.lastKey;
      const isStray = source.problems.some(({ id }) => UNCERTAIN.has(id) || id === "ldif-record-without-dn");
      if (key !== undefined && isStray) own.strays.set(key, (own.strays.get(key) ?? "") + detachText(source.text));
      return;
    }
    if (record instanceof CsvEntry) {
      const unnamed = whyUnnamed(record);
      this.#unnamed ??= unnamed;
      if (unnamed !== undefined) return;
      own.note(record);
    }
    const key = detachText(dnKey(record.dn.text));
    own.order.push(key);
    const other = others.waiting.get(key);
    if (own.waiting.has(key) || this.#paired.has(key)) {
      if (!this.#twice.has(key)) {
        this.#refusals.push({ dn: record.dn.text, reason: "is more than once in one of the exports" });
      }
      this.#twice.add(key);
    } else if (other === undefined) own.waiting.set(key, record.detached() as DnRecord);
    else {
      others.waiting.delete(key);
      this.#paired.add(key);
      compare(key, record, other);
    }
  }

  #compare(key: string, original: DnRecord, edited: DnRecord): void {
    if (original.text === edited.text) return;
    const dn = original.dn.text;
    if (original instanceof LdifChange || edited instanceof LdifChange) {
      if (original.text.trim() === edited.text.trim()) return;
      this.#refusals.push({ dn, reason: "is a change, not an entry: a change of a change is not written" });
      return;
    }
    const reason = whyNotCertain(original, edited);
    if (reason !== undefined) {
      this.#refusals.push({ dn, reason });
      return;
    }
    const { record, refusals } = differenceOf(
      original,
      edited,
      new Set([...this.#gone(), ...lostTypes(original), ...lostTypes(edited)]),
    );
    if (record !== undefined) this.#records.set(key, { order: original.start, record: detachedRecord(record) });
    this.#refusals.push(...refusals);
  }

  /** The attribute types whose columns are no longer there, in lower case. */
  #gone(): ReadonlySet<string> {
    this.#goneTypes ??= new Set(this.#goneColumns().map(attributeType));
    return this.#goneTypes;
  }

  #goneColumns(): string[] {
    const [original, edited] = [this.#original.header, this.#edited.header];
    if (original === undefined || edited === undefined || original === edited) return [];
    return [...original.byType].flatMap(([type, [column]]) =>
      edited.byType.has(type) || !column ? [] : [column.attribute],
    );
  }

  /** Where lines without a DN have come or gone behind a record, they may be what is missing in it, or what is too much. */
  #refuseTornRecords(): void {
    for (const key of new Set([...this.#original.strays.keys(), ...this.#edited.strays.keys()])) {
      if (this.#original.strays.get(key)?.trim() === this.#edited.strays.get(key)?.trim()) continue;
      this.#withdraw(
        key,
        "is followed by lines without a DN, not the same in both exports: a blank line may have come or gone",
      );
    }
  }

  /** A cut-off file ends in the middle of an entry, and what comes after it in the original is missing. */
  #refuseCutRecord(): void {
    const last = this.#edited.lastKey;
    if (last === undefined || !this.#records.has(last)) return;
    const { order, waiting } = this.#original;
    const next = order[order.lastIndexOf(last) + 1];
    if (next === undefined || !waiting.has(next)) return;
    this.#withdraw(last, "is the last one in the edited export, and those behind it are missing: it may be cut off");
  }

  /** Where a column has lost the values of all objects, the export did not ask for them: nobody deletes so by hand. */
  #refuseEmptiedColumns(): void {
    const losing = new Map<string, string[]>();
    for (const [key, { record }] of this.#records) {
      for (const type of new Set(record.modSpecs.map(({ attribute }) => attributeType(attribute)))) {
        if (!this.#edited.empty.has(type)) continue;
        const keys = losing.get(type);
        if (keys === undefined) losing.set(type, [key]);
        else keys.push(key);
      }
    }
    for (const [type, keys] of losing) {
      if (keys.length < 2) continue;
      const attribute = this.#edited.header?.byType.get(type)?.[0]?.attribute ?? type;
      this.#refusals.push({ dn: ALL_OBJECTS, attribute, reason: EMPTIED });
      for (const key of keys) this.#leaveOut(key, type);
    }
  }

  #leaveOut(key: string, type: string): void {
    const { order, record } = this.#records.get(key)!;
    const modSpecs = record.modSpecs.filter(({ attribute }) => attributeType(attribute) !== type);
    if (modSpecs.length === 0) this.#records.delete(key);
    else this.#records.set(key, { order, record: { ...record, modSpecs } });
  }

  #withdraw(key: string, reason: string): void {
    const planned = this.#records.get(key);
    this.#records.delete(key);
    if (planned !== undefined) this.#refusals.push({ dn: planned.record.dn, reason });
  }
}

/** Why nobody can say what the edited entry was meant to be; `undefined` where it is certain. */
function whyNotCertain(original: EntryRecord, edited: EntryRecord): string | undefined {
  const known = brokenLines(original);
  const broken = brokenLines(edited).find((line) => !known.includes(line));
  if (broken !== undefined) return `cannot be read with certainty as it is now (${broken.split(" ", 1)[0]})`;
  if (original instanceof CsvEntry || edited instanceof CsvEntry) return whyNotCertainRow(original, edited);
  if (original instanceof LdpEntry !== edited instanceof LdpEntry) {
    return "is in a copy of ldp's details pane in only one of the exports";
  }
  for (const type of edited.attributeTypes()) {
    if (!isSingleValued(type) || edited.values(type).length < 2 || original.values(type).length > 1) continue;
    const name = edited.values(type)[0]?.description;
    return `has several values of ${name} now, of which a directory keeps one: two entries may have become one`;
  }
  if (!(original instanceof LdifEntry && edited instanceof LdifEntry)) return undefined;
  for (const type of original.attributeTypes()) {
    if (edited.values(type).length > 0) continue;
    const swallowed = edited.lines.find(
      (line) => line.text.toLowerCase().includes(`${type}:`) && !had(original, line.text),
    );
    if (swallowed === undefined) continue;
    return `has "${type}:" within a value of ${swallowed.description} now: a line may have become the continuation of another`;
  }
  return undefined;
}

/** Why nobody can say what a row means for the directory. */
function whyNotCertainRow(original: EntryRecord, edited: EntryRecord): string | undefined {
  if (!(original instanceof CsvEntry && edited instanceof CsvEntry)) return "is in a table in only one of the exports";
  if (original.header.dialect !== edited.header.dialect) {
    return "is in tables of two programs, which write values in different ways: compare two of the same";
  }
  if (
    original.text.length > edited.text.length &&
    !edited.text.endsWith("\n") &&
    original.text.startsWith(edited.text)
  ) {
    return "ends where the edited export ends, and earlier than before: it may be cut off";
  }
  return undefined;
}

/** The attribute types, in lower case, whose values are not in a row: they are not known. */
function lostTypes(entry: EntryRecord): string[] {
  if (!(entry instanceof CsvEntry)) return [];
  return entry.lostColumns.map((number) => attributeType(entry.header.columns[number]!.attribute));
}

function had(entry: LdifEntry, text: string): boolean {
  return entry.lines.some((line) => line.text === text);
}

/** What makes an entry uncertain, each with the source that does. */
function brokenLines({ problems, text }: EntryRecord): string[] {
  return problems
    .filter(({ id }) => UNCERTAIN.has(id))
    .map(({ id, span }) => `${id} ${text.slice(text.lastIndexOf("\n", span.start) + 1, span.end)}`);
}

/** The record without a hold on the texts it was made of. */
function detachedRecord(record: PlannedRecord): PlannedRecord {
  return JSON.parse(JSON.stringify(record)) as PlannedRecord;
}
