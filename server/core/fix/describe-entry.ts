import { CsvEntry } from "../csv/row.ts";
import { LdifEntry } from "../ldif/record.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { visible } from "../text/characters.ts";

/**
 * A record as a text in which two states of it can be compared, and read as LDIF. An LDIF record stands as it is, with what is in base64
 * above it in words; an entry of another format has one value a line, and in comments what is no attribute of a directory.
 */
export function describeEntry(record: SourceRecord): string {
  const { entry } = record;
  if (entry instanceof CsvEntry) return lines(rowLines(entry));
  if (entry === undefined || entry instanceof LdifEntry) return `${withWords(record).trimEnd()}\n`;
  return lines([dnLine(entry), ...[...entry.attributeTypes()].flatMap((type) => entry.values(type).map(valueLine))]);
}

function withWords({ text, entry }: SourceRecord): string {
  if (!(entry instanceof LdifEntry)) return text;
  let result = "";
  let at = 0;
  for (const line of [entry.dn, ...entry.lines]) {
    if (!line.isEncoded || line.binary) continue;
    result += `${text.slice(at, line.start)}# ${visible(`${line.description}: ${line.text}`)}\n`;
    at = line.start;
  }
  return result + text.slice(at);
}

/** Columns in their order, so that two rows of one table can be compared. */
function rowLines(entry: CsvEntry): string[] {
  const { header } = entry;
  const own = header.names.flatMap((name, number) => {
    if (number === header.dn) return [];
    const values = entry.columnValues(number);
    if (values.length > 0) return values.map(valueLine);
    const text = entry.fieldText(number);
    return text === "" ? [] : [`# ${visible(`${name}: ${text}`)}`];
  });
  return [dnLine(entry), ...own];
}

function dnLine({ dn }: Entry): string {
  return `dn: ${visible(dn.text)}`;
}

function valueLine({ description, binary, base64, text }: AttributeValue): string {
  return visible(binary ? `${description}:: ${base64}` : `${description}: ${text}`);
}

function lines(some: readonly string[]): string {
  return `${some.join("\n")}\n`;
}
