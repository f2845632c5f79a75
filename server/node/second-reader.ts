/// <reference path="./ldif.d.ts" />
import { type Modification, parse, type Value } from "ldif";
import type { PlannedRecord, WrittenValue } from "../core/index.ts";

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
  const isLossy = records.some(({ modSpecs }) => modSpecs.some(({ values }) => values.some(hasReplacement)));
  return isLossy ? withBase64(text, records) : records;
}

function changesOf(text: string): PlannedRecord[] {
  let container: ReturnType<typeof parse>;
  try {
    container = parse(text);
  } catch (error) {
    throw new Error(`the npm package ldif cannot read it: ${reasonOf(error)}`);
  }
  if (container.type !== "changes") throw new Error("the npm package ldif takes it for content, not for changes");
  return container.entries.map(({ type, dn, changes }) => {
    if (type !== "modify") throw new Error(`the npm package ldif finds a record of change type ${type}`);
    return { dn, modSpecs: changes.map(modSpecOf) };
  });
}

function modSpecOf({ type, attribute, values }: Modification): PlannedRecord["modSpecs"][number] {
  if (type === "replace") throw new Error("the npm package ldif finds a replace, which is never written");
  return { type, attribute: [attribute.attribute, ...attribute.options].join(";"), values: values.map(writtenValue) };
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
  const marked = changesOf(text.replace(/^(?!dn::)([^\s:#][^\n:]*):: /gm, `$1: ${mark}`));
  return records.map(({ dn, modSpecs }, at) => ({
    dn,
    modSpecs: modSpecs.map((spec, index) => ({
      ...spec,
      values: spec.values.map((value, valueIndex) => {
        const source = marked[at]?.modSpecs[index]?.values[valueIndex];
        if (!hasReplacement(value) || source === undefined || !("text" in source)) return value;
        return source.text.startsWith(mark) ? { base64: source.text.slice(mark.length) } : value;
      }),
    })),
  }));
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return "a value has too many lines for it";
  const { message, location } = error as Error & { location?: { start: { line: number } } };
  const reason = message.length > 200 ? `${message.slice(0, 200)}...` : message;
  return location === undefined ? reason : `line ${location.start.line}: ${reason}`;
}
