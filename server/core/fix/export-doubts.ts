import { UNCERTAIN } from "../formats/index.ts";
import { LdifChange } from "../ldif/record.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey, parseDn } from "../model/dn.ts";
import type { Refusal } from "./difference.ts";
import type { DnRecord, ExportSide } from "./export-side.ts";
import { leaveOut, type PlannedChangesByKey, withdraw } from "./planned-changes.ts";
import { ALL_OBJECTS } from "./unnamed.ts";
import type { UnpairedSides } from "./unpaired.ts";

const EMPTIED = "is empty in every row of the edited export: its values are left as they are";
const NOT_SHOWN =
  "has no value any more in the edited export, which may not have asked for it: its values are left as they are";
const CUT = "is the last one in the edited export, and those behind it are missing: it may be cut off";
export const TORN =
  "is followed by lines without a DN, not the same in both exports: a blank line may have come or gone";

/** So many entries lose all values of an attribute before that is taken for an export of fewer attributes: fewer may be by hand. */
const LOSING = { table: 2, other: 5 };

/**
 * What may be a mistake in the edited export rather than a change that somebody wants: that it ends early, that an entry is torn apart,
 * that it shows fewer attributes. Planned changes are named by the keys of the original's DNs, what stands in the edited export by its own.
 */
export class ExportDoubts {
  readonly #original: ExportSide;
  readonly #edited: ExportSide;
  readonly #unpaired: UnpairedSides;
  readonly #originalKeys: ReadonlyMap<string, string>;
  readonly #renamed: ReadonlySet<string>;

  constructor(original: ExportSide, edited: ExportSide, unpaired: UnpairedSides) {
    this.#original = original;
    this.#edited = edited;
    this.#unpaired = unpaired;
    this.#originalKeys = new Map(
      unpaired.renamed.map((one) => [dnKey(one.edited.dn.text), dnKey(one.original.dn.text)]),
    );
    this.#renamed = new Set(this.#originalKeys.values());
  }

  /** Whether the original's last entry is missing, and the edited export does not end with an entry that only it has. */
  get isCutOff(): boolean {
    const last = this.#original.lastKey;
    return last !== undefined && this.#hasGone(last) && !this.#endsWithNew();
  }

  #endsWithNew(): boolean {
    const { lastKey } = this.#edited;
    if (lastKey === undefined || this.#originalKeys.has(lastKey)) return false;
    return this.#unpaired.after.some((record) => dnKey(record.dn.text) === lastKey && isWhole(record));
  }

  #hasGone(key: string): boolean {
    return this.#original.waiting.has(key) && !this.#renamed.has(key);
  }

  /** A cut-off file ends in the middle of an entry, and what comes after it in the original is missing. */
  withdrawCutRecord(planned: PlannedChangesByKey, refusals: Refusal[]): void {
    const { lastKey } = this.#edited;
    if (lastKey === undefined) return;
    const key = this.#originalKeys.get(lastKey) ?? lastKey;
    const { order } = this.#original;
    const at = order.lastIndexOf(key);
    const next = at < 0 ? undefined : order[at + 1];
    if (next !== undefined && this.#hasGone(next)) withdraw(planned, key, refusals, CUT);
  }

  /** Where lines without a DN have come or gone behind a record, they may be what is missing in it, or what is too much. */
  withdrawTornRecords(planned: PlannedChangesByKey, refusals: Refusal[]): void {
    const edited = new Map(
      Array.from(this.#edited.strays, ([key, text]) => [this.#originalKeys.get(key) ?? key, text] as const),
    );
    for (const key of new Set([...this.#original.strays.keys(), ...edited.keys()])) {
      if (this.#original.strays.get(key)?.trim() !== edited.get(key)?.trim()) withdraw(planned, key, refusals, TORN);
    }
  }

  /** Whether lines without a DN stand behind an entry of the edited export. */
  isTorn(key: string): boolean {
    return this.#edited.strays.has(key);
  }

  /** Why nobody can say that what is missing has been removed; `undefined` where it has. */
  whyNothingRemoved(isMoreThanOnce: boolean, hasUnnamed: boolean): string | undefined {
    const known = new Set(Array.from(this.#original.strays.values(), (text) => text.trim()));
    if (Array.from(this.#edited.strays.values()).some((text) => !known.has(text.trim()))) {
      return `${NOTHING_REMOVED} it has lines without a DN, which may be the rest of an entry`;
    }
    if (hasUnnamed) return `${NOTHING_REMOVED} it has rows that name no object`;
    if (isMoreThanOnce) return `${NOTHING_REMOVED} an entry is in one of the exports more than once`;
    const change = this.#unpaired.after.find((record) => record instanceof LdifChange);
    return change && `${NOTHING_REMOVED} ${change.dn.text} is a change in it, and no entry`;
  }

  /** Where many entries have lost all values of an attribute, the export did not ask for it: nobody deletes so by hand. */
  leaveWhatIsNotShown(planned: PlannedChangesByKey, refusals: Refusal[]): void {
    const losing = new Map<string, string[]>();
    for (const [key, { record }] of planned) {
      for (const type of new Set(record.modSpecs.map(({ attribute }) => attributeType(attribute)))) {
        if (!this.#edited.isEmptied(type)) continue;
        const keys = losing.get(type);
        if (keys === undefined) losing.set(type, [key]);
        else keys.push(key);
      }
    }
    const { header } = this.#edited;
    for (const [type, keys] of losing) {
      if (keys.length < (header === undefined ? LOSING.other : LOSING.table)) continue;
      const name = planned.get(keys[0]!)!.record.modSpecs.find(({ attribute }) => attributeType(attribute) === type);
      const attribute = header?.byType.get(type)?.[0]?.attribute ?? name!.attribute;
      refusals.push({ dn: ALL_OBJECTS, attribute, reason: header === undefined ? NOT_SHOWN : EMPTIED });
      for (const key of keys) leaveOut(planned, key, type);
    }
  }
}

const NOTHING_REMOVED = "that are missing in the edited export are not removed:";

/** A record that ends where an entry may end. */
function isWhole(record: DnRecord): boolean {
  if (record.problems.some(({ id }) => UNCERTAIN.has(id)) || parseDn(record.dn.text).error !== undefined) return false;
  return record.isChange || record.valueCount > 0;
}
