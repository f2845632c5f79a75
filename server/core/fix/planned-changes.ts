import { attributeType } from "../model/attribute-type.ts";
import type { Refusal } from "./difference.ts";
import { type PlannedModify, withModSpecs } from "./planned-record.ts";

/** A planned change of an entry's values, and the place of its record among the others. */
export interface PlannedChange {
  readonly order: number;
  readonly record: PlannedModify;
}

/** Planned changes by the keys of the DNs that the entries have in the original export. */
export type PlannedChangesByKey = Map<string, PlannedChange>;

/** Leaves out the changes of one attribute type, in lower case, of the entry with this key. */
export function leaveOut(planned: PlannedChangesByKey, key: string, type: string): void {
  const { order, record } = planned.get(key)!;
  const modSpecs = record.modSpecs.filter(({ attribute }) => attributeType(attribute) !== type);
  if (modSpecs.length === 0) planned.delete(key);
  else planned.set(key, { order, record: withModSpecs(record, modSpecs) });
}

/** Leaves out all changes of the entry with this key, and says why. */
export function withdraw(planned: PlannedChangesByKey, key: string, refusals: Refusal[], reason: string): void {
  const found = planned.get(key);
  planned.delete(key);
  if (found !== undefined) refusals.push({ dn: found.record.dn, reason });
}

/** The record without a hold on the texts it was made of. */
export function detachedRecord(record: PlannedModify): PlannedModify {
  return JSON.parse(JSON.stringify(record)) as PlannedModify;
}
