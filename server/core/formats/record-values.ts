import { LdifLine } from "../ldif/line.ts";
import { LdifChange, LdifEntry } from "../ldif/record.ts";
import { attributeFacts } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { AttributeValue } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { SourceValue } from "../text/source-value.ts";
import type { Span } from "../text/span.ts";

/** The DN of what a record is about, an entry or a change; `undefined` for what is neither. */
export function recordDn(record: SourceRecord): SourceValue | undefined {
  return record instanceof LdifChange ? record.dn : record.entry?.dn;
}

/** The values that stand in a record, of an entry or a change, without its DN; of some attribute types (in lower case), or of all. */
export function* recordValues(
  record: SourceRecord,
  isWanted: (type: string) => boolean = () => true,
): Generator<AttributeValue> {
  if (record instanceof LdifChange) {
    for (const value of changedValues(record)) if (isWanted(attributeType(value.description))) yield value;
    return;
  }
  const { entry } = record;
  if (entry === undefined) return;
  for (const type of entry.attributeTypes()) if (isWanted(type)) yield* entry.values(type);
}

function* changedValues({ change }: LdifChange): Generator<AttributeValue> {
  for (const { values } of change.modSpecs) yield* values;
  const { newRdn, newSuperior } = change.rename ?? {};
  if (newRdn !== undefined) yield newRdn;
  if (newSuperior !== undefined) yield newSuperior;
}

/** Where a record's object stands, from the line with its DN to the end of its last line: comments before it and blank lines are left out. */
export function recordContent(record: SourceRecord): Span {
  const { text } = record;
  const start = record instanceof LdifChange || record instanceof LdifEntry ? record.dn.start : 0;
  // A value may end with a fold behind which nothing follows.
  const least = record instanceof LdifEntry ? (record.lines.at(-1) ?? record.dn).end : start;
  let end = text.length;
  for (let at = end; at > start; at--) {
    const unit = text[at - 1];
    if (unit === "\n" || unit === "\r") end = at - 1;
    else if (unit !== " " && unit !== "\t") break;
  }
  return { start, end: Math.max(least, recordDn(record)?.span.end ?? 0, end) };
}

/** The line of a value, with its attribute description and its folds; where a line has several values, the value itself. */
export function lineOfValue(value: SourceValue): Span {
  return value instanceof LdifLine ? { start: value.start, end: value.end } : value.span;
}

/** Where values of one attribute stand that follow each other without another line between them, from the first one on. */
export function runOfValues(values: readonly AttributeValue[]): Span {
  const [first, ...others] = values;
  let { start, end } = lineOfValue(first!);
  let last = first!;
  for (const value of others) {
    if (last instanceof LdifLine && value instanceof LdifLine && value.start !== last.next) break;
    const line = lineOfValue(value);
    start = Math.min(start, line.start);
    end = Math.max(end, line.end);
    last = value;
  }
  return { start, end };
}

/** A DN in a value, and where in the value's text it begins. */
export interface NamedDn {
  readonly text: string;
  readonly start: number;
}

/** Whether values of an attribute type, in lower case, name other entries by their DNs. */
export function namesDns(type: string): boolean {
  if (type === "newsuperior") return true;
  const syntax = attributeFacts(type)?.syntax;
  return syntax === "DN" || syntax === "DNBinary";
}

/** The DN that a value of such an attribute names; `undefined` where it names none. */
export function namedDn(value: AttributeValue): NamedDn | undefined {
  const { text } = value;
  const isDnBinary = attributeFacts(attributeType(value.description))?.syntax === "DNBinary";
  // Of both: a letter, a count, so many digits, and then the DN.
  const start = isDnBinary ? (DN_BINARY.exec(text)?.[0].length ?? text.length) : 0;
  return start === text.length || value.binary ? undefined : { text: text.slice(start), start };
}

const DN_BINARY = /^[BS]:\d{1,9}:[^:]*:/i;

/** The values of a record that name the entry with the key of its DN. What an entry says of its own name is no reference to it. */
export function* referencesIn(record: SourceRecord, key: string): Generator<{ value: AttributeValue; dn: NamedDn }> {
  for (const value of recordValues(record, (type) => type !== "distinguishedname" && namesDns(type))) {
    const dn = namedDn(value);
    if (dn !== undefined && dnKey(dn.text) === key) yield { value, dn };
  }
}
