import { differenceOf, EditedEntry, type EntryRecord, editRecord, type ValueChange } from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";

const READ_OTHERWISE = "cannot be written so: the row would be read as another one";

/**
 * Why a change cannot be written, into the modify file or into the export itself; `undefined` where it can. An export without DNs gives
 * no modify file, and its values may still be changed in it.
 */
export function refusalOf(analysis: Analysis, entry: EntryRecord, change: ValueChange): string | undefined {
  const edited = EditedEntry.of(entry).with(change);
  const refusal = differenceOf(entry, edited).refusals.find(
    ({ attribute }) => attribute !== undefined || entry.objectKey === undefined,
  );
  if (refusal !== undefined) return refusal.reason;
  return editRecord(entry, edited.changes(), analysis.style) === undefined ? READ_OTHERWISE : undefined;
}
