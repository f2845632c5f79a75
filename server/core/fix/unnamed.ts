import { CsvEntry } from "../csv/row.ts";
import type { Refusal } from "./difference.ts";

/** A refusal that is about no object in particular. */
export const ALL_OBJECTS = "All objects";

const NO_DN = "the export has neither their DN nor their objectGUID: export the column DistinguishedName, too";

/** What is said where nothing can be written for a record, since no directory of yours knows its object; `undefined` where one does. */
export function whyUnnamed(record: object): Refusal | undefined {
  if (!(record instanceof CsvEntry)) return undefined;
  if (!record.isNamedByDn) return { dn: ALL_OBJECTS, reason: NO_DN };
  if (record.header.dialect.isCloud !== true) return undefined;
  return {
    dn: ALL_OBJECTS,
    reason: "the export shows what the cloud holds, which need not be what your directory holds",
  };
}
