import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Rule } from "../../server/core/engine/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { planFixes } from "../../server/core/fix/plan.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { tableOf, type Writer } from "./csv-writer.ts";
import { background, checkText } from "./examples.ts";

export type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** Entries, and the places in the list of those that the rule reports. */
export interface Vector {
  readonly rule: string;
  readonly entries: readonly Attributes[];
  readonly flagged: readonly number[];
  readonly settings?: Partial<Settings>;
  /** The entries are the whole export: what they do not have was not exported. */
  readonly alone?: true;
  readonly note?: string;
}

/** What the safe fixes of a rule make of an entry; `null` where only a person can say. */
export interface FixVector {
  readonly rule: string;
  readonly before: Attributes;
  readonly change: Attributes | null;
}

/** What the fix of a rule, safe or not, makes of a value of its first attribute. */
export interface ValueFixVector {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

/** The rows of a file of vectors. */
export function vectors<Row>(name: string): Row[] {
  const lines = readFileSync(`test/vectors/${name}.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

export function byRule<Row extends { readonly rule: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.rule, [...(groups.get(row.rule) ?? []), row]);
  return groups;
}

/** The DN of the entry at a place in the list; where a vector gives none, one is made. */
function dnOf(attributes: Attributes, at: number): string {
  return String(attributes.dn ?? `CN=Vector ${at},OU=Staff,DC=contoso,DC=com`);
}

function toLdif(attributes: Attributes, at: number): string {
  const style = { lineEnd: "\n", width: undefined } as const;
  const lines = Object.entries(attributes).flatMap(([name, values]) => {
    if (name === "dn") return [];
    // Shorthand for that many values, or bytes.
    if (name === "_certCount") return many(Number(values), (n) => `userCertificate:: ${btoa(`certificate ${n}`)}`);
    if (name === "_smimeCount")
      return many(Number(values), (n) => `userSMIMECertificate:: ${btoa(`certificate ${n}`)}`);
    if (name === "_photoBytes") return [`thumbnailPhoto:: ${Buffer.alloc(Number(values), 255).toString("base64")}`];
    if (name === "_proxyCount") return many(Number(values), (n) => `proxyAddresses: smtp:a${n}@contoso.com`);
    if (name === "_memberCount") return many(Number(values), (n) => `member: CN=${n},DC=contoso,DC=com`);
    return [values].flat().map((text) => writeLine(name, { text }, style));
  });
  return `${[writeLine("dn", { text: dnOf(attributes, at) }, style)].concat(lines).join("\n")}\n`;
}

function many(count: number, line: (n: number) => string): string[] {
  return Array.from({ length: count }, (_, n) => line(n));
}

/** The findings of an export with these entries. */
export function check(entries: readonly Attributes[], settings: Settings, rules = RULES, alone = false) {
  return checkText(ldifOf(entries, settings, alone), settings, undefined, rules);
}

/** An export with these entries and, unless they stand alone, some that break no rule. */
function ldifOf(entries: readonly Attributes[], settings: Settings, alone: boolean): string {
  const around = alone ? [] : background(settings).map((entry) => `${entry}\n`);
  return [...entries.map(toLdif), ...around].join("\n");
}

const OFF_BY_DEFAULT = new Set(RULES.filter(({ offByDefault }) => offByDefault).map(({ id }) => id));

function settingsFor({ rule, settings }: Vector): Settings {
  const turnedOn = OFF_BY_DEFAULT.has(rule) ? { [rule]: "information" as const } : {};
  return { ...DEFAULT_SETTINGS, rules: turnedOn, ...settings };
}

/**
 * Fails where the rule reports other entries of a table than of the same export in LDIF. False where the table has no way to show the
 * entries.
 */
export function checkVectorAsTable(row: Vector, writer: Writer): boolean {
  const settings = settingsFor(row);
  const ldif = ldifOf(row.entries, settings, row.alone === true);
  const table = tableOf(ldif, writer);
  const { attributes, requires = [] } = RULES.find(({ id }) => id === row.rule)!;
  if (table === undefined || [...attributes, ...requires].some((name) => table.lost.has(name.toLowerCase())))
    return false;
  const found = (text: string, name: string) =>
    checkText(text, settings, undefined, RULES, name)
      .filter(({ finding }) => finding.rule.id === row.rule)
      .map(({ finding }) => `${finding.entry?.dn.text}: ${finding.message}`)
      .sort();
  assert.deepEqual(found(table.text, "vector.csv"), found(ldif, "vector.ldf"), `${row.note ?? ""}\n${table.text}`);
  return true;
}

/** The entries of vectors as tables, as far as a program can show them. */
export function tablesOf(rows: readonly Vector[], writer: Writer): string[] {
  return rows.flatMap((row) => tableOf(ldifOf(row.entries, settingsFor(row), true), writer)?.text ?? []);
}

/** Fails where the rule does not report exactly the entries that the row says. */
export function checkVector(row: Vector, rules?: readonly Rule[]): void {
  const { rule, entries, flagged, note, alone } = row;
  const settings = settingsFor(row);
  const found = check(entries, settings, rules, alone).filter(({ finding }) => finding.rule.id === rule);
  const dns = found.map(({ finding }) => finding.entry?.dn.text ?? "");
  const expected = flagged.map((at) => dnOf(entries[at]!, at));
  assert.deepEqual([...new Set(dns)].sort(), expected.sort(), `${note ?? ""}\n${entries.map(toLdif).join("\n")}`);
}

/** Fails where the fixes of the rule do not make of the entry what the row says. */
export function checkFixVector(row: FixVector | ValueFixVector, rules: readonly Rule[] = RULES): void {
  const { before, change, safetyWanted } = asEntry(row);
  const withClass = { objectClass: ["top", "person", "organizationalPerson", "user"], ...before };
  const [found] = check([withClass], DEFAULT_SETTINGS, rules).filter(({ finding }) => finding.rule.id === row.rule);
  const entry = found?.record.entry;
  assert.ok(entry !== undefined, `nothing is reported in\n${toLdif(withClass, 0)}`);
  const free = { isTaken: () => false, take: () => {} };
  const wanted = (fix: { safety: string }, finding: { rule: { id: string } }) =>
    safetyWanted.includes(fix.safety) && finding.rule.id === row.rule;
  const { edited } = planFixes(new Checker(rules, DEFAULT_SETTINGS), entry, wanted, free);
  for (const [name, values] of Object.entries(change ?? {})) {
    assert.deepEqual(
      edited.values(name).map(({ text }) => text),
      [values].flat(),
    );
  }
  if (change === null) assert.deepEqual(edited.changes(), []);
}

function asEntry(vector: FixVector | ValueFixVector) {
  if (!("after" in vector)) return { ...vector, safetyWanted: ["safe"] };
  const attribute = RULES.find(({ id }) => id === vector.rule)!.attributes[0]!;
  const [before, change] = [vector.before, vector.after].map((text): Attributes => ({ [attribute]: text }));
  return { before: before!, change: change!, safetyWanted: ["safe", "review"] };
}
