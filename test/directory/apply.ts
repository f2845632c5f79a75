import assert from "node:assert/strict";
import { ExportDifference, type ModifyFiles, readLdif, writeModifyFiles } from "../../server/core/index.ts";
import type { Engine } from "./engines.ts";

/** The modify file that makes `original` what `edited` is, and its undo file. Nothing of the difference may be refused. */
export function modifyFilesFor(original: string, edited: string): ModifyFiles {
  const comparison = new ExportDifference();
  for (const record of readLdif(original)) comparison.original(record);
  for (const record of readLdif(edited)) comparison.edited(record);
  const { records, refusals } = comparison.finish({ allowDelete: true });
  assert.deepEqual(refusals, []);
  return writeModifyFiles(records, { original: "a.ldif", modify: "m.ldf", undo: "u.ldf" });
}

/** Applies a file, of which the directory must take every record. */
export function applyAll(engine: Engine, file: string, count: number): void {
  const { status, records, output } = engine.apply(file);
  assert.deepEqual({ status, records }, { status: 0, records: count }, output);
}
