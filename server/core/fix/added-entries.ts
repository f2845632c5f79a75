import { LdifEntry } from "../ldif/record.ts";
import type { WrittenValue } from "../ldif/writer.ts";
import { mayBeDnValued } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey, parentDn, parseDn } from "../model/dn.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";
import type { EntryRecord } from "../model/source-record.ts";
import { differenceOf, type Refusal, type Shows } from "./difference.ts";
import { neededBesides, whyNotNameable } from "./directory-refuses.ts";
import type { PlannedAdd, PlannedModify, PlannedModSpec } from "./planned-record.ts";
import type { RenamePlan } from "./rename-plan.ts";

/** Entries that only the edited export has, as far as they can be added. */
export interface AddedEntries {
  readonly entries: readonly AddedEntry[];
  readonly refusals: readonly Refusal[];
  /** The keys of the DNs of what is refused. */
  readonly refused: ReadonlySet<string>;
}

interface AddedEntry {
  readonly dn: string;
  /** All its values, as those that are added to nothing. */
  readonly specs: readonly PlannedModSpec[];
}

export interface PlannedAdds {
  /** Entries above come before those below them. */
  readonly adds: readonly PlannedAdd[];
  /** What refers from one added entry to another, to be written when all of them are there. */
  readonly links: readonly PlannedModify[];
  readonly refusals: readonly Refusal[];
  /** The keys of the DNs, as the edited export has them, of all entries that are not added. */
  readonly refused: ReadonlySet<string>;
}

/** Attributes that repeat the DN: the directory fills them in. */
const FROM_DN = ["name", "distinguishedname"];

/** What an object has that exists. It can be there once only. */
const IDENTITY = ["objectguid", "objectsid", "whencreated", "usncreated"];

/** What an export tells about its directory, as far as entries are judged by it. */
export interface Surroundings {
  /** What speaks against an entry because of others. */
  readonly objections: (entry: EntryRecord) => readonly Reason[];
  readonly shows: Shows;
}

const ALONE: Surroundings = { objections: () => [], shows: () => false };

/** Looks at the entries that only the edited export has. One that cannot be added as it stands is refused as a whole. */
export function judgeAdded(candidates: readonly EntryRecord[], surroundings = ALONE): AddedEntries {
  const refusals: Refusal[] = [];
  const refused = new Set<string>();
  const entries: AddedEntry[] = [];
  for (const entry of candidates) {
    const dn = entry.dn.text;
    const reasons = whyNotAdded(entry);
    const { specs, objections: own } =
      reasons.length > 0 ? { specs: [], objections: reasons } : specsOf(entry, surroundings.shows);
    const objections = own.length > 0 ? own : surroundings.objections(entry);
    refusals.push(...objections.map((one) => ({ ...one, dn })));
    if (objections.length === 0) entries.push({ dn, specs });
    else refused.add(dnKey(dn));
  }
  return { entries, refusals, refused };
}

/**
 * Plans the records that add entries. `isTaken` tells whether the original has an entry under the key of a DN: it may go, but it is still
 * there when entries are added.
 */
export function planAdds(added: AddedEntries, renames: RenamePlan, isTaken: (key: string) => boolean): PlannedAdds {
  const refusals: Refusal[] = [];
  const refused = new Set(added.refused);
  const places: { readonly dn: string; readonly specs: readonly PlannedModSpec[] }[] = [];
  const depth = ({ dn }: AddedEntry) => parseDn(dn).rdns.length;
  for (const entry of [...added.entries].sort((one, other) => depth(one) - depth(other))) {
    const dn = renames.toOriginal(entry.dn);
    const reason = refused.has(dnKey(parentDn(entry.dn)))
      ? BELOW_REFUSED
      : isTaken(dnKey(dn)) || renames.isGivenUp(entry.dn)
        ? TAKEN
        : undefined;
    if (reason === undefined) places.push({ dn, specs: entry.specs });
    else {
      refusals.push({ dn: entry.dn, reason });
      refused.add(dnKey(entry.dn));
    }
  }
  const known = new Set(places.map(({ dn }) => dnKey(dn)));
  const isLink = (attribute: string, value: WrittenValue) =>
    "text" in value && mayBeDnValued(attributeType(attribute)) && known.has(dnKey(renames.toOriginal(value.text)));
  const adds: PlannedAdd[] = [];
  const links: PlannedModify[] = [];
  for (const { dn, specs } of places) {
    const split = (wanted: boolean) =>
      specs
        .map((spec) => ({ ...spec, values: spec.values.filter((one) => isLink(spec.attribute, one) === wanted) }))
        .filter(({ values }) => values.length > 0);
    const attributes = split(false).map(({ attribute, values }) => ({ attribute, values }));
    adds.push({ changeType: "add", dn, attributes });
    const modSpecs = split(true);
    if (modSpecs.length > 0) links.push({ changeType: "modify", dn, modSpecs });
  }
  return { adds, links, refusals, refused };
}

const BELOW_REFUSED = "is not added, since the entry above it is not added";
const TAKEN =
  "is to be added under a DN that another entry gives up later in the same file: apply that first, and export again";

type Reason = Omit<Refusal, "dn">;

function whyNotAdded(entry: Entry): Reason[] {
  const { rdns, error } = parseDn(entry.dn.text);
  if (error !== undefined || entry.dn.binary) return [{ reason: "its DN cannot be read" }];
  const [rdn, ...above] = rdns;
  if (rdn === undefined || above.length === 0)
    return [{ reason: "is not in the original export, and its DN does not say where it belongs" }];
  const identity = IDENTITY.find((type) => entry.values(type).length > 0);
  if (identity !== undefined) {
    const attribute = entry.values(identity)[0]!.description;
    return [{ attribute, reason: "is there, so the object exists already; take it out to add a new one" }];
  }
  if (entry.values("objectclass").length === 0)
    return [{ attribute: "objectClass", reason: "is missing: what is to be added?" }];
  if (entry instanceof LdifEntry && entry.lines.some(({ valueSpec }) => valueSpec === "url")) {
    return [{ reason: "has a value that is read from a file (attribute:< url), and that is not done here" }];
  }
  const reasons: Reason[] = [];
  for (const { type, value } of rdn.attributes) {
    const reason = whyNotNameable(type, value);
    if (reason !== undefined) reasons.push({ attribute: type, reason });
    if (!says(entry, type, value)) reasons.push({ attribute: type, reason: "is another one than in the DN" });
  }
  if (!says(entry, "name", rdn.attributes[0]!.value))
    reasons.push({ attribute: "name", reason: "is another one than in the DN" });
  const repeated = entry.values("distinguishedname");
  if (repeated.some(({ text }) => dnKey(text) !== dnKey(entry.dn.text))) {
    reasons.push({ attribute: "distinguishedName", reason: "is another one than the DN" });
  }
  const held = new Set([...entry.attributeTypes(), ...rdn.attributes.map(({ type }) => type.toLowerCase())]);
  const classes = entry.values("objectclass").map(({ text }) => text);
  for (const attribute of neededBesides(classes, held)) {
    reasons.push({ attribute, reason: `is missing, and every object of the class ${classes.at(-1)!} has one` });
  }
  const password = whyPasswordNeeded(entry);
  return password === undefined ? reasons : [...reasons, password];
}

/** Whether an attribute is absent, or has this value and no other. */
function says(entry: Entry, type: string, value: string): boolean {
  return entry.values(type).every(({ text }) => text === value);
}

const ACCOUNT_DISABLED = 0x2;
const PASSWORD_NOT_REQUIRED = 0x20;

/** A user that is enabled needs a password, which no import over plain LDAP can give it (MS-SAMR 3.1.1.8.10). */
function whyPasswordNeeded(entry: Entry): Reason | undefined {
  if (entry.objectType !== "user" && entry.objectType !== "inetOrgPerson") return undefined;
  const [value] = entry.values("useraccountcontrol");
  if (value === undefined || (Number(value.text) & (ACCOUNT_DISABLED | PASSWORD_NOT_REQUIRED)) !== 0) return undefined;
  return {
    attribute: value.description,
    reason: "would enable an account that has no password yet: add it with 514, set a password, and enable it then",
  };
}

/** All values of an entry as those that are added to nothing, the object class and the name first. */
function specsOf(entry: Entry, shows: Shows): { specs: PlannedModSpec[]; objections: Reason[] } {
  const types = [...entry.attributeTypes()];
  const rdn = parseDn(entry.dn.text).rdns[0]!.attributes;
  const names = rdn.map(({ type }) => type.toLowerCase());
  const nothing = new EditedEntry(entry, new Map(types.map((type) => [type, []])));
  const { record, refusals } = differenceOf(nothing, entry, new Set(["objectclass", ...names, ...FROM_DN]), shows);
  const specs = record?.modSpecs ?? [];
  return {
    specs: [
      { type: "add", attribute: "objectClass", values: entry.values("objectclass").map(({ text }) => ({ text })) },
      ...rdn.map(
        ({ type, value }): PlannedModSpec => ({
          type: "add",
          attribute: type.toLowerCase(),
          values: [{ text: value }],
        }),
      ),
      ...specs,
    ],
    objections: refusals.map(({ dn: _, ...reason }) => reason),
  };
}
