import type { LineStyle } from "../ldif/writer.ts";
import { attributeType } from "../model/attribute-type.ts";
import { EditedEntry, type ValueChange } from "../model/edited-entry.ts";
import type { AttributeValue } from "../model/entry.ts";
import type { EntryRecord } from "../model/source-record.ts";
import type { Span } from "../text/span.ts";
import { editRecord } from "./edit.ts";
import type { Plan, PlannedFix } from "./plan.ts";
import { applyChanges, type TextChange } from "./text-change.ts";

/** An edit of a record that can be made or left by itself, and the fixes that it comes from: each has touched a value that it writes. */
export interface SeparateEdit {
  readonly edit: TextChange;
  /** What it means for the entry's values. */
  readonly changes: readonly ValueChange[];
  readonly fixes: readonly PlannedFix[];
}

/**
 * The edits of a plan for one record, as many as can be told apart: whichever of them are made, the record says what their fixes mean. What
 * only makes sense together, such as a value and the number of values beside it, is one edit. In the order of the text; `undefined`
 * where the format has no place for what is planned.
 */
export function separateEdits(entry: EntryRecord, plan: Plan, style: LineStyle): SeparateEdit[] | undefined {
  const changes = plan.edited.changes();
  const whole = editRecord(entry, changes, style);
  if (whole === undefined) return undefined;
  if (whole.length === 0) return [];
  const fixesOf = fixesOfChanges(entry, plan, changes);
  const together = (some: readonly ValueChange[], edits: readonly TextChange[]): SeparateEdit => ({
    edit: oneEdit(entry.text, edits),
    changes: some,
    fixes: [...new Set(some.flatMap((change) => fixesOf.get(change) ?? []))],
  });
  const edits = groupsOf(entry, changes, style)?.map((group) => together(group.changes, group.edits));
  const separate = edits?.sort((one, other) => one.edit.span.start - other.edit.span.start);
  const isSame = separate && applied(entry.text, separate) === applyChanges(entry.text, whole);
  return isSame ? separate : [together(changes, whole)];
}

/** Changes that are written together, and their edits. */
interface Group {
  readonly changes: readonly ValueChange[];
  readonly edits: readonly TextChange[];
}

/** `undefined` where a change cannot be written without the others. */
function groupsOf(entry: EntryRecord, changes: readonly ValueChange[], style: LineStyle): Group[] | undefined {
  const groups: Group[] = [];
  for (const change of changes) {
    const edits = editRecord(entry, [change], style);
    if (edits === undefined) return undefined;
    if (edits.length > 0) groups.push({ changes: [change], edits });
  }
  groups.sort((one, other) => hull(one.edits).start - hull(other.edits).start);
  const joined: Group[] = [];
  for (const group of groups) {
    const last = joined.at(-1);
    if (last === undefined || !meet(hull(last.edits), hull(group.edits))) joined.push(group);
    else {
      const together = [...last.changes, ...group.changes];
      const edits = editRecord(entry, together, style);
      if (edits === undefined || edits.length === 0) return undefined;
      joined.splice(-1, 1, { changes: together, edits });
    }
  }
  return joined;
}

/** From the beginning of the first edit to the end of the last. */
function hull(edits: readonly TextChange[]): Span {
  return { start: edits[0]!.span.start, end: edits.reduce((end, { span }) => Math.max(end, span.end), 0) };
}

/** Whether two spans have something in common, or one is a place at an end of the other: which text comes first there is not free. */
function meet(one: Span, other: Span): boolean {
  const isPlace = one.start === one.end || other.start === other.end;
  return isPlace ? one.start <= other.end && other.start <= one.end : one.start < other.end && other.start < one.end;
}

/** The same change in one piece, with what stands between. */
function oneEdit(text: string, edits: readonly TextChange[]): TextChange {
  if (edits.length === 1) return edits[0]!;
  const { start, end } = hull(edits);
  const own = edits.map(({ span, text }) => ({ text, span: { start: span.start - start, end: span.end - start } }));
  return { span: { start, end }, text: applyChanges(text.slice(start, end), own) };
}

function applied(text: string, edits: readonly SeparateEdit[]): string {
  return applyChanges(
    text,
    edits.map(({ edit }) => edit),
  );
}

/** What has become of one value of the export, or of one that came to it: a fix may follow another. */
interface Chain {
  readonly old: AttributeValue | undefined;
  readonly fixes: PlannedFix[];
  now: AttributeValue | undefined;
}

/** The fixes that each change of a plan comes from, in their order. */
function fixesOfChanges(
  entry: EntryRecord,
  { fixes }: Plan,
  changes: readonly ValueChange[],
): ReadonlyMap<ValueChange, readonly PlannedFix[]> {
  const chains: Chain[] = [];
  let before = EditedEntry.of(entry);
  for (const planned of fixes) {
    const { change, edited } = planned.fix;
    const type = attributeType(change.attribute);
    const held = new Set(before.values(type));
    const now = edited.values(type).find((value) => !held.has(value));
    const own = change.old && chains.find((chain) => chain.now === change.old);
    if (own === undefined) chains.push({ old: change.old, fixes: [planned], now });
    else {
      own.fixes.push(planned);
      own.now = now;
    }
    before = edited;
  }
  const chainOf = ({ old, attribute, text }: ValueChange) =>
    chains.find((chain) =>
      old === undefined
        ? chain.old === undefined && chain.now?.description === attribute && chain.now.text === text
        : chain.old === old,
    );
  return new Map(changes.map((change) => [change, chainOf(change)?.fixes ?? fixes]));
}
