import { contentEnd } from "../ldp/lines.ts";
import type { LdpAttribute, LdpEntry } from "../ldp/record.ts";
import { LdpValue } from "../ldp/value.ts";
import { attributeType, lowerCase } from "../model/attribute-type.ts";
import type { ValueChange } from "../model/edited-entry.ts";
import { holdsAfter } from "./expected-values.ts";
import { applyChanges, type TextChange } from "./text-change.ts";

/**
 * Writes changes of an entry's values as changes of its lines in ldp's details pane. The number of an attribute's values follows, other
 * values and lines stay as they are, byte by byte. `undefined` where the notation has no place for a value: one with line ends, one that
 * ldp shows in other words, or one that would be taken apart when it is read.
 */
export function editLdp(entry: LdpEntry, changes: readonly ValueChange[]): TextChange[] | undefined {
  const byAttribute = new Map<LdpAttribute, ValueChange[]>();
  const added = new Map<string, ValueChange[]>();
  for (const change of changes) {
    if (!canBeWritten(change)) return undefined;
    const attribute = attributeOf(entry, change);
    if (attribute !== undefined) byAttribute.set(attribute, [...(byAttribute.get(attribute) ?? []), change]);
    else if (change.old !== undefined) return undefined;
    else added.set(lowerCase(change.attribute), [...(added.get(lowerCase(change.attribute)) ?? []), change]);
  }
  const edits = [...byAttribute].flatMap(([attribute, own]) => editAttribute(entry.text, attribute, own));
  const lines = [...added.values()].map((own) => newLine(entry, own));
  if (lines.length > 0) edits.push(insertion(entry, lines));
  edits.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  return readsAs(entry, changes, edits) ? edits : undefined;
}

function canBeWritten({ old, text }: ValueChange): boolean {
  if (old !== undefined && !(old instanceof LdpValue && old.text === old.source && old.isRendered !== true))
    return false;
  return text === undefined || !/[\r\n]/.test(text);
}

/** The attribute that has the old value, or to which a new one belongs. */
function attributeOf({ attributes }: LdpEntry, { attribute, old }: ValueChange): LdpAttribute | undefined {
  if (old !== undefined) return attributes.find(({ start, end }) => start <= old.span.start && old.span.end <= end);
  return attributes.filter(({ head }) => lowerCase(head.description) === lowerCase(attribute)).at(-1);
}

function editAttribute(text: string, attribute: LdpAttribute, changes: readonly ValueChange[]): TextChange[] {
  const { values, start, end, valuesEnd } = attribute;
  const added = changes.flatMap(({ old, text }) => (old === undefined && text !== undefined ? [text] : []));
  const removed = new Set(changes.filter(({ text }) => text === undefined).map(({ old }) => old?.span.start));
  const kept = values.filter((value) => !removed.has(value.start));
  const count = kept.length + added.length;
  if (count === 0) return [{ span: { start, end }, text: "" }];
  const edits: TextChange[] = changes.flatMap(({ old, text }) =>
    old === undefined || text === undefined ? [] : [{ span: old.span, text }],
  );
  const first = values.findIndex((value) => !removed.has(value.start));
  if (first < 0) {
    // Nothing stays: the new values stand where the old ones did.
    const span = { start: attribute.valuesStart, end: valuesEnd };
    return [...countEdits(attribute, count), { span, text: written(added, text.slice(valuesEnd, end)) }];
  }
  // With a value goes the semicolon before it, and with the first ones that behind them.
  if (first > 0) edits.push({ span: { start: values[0]!.start, end: values[first]!.start }, text: "" });
  for (let at = first + 1; at < values.length; at++) {
    const gone = { start: values[at - 1]!.end, end: values[at]!.end };
    if (removed.has(values[at]!.start)) edits.push({ span: gone, text: "" });
  }
  if (added.length > 0) edits.push({ span: { start: valuesEnd, end: valuesEnd }, text: `; ${added.join("; ")}` });
  return [...countEdits(attribute, count), ...edits];
}

/** The values, with a semicolon behind the last one unless there is one. */
function written(values: readonly string[], behind: string): string {
  return behind.startsWith(";") ? values.join("; ") : `${values.join("; ")};`;
}

/** Where the number of values stands, and what it is to be. */
function countEdits({ head, start, values }: LdpAttribute, count: number): TextChange[] {
  if (count === values.length && count === head.count) return [];
  const { leadingCount, descriptionStart, description, end } = head;
  if (leadingCount !== undefined) {
    return [{ span: { start: start + leadingCount.start, end: start + leadingCount.end }, text: `${count}` }];
  }
  const span = { start: start + descriptionStart + description.length, end: start + end };
  return [{ span, text: count === 1 ? ": " : ` (${count}): ` }];
}

/** A line for an attribute that the entry does not have, as its other lines are. */
function newLine({ text, attributes }: LdpEntry, changes: readonly ValueChange[]): string {
  const values = changes.map((change) => change.text ?? "");
  const description = changes[0]!.attribute;
  const like = attributes.at(-1);
  if (like === undefined) return `${countedName(description, values.length)}${values.join("; ")}; `;
  const { head, start, end, valuesEnd } = like;
  const indent = text.slice(start, start + (head.leadingCount?.start ?? head.descriptionStart));
  const behind = /^;[ \t]*/.exec(text.slice(valuesEnd, end))?.[0] ?? "; ";
  const name =
    head.leadingCount === undefined ? countedName(description, values.length) : `${values.length}> ${description}: `;
  return `${indent}${name}${values.join("; ")}${behind}`;
}

function countedName(description: string, count: number): string {
  return count === 1 ? `${description}: ` : `${description} (${count}): `;
}

/** New lines stand behind the last one of the entry. */
function insertion({ text, attributes }: LdpEntry, lines: readonly string[]): TextChange {
  const firstLine = text.indexOf("\n") + 1;
  const at = attributes.at(-1)?.end ?? (firstLine > 0 ? firstLine : text.length);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const isOpen = contentEnd(text, 0, at) === at;
  const joined = lines.join(lineEnd);
  return { span: { start: at, end: at }, text: isOpen ? `${lineEnd}${joined}` : `${joined}${lineEnd}` };
}

/** Whether the changed lines are read as what was meant: the changed attributes with their new values, and nothing else different. */
function readsAs(entry: LdpEntry, changes: readonly ValueChange[], edits: readonly TextChange[]): boolean {
  const edited = entry.readAgain(applyChanges(entry.text, edits)).entry;
  if (edited === undefined || edited.problems.length > entry.problems.length) return false;
  if (!holdsAfter(entry, edited, changes)) return false;
  const changed = new Set(changes.map(({ attribute }) => attributeType(attribute)));
  return [...entry.attributeTypes()].every(
    (type) => changed.has(type) || edited.values(type).length === entry.values(type).length,
  );
}
