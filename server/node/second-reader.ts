/// <reference path="./ldif.d.ts" />
import { type Change, type Modification, parse, type Value } from "ldif";
import { groupedByAttribute, type PlannedModSpec, type PlannedRecord, type WrittenValue } from "../core/index.ts";

/**
 * What the npm package `ldif` finds in a modify file that this program has written: a reader by other people, whose mistakes
 * are not ours. It is for such files only, never for a file of unknown origin: it holds everything in memory, it refuses much that
 * directories write, and parts of it open files that the text names (`toObject` and `getValue`, which are not used here).
 * Throws an Error with a message for a person where the file is not what a modify file must be.
 */
export function readWithLdifPackage(text: string): PlannedRecord[] {
  // The package takes a text without any record for an error.
  if (/^(?:#[^\n]*\n|\r?\n)*$/.test(text)) return [];
  const records = changesOf(text);
  return records.some((record) => partsOf(record).some(({ values }) => values.some(hasReplacement)))
    ? withBase64(text, records)
    : records;
}

/** The parts of a record that have values. */
function partsOf(record: PlannedRecord): readonly { readonly values: readonly WrittenValue[] }[] {
  if (record.changeType === "modify") return record.modSpecs;
  return record.changeType === "add" ? record.attributes : [];
}

function changesOf(text: string): PlannedRecord[] {
  let container: ReturnType<typeof parse>;
  try {
    container = parse(withNamesOnOneLine(text));
  } catch (error) {
    throw new Error(`the npm package ldif cannot read it: ${reasonOf(error)}`);
  }
  if (container.type !== "changes") throw new Error("the npm package ldif takes it for content, not for changes");
  return container.entries.map(recordOf);
}

/** The package takes `newrdn` on one line and as text only, and does not tell text from base64 in `newsuperior`: so each gets a mark. */
function withNamesOnOneLine(text: string): string {
  return text.replace(/^(newrdn|newsuperior):(:?) (.*(?:\r?\n .*)*)/gm, (_, name, isBase64, value: string) => {
    return `${name}: ${isBase64 === "" ? TEXT : BASE64}${value.replace(/\r?\n /g, "")}`;
  });
}

const TEXT = "text ";
const BASE64 = "base64 ";

/** Takes the mark away that {@link withNamesOnOneLine} has set. */
function unmarked(name: string): string {
  return name.startsWith(BASE64)
    ? Buffer.from(name.slice(BASE64.length), "base64").toString("utf8")
    : name.slice(TEXT.length);
}

function recordOf(change: Change): PlannedRecord {
  const { dn } = change;
  switch (change.type) {
    case "modify":
      return { changeType: "modify", dn, modSpecs: change.changes.map(modSpecOf) };
    case "add": {
      const lines = change.changes.map(
        ({ attribute, value }) => [descriptionOf(attribute), writtenValue(value)] as const,
      );
      return { changeType: "add", dn, attributes: groupedByAttribute(lines) };
    }
    case "delete":
      return { changeType: "delete", dn };
    default: {
      const { newrdn, deleteoldrdn, newsuperior } = change.modrdn;
      if (deleteoldrdn !== "1") throw new Error("the npm package ldif finds a rename that keeps the old name");
      const superior = newsuperior === null ? {} : { newSuperior: unmarked(newsuperior) };
      return { changeType: "modrdn", dn, newRdn: unmarked(newrdn), ...superior };
    }
  }
}

function descriptionOf({ attribute, options }: Modification["attribute"]): string {
  return [attribute, ...options].join(";");
}

function modSpecOf({ type, attribute, values }: Modification): PlannedModSpec {
  if (type === "replace") throw new Error("the npm package ldif finds a replace, which is never written");
  return { type, attribute: descriptionOf(attribute), values: values.map(writtenValue) };
}

function writtenValue(value: Value | null): WrittenValue {
  if (value?.type === "file") throw new Error("the npm package ldif finds a value that is read from a file");
  return { text: value?.value ?? "" };
}

/** The value has a U+FFFD, or bytes that the package could not decode. */
function hasReplacement(value: WrittenValue): boolean {
  return "text" in value && value.text.includes("\ufffd");
}

/**
 * The same records, with the base64 of the values that the package has not decoded faithfully. It decodes base64 as UTF-8
 * and forgets the source, so it reads the text a second time, with the base64 values made into texts that begin with a mark.
 */
function withBase64(text: string, records: readonly PlannedRecord[]): PlannedRecord[] {
  let mark = "base64";
  while (text.includes(mark)) mark += "x";
  const marked = changesOf(text.replace(/^(?!dn::|new(?:rdn|superior)::)([^\s:#][^\n:]*):: /gm, `$1: ${mark}`));
  return records.map((record, at) => {
    const sources = marked[at] === undefined ? [] : partsOf(marked[at]);
    const restored = <Part extends { readonly values: readonly WrittenValue[] }>(part: Part, index: number): Part => ({
      ...part,
      values: part.values.map((value, valueIndex) => {
        const source = sources[index]?.values[valueIndex];
        if (!hasReplacement(value) || source === undefined || !("text" in source)) return value;
        return source.text.startsWith(mark) ? { base64: source.text.slice(mark.length) } : value;
      }),
    });
    if (record.changeType === "modify") return { ...record, modSpecs: record.modSpecs.map(restored) };
    return record.changeType === "add" ? { ...record, attributes: record.attributes.map(restored) } : record;
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return "a value has too many lines for it";
  const { message, location } = error as Error & { location?: { start: { line: number } } };
  const reason = message.length > 200 ? `${message.slice(0, 200)}...` : message;
  return location === undefined ? reason : `line ${location.start.line}: ${reason}`;
}
