import { CsvValue } from "../csv/value.ts";
import { LdifEntry } from "../ldif/record.ts";
import type { WrittenValue } from "../ldif/writer.ts";
import { attributeFacts } from "../model/attribute-facts.ts";
import { isRange, lowerCase } from "../model/attribute-type.ts";
import { parseDn } from "../model/dn.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { ANY_BOOLEAN } from "../model/value-syntax.ts";
import { type Objection, whyNotWritable } from "../model/writable.ts";
import { quoted } from "../text/characters.ts";
import { whyChangedByProgram } from "./change-by-program.ts";
import { type AttributeChange, UNWRITABLE, whyRefused } from "./directory-refuses.ts";
import type { PlannedModify, PlannedModSpec, Unrestorable } from "./planned-record.ts";
import { exactId, hasMeaning, matchingId, valueId } from "./value-id.ts";

/** A change that is not written, and why. */
export interface Refusal {
  readonly dn: string;
  readonly attribute?: string;
  readonly reason: string;
  /** The id of the rule that has more about it, where there is one. */
  readonly rule?: string;
}

export interface Difference {
  /** `undefined` where nothing is to be written. */
  readonly record: PlannedModify | undefined;
  readonly refusals: readonly Refusal[];
}

/**
 * Whether an export has objects of the same classes with an attribute, whose type is in lower case. Then its directory lets them have it,
 * whatever its schema has been extended by. It is asked only where Active Directory's own schema would not.
 */
export type Shows = (classes: readonly string[], type: string) => boolean;

/**
 * What turns `original` into `edited`, two states of one entry. The order of values makes no difference. Old values are
 * deleted before new ones are added, so that a change of capitals alone works and a stale import fails. Attribute types in `except`,
 * in lower case, are left alone.
 */
export function differenceOf(
  original: Entry,
  edited: Entry,
  except: ReadonlySet<string> = NOTHING,
  shows: Shows = () => false,
): Difference {
  const dn = original.dn.text;
  const { rdns, error } = parseDn(dn);
  if (error !== undefined || original.dn.binary) {
    return { record: undefined, refusals: [{ dn, reason: "its DN cannot be read" }] };
  }
  const isGuid = GUID_DN.test(dn);
  if (rdns.length === 0 && !isGuid) {
    // To write to the rootDSE makes a domain controller do something, such as taking over a role.
    return { record: undefined, refusals: [{ dn, reason: "is no entry of the directory" }] };
  }
  // A GUID does not tell by which attribute the object is named.
  const rdnTypes = isGuid ? NAMING : (rdns[0]?.attributes.map(({ type }) => type.toLowerCase()) ?? []);
  const modSpecs: PlannedModSpec[] = [];
  const unrestorable: Unrestorable[] = [];
  const refusals: Refusal[] = [];
  const files = differingFiles(original, edited);
  for (const attribute of files) refusals.push({ dn, attribute, reason: FILE_DIFFERS });
  for (const { attribute, ...change } of changesOf(original, edited, shows)) {
    if (except.has(change.type)) continue;
    const objection =
      (isInParts(original, edited, change.type) ? { reason: IN_PARTS } : undefined) ??
      whyNotWritable(attribute, rdnTypes) ??
      (files.has(change.type) ? { reason: FILE_DIFFERS } : undefined) ??
      whyNotWritten(change);
    if (objection?.reason === FILE_DIFFERS) continue;
    if (objection !== undefined) refusals.push({ dn, attribute, ...objection });
    else {
      modSpecs.push(...modSpecsOf(attribute, change));
      const reason = whyRefused(reverseOf(change))?.reason;
      if (reason !== undefined) unrestorable.push({ attribute, reason });
    }
  }
  if (modSpecs.length === 0) return { record: undefined, refusals };
  const losses = unrestorable.length === 0 ? {} : { unrestorable };
  return { record: { changeType: "modify", dn, modSpecs, ...losses }, refusals };
}

const IN_PARTS =
  "is exported in part (a range) in one of the exports: what is missing there would be taken for removed";

/** Whether one of two states of an entry shows a part of an attribute's values (`member;range=0-1499`). */
function isInParts(original: Entry, edited: Entry, type: string): boolean {
  return [original, edited].some((entry) => entry.values(type).some(({ description }) => isRange(description)));
}

const NOTHING: ReadonlySet<string> = new Set();

/** A domain controller takes the GUID of an object for its DN (MS-ADTS 3.1.1.3.1.2.4). */
const GUID_DN = /^<GUID=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}>$/i;

/** What names users, groups, containers and domains. */
const NAMING = ["cn", "ou", "dc", "o", "l"];

/** What an undo file would have to do. */
function reverseOf(change: AttributeChange): AttributeChange {
  const { removed, added, before, now } = change;
  const isStored = (value: AttributeValue) => value.binary || value.text !== "";
  return {
    ...change,
    removed: added,
    added: removed.filter(isStored),
    before: now,
    now: before.filter(isStored),
    isShown: () => true,
  };
}

/** The changes, one for each attribute description of which the values are not the same. */
function* changesOf(
  original: Entry,
  edited: Entry,
  shows: Shows,
): Generator<AttributeChange & { readonly attribute: string }> {
  const isOfTable = original.dn instanceof CsvValue;
  const classes = edited.values("objectclass").map(({ text }) => text);
  const { objectType } = edited;
  for (const type of new Set([...original.attributeTypes(), ...edited.attributeTypes()])) {
    const [old, now] = [original.values(type), edited.values(type)];
    if (isWrittenAlike(old, now)) continue;
    // What the entry holds already, it may hold.
    const isShown = () => old.length > 0 || shows(classes, type);
    const entry = { objectType, classes, isShown, isOfTable };
    const [before, after] = [byDescription(old), byDescription(now)];
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const change = changeOf(type, before.get(key) ?? NO_VALUES, after.get(key) ?? NO_VALUES);
      const attribute = (change.removed[0] ?? change.added[0])?.description;
      if (attribute !== undefined) yield { ...change, attribute, ...entry };
    }
  }
}

/** Nearly all attributes of two states of an entry are: then nothing has to be known of their syntax. */
function isWrittenAlike(old: readonly AttributeValue[], now: readonly AttributeValue[]): boolean {
  if (old === now) return true;
  if (old.length !== now.length) return false;
  return old.every((value, at) => {
    const other = now[at]!;
    return value === other || (value.description === other.description && exactId(value) === exactId(other));
  });
}

const NO_VALUES: ReadonlyMap<string, AttributeValue> = new Map();

/** The values by attribute description in lower case and by what is written. Active Directory returns some values twice; once is enough. */
function byDescription(values: readonly AttributeValue[]): Map<string, Map<string, AttributeValue>> {
  const all = new Map<string, Map<string, AttributeValue>>();
  for (const value of values) {
    const key = lowerCase(value.description);
    const own = all.get(key) ?? new Map<string, AttributeValue>();
    own.set(exactId(value), value);
    all.set(key, own);
  }
  return all;
}

function changeOf(
  type: string,
  old: ReadonlyMap<string, AttributeValue>,
  now: ReadonlyMap<string, AttributeValue>,
): Pick<AttributeChange, "type" | "removed" | "added" | "before" | "now"> {
  const [removed, added] = [without(type, old, now), without(type, now, old)];
  return { type, removed, added, before: [...old.values()], now: [...now.values()] };
}

/** The values, by what is written, to which none of the others is equal. */
function without(
  type: string,
  values: ReadonlyMap<string, AttributeValue>,
  others: ReadonlyMap<string, AttributeValue>,
): AttributeValue[] {
  const left = [...values].filter(([id]) => !others.has(id)).map(([, value]) => value);
  if (left.length === 0 || others.size === 0 || !hasMeaning(type)) return left;
  const equal = new Set(Array.from(others.values(), (other) => valueId(type, other)));
  return left.filter((value) => !equal.has(valueId(type, value)));
}

function whyNotWritten(change: AttributeChange): Objection | undefined {
  const { removed, added } = change;
  if ([...removed, ...added].some(({ isRendered }) => isRendered === true)) {
    return {
      reason: "is shown in other words than the directory has it: export the object with ldifde to change that",
    };
  }
  if (added.some((value) => !value.binary && value.text === ""))
    return { reason: "would get an empty value, which no directory accepts" };
  if (added.some((value) => !value.binary && UNWRITABLE.test(value.text))) {
    return { reason: "would get a character that stands for one that was lost, or one that no directory keeps" };
  }
  if (added.some((value) => value instanceof CsvValue)) {
    const reason = whyChangedByProgram(removed, added);
    if (reason !== undefined) return { reason };
  }
  const objection = whyRefused(change) ?? whyHeldTwice(change);
  if (objection !== undefined) return objection;
  if (![...removed, ...added].some(({ base64 }) => base64.length > MOST_BASE64)) return undefined;
  return { reason: "has a value that is too long to be checked after writing" };
}

/** Of values that are equal to it the directory holds one, however an export shows them. */
function whyHeldTwice({ type, removed, added, now }: AttributeChange): Objection | undefined {
  const rule = type === "proxyaddresses" ? { rule: "proxyaddresses-duplicate-on-object" } : {};
  const held = new Map<string, AttributeValue>();
  const isNew = new Set(added);
  for (const value of now) {
    const id = matchingId(type, value);
    const same = held.get(id);
    if (same !== undefined && (isNew.has(value) || isNew.has(same))) {
      const why = hasMeaning(type) ? "takes the two for one" : "compares without regard to capitals";
      return { reason: `would hold ${quoted(value.text)} twice: the directory ${why}`, ...rule };
    }
    held.set(id, value);
  }
  for (const value of removed) {
    const kept = held.get(matchingId(type, value));
    if (kept !== undefined && !isNew.has(kept)) {
      const reason = `holds ${quoted(value.text)} twice but for capitals: the directory has only one of them, which would be removed`;
      return { reason, ...rule };
    }
  }
  return undefined;
}

/** In characters of base64: the second reader, which proves each modify file, overflows at about 5,000 folded lines of 76. */
const MOST_BASE64 = 350_000;

function modSpecsOf(attribute: string, { type, removed, added, isOfTable }: AttributeChange): PlannedModSpec[] {
  const stored = removed.filter((value) => value.binary || value.text !== "");
  const isBoolean = isOfTable && attributeFacts(type)?.syntax === "Boolean";
  const written = (value: AttributeValue) => (isBoolean ? writtenBoolean(value) : writtenAsItIs(value));
  const specs: PlannedModSpec[] = [];
  if (stored.length > 0) specs.push({ type: "delete", attribute, values: stored.map(written) });
  if (added.length > 0) specs.push({ type: "add", attribute, values: added.map(written) });
  return specs;
}

function writtenAsItIs(value: AttributeValue): WrittenValue {
  return value.binary ? { base64: value.base64 } : { text: value.text };
}

/** Export-Csv and IdFix show as True what the directory has as TRUE. */
function writtenBoolean(value: AttributeValue): WrittenValue {
  return ANY_BOOLEAN.test(value.text) ? { text: value.text.toUpperCase() } : writtenAsItIs(value);
}

const FILE_DIFFERS = "is read from a file (attribute:< url), and that differs: its content is not known here";

/** The attribute types, in lower case, of which other files are named than before. */
function differingFiles(original: Entry, edited: Entry): ReadonlySet<string> {
  const [before, after] = [filesOf(original), filesOf(edited)];
  const types = new Set([...before.keys(), ...after.keys()]);
  return new Set([...types].filter((type) => before.get(type) !== after.get(type)));
}

/** The URLs that an entry names, by attribute type: they are no values of the entry. */
function filesOf(entry: Entry): Map<string, string> {
  if (entry instanceof EditedEntry) return filesOf(entry.original);
  const files = new Map<string, string[]>();
  for (const line of entry instanceof LdifEntry ? entry.lines : []) {
    if (line.valueSpec === "url") files.set(line.type, [...(files.get(line.type) ?? []), line.text]);
  }
  return new Map([...files].map(([type, urls]) => [type, urls.sort().join("\n")]));
}
