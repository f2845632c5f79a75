import { firstDeviation, type ModifyFiles, type PlannedRecord, readBack } from "../core/index.ts";
import { readWithLdifPackage } from "./second-reader.ts";

/**
 * Reads a modify file and its undo file back, with the reader of this program and with another one, and compares what they find
 * with what was planned. Answers what is wrong, for a person to read; `undefined` where both readers find both files right.
 * Files that are not proven are not to be written.
 */
export function proveModifyFiles({ modify, undo, records, undoRecords }: ModifyFiles): string | undefined {
  return proveFile("modify file", modify, records) ?? proveFile("undo file", undo, undoRecords);
}

function proveFile(name: string, text: string, planned: readonly PlannedRecord[]): string | undefined {
  try {
    const deviation = firstDeviation(planned, readBack(text)) ?? firstDeviation(planned, readWithLdifPackage(text));
    return deviation && `the ${name} does not say what it should: ${deviation}`;
  } catch (error) {
    return `the ${name} could not be read back: ${(error as Error).message}`;
  }
}
