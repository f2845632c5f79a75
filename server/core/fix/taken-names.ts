import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import { quoted } from "../text/characters.ts";
import { addHolder, clashing, type NameHolder, namesOf, STATE, takenBy } from "./account-names.ts";
import type { Refusal } from "./difference.ts";
import type { DnRecord } from "./export-side.ts";
import { leaveOut, type PlannedChangesByKey } from "./planned-changes.ts";
import type { PlannedModify, PlannedModSpec } from "./planned-record.ts";
import type { UnpairedSides } from "./unpaired.ts";

/** Who holds names for logging on, as far as somebody wants them. */
export type NameHolders = ReadonlyMap<string, readonly NameHolder[]>;

/** A name that an entry is to get. */
interface NewName {
  readonly attribute: string;
  readonly text: string;
  /** In the form in which it is compared. */
  readonly name: string;
}

const TYPES = ["samaccountname", "userprincipalname"];

/** The names that planned changes and new entries want or give up, and those that must not clash with them. */
export function wantedNames(planned: PlannedChangesByKey, added: readonly Entry[]): Set<string> {
  const all = new Set<string>();
  for (const { record } of planned.values()) {
    const names = [...namesIn(record, "add"), ...namesIn(record, "delete")];
    for (const { name } of names) for (const one of clashing(name)) all.add(one);
  }
  for (const entry of added) for (const { name } of newNamesOf(entry)) for (const one of clashing(name)) all.add(one);
  return all;
}

/** Adds those of the wanted names that entries hold which only one of the exports has, or one under another DN. */
export function addUnpaired(
  holders: Map<string, NameHolder[]>,
  wanted: ReadonlySet<string>,
  { before, after, renamed }: UnpairedSides,
): void {
  const keyOf = ({ dn }: DnRecord) => dnKey(dn.text);
  const originals = new Map<DnRecord, string>(renamed.map(({ original, edited }) => [edited, keyOf(original)]));
  const add = (record: DnRecord, states: number) => {
    const owner = originals.get(record) ?? keyOf(record);
    for (const name of namesOf(record.entry)) if (wanted.has(name)) addHolder(holders, name, { owner, states });
  };
  for (const record of before) add(record, STATE.before);
  for (const record of after) add(record, STATE.after);
}

/** Why an entry cannot be added under its names. New entries come first: who gives up a name in the same file still has it then. */
export function whyNamesTaken(entry: Entry, key: string, holders: NameHolders): Omit<Refusal, "dn">[] {
  return newNamesOf(entry).flatMap((one) => {
    const found = holdersOf(one, holders).find(({ holder }) => holder.owner !== key);
    return found === undefined ? [] : [objectionTo(one, found)];
  });
}

/**
 * Leaves out the changes by which an entry would get a name that another one has then, or still has at that moment. Whoever keeps a name
 * because of that keeps it from others, too.
 */
export function leaveOutTaken(planned: PlannedChangesByKey, holders: NameHolders, refusals: Refusal[]): void {
  if (holders.size === 0) return;
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const [key, { order, record }] of [...planned]) {
      for (const one of namesIn(record, "add")) {
        const found = holdersOf(one, holders).find(
          ({ holder, name }) => holder.owner !== key && !isFree(name, holder, order, planned),
        );
        if (found === undefined || !planned.has(key)) continue;
        refusals.push({ dn: record.dn, ...objectionTo(one, found) });
        leaveOut(planned, key, attributeType(one.attribute));
        isSettled = false;
      }
    }
  }
}

/**
 * Notes where an entry gives up a name that another one has, too, and keeps: a directory may hold a name twice, and takes neither of them
 * again.
 */
export function noteTwiceHeld(planned: PlannedChangesByKey, holders: NameHolders): void {
  for (const [key, { order, record }] of planned) {
    const unrestorable = [...(record.unrestorable ?? [])];
    for (const one of namesIn(record, "delete")) {
      const keeper = holdersOf(one, holders).find(
        ({ name, holder: { owner } }) => owner !== key && isKept(holders.get(name)!, owner),
      );
      if (keeper === undefined || unrestorable.some(({ attribute }) => attribute === one.attribute)) continue;
      unrestorable.push({ attribute: one.attribute, reason: objectionTo(one, keeper).reason });
    }
    if (unrestorable.length > 0) planned.set(key, { order, record: { ...record, unrestorable } });
  }
}

function isKept(holders: readonly NameHolder[], owner: string): boolean {
  const states = holders.filter((one) => one.owner === owner).reduce((sum, one) => sum | one.states, 0);
  return states === (STATE.before | STATE.after);
}

/** Whether a holder has given up a name when the record at a place is applied. */
function isFree(name: string, { owner, states }: NameHolder, order: number, planned: PlannedChangesByKey): boolean {
  if ((states & STATE.after) !== 0) return false;
  const change = planned.get(owner);
  return (
    change !== undefined && change.order < order && namesIn(change.record, "delete").some((one) => one.name === name)
  );
}

/** Somebody who holds a name that a new one clashes with, and which of the two that is. */
interface Clash {
  readonly name: string;
  readonly holder: NameHolder;
}

function holdersOf({ name }: NewName, holders: NameHolders): Clash[] {
  return clashing(name).flatMap((one) => (holders.get(one) ?? []).map((holder) => ({ name: one, holder })));
}

function objectionTo({ attribute, text, name }: NewName, { name: held, holder }: Clash): Omit<Refusal, "dn"> {
  const { owner, states } = holder;
  const isSame = held === name;
  const what = isSame ? quoted(text) : `${quoted(name.slice(2))} to log on by`;
  const later = (states & STATE.after) === 0 ? ", which gives it up later or not at all: that comes first" : "";
  const isPrincipal = attributeType(attribute) === "userprincipalname";
  return {
    attribute,
    reason: `would get ${what}, which is taken by ${owner}${later}`,
    ...(isSame && isPrincipal && { rule: "duplicate-userprincipalname" }),
  };
}

function namesIn({ dn, modSpecs }: PlannedModify, wanted: PlannedModSpec["type"]): NewName[] {
  return modSpecs
    .filter(({ type }) => type === wanted)
    .flatMap(({ attribute, values }) => {
      const type = attributeType(attribute);
      if (!TYPES.includes(type)) return [];
      return values.flatMap((value) => ("text" in value ? newName(attribute, type, value.text, dn) : []));
    });
}

function newNamesOf(entry: Entry): NewName[] {
  return TYPES.flatMap((type) =>
    entry.values(type).flatMap(({ description, text }) => newName(description, type, text, entry.dn.text)),
  );
}

function newName(attribute: string, type: string, text: string, dn: string): NewName[] {
  const name = takenBy(type, text, dn);
  return name === undefined ? [] : [{ attribute, text, name }];
}
