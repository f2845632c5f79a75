import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type PlannedRecord, type Refusal, writeModifyFiles } from "../core/index.ts";
import { type FileToWrite, proveModifyFiles, writeFilesSafely } from "../node/index.ts";
import { Failure, UsageError } from "./command.ts";
import { interrupted } from "./interruption.ts";
import { complain, counted, print, shortened, visible } from "./terminal.ts";

export interface Destination {
  readonly modify: string;
  readonly undo: string;
  /** Existing files are replaced. */
  readonly force: boolean;
}

/** The options that say where a modify file goes, as `readArguments` takes and gives them. */
export const DESTINATION_OPTIONS = {
  out: { type: "string" },
  undo: { type: "string" },
  force: { type: "boolean", default: false },
} as const;

export function destinationOf(values: { out?: string; undo?: string; force: boolean }): Destination {
  const { out: modify, undo, force } = values;
  if (modify === undefined) throw new UsageError("--out is missing: where does the modify file go?");
  if (undo === undefined)
    throw new UsageError("--undo is missing: where does the file go that takes the changes back?");
  return { modify, undo, force };
}

/** Refuses to write one file over another, and never over what was read. */
export async function mustDiffer(
  read: readonly string[],
  written: readonly string[],
  what = "an export",
): Promise<void> {
  const inputs = new Set(await Promise.all(read.map(realName)));
  const outputs = new Map<string, string>();
  for (const path of written) {
    const name = await realName(path);
    if (inputs.has(name))
      throw new UsageError(`${path} is ${what} that is read: give the file to be written another name`);
    if (outputs.has(name)) throw new UsageError(`${path} is given for two files that are to be written`);
    outputs.set(name, path);
  }
}

async function realName(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path));
  }
}

/** Refused changes are told one by one up to here. */
const MOST_REFUSALS = 20;

export function tellRefusals(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  complain(`${counted(refusals.length, "change is", "changes are")} not in the modify file:`);
  for (const { dn, attribute, reason } of refusals.slice(0, MOST_REFUSALS)) {
    const what = attribute === undefined ? "" : ` ${attribute}`;
    console.error(`  ${shortened(visible(dn), 100)}:${visible(what)} ${visible(reason)}`);
  }
  if (refusals.length > MOST_REFUSALS) console.error(`  and ${refusals.length - MOST_REFUSALS} more`);
}

/**
 * Writes the modify file, its undo file and, where there is one, the edited export, once both readers have found the first two to
 * say what was planned. Where there is nothing to write, no file is written.
 */
export async function writePlan(
  records: readonly PlannedRecord[],
  original: string,
  { modify, undo, force }: Destination,
  edited?: FileToWrite,
): Promise<void> {
  const names = { original: basename(original), modify: basename(modify), undo: basename(undo) };
  const files = writeModifyFiles(records, names);
  const deviation = proveModifyFiles(files);
  if (deviation !== undefined) throw new Failure(`nothing was written: ${deviation}`);
  const result = await writeFilesSafely(
    [
      ...(records.length > 0 ? [{ path: modify, content: files.modify }] : []),
      ...(records.length > 0 ? [{ path: undo, content: files.undo }] : []),
      ...(edited === undefined ? [] : [edited]),
    ],
    { overwrite: force, signal: interrupted },
  );
  if (!result.written) {
    const hint = result.existing === undefined ? "" : "; --force replaces it";
    throw new Failure(`nothing was written: ${result.reason}${hint}`);
  }
  const count = counted(records.length, "record");
  if (records.length > 0) {
    await print(`Wrote ${visible(modify)} and ${visible(undo)} (${count} each; two readers found what was planned)\n`);
  }
  if (edited !== undefined) await print(`Wrote ${visible(edited.path)}\n`);
}
