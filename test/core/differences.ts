import {
  type DifferenceOptions,
  type ExportChanges,
  ExportDifference,
} from "../../server/core/fix/export-difference.ts";
import { readBack } from "../../server/core/fix/modify-file.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifEntry } from "../../server/core/ldif/record.ts";
import { Directory } from "./directory.ts";

/** The difference of two LDIF exports. */
export function difference(original: string, edited: string, options?: DifferenceOptions): ExportChanges {
  const comparison = new ExportDifference();
  for (const record of readLdif(original)) comparison.original(record);
  for (const record of readLdif(edited)) comparison.edited(record);
  return comparison.finish(options);
}

/** A directory that holds what an export shows. */
export function directoryOf(text: string): Directory {
  const directory = new Directory();
  for (const record of readLdif(text)) if (record instanceof LdifEntry) directory.add(record);
  return directory;
}

/** The state of the same after modify files. */
export function applied(text: string, ...files: string[]): unknown {
  const directory = directoryOf(text);
  for (const file of files) for (const record of readBack(file)) directory.apply(record);
  return directory.state();
}
