import { contentEnd, FIELD } from "../csv/fields.ts";
import type { CsvColumn } from "../csv/header.ts";
import { guarded, IdFixEntry } from "../csv/idfix.ts";
import { joinedValues } from "../csv/joined-values.ts";
import type { CsvEntry } from "../csv/row.ts";
import { CODING, CsvValue, TranslatedValue } from "../csv/value.ts";
import { attributeType } from "../model/attribute-type.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { holdsAfter } from "./expected-values.ts";
import { applyChanges, type TextChange } from "./text-change.ts";

/**
 * Writes changes of an entry's values as changes of its row. A value is written with the escapes of its program and within the quotes of
 * its field; other values and fields stay as they are, byte by byte. `undefined` where the table has no place for a value: no column
 * for its attribute, or a text that would be taken apart when it is read.
 */
export function editCsv(entry: CsvEntry, changes: readonly ValueChange[]): TextChange[] | undefined {
  const edits = entry instanceof IdFixEntry ? decide(entry, changes) : editFields(entry, changes);
  return edits !== undefined && readsAs(entry, changes, edits) ? edits : undefined;
}

function editFields(entry: CsvEntry, changes: readonly ValueChange[]): TextChange[] | undefined {
  const byColumn = new Map<number, ValueChange[]>();
  for (const change of changes) {
    const { old, attribute } = change;
    if (old instanceof TranslatedValue) return undefined;
    const own = entry.header.byType.get(attributeType(attribute));
    const number = old instanceof CsvValue ? old.column : own?.[0]?.number;
    if (number === undefined || entry.field(number) === undefined) return undefined;
    byColumn.set(number, [...(byColumn.get(number) ?? []), change]);
  }
  const edits: TextChange[] = [];
  for (const [number, own] of [...byColumn].sort(([one], [other]) => one - other)) {
    const column = entry.header.columns[number];
    const written = column && editField(entry, column, own);
    if (written === undefined) return undefined;
    edits.push(...written);
  }
  return edits;
}

function editField(entry: CsvEntry, column: CsvColumn, changes: readonly ValueChange[]): TextChange[] | undefined {
  const { start, end, kind } = entry.field(column.number)!;
  if (kind === FIELD.unclosed) return undefined;
  const isQuoted = kind !== FIELD.plain;
  const inQuotes = (text: string) => (isQuoted ? text.replaceAll('"', '""') : text);
  const values = entry.columnValues(column.number);
  const separator = separatorOf(entry, column);
  const edits: TextChange[] = [];
  const added: string[] = [];
  const removed = new Set<CsvValue>();
  for (const { old, text } of changes) {
    if (old === undefined && text !== undefined) added.push(inQuotes(encoded(text, column, 0)));
    else if (!(old instanceof CsvValue)) return undefined;
    else if (text === undefined) removed.add(old);
    else edits.push({ span: old.span, text: inQuotes(encoded(text, column, old.coding)) });
  }
  edits.push(...removals(values, removed));
  if (added.length > 0) {
    const kept = values.filter((value) => !removed.has(value));
    const at = values.at(-1)?.span.end ?? start;
    const text = (kept.length > 0 ? separator : "") + added.join(separator);
    if (kept.length === 0 && values.length > 0) edits.splice(0, edits.length, { span: { start, end }, text });
    else edits.push({ span: { start: at, end: at }, text });
  }
  edits.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  return isQuoted ? edits : quotedIfNeeded(entry, start, end, edits);
}

/** What goes with values that are removed: a separator beside each. */
function removals(values: readonly CsvValue[], removed: ReadonlySet<CsvValue>): TextChange[] {
  const kept = values.findIndex((value) => !removed.has(value));
  if (removed.size === 0) return [];
  const first = values[0]!.span.start;
  if (kept < 0) return [{ span: { start: first, end: values.at(-1)!.span.end }, text: "" }];
  const edits: TextChange[] = kept > 0 ? [{ span: { start: first, end: values[kept]!.span.start }, text: "" }] : [];
  for (let index = kept + 1; index < values.length; index++) {
    if (!removed.has(values[index]!)) continue;
    edits.push({ span: { start: values[index - 1]!.span.end, end: values[index]!.span.end }, text: "" });
  }
  return edits;
}

/** A field without quotes gets some if what it says now needs them. */
function quotedIfNeeded({ text, header }: CsvEntry, start: number, end: number, edits: TextChange[]): TextChange[] {
  const before = text.slice(start, end);
  const after = applyChanges(
    before,
    edits.map(({ span, text }) => ({ span: { start: span.start - start, end: span.end - start }, text })),
  );
  const needsQuotes = after.startsWith('"') || after.includes(header.separator) || /[\r\n]/.test(after);
  return needsQuotes ? [{ span: { start, end }, text: `"${after.replaceAll('"', '""')}"` }] : edits;
}

/** A value as it stands in a field of the column, but for the quotes of the field. */
export function encoded(text: string, { cells }: CsvColumn, coding: number): string {
  if (cells !== "csvde") return text;
  if ((coding & CODING.hex) !== 0) {
    return `X'${Array.from(encodeUtf8(text), (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;
  }
  return text.replace(/[\\;]/g, "\\$&");
}

/** What stands between the values of a cell, or would. */
export function separatorOf(entry: CsvEntry, column: CsvColumn): string {
  if (column.cells !== "joined") return ";";
  const own = joinedValues(entry.fieldText(column.number), column.look).separator;
  return own ?? (entry.header.dialect.name === "microsoft-365" ? "+" : ";");
}

/** In a list of IdFix a fix is a decision: the new value stands beside the old one, and the row says EDIT or REMOVE. */
function decide(entry: IdFixEntry, changes: readonly ValueChange[]): TextChange[] | undefined {
  const [change, another] = changes;
  const { attribute, value } = entry.decision;
  if (change === undefined || another !== undefined) return undefined;
  if (attributeType(change.attribute) !== attributeType(attribute)) return undefined;
  if (change.old === undefined && value !== undefined) return undefined;
  const { numberOf } = entry.header;
  const action = fieldChange(entry, numberOf("action"), change.text === undefined ? "REMOVE" : "EDIT");
  const update = change.text === undefined ? [] : fieldChange(entry, numberOf("update"), guarded(change.text));
  if (action === undefined || update === undefined) return undefined;
  return [...update, ...action].sort((one, other) => one.span.start - other.span.start);
}

/** Writes a field anew, in quotes where it had some or needs them. None where it says that already. */
function fieldChange(entry: CsvEntry, number: number, text: string): TextChange[] | undefined {
  const field = entry.field(number);
  if (field === undefined || field.kind === FIELD.unclosed) return undefined;
  if (entry.fieldText(number) === text) return [];
  const { start, end, kind } = field;
  if (kind !== FIELD.plain) return [{ span: { start, end }, text: text.replaceAll('"', '""') }];
  return quotedIfNeeded(entry, start, end, [{ span: { start, end }, text }]);
}

/** Whether the changed row is read as what was meant: the changed attributes with their new values, and nothing else different. */
function readsAs(entry: CsvEntry, changes: readonly ValueChange[], edits: readonly TextChange[]): boolean {
  const edited = entry.readAgain(applyChanges(entry.text, edits)).entry;
  if (edited === undefined || edited.fieldCount !== entry.fieldCount) return false;
  if (contentEnd(edited.text) - edited.text.length !== contentEnd(entry.text) - entry.text.length) return false;
  return holdsAfter(entry, edited, changes);
}
