import { dnKey } from "../../server/core/index.ts";

/** The values of an entry's attributes: names in lower case, values in an order of their own. */
export type EntryState = ReadonlyMap<string, readonly string[]>;

/** What a directory holds, by the key of the DN. */
export type State = ReadonlyMap<string, EntryState>;

/** A value with its attribute. Bytes that are no text stand as `base64 ` and their base64. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** An entry as an export has it. */
export interface ExportedEntry {
  readonly dn: string;
  readonly values: readonly NamedValue[];
  /** Added to the export by hand: the directory gives it more attributes than these. */
  readonly isNew?: boolean;
  /** The DN that it had before it was renamed or moved. */
  readonly from?: string;
  /** What its cn becomes by its new DN, whatever the export says. */
  readonly cn?: string;
}

/**
 * The entries of an export of a directory's own tool. Nothing of our reader is in it, so that it can be a judge: the tools write each
 * value on a line, folded or not, and an entry for each DN.
 */
export function entriesOf(ldif: string): ExportedEntry[] {
  return ldif
    .replaceAll("\r\n", "\n")
    .replaceAll("\n ", "")
    .split(/\n\n+/)
    .flatMap((block) => {
      const lines = block.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      const [dn, ...values] = lines.map(parseLine);
      return dn?.name === "dn" ? [{ dn: dn.value, values }] : [];
    });
}

export function stateOf(ldif: string): State {
  return stateOfEntries(entriesOf(ldif));
}

export function stateOfEntries(entries: readonly ExportedEntry[]): State {
  const state = new Map(entries.map(({ dn, values }) => [dnKey(dn), entryState(values)]));
  if (state.size < entries.length) throw new Error("an entry is in the export twice");
  return state;
}

/** Directories write DNs in their own ways. */
const DNS: ReadonlySet<string> = new Set(["manager", "managedby", "member"]);

/** An entry's state, of its values in any order. */
export function entryState(values: Iterable<NamedValue>): EntryState {
  const attributes = new Map<string, string[]>();
  for (const { name, value } of values) {
    const key = name.toLowerCase();
    const written = DNS.has(key) ? dnKey(value) : value;
    const held = attributes.get(key);
    if (held === undefined) attributes.set(key, [written]);
    else held.push(written);
  }
  for (const held of attributes.values()) held.sort();
  return attributes;
}

export function namedValue(name: string, value: string | Buffer): NamedValue {
  if (typeof value === "string") return { name, value };
  const text = value.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(value);
  return { name, value: isText ? text : `base64 ${value.toString("base64")}` };
}

function parseLine(line: string): NamedValue {
  const colon = line.indexOf(":");
  const isBase64 = line[colon + 1] === ":";
  const value = line.slice(colon + (isBase64 ? 2 : 1)).replace(/^ +/, "");
  return namedValue(line.slice(0, colon), isBase64 ? Buffer.from(value, "base64") : value);
}

const NONE: EntryState = new Map();

/**
 * Where two states differ, a line for each attribute, for a person to read; nothing where they are the same. `except`, in lower
 * case, are attributes that the directory writes by itself.
 */
export function differences(expected: State, found: State, except: ReadonlySet<string> = new Set()): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((dn) => {
    const [one, other] = [expected.get(dn), found.get(dn)];
    if (one === undefined || other === undefined) return [`${dn}: ${one === undefined ? "is new" : "is missing"}`];
    return entryDifferences(one, other, except).map((line) => `${dn}: ${line}`);
  });
}

/** Where two states of one entry differ, as `differences`. */
export function entryDifferences(
  expected: EntryState = NONE,
  found: EntryState = NONE,
  except: ReadonlySet<string> = new Set(),
): string[] {
  const names = [...new Set([...expected.keys(), ...found.keys()])].filter((name) => !except.has(name));
  return names.flatMap((name) => {
    const [one, other] = [expected.get(name), found.get(name)].map((values) => JSON.stringify(values ?? []));
    return one === other ? [] : [`${name} should be ${one} and is ${other}`];
  });
}
