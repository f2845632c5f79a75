import assert from "node:assert/strict";
import {
  type Checker,
  copiedGroup,
  DEFAULT_SETTINGS,
  dnKey,
  type EntryRecord,
  ExportCheck,
  FORMAT_RULES,
  Forest,
  formatOf,
  RULES,
  Checker as RuleChecker,
  type Settings,
  type SourceRecord,
  type SynchronizingCopy,
  SynchronizingCopyPlan,
} from "../../server/core/index.ts";

/** An entry of an export, its object class being the first line's. */
export function entryOf(dn: string, ...lines: readonly string[]): string {
  return [`dn: ${dn}`, ...lines, "", ""].join("\n");
}

export const GROUP_TYPE = {
  global: -2147483646,
  domainLocal: -2147483644,
  builtIn: -2147483643,
  universal: -2147483640,
};

/** A group that is a part of the directory itself. */
export function builtIn(dn: string, groupType: number, ...lines: readonly string[]): string {
  const own = ["objectClass: top", "objectClass: group", `groupType: ${groupType}`, "isCriticalSystemObject: TRUE"];
  const cn = /^CN=((?:[^\\,]|\\.)*)/.exec(dn)![1]!.replace(/\\(.)/g, "$1");
  const named = lines.some((line) => line.startsWith("sAMAccountName")) ? [] : [`sAMAccountName: ${cn}`];
  return entryOf(dn, ...own, ...named, ...lines);
}

/** A user who synchronizes, and the lines given. */
export function userOf(name: string, ...lines: readonly string[]): string {
  return entryOf(
    `CN=${name},OU=Staff,DC=contoso,DC=com`,
    "objectClass: user",
    `sAMAccountName: ${name.toLowerCase()}`,
    `displayName: ${name}`,
    "userAccountControl: 512",
    `userPrincipalName: ${name.toLowerCase()}@contoso.com`,
    ...lines,
  );
}

export interface CopyOptions {
  readonly settings?: Partial<Settings>;
  /** The text of an export that is checked together with this one. */
  readonly companion?: string;
  /** Its name tells the format. */
  readonly file?: string;
}

export function recordsOf(text: string, file = "a.ldf"): SourceRecord[] {
  const records: SourceRecord[] = [];
  const reader = formatOf(file, text)!.reader((record) => records.push(record));
  reader.push(text);
  reader.end();
  return records;
}

export function groupIn(records: readonly SourceRecord[], dn: string): EntryRecord {
  const found = records.find(({ entry }) => entry !== undefined && dnKey(entry.dn.text) === dnKey(dn))?.entry;
  assert.ok(found, `${dn} is in the export`);
  return found;
}

/** The checker that knows which attributes the records carry. */
export function checkerOf(records: readonly SourceRecord[], settings: Partial<Settings> = {}): Checker {
  const checker = new RuleChecker(RULES, { ...DEFAULT_SETTINGS, ...settings });
  const check = new ExportCheck(checker, FORMAT_RULES, new Forest(checker), "a", () => undefined);
  for (const record of records) check.first(record);
  return check.checker;
}

/** The copy of a group of an export, or why there is none. */
export function copyOf(
  text: string,
  dn: string,
  { settings = {}, companion, file }: CopyOptions = {},
): SynchronizingCopy | string {
  const records = recordsOf(text, file);
  const group = copiedGroup(groupIn(records, dn));
  if (typeof group === "string") return group;
  const plan = new SynchronizingCopyPlan(group, checkerOf(records, settings));
  for (const { entry } of records) if (entry !== undefined) plan.note(entry);
  const others = companion === undefined ? [] : recordsOf(companion);
  const checker = checkerOf(others, settings);
  for (const { entry } of others) if (entry !== undefined) plan.note(entry, checker);
  return plan.finish();
}

/** The same, where there must be one. */
export function madeCopy(text: string, dn: string, options?: CopyOptions): SynchronizingCopy {
  const copy = copyOf(text, dn, options);
  if (typeof copy === "string") assert.fail(`no copy: ${copy}`);
  return copy;
}

/** The values of an attribute of the copy. */
export function valuesOf({ entry }: SynchronizingCopy, attribute: string): string[] {
  const values = entry.attributes.find((one) => one.attribute === attribute)?.values ?? [];
  return values.map((value) => ("text" in value ? value.text : value.base64));
}
