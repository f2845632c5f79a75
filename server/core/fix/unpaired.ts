import { LdifChange } from "../ldif/record.ts";
import type { Entry } from "../model/entry.ts";
import { guidForms } from "../model/guid.ts";
import type { EntryRecord } from "../model/source-record.ts";
import type { Refusal } from "./difference.ts";
import type { DnRecord } from "./export-side.ts";

/** What is to become of the records of two exports that have no counterpart of the same DN. */
export interface Unpaired {
  /** Entries under two names, known by their objectGUID. */
  readonly renamed: readonly { readonly original: EntryRecord; readonly edited: EntryRecord }[];
  /** Entries that only the original has, and that are no others under another name. */
  readonly missing: readonly EntryRecord[];
  /** Entries that only the edited export has, and that are no others under another name. */
  readonly added: readonly EntryRecord[];
  readonly refusals: readonly Refusal[];
}

/** The same, and all records that it was made of. */
export interface UnpairedSides extends Unpaired {
  readonly before: readonly DnRecord[];
  readonly after: readonly DnRecord[];
}

/** What tells objects apart for synchronization and for people: two of them have none of it in common. */
const IDENTIFYING = [
  "objectsid",
  "samaccountname",
  "userprincipalname",
  "ms-ds-consistencyguid",
  "legacyexchangedn",
  "mail",
  "mailnickname",
  "proxyaddresses",
  "targetaddress",
];

export const IS_CHANGE = "is a change, not an entry: a change of a change is not written";
const GUID_TWICE = "has an objectGUID that is more than once in one of the exports";
const OTHER_OBJECT = "is another object under the same DN now, since its objectGUID is another one";

/** Finds the entries that have other names now. Without an objectGUID nobody can tell a rename from a removal and an addition. */
export function pairByGuid(originals: readonly DnRecord[], edited: readonly DnRecord[]): Unpaired {
  const refusals: Refusal[] = [];
  const entriesOf = (records: readonly DnRecord[]) =>
    records.filter((record) => {
      if (!(record instanceof LdifChange)) return true;
      refusals.push({ dn: record.dn.text, reason: IS_CHANGE });
      return false;
    }) as EntryRecord[];
  const [before, after] = [entriesOf(originals), entriesOf(edited)];
  const [oldByGuid, newByGuid] = [byGuid(before), byGuid(after)];
  const renamed: { original: EntryRecord; edited: EntryRecord }[] = [];
  const missing: EntryRecord[] = [];
  const settled = new Set<EntryRecord>();
  for (const entry of before) {
    const guid = guidOf(entry);
    const found = guid === undefined ? [] : (newByGuid.get(guid) ?? []);
    const [counterpart, another] = found;
    if (counterpart === undefined) missing.push(entry);
    else if (another !== undefined || (oldByGuid.get(guid!)?.length ?? 0) > 1) {
      refusals.push({ dn: entry.dn.text, reason: GUID_TWICE });
      for (const one of found) settled.add(one);
    } else {
      renamed.push({ original: entry, edited: counterpart });
      settled.add(counterpart);
    }
  }
  return withoutSuspects({ renamed, missing, added: after.filter((entry) => !settled.has(entry)), refusals });
}

/** The objectGUID of an entry, the same for all forms in which exports have it. */
export function guidOf(entry: Entry): string | undefined {
  const [value] = entry.values("objectguid");
  return value && (guidForms(value)?.text ?? value.base64);
}

function byGuid(entries: readonly EntryRecord[]): ReadonlyMap<string, readonly EntryRecord[]> {
  const all = new Map<string, EntryRecord[]>();
  for (const entry of entries) {
    const guid = guidOf(entry);
    if (guid === undefined) continue;
    const same = all.get(guid);
    if (same === undefined) all.set(guid, [entry]);
    else same.push(entry);
  }
  return all;
}

/** Leaves out what may be one object under two names, or two objects under one. */
function withoutSuspects({ renamed, missing, added, refusals: before }: Unpaired): Unpaired {
  const refusals = [...before];
  const suspects = new Suspects(missing);
  const involved = new Set<EntryRecord>();
  const certain = added.filter((entry) => {
    const other = suspects.for(entry);
    if (other === undefined) return true;
    involved.add(other);
    const reason =
      other.dn.text.toLowerCase() === entry.dn.text.toLowerCase()
        ? OTHER_OBJECT
        : `may be ${other.dn.text} under another name: with objectGUID in both exports that is certain, or do one after the other`;
    refusals.push({ dn: entry.dn.text, reason });
    return false;
  });
  // Any of those that have come without an objectGUID may be any of those of their class that have gone.
  const classes = new Set(added.filter((entry) => guidOf(entry) === undefined).map(classOf));
  const isCertain = (entry: EntryRecord) => !involved.has(entry) && !classes.has(classOf(entry));
  return { renamed, missing: missing.filter(isCertain), added: certain, refusals };
}

/** Entries that have gone, by what they might be recognized by under another name. */
class Suspects {
  readonly #byValue = new Map<string, EntryRecord>();
  readonly #byClass = new Map<string, EntryRecord>();

  constructor(missing: readonly EntryRecord[]) {
    for (const entry of missing) {
      for (const key of identityOf(entry)) this.#byValue.set(key, entry);
      this.#byClass.set(classOf(entry), entry);
    }
  }

  for(entry: EntryRecord): EntryRecord | undefined {
    for (const key of identityOf(entry)) {
      const other = this.#byValue.get(key);
      if (other !== undefined) return other;
    }
    // An objectGUID that is another one tells objects apart.
    return guidOf(entry) === undefined ? this.#byClass.get(classOf(entry)) : undefined;
  }
}

function identityOf(entry: EntryRecord): string[] {
  const values = IDENTIFYING.flatMap((type) => entry.values(type).map(({ text }) => `${type} ${text.toLowerCase()}`));
  return [`dn ${entry.dn.text.toLowerCase()}`, ...values];
}

/** The most special object class: the last one in LDIF, the only one in tables. */
function classOf(entry: EntryRecord): string {
  return entry.values("objectclass").at(-1)?.text.toLowerCase() ?? "";
}
