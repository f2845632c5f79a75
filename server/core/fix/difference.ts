import { CsvValue } from "../csv/value.ts";
import { LdifEntry } from "../ldif/record.ts";
import type { WrittenValue } from "../ldif/writer.ts";
import { attributeType, lowerCase } from "../model/attribute-type.ts";
import { parseDn } from "../model/dn.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { whyNotWritable } from "../model/writable.ts";
import { quoted } from "../text/characters.ts";
import { whyChangedByProgram } from "./change-by-program.ts";
import type { PlannedModify, PlannedModSpec } from "./planned-record.ts";

/** A change that is not written, and why. */
export interface Refusal {
  readonly dn: string;
  readonly attribute?: string;
  readonly reason: string;
}

export interface Difference {
  /** `undefined` where nothing is to be written. */
  readonly record: PlannedModify | undefined;
  readonly refusals: readonly Refusal[];
}

/**
 * What turns `original` into `edited`, two states of one entry. The order of values makes no difference. Old values are
 * deleted before new ones are added, so that a change of capitals alone works and a stale import fails. Attribute types in `except`,
 * in lower case, are left alone.
 */
export function differenceOf(original: Entry, edited: Entry, except: ReadonlySet<string> = NOTHING): Difference {
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
  const refusals: Refusal[] = [];
  const files = differingFiles(original, edited);
  const fileDiffers = (attribute: string) => (files.has(attributeType(attribute)) ? FILE_DIFFERS : undefined);
  for (const attribute of files) refusals.push({ dn, attribute, reason: FILE_DIFFERS });
  const before = byDescription(original);
  const after = byDescription(edited);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(key) ?? new Map<string, AttributeValue>();
    const now = after.get(key) ?? new Map<string, AttributeValue>();
    const removed = [...old].filter(([id]) => !now.has(id)).map(([, value]) => value);
    const added = [...now].filter(([id]) => !old.has(id)).map(([, value]) => value);
    const attribute = (removed[0] ?? added[0])?.description;
    if (attribute === undefined || except.has(attributeType(attribute))) continue;
    const reason =
      whyNotWritable(attribute, rdnTypes) ?? fileDiffers(attribute) ?? whyNotWritten([...now.values()], removed, added);
    if (reason === FILE_DIFFERS) continue;
    if (reason !== undefined) refusals.push({ dn, attribute, reason });
    else modSpecs.push(...modSpecsOf(attribute, removed, added));
  }
  return { record: modSpecs.length === 0 ? undefined : { changeType: "modify", dn, modSpecs }, refusals };
}

const NOTHING: ReadonlySet<string> = new Set();

/** A domain controller takes the GUID of an object for its DN (MS-ADTS 3.1.1.3.1.2.4). */
const GUID_DN = /^<GUID=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}>$/i;

/** What names users, groups, containers and domains. */
const NAMING = ["cn", "ou", "dc", "o", "l"];

/** Values that are equal have equal ids; text and bytes never have. */
function valueId(value: AttributeValue): string {
  // Editors give all line ends of a table one form, those within values, too.
  if (value instanceof CsvValue && !value.binary) return `text ${value.text.replaceAll("\r\n", "\n")}`;
  return value.binary ? `bytes ${value.base64}` : `text ${value.text}`;
}

/** The values by attribute description in lower case. Active Directory returns some values twice; once is enough. */
function byDescription(entry: Entry): Map<string, Map<string, AttributeValue>> {
  const all = new Map<string, Map<string, AttributeValue>>();
  for (const type of entry.attributeTypes()) {
    for (const value of entry.values(type)) {
      const key = lowerCase(value.description);
      const values = all.get(key) ?? new Map<string, AttributeValue>();
      values.set(valueId(value), value);
      all.set(key, values);
    }
  }
  return all;
}

function whyNotWritten(
  now: readonly AttributeValue[],
  removed: readonly AttributeValue[],
  added: readonly AttributeValue[],
): string | undefined {
  if ([...removed, ...added].some(({ isRendered }) => isRendered === true)) {
    return "is shown in other words than the directory has it: export the object with ldifde to change that";
  }
  if (added.some((value) => !value.binary && value.text === ""))
    return "would get an empty value, which no directory accepts";
  if (added.some((value) => !value.binary && UNWRITABLE.test(value.text))) {
    return "would get a character that stands for one that was lost, or one that no directory keeps";
  }
  if (added.some((value) => value instanceof CsvValue)) {
    const reason = whyChangedByProgram(removed, added);
    if (reason !== undefined) return reason;
  }
  const held = new Map<string, AttributeValue>();
  for (const value of now) {
    if (value.binary) continue;
    const key = matchingKey(value.text);
    if (held.has(key))
      return `would hold ${quoted(value.text)} twice: the directory compares without regard to capitals`;
    held.set(key, value);
  }
  const isNew = new Set(added);
  for (const { binary, text } of removed) {
    const kept = binary ? undefined : held.get(matchingKey(text));
    if (kept !== undefined && !isNew.has(kept)) {
      return `holds ${quoted(text)} twice but for capitals: the directory has only one of them, which would be removed`;
    }
  }
  if (![...removed, ...added].some(({ base64 }) => base64.length > MOST_BASE64)) return undefined;
  return "has a value that is too long to be checked after writing";
}

/** A replacement character, NUL, or half a surrogate pair: none of them is what somebody meant to write. */
const UNWRITABLE = /[\0\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Active Directory compares text without regard to case, accents and width (MS-ADTS 6.5.1). */
export function matchingKey(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** In characters of base64: the second reader, which proves each modify file, overflows at about 5,000 folded lines of 76. */
const MOST_BASE64 = 350_000;

function modSpecsOf(
  attribute: string,
  removed: readonly AttributeValue[],
  added: readonly AttributeValue[],
): PlannedModSpec[] {
  const stored = removed.filter((value) => value.binary || value.text !== "");
  const specs: PlannedModSpec[] = [];
  if (stored.length > 0) specs.push({ type: "delete", attribute, values: stored.map(written) });
  if (added.length > 0) specs.push({ type: "add", attribute, values: added.map(written) });
  return specs;
}

function written(value: AttributeValue): WrittenValue {
  return value.binary ? { base64: value.base64 } : { text: value.text };
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
