import { UNTRUSTWORTHY } from "../ldif/problem.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../ldif/record.ts";
import { dnKey } from "../model/dn.ts";
import { differenceOf, type PlannedRecord, type Refusal } from "./difference.ts";

type DnRecord = LdifEntry | LdifChange;

/**
 * The difference between an export as it was and as it is now. The records of both may come in any order and in turn; the more
 * they keep step, the less has to be remembered. `finish` when both have ended.
 */
export class ExportDifference {
  readonly #original = new Map<string, DnRecord>();
  readonly #edited = new Map<string, DnRecord>();
  readonly #paired = new Set<string>();
  readonly #twice = new Set<string>();
  readonly #records: { readonly order: number; readonly record: PlannedRecord }[] = [];
  readonly #refusals: Refusal[] = [];

  original(record: LdifRecord): void {
    this.#add(record, this.#original, this.#edited, (own, other) => this.#compare(own, other));
  }

  edited(record: LdifRecord): void {
    this.#add(record, this.#edited, this.#original, (own, other) => this.#compare(other, own));
  }

  /** Planned records in the order of the original, and what is not written. */
  finish(): { records: readonly PlannedRecord[]; refusals: readonly Refusal[] } {
    for (const { dn } of this.#original.values()) {
      this.#refusals.push({ dn: dn.text, reason: "is missing in the edited export: entries are not deleted" });
    }
    for (const { dn } of this.#edited.values()) {
      this.#refusals.push({
        dn: dn.text,
        reason: "is not in the original export under this DN: entries are not added, renamed or moved",
      });
    }
    const records = this.#records.sort((one, other) => one.order - other.order).map(({ record }) => record);
    return { records: records.filter(({ dn }) => !this.#twice.has(dnKey(dn))), refusals: this.#refusals };
  }

  #add(
    record: LdifRecord,
    own: Map<string, DnRecord>,
    others: Map<string, DnRecord>,
    compare: (record: DnRecord, other: DnRecord) => void,
  ): void {
    if (!(record instanceof LdifEntry || record instanceof LdifChange)) return;
    const key = dnKey(record.dn.text);
    const other = others.get(key);
    if (own.has(key) || this.#paired.has(key)) {
      if (!this.#twice.has(key)) {
        this.#refusals.push({ dn: record.dn.text, reason: "is more than once in one of the exports" });
      }
      this.#twice.add(key);
    } else if (other === undefined) own.set(key, record.detached() as DnRecord);
    else {
      others.delete(key);
      this.#paired.add(key);
      compare(record, other);
    }
  }

  #compare(original: DnRecord, edited: DnRecord): void {
    if (original.text === edited.text) return;
    const dn = original.dn.text;
    if (original instanceof LdifChange || edited instanceof LdifChange) {
      if (original.text.trim() === edited.text.trim()) return;
      this.#refusals.push({ dn, reason: "is a change, not an entry: a change of a change is not written" });
      return;
    }
    const broken = edited.problems.find(({ id }) => UNTRUSTWORTHY.has(id));
    if (broken !== undefined && !original.problems.some(({ id }) => id === broken.id)) {
      this.#refusals.push({ dn, reason: `cannot be read with certainty as it is now (${broken.id})` });
      return;
    }
    const { record, refusals } = differenceOf(original, edited);
    if (record !== undefined) this.#records.push({ order: original.start, record: detachedRecord(record) });
    this.#refusals.push(...refusals);
  }
}

/** The record without a hold on the texts it was made of. */
function detachedRecord(record: PlannedRecord): PlannedRecord {
  return JSON.parse(JSON.stringify(record)) as PlannedRecord;
}
