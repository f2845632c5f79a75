import type { ImportedFile } from "./imported-record.ts";
import type { ImportOutcome } from "./outcome.ts";

/**
 * The records of a modify file that are still to be imported: those that failed, were not applied, or of which nothing is known. Each is the
 * file's own text, with the comments before it; what stands before the first record stays. Only where a blank line behind a record is missing,
 * one is added.
 */
export function remainingRecords(text: string, file: ImportedFile, { records }: ImportOutcome): string {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  let remaining = text.slice(0, file.head);
  let isSeparated = true;
  for (const { record, status } of records) {
    if (status === "applied") continue;
    const own = text.slice(record.span.start, record.span.end);
    if (!isSeparated) remaining += lineEnd;
    remaining += own;
    isSeparated = /\r?\n\r?\n$/.test(own);
    if (!/\n$/.test(own) && record.span.end < text.length) remaining += lineEnd;
  }
  return remaining;
}
