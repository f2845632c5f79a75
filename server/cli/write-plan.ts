import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  countedAttributes,
  countRecords,
  countsText,
  describeLoss,
  describeRecord,
  describeRefusal,
  groupedRefusals,
  lossesOf,
  type ModifyFileNames,
  type PlannedRecord,
  type Refusal,
  writeModifyFiles,
  writeScripts,
} from "../core/index.ts";
import { type FileToWrite, proveModifyFiles, writeFilesSafely } from "../node/index.ts";
import { Failure, UsageError } from "./command.ts";
import { interrupted } from "./interruption.ts";
import { type Color, colorizer, complain, counted, print, visible } from "./terminal.ts";

const FORMATS = ["ldif", "powershell"] as const;
type Format = (typeof FORMATS)[number];

export interface Destination {
  readonly modify: string;
  readonly undo: string;
  readonly format: Format;
  /** Existing files are replaced. */
  readonly force: boolean;
}

/** The options that say where a modify file goes, as `readArguments` takes and gives them. */
export const DESTINATION_OPTIONS = {
  out: { type: "string" },
  undo: { type: "string" },
  format: { type: "string", default: "ldif" },
  force: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
} as const;

/** Where to write; `undefined` where nothing is to be written. */
export function destinationOf(values: {
  readonly out?: string;
  readonly undo?: string;
  readonly format: string;
  readonly force: boolean;
  readonly "dry-run": boolean;
}): Destination | undefined {
  const { out: modify, undo, force, "dry-run": isDryRun } = values;
  const format = FORMATS.find((one) => one === values.format);
  if (format === undefined) throw new UsageError(`--format is ${FORMATS.join(" or ")}, not ${values.format}`);
  if (isDryRun) return undefined;
  if (modify === undefined) throw new UsageError("--out is missing: where does the modify file go?");
  if (undo === undefined)
    throw new UsageError("--undo is missing: where does the file go that takes the changes back?");
  return { modify, undo, format, force };
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

/** What is not written, or not restored, is told up to here. */
const MOST_LINES = 20;

/** Tells what is not written and why, and where the pages of rules are. */
export function tellRefusals(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  complain(`${counted(refusals.length, "change is", "changes are")} not in the modify file:`);
  const groups = groupedRefusals(refusals);
  tellLines(groups.map(describeRefusal));
  if (groups.slice(0, MOST_LINES).some(({ rule }) => rule !== undefined)) {
    console.error("  A rule in brackets has more about it: syncready explain RULE");
  }
}

/** Tells what the undo file does not restore, since the directory would refuse it. */
function tellLosses(records: readonly PlannedRecord[]): void {
  const lost = lossesOf(records);
  if (lost.length === 0) return;
  complain(`the undo file does not restore ${countedAttributes(lost)}, which the directory would refuse:`);
  tellLines(lost.map(describeLoss));
}

function tellLines(lines: readonly string[]): void {
  for (const line of lines.slice(0, MOST_LINES)) console.error(`  ${line}`);
  if (lines.length > MOST_LINES) console.error(`  and ${lines.length - MOST_LINES} more`);
}

const FORMAT_WRITERS = {
  ldif(records: readonly PlannedRecord[], names: ModifyFileNames) {
    const files = writeModifyFiles(records, names);
    return { files, objection: proveModifyFiles(files) };
  },
  powershell: writeScripts,
} as const;

function complainOfNames(paths: readonly string[]): void {
  const others = paths.filter((path) => !/\.ps1$/i.test(path)).map(visible);
  if (others.length > 0)
    complain(`powershell -File runs only files that are named .ps1: rename ${others.join(" and ")}`);
}

/** Shows what would be written, entry by entry, and what would not. It is proven like what is written. */
export async function showPlan(
  records: readonly PlannedRecord[],
  refusals: readonly Refusal[],
  original: string,
): Promise<void> {
  const names = { original: basename(original), modify: "", undo: "" };
  const deviation = proveModifyFiles(writeModifyFiles(records, names));
  if (deviation !== undefined) throw new Failure(`nothing would be written: ${deviation}`);
  const color = colorizer();
  for (const record of records) {
    const [dn = "", ...lines] = describeRecord(record);
    const shown = lines.map((line) => color(COLORS[line[0]!] ?? "blue", line));
    await print(`${[color("bold", dn), ...shown].join("\n")}\n\n`);
  }
  await printList(color("bold", "Not written:"), groupedRefusals(refusals).map(describeRefusal));
  await printList(color("bold", "Not restored by the undo file:"), lossesOf(records).map(describeLoss));
  await print(`${countsText(countRecords(records, refusals))}\nNothing was written: this is a dry run\n`);
}

async function printList(title: string, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await print(`${[title, ...lines.map((line) => `  ${line}`)].join("\n")}\n\n`);
}

const COLORS: Readonly<Record<string, Color>> = { "-": "red", "+": "green" };

/**
 * Writes the modify file, its undo file and, where there is one, the edited export, once the first two have been read
 * back and found to say what was planned. Where there is nothing to write, no file is written.
 */
export async function writePlan(
  records: readonly PlannedRecord[],
  refusals: readonly Refusal[],
  original: string,
  { modify, undo, format, force }: Destination,
  edited?: FileToWrite,
): Promise<void> {
  const names = { original: basename(original), modify: basename(modify), undo: basename(undo) };
  const { files, objection } = FORMAT_WRITERS[format](records, names);
  if (objection !== undefined) throw new Failure(`nothing was written: ${objection}`);
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
  const isSame = files.undoRecords.length === records.length;
  const others = isSame ? " each" : ` and ${counted(files.undoRecords.length, "record")}`;
  const count = `${counted(records.length, "record")}${others}`;
  if (records.length > 0) {
    const proof = format === "ldif" ? "two readers found what was planned" : "read back and found as planned";
    await print(`Wrote ${visible(modify)} and ${visible(undo)} (${count}; ${proof})\n`);
    await print(`${countsText(countRecords(records, refusals))}\n`);
    tellLosses(records);
    if (format === "powershell") complainOfNames([modify, undo]);
  }
  if (edited !== undefined) await print(`Wrote ${visible(edited.path)}\n`);
}
