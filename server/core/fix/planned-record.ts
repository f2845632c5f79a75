import type { WrittenValue } from "../ldif/writer.ts";
import { parentDn, rdnText } from "../model/dn.ts";

/** One mod-spec to be written. Only `delete` and `add`: a `replace` would overwrite what somebody changed meanwhile. */
export interface PlannedModSpec {
  readonly type: "delete" | "add";
  readonly attribute: string;
  readonly values: readonly WrittenValue[];
}

/** A record that changes values of an entry. */
export interface PlannedModify {
  readonly changeType: "modify";
  readonly dn: string;
  readonly modSpecs: readonly PlannedModSpec[];
  /** Attributes whose old values the directory would refuse today: nothing brings them back. */
  readonly unrestorable?: readonly Unrestorable[];
}

/** An attribute whose old values cannot be written again, and why, as the end of a sentence that begins with the attribute's name. */
export interface Unrestorable {
  readonly attribute: string;
  readonly reason: string;
}

/** A record with other mod-specs. */
export function withModSpecs(record: PlannedModify, modSpecs: readonly PlannedModSpec[]): PlannedModify {
  const { unrestorable: before = [], ...rest } = record;
  const unrestorable = before.filter(({ attribute }) => modSpecs.some((spec) => spec.attribute === attribute));
  return { ...rest, modSpecs, ...(unrestorable.length > 0 && { unrestorable }) };
}

/** A record that adds an entry, with its values in the order in which they are written. */
export interface PlannedAdd {
  readonly changeType: "add";
  readonly dn: string;
  readonly attributes: readonly { readonly attribute: string; readonly values: readonly WrittenValue[] }[];
}

/** A record that renames an entry, and moves it under `newSuperior` where that is given. The values of its old RDN go. */
export interface PlannedRename {
  readonly changeType: "modrdn";
  /** The DN at the moment at which the record is applied. */
  readonly dn: string;
  readonly newRdn: string;
  readonly newSuperior?: string;
}

/** A record that removes an entry. */
export interface PlannedDelete {
  readonly changeType: "delete";
  readonly dn: string;
}

/** One record of a modify file, to be written. */
export type PlannedRecord = PlannedModify | PlannedAdd | PlannedRename | PlannedDelete;

/** The DN that an entry has after its rename. */
export function renamedDn({ dn, newRdn, newSuperior }: PlannedRename): string {
  const superior = newSuperior ?? parentDn(dn);
  return superior === "" ? newRdn : `${newRdn},${superior}`;
}

/**
 * The record that takes the changes of `record` back: its mod-specs the other way round, in the opposite order, without the attributes that
 * cannot be restored. `undefined` where nothing is left, and for the removal of an entry: what was added again would be another object,
 * with another objectGUID and objectSid, and without what the system has written to it.
 */
export function inverseOf(record: PlannedRecord): PlannedRecord | undefined {
  switch (record.changeType) {
    case "modify": {
      const { changeType, dn, unrestorable = [] } = record;
      const modSpecs = record.modSpecs
        .filter((spec) => !unrestorable.some(({ attribute }) => attribute === spec.attribute))
        .map((spec): PlannedModSpec => ({ ...spec, type: opposite[spec.type] }));
      return modSpecs.length === 0 ? undefined : { changeType, dn, modSpecs: modSpecs.reverse() };
    }
    case "add":
      return { changeType: "delete", dn: record.dn };
    case "modrdn": {
      const newSuperior = record.newSuperior === undefined ? {} : { newSuperior: parentDn(record.dn) };
      return { changeType: "modrdn", dn: renamedDn(record), newRdn: rdnText(record.dn), ...newSuperior };
    }
    case "delete":
      return undefined;
  }
}

const opposite = { add: "delete", delete: "add" } as const;

/** So many values go with one record: more changes in one LDAP transaction are advised against (Active Directory Maximum Limits). */
const MOST_AT_ONCE = 5000;

/** The record that adds an entry, and where it has too many values for one, others that add the rest. */
export function inSteps(entry: PlannedAdd): PlannedRecord[] {
  const { dn } = entry;
  const attributes = entry.attributes.map((one) => ({ ...one, values: one.values.slice(0, MOST_AT_ONCE) }));
  const rest = entry.attributes.flatMap(({ attribute, values }) => {
    const steps: PlannedRecord[] = [];
    for (let at = MOST_AT_ONCE; at < values.length; at += MOST_AT_ONCE) steps.push(addStep(dn, attribute, values, at));
    return steps;
  });
  return [{ ...entry, attributes }, ...rest];
}

function addStep(dn: string, attribute: string, values: readonly WrittenValue[], at: number): PlannedRecord {
  const modSpecs = [{ type: "add" as const, attribute, values: values.slice(at, at + MOST_AT_ONCE) }];
  return { changeType: "modify", dn, modSpecs };
}
