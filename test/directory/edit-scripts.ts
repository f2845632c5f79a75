import { type LineStyle, writeLine } from "../../server/core/ldif/writer.ts";
import { value as anyText, lineStyle } from "../core/arbitrary.ts";
import fc from "../property.ts";
import { bytes, type DirectoryName, entryIn, folder, type NewEntry, type Value } from "./entries.ts";
import { healthyUser, NAMES } from "./fixture.ts";
import { type Reshaping, reshaped, reshaping } from "./reshaping.ts";
import type { ExportedEntry, NamedValue } from "./state.ts";

/** The folder of the entries that scripts edit, and one in it to which they may be moved. */
export const POOL = folder('Pool, "quoted" äöü');
export const SUBFOLDER = folder("Elsewhere", POOL.dn);

/** So many scripts are applied at a time, each to entries of its own. */
export const SCRIPTS_AT_A_TIME = 32;
const ENTRIES_PER_SCRIPT = 6;

type Kind = "user" | "contact" | "group";

interface Editable {
  readonly name: string;
  readonly takes: "text" | "bytes" | "flag" | "number" | "principal" | "dn";
  readonly isList: boolean;
  /** The most UTF-16 units, or bytes, that Active Directory takes. */
  readonly longest: number;
  readonly of: readonly Kind[];
}

const ALL: readonly Kind[] = ["user", "contact", "group"];

/** What scripts edit, with the limits of Active Directory's schema. */
const EDITABLE: readonly Editable[] = [
  { name: "displayName", takes: "text", isList: false, longest: 256, of: ALL },
  { name: "mail", takes: "text", isList: false, longest: 256, of: ALL },
  { name: "mailNickname", takes: "text", isList: false, longest: 64, of: ALL },
  { name: "info", takes: "text", isList: false, longest: 1024, of: ALL },
  { name: "adminDescription", takes: "text", isList: false, longest: 1024, of: ALL },
  { name: "extensionAttribute1", takes: "text", isList: false, longest: 1024, of: ALL },
  { name: "extensionAttribute15", takes: "text", isList: false, longest: 2048, of: ALL },
  { name: "targetAddress", takes: "text", isList: false, longest: 1123, of: ["user", "contact"] },
  { name: "department", takes: "text", isList: false, longest: 64, of: ["user", "contact"] },
  { name: "userPrincipalName", takes: "principal", isList: false, longest: 1024, of: ["user"] },
  { name: "proxyAddresses", takes: "text", isList: true, longest: 1123, of: ALL },
  { name: "proxyAddresses", takes: "text", isList: true, longest: 1123, of: ALL },
  { name: "url", takes: "text", isList: true, longest: 2048, of: ALL },
  { name: "otherTelephone", takes: "text", isList: true, longest: 64, of: ["user", "contact"] },
  { name: "thumbnailPhoto", takes: "bytes", isList: false, longest: 102_400, of: ["user"] },
  { name: "mS-DS-ConsistencyGuid", takes: "bytes", isList: false, longest: 64, of: ["user", "group"] },
  { name: "userCertificate", takes: "bytes", isList: true, longest: 32_768, of: ["user", "contact"] },
  { name: "jpegPhoto", takes: "bytes", isList: true, longest: 100_000, of: ["user"] },
  { name: "msExchHideFromAddressLists", takes: "flag", isList: false, longest: 5, of: ALL },
  { name: "msExchRecipientTypeDetails", takes: "number", isList: false, longest: 20, of: ALL },
  { name: "manager", takes: "dn", isList: false, longest: 1024, of: ["user", "contact"] },
  { name: "managedBy", takes: "dn", isList: false, longest: 1024, of: ["group"] },
  { name: "member", takes: "dn", isList: true, longest: 1024, of: ["group"] },
];

const ACTIONS = ["set", "remove", "add", "drop", "change", "capitals", "reorder"] as const;

/** One edit of one entry. Numbers are taken modulo what there is to choose from. */
interface Edit {
  readonly entry: number;
  readonly attribute: number;
  readonly action: (typeof ACTIONS)[number];
  /** Which of the values. */
  readonly at: number;
  readonly texts: readonly string[];
  readonly blobs: readonly Uint8Array[];
  readonly number: number;
}

/** What a person does to the entries of one script before they are compared with the original. */
export interface EditScript {
  readonly edits: readonly Edit[];
  readonly reshapings: readonly Reshaping[];
}

/** How an edited export is written: by another program than the original was. */
export interface Writing extends LineStyle {
  /** Each DN in base64, as some programs write all of them. */
  readonly base64Dns: boolean;
  readonly isReversed: boolean;
}

/** Characters that stand for lost ones, NUL, halves of surrogate pairs: refused, so that no directory sees them. */
const UNWRITABLE = /[\0\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const text = fc
  .oneof(
    anyText,
    fc.string({ unit: fc.constantFrom(...' ,;=+"\\#<>:-äß😀ABC xyz@.'), minLength: 1, maxLength: 40 }),
    fc
      .tuple(fc.constantFrom("SMTP:", "smtp:", "X500:/o=", "sip:"), fc.nat(9999))
      .map(([prefix, n]) => `${prefix}u${n}@contoso.com`),
    fc.nat(420).map((length) => "long ".repeat(length)),
  )
  .filter((one) => !UNWRITABLE.test(one) && one !== "");

const edit: fc.Arbitrary<Edit> = fc.record({
  entry: fc.nat(),
  attribute: fc.nat(),
  action: fc.constantFrom(...ACTIONS),
  at: fc.nat(),
  texts: fc.array(text, { minLength: 4, maxLength: 4 }),
  blobs: fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 2, maxLength: 2 }),
  number: fc.nat(),
});

const script: fc.Arbitrary<EditScript> = fc.record({
  edits: fc.array(edit, { minLength: 3, maxLength: 12 }),
  reshapings: fc.array(reshaping, { maxLength: 2 }),
});

/** Scripts for one run, which are applied together. */
export const scripts: fc.Arbitrary<readonly EditScript[]> = fc.array(script, {
  minLength: SCRIPTS_AT_A_TIME,
  maxLength: SCRIPTS_AT_A_TIME,
});

export const writing: fc.Arbitrary<Writing> = fc
  .tuple(lineStyle, fc.boolean(), fc.boolean())
  .map(([style, base64Dns, isReversed]) => ({ ...style, base64Dns, isReversed }));

/** The entries that scripts edit, with names and values of all kinds. */
export function pool(inDirectory: DirectoryName): NewEntry[] {
  const count = SCRIPTS_AT_A_TIME * ENTRIES_PER_SCRIPT;
  // The same in every run; what is done to them is not.
  const values = fc.sample(fc.array(text, { minLength: 8, maxLength: 8 }), { seed: 1, numRuns: count });
  return values.map((texts, n) => {
    const kind = (["user", "user", "contact", "group"] as const)[n % 4]!;
    const own = {
      user: () => healthyUser(`pool${n}`, 7000 + n, inDirectory),
      contact: () => ({
        objectClass: "contact",
        ...(inDirectory === "OpenLDAP" && { objectGUID: bytes(16, 7000 + n) }),
      }),
      group: () => ({ objectClass: "group", groupType: "-2147483640", sAMAccountName: `pool${n}` }),
    }[kind]();
    const cn = NAMES[n % NAMES.length]!(n);
    return entryIn(POOL, cn, { ...own, ...initial(kind, texts, n) });
  });
}

/** Some of the attributes that scripts edit. */
function initial(kind: Kind, texts: readonly string[], n: number): Record<string, readonly Value[]> {
  const held: Record<string, readonly Value[]> = {};
  for (const [at, attribute] of EDITABLE.entries()) {
    if (attribute.takes !== "text" || !attribute.of.includes(kind) || (at + n) % 3 === 0) continue;
    const values = distinct(texts.slice(at % 4, (at % 4) + 4).map((one) => shortened(one, attribute.longest)));
    held[attribute.name] = attribute.isList ? values : values.slice(0, 1);
  }
  return held;
}

/** The users, contacts and groups of an export, in an order that does not depend on the directory. */
export function editable(entries: readonly ExportedEntry[]): ExportedEntry[] {
  return entries
    .filter((entry) => kindOf(entry) !== undefined)
    .sort((one, other) => one.dn.length - other.dn.length || (one.dn < other.dn ? -1 : 1));
}

function kindOf({ values }: ExportedEntry): Kind | undefined {
  return ALL.find((kind) => values.some(({ name, value }) => name.toLowerCase() === "objectclass" && value === kind));
}

/** The entries of one of the scripts that are applied together. */
export function entriesOfScript(all: readonly ExportedEntry[], number: number): readonly ExportedEntry[] {
  const count = Math.floor(all.length / SCRIPTS_AT_A_TIME);
  return all.slice(number * count, number === SCRIPTS_AT_A_TIME - 1 ? all.length : (number + 1) * count);
}

/** The entries of a script as it leaves them. They are some of `all`; `unique` is a number that no other script has. */
export function edited(
  entries: readonly ExportedEntry[],
  { edits, reshapings }: EditScript,
  all: readonly ExportedEntry[],
  unique: number,
): ExportedEntry[] {
  const groups = all.filter((entry) => kindOf(entry) === "group").map(({ dn }) => dn);
  const result = [...entries];
  for (const one of edits) {
    const at = one.entry % result.length;
    result[at] = withEdit(result[at]!, one, all.indexOf(entries[at]!), groups);
  }
  // Links lead to groups only, which stay where they are; and the last entry of an export must not go, or it may be cut off.
  const fixed = new Set([...groups, all.at(-1)!.dn]);
  return reshaped(result, reshapings, { home: POOL, elsewhere: SUBFOLDER, fixed, unique });
}

function withEdit(entry: ExportedEntry, one: Edit, number: number, groups: readonly string[]): ExportedEntry {
  const possible = EDITABLE.filter(({ of }) => of.includes(kindOf(entry)!));
  const attribute = possible[one.attribute % possible.length]!;
  const isEdited = ({ name }: NamedValue) => name.toLowerCase() === attribute.name.toLowerCase();
  const old = entry.values.filter(isEdited).map(({ value }) => value);
  const now = act(one, old, attribute, newValues(one, attribute, number, groups));
  const written = distinct(attribute.isList ? now : now.slice(0, 1)).map((value) => ({ name: attribute.name, value }));
  return { dn: entry.dn, values: [...entry.values.filter((value) => !isEdited(value)), ...written] };
}

function act({ action, at }: Edit, old: readonly string[], { takes }: Editable, fresh: readonly string[]): string[] {
  const which = old.length === 0 ? 0 : at % old.length;
  switch (action) {
    case "set":
      return [...fresh];
    case "remove":
      return [];
    case "add":
      return [...old, fresh[0]!];
    case "drop":
      return old.filter((_, index) => index !== which);
    case "change":
      return [...old.filter((_, index) => index !== which), fresh[0]!];
    case "capitals":
      return old.map((value, index) => (index === which && takes === "text" ? otherCapitals(value) : value));
    case "reorder":
      return [...old].reverse();
  }
}

function newValues(one: Edit, { takes, longest }: Editable, number: number, groups: readonly string[]): string[] {
  switch (takes) {
    case "text":
      return one.texts.map((value) => shortened(value, longest));
    case "bytes":
      // The first byte is in no text, so that a blob is never taken for one.
      return one.blobs.map(
        (blob) =>
          `base64 ${Buffer.from([0xff, ...blob])
            .subarray(0, longest)
            .toString("base64")}`,
      );
    case "flag":
      return [one.number % 2 === 0 ? "TRUE" : "FALSE"];
    case "number":
      return [`${one.number}`];
    case "principal":
      return [`p${number}.${one.number}@contoso.com`];
    case "dn":
      return [0, 1, 2].map((more) => groups[(one.number + more) % groups.length]!);
  }
}

/** No directory holds two values that it takes for the same: by capitals, accents, width, or, with OpenLDAP, blanks. */
function distinct(values: readonly string[]): string[] {
  return [...new Map(values.map((value) => [matchingKey(value), value])).values()];
}

function matchingKey(value: string): string {
  if (value.startsWith("base64 ")) return value;
  return value
    .normalize("NFKD")
    .replace(/\p{M}|\s/gu, "")
    .toUpperCase()
    .toLowerCase();
}

function otherCapitals(value: string): string {
  const upper = value.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  return upper === value ? value.toLowerCase() : upper;
}

/** As many whole characters as fit. */
function shortened(value: string, longest: number): string {
  let short = "";
  for (const character of value) {
    if (short.length + character.length > longest) break;
    short += character;
  }
  return short;
}

/** The text of an export of the entries. */
export function exportOf(entries: readonly ExportedEntry[], writing: Writing): string {
  const records = entries.map(({ dn, values }) => {
    const lines = values.map(({ name, value }) => writeLine(name, written(value), writing));
    const dnValue = writing.base64Dns ? { base64: Buffer.from(dn).toString("base64") } : { text: dn };
    return [writeLine("dn", dnValue, writing), ...lines, ""].join(writing.lineEnd);
  });
  return (writing.isReversed ? records.reverse() : records).join(writing.lineEnd);
}

function written(value: string) {
  return value.startsWith("base64 ") ? { base64: value.slice("base64 ".length) } : { text: value };
}
