import type { WrittenValue } from "../ldif/writer.ts";
import { attributeFacts, isSingleValued, mayBeDnValued } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { Refusal } from "./difference.ts";
import {
  type PlannedAdd,
  type PlannedDelete,
  type PlannedModify,
  type PlannedModSpec,
  withModSpecs,
} from "./planned-record.ts";
import type { RenamePlan } from "./rename-plan.ts";

const EXCHANGED = "names entries that exchange their names in this file: which of them is meant, is not certain";

/**
 * What values that are DNs have to do with entries that are renamed, added or removed in the same file. A directory keeps links true by
 * itself: the value of `member` follows the member's name and goes with it. So what follows is no change, and what is written names
 * each entry as it is called before it is renamed.
 */
export class LinkSettling {
  readonly refusals: Refusal[] = [];
  readonly #renames: RenamePlan;
  readonly #removed: ReadonlySet<string>;
  readonly #notAdded: ReadonlySet<string>;

  /** `notAdded` are the keys of DNs of the edited export whose entries are refused. */
  constructor(renames: RenamePlan, removed: readonly PlannedDelete[], notAdded: ReadonlySet<string>) {
    this.#renames = renames;
    this.#removed = new Set(removed.map(({ dn }) => dnKey(dn)));
    this.#notAdded = notAdded;
  }

  get #isIdle(): boolean {
    return this.#renames.isEmpty && this.#removed.size === 0 && this.#notAdded.size === 0;
  }

  settledAdd(record: PlannedAdd): PlannedAdd {
    if (this.#isIdle) return record;
    const attributes = record.attributes
      .map(({ attribute, values }) => ({ attribute, values: this.#added(record.dn, attribute, values) }))
      .filter(({ values }) => values.length > 0);
    return { ...record, attributes };
  }

  /** The record without what follows by itself; none where nothing is left. */
  settledModify(record: PlannedModify): PlannedModify[] {
    if (this.#isIdle || !record.modSpecs.some(({ attribute }) => mayBeDnValued(attributeType(attribute))))
      return [record];
    const followed = this.#followed(record.modSpecs);
    const uncertain = new Set(
      record.modSpecs.filter((spec) => this.#isUncertain(spec)).map(({ attribute }) => attribute),
    );
    for (const attribute of uncertain) this.refusals.push({ dn: record.dn, attribute, reason: EXCHANGED });
    for (const { type, attribute, values } of record.modSpecs) {
      // Without the new value the old one must stay: it may be the same entry under another name.
      if (type !== "add" || uncertain.has(attribute)) continue;
      if (this.#added(record.dn, attribute, values).length < values.length) uncertain.add(attribute);
    }
    const modSpecs = record.modSpecs
      .filter(({ attribute }) => !uncertain.has(attribute))
      .map((spec) => this.#settled(record.dn, spec, followed, isReplaced(record, spec)))
      .filter(({ values }) => values.length > 0);
    return modSpecs.length === 0 ? [] : [this.#withLosses(withModSpecs(record, modSpecs))];
  }

  /** Links to what is removed in the same file cannot be put back. */
  #withLosses(record: PlannedModify): PlannedModify {
    const lost = record.modSpecs
      .filter(({ type, attribute, values }) => {
        return (
          type === "delete" && mayBeDnValued(attributeType(attribute)) && values.some((value) => this.#isRemoved(value))
        );
      })
      .map(({ attribute }) => ({ attribute, reason: "named an entry that is removed" }));
    return lost.length === 0 ? record : { ...record, unrestorable: [...(record.unrestorable ?? []), ...lost] };
  }

  #isUncertain({ type, attribute, values }: PlannedModSpec): boolean {
    if (!mayBeDnValued(attributeType(attribute))) return false;
    return values.some((value) => {
      if (!("text" in value)) return false;
      return type === "delete"
        ? this.#renames.isExchangedOriginal(value.text)
        : this.#renames.isExchangedEdited(value.text);
    });
  }

  /** `isReplaced`: a value comes in the place of the one that goes, so that one must go before. */
  #settled(dn: string, spec: PlannedModSpec, followed: ReadonlySet<string>, isReplaced: boolean): PlannedModSpec {
    if (!mayBeDnValued(attributeType(spec.attribute))) return spec;
    const isLink = attributeFacts(attributeType(spec.attribute))?.link === "forward";
    const left = spec.values.filter((value) => {
      const id = this.#idOf(spec, value);
      return !followed.has(id) && !(spec.type === "delete" && isLink && !isReplaced && this.#isRemoved(value));
    });
    return { ...spec, values: spec.type === "add" ? this.#added(dn, spec.attribute, left) : left };
  }

  /** The ids of values that go under an old name and come under the new one. */
  #followed(specs: readonly PlannedModSpec[]): ReadonlySet<string> {
    const idsOf = (type: PlannedModSpec["type"]) =>
      specs
        .filter((spec) => spec.type === type && mayBeDnValued(attributeType(spec.attribute)))
        .flatMap((spec) => spec.values.map((value) => this.#idOf(spec, value)));
    const gone = new Set(idsOf("delete"));
    return new Set(idsOf("add").filter((id) => gone.has(id)));
  }

  /** Equal for the old and the new name of an entry. */
  #idOf({ attribute, type }: PlannedModSpec, value: WrittenValue): string {
    const dn = "text" in value ? value.text : "";
    return `${attributeType(attribute)} ${dnKey(type === "delete" ? this.#renames.toEdited(dn) : dn)}`;
  }

  #isRemoved(value: WrittenValue): boolean {
    return "text" in value && this.#removed.has(dnKey(this.#renames.afterwards(value.text)));
  }

  #added(dn: string, attribute: string, values: readonly WrittenValue[]): WrittenValue[] {
    if (!mayBeDnValued(attributeType(attribute))) return [...values];
    return values.flatMap((value): WrittenValue[] => {
      if (!("text" in value)) return [value];
      if (!this.#notAdded.has(dnKey(value.text))) return [{ text: this.#renames.toOriginal(value.text) }];
      this.refusals.push({ dn, attribute, reason: `does not get ${value.text}, since that entry is not added` });
      return [];
    });
  }
}

/** Whether a value comes in the place of another one, where there is room for one only. */
function isReplaced({ modSpecs }: PlannedModify, { attribute }: PlannedModSpec): boolean {
  return (
    isSingleValued(attributeType(attribute)) &&
    modSpecs.some((spec) => spec.type === "add" && spec.attribute === attribute)
  );
}
