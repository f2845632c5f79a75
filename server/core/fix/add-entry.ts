import { contentEnd, FIELD } from "../csv/fields.ts";
import { CsvEntry } from "../csv/row.ts";
import { LdifEntry } from "../ldif/record.ts";
import { type LineStyle, writeLine } from "../ldif/writer.ts";
import { lowerCase } from "../model/attribute-type.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import type { EntryRecord } from "../model/source-record.ts";
import { encoded, separatorOf } from "./csv-edit.ts";
import { editRecord } from "./edit.ts";
import { lineEndOf } from "./ldif-edit.ts";
import type { PlannedAdd } from "./planned-record.ts";
import type { TextChange } from "./text-change.ts";

/** In a table an entry without one of these is none that the directory takes. */
const NEEDED_COLUMNS = ["objectClass", "sAMAccountName", "groupType", "member"];

/** Whether the format of a record, and of its table the columns, have room for another group. */
export function takesGroups(record: EntryRecord): boolean {
  if (!(record instanceof CsvEntry)) return record instanceof LdifEntry;
  const { header } = record;
  const isTable = header.dn >= 0 && header.dialect.isCloud !== true && !record.isPartial;
  return isTable && NEEDED_COLUMNS.every((name) => header.byType.has(lowerCase(name)));
}

/**
 * Writes a new group behind another one, in the style of the file and of that record, and changes of the other one's own values. Of a
 * table it has those values for which there are columns. `undefined` where the format has no place for them.
 */
export function addGroupBehind(
  record: EntryRecord,
  added: PlannedAdd,
  changes: readonly ValueChange[],
  style: LineStyle,
): TextChange[] | undefined {
  const edits = editRecord(record, changes, style);
  const text =
    record instanceof LdifEntry
      ? entryBehind(record, added, style)
      : record instanceof CsvEntry
        ? rowBehind(record, added, style)
        : undefined;
  if (edits === undefined || text === undefined) return undefined;
  const end = record.text.length;
  const last = edits.at(-1);
  // Not every editor keeps the order of two insertions at one place.
  if (last?.span.start === end) return [...edits.slice(0, -1), { ...last, text: last.text + text }];
  return [...edits, { span: { start: end, end }, text }];
}

function entryBehind(record: LdifEntry, { dn, attributes }: PlannedAdd, style: LineStyle): string {
  const lineEnd = lineEndOf(record.text) ?? style.lineEnd;
  const own = { ...style, lineEnd };
  const lines = [writeLine("dn", { text: dn }, own)];
  if (record.isChange) lines.push("changetype: add");
  for (const { attribute, values } of attributes) {
    for (const value of values) lines.push(writeLine(attribute, value, own));
  }
  const before = /\n\r?\n$/.test(record.text) ? "" : record.text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
  return `${before}${lines.join(lineEnd)}${lineEnd}${lineEnd}`;
}

/** Read back, the row must say what was meant and nothing else. */
function rowBehind(record: CsvEntry, added: PlannedAdd, style: LineStyle): string | undefined {
  const { header } = record;
  if (!takesGroups(record)) return undefined;
  const lineEnd = record.text.slice(contentEnd(record.text));
  const row = header.names.map((_, number) => fieldOf(record, number, added)).join(header.separator);
  const read = record.readAgain(row + (lineEnd || style.lineEnd)).entry;
  if (read === undefined || read.isPartial || !says(read, added)) return undefined;
  return lineEnd === "" ? style.lineEnd + row : row + lineEnd;
}

function fieldOf(record: CsvEntry, number: number, { dn, attributes }: PlannedAdd): string {
  const { header } = record;
  const column = header.columns[number];
  const type = column && lowerCase(column.attribute);
  const values = attributes.find(({ attribute }) => lowerCase(attribute) === type)?.values ?? [];
  const texts = values.map((value) => ("text" in value ? value.text : ""));
  const text =
    number === header.dn || column === undefined
      ? number === header.dn
        ? dn
        : ""
      : texts.map((one) => encoded(one, column, 0)).join(separatorOf(record, column));
  return needsQuotes(text, header.separator) || isQuoted(record, number) ? `"${text.replaceAll('"', '""')}"` : text;
}

function needsQuotes(text: string, separator: string): boolean {
  return /["\r\n]/.test(text) || text.includes(separator);
}

/** Whether the record has quotes around a field; where the field does not tell, being empty or in need of them, whether around others. */
function isQuoted(record: CsvEntry, number: number): boolean {
  const quotes = (at: number) => record.field(at)?.kind !== FIELD.plain;
  const tells = (at: number) =>
    record.fieldText(at) !== "" && !needsQuotes(record.fieldText(at), record.header.separator);
  return tells(number) ? quotes(number) : record.header.names.some((_, at) => tells(at) && quotes(at));
}

function says(read: CsvEntry, { dn, attributes }: PlannedAdd): boolean {
  const expected = new Map(attributes.map(({ attribute, values }) => [lowerCase(attribute), values]));
  const types = [...read.header.byType.keys()].filter((type) => type !== "distinguishedname");
  return (
    read.dn.text === dn &&
    types.every((type) => {
      const texts = (expected.get(type) ?? []).map((value) => ("text" in value ? value.text : undefined));
      const found = read.values(type).map(({ text }) => text);
      return found.length === texts.length && found.every((text, at) => text === texts[at]);
    })
  );
}
