import {
  Checker,
  DecisionPlan,
  describeLoss,
  describeRefusal,
  ExportDifference,
  type ExportFormat,
  FORMAT_HEAD,
  findingIdentity,
  formatOf,
  groupedRefusals,
  LDIF_FORMAT,
  lossesOf,
  type ModifyFileNames,
  type PlannedRecord,
  type Refusal,
  RULES,
  type Scripts,
  type SourceRecord,
  writeModifyFiles,
  writeScripts,
} from "../../core/index.ts";
import { CHUNK } from "../analysis.ts";
import { ask, type Context, fileName, tell } from "../context.ts";
import type { FileToWrite } from "../host.ts";
import { SHOW_TEXT, type WriteModifyFileOptions, type WrittenModifyFile } from "../protocol.ts";
import { beside, isFile } from "../uri.ts";

/**
 * The command `syncready.writeModifyFile`: what turns the export as it was into the export as it is now; of a list of decisions, what it
 * says.
 */
export async function writeModifyFile(
  context: Context,
  uri: string,
  { overwrite = false, format = "ldif" }: WriteModifyFileOptions = {},
): Promise<WrittenModifyFile | undefined> {
  const before = await plannedChanges(context, uri);
  const planned = before && (await withRemovals(context, uri, before));
  if (planned === undefined) return undefined;
  return writePlanned(context, uri, { ...planned, nothing: whyNothing(uri, planned) }, { overwrite, format });
}

/** Writes planned records; where there are none, it is told why: `nothing` says it where nothing is refused. */
export async function writePlanned(
  context: Context,
  uri: string,
  { records, refusals, nothing }: Pick<PlannedChanges, "records" | "refusals"> & { readonly nothing: string },
  { overwrite = false, format = "ldif" }: WriteModifyFileOptions = {},
): Promise<WrittenModifyFile | undefined> {
  if (records.length === 0) {
    if (refusals.length > 0) void tellRefusals(context, uri, refusals, "No modify file is written");
    else tell(context, "info", `Nothing is written, because ${nothing}.`);
    return undefined;
  }
  const proven = provenFiles(context, uri, records, format);
  if (proven === undefined) return undefined;
  const { files, names } = proven;
  const modifyFile = beside(uri, names.modify)!;
  const undoFile = beside(uri, names.undo)!;
  const toWrite = [
    { uri: modifyFile, text: files.modify },
    { uri: undoFile, text: files.undo },
  ];
  if (!(await write(context, toWrite, overwrite))) return undefined;
  void tellWritten(context, uri, modifyFile, records, refusals);
  return { modifyFile, undoFile, records: records.length, refusals };
}

/** What a modify file of an export would hold, and what it would not. */
export interface PlannedChanges {
  readonly records: readonly PlannedRecord[];
  readonly refusals: readonly Refusal[];
  /** They are what a list of decisions says. */
  readonly isList: boolean;
  /** The DNs of entries that are missing, and could be removed. */
  readonly removable: readonly string[];
  /** The same changes with the removals in them. */
  readonly removing?: () => Omit<PlannedChanges, "isList">;
}

/** Plans a modify file. Where that cannot be done, it is told why. */
export async function plannedChanges(context: Context, uri: string): Promise<PlannedChanges | undefined> {
  const text = await currentText(context, uri);
  if (!isFile(uri) || text === undefined) {
    tell(context, "error", "A modify file is written beside its export; save the export to a file first.");
    return undefined;
  }
  const isList = formatFor(uri, text).isDecisionList === true;
  if (isList) return { ...(await decisions(context, uri, text)), isList, removable: [] };
  const original = await context.originals.text(uri);
  if (original === undefined) {
    tellUnknown(context, uri);
    return undefined;
  }
  return { ...difference(uri, original, text), isList };
}

/** The files in a format, proven to say what was planned. Where they are not, it is told. */
export function provenFiles(
  context: Context,
  uri: string,
  records: readonly PlannedRecord[],
  format: WriteModifyFileOptions["format"] = "ldif",
) {
  const names = namesFor(uri, format === "powershell" ? "ps1" : "ldf");
  const { files, objection } = written(context, records, names, format);
  if (objection === undefined) return { files, names };
  context.connection.console.error(`The modify file of ${uri} was not written: ${objection}`);
  tell(context, "error", `Nothing was written, because ${objection}.`);
  return undefined;
}

/** Entries are removed only when a person says so; nothing is written at all where the question is put away. */
async function withRemovals(
  context: Context,
  uri: string,
  planned: PlannedChanges,
): Promise<PlannedChanges | undefined> {
  const { removable, removing } = planned;
  const [first, ...more] = removable;
  if (first === undefined || removing === undefined) return planned;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  const question = `${first}${others} ${more.length === 0 ? "is" : "are"} missing in ${fileName(uri)}. Is the directory to remove ${more.length === 0 ? "it" : "them"}? No file brings back what is removed.`;
  const answer = await ask(context, "warning", question, ["Leave in the Directory", "Remove from the Directory"]);
  if (answer === undefined) return undefined;
  return answer === "Remove from the Directory" ? { ...removing(), isList: false } : planned;
}

export function tellNothing(context: Context, uri: string, planned: PlannedChanges): void {
  tell(context, "info", `Nothing is written, because ${whyNothing(uri, planned)}.`);
}

function whyNothing(uri: string, { isList }: PlannedChanges): string {
  return isList ? `no row of ${fileName(uri)} says EDIT or REMOVE` : `${fileName(uri)} is as it was`;
}

/** The text of an export as it is open, or on disk. */
export async function currentText({ exports, host }: Context, uri: string): Promise<string | undefined> {
  return exports.document(uri)?.getText() ?? (await host.readFile(uri))?.text;
}

function tellUnknown(context: Context, uri: string): void {
  const goOn =
    context.exports.document(uri) === undefined
      ? "open the export before it is edited"
      : 'after "Take the File as It Is Now as the Original", modify files will hold what is changed from there on';
  tell(context, "warning", `Nothing is written, because the original of ${fileName(uri)} is not known; ${goOn}.`);
}

export function formatFor(uri: string, text: string): ExportFormat {
  return formatOf(fileName(uri), text.slice(0, FORMAT_HEAD)) ?? LDIF_FORMAT;
}

/** What a list of decisions says, looked at like `syncready fix` does it. */
async function decisions({ exports }: Context, uri: string, text: string) {
  const { settings, baseline, companions } = await exports.surroundings(uri);
  const plan = new DecisionPlan({
    checker: new Checker(RULES, settings),
    isAccepted: (finding) => baseline.row(findingIdentity(finding, fileName(uri))) !== undefined,
    // The editor has decoded the text, in an encoding that a person sees and chooses.
    isEncodingGuessed: false,
  });
  const reader = formatFor(uri, text).reader((record) => plan.add(record));
  for (let at = 0; at < text.length; at += CHUNK) reader.push(text.slice(at, at + CHUNK));
  reader.end();
  for (const key of plan.newKeys()) {
    for (const { known } of companions) for (const { entry } of known.holdersOf(key)) plan.holder(entry);
  }
  return plan.finish();
}

function difference(uri: string, original: string, edited: string) {
  const difference = new ExportDifference();
  const readerOf = (text: string, sink: (record: SourceRecord) => void) => formatFor(uri, text).reader(sink);
  const readers = [
    { text: original, reader: readerOf(original, (record) => difference.original(record)) },
    { text: edited, reader: readerOf(edited, (record) => difference.edited(record)) },
  ];
  for (let at = 0; at < Math.max(original.length, edited.length); at += CHUNK) {
    for (const { text, reader } of readers) reader.push(text.slice(at, at + CHUNK));
  }
  for (const { reader } of readers) reader.end();
  // The editor keeps the original itself, so the two are never the wrong way round.
  const planned = (allowDelete: boolean) => difference.finish({ allowDelete, allowOlder: true });
  return { ...planned(false), removing: () => planned(true) };
}

/** The files' texts, and why they must not reach the disk. */
function written(
  context: Context,
  records: readonly PlannedRecord[],
  names: ModifyFileNames,
  format: "ldif" | "powershell",
): Scripts {
  if (format === "powershell") return writeScripts(records, names);
  const files = writeModifyFiles(records, names);
  const deviation = context.host.proveModifyFiles(files);
  return { files, objection: deviation && `reading it back failed: ${deviation}` };
}

/** `users.ldf` gives `users.modify.ldf` and `users.undo.ldf`, or the same with `.ps1`. */
function namesFor(uri: string, ending: "ldf" | "ps1") {
  const original = fileName(uri);
  const base = original.replace(/(?<=.)\.[^.]*$/, "");
  return { original, modify: `${base}.modify.${ending}`, undo: `${base}.undo.${ending}` };
}

async function write(context: Context, files: readonly FileToWrite[], overwrite: boolean): Promise<boolean> {
  const outcome = await context.host.writeFiles(files, { overwrite });
  if (outcome.written) return true;
  const { existing, reason } = outcome;
  if (existing !== undefined && !overwrite) {
    const names = files.map(({ uri }) => fileName(uri)).join(" and ");
    const question = `${fileName(existing)} exists already. Overwrite ${names}?`;
    const answer = await ask(context, "warning", question, ["Overwrite", "Cancel"]);
    if (answer === "Overwrite") return write(context, files, true);
    if (answer !== "unasked") return false;
  }
  tell(context, "error", `No modify file was written: ${reason}.`);
  return false;
}

async function tellWritten(
  context: Context,
  uri: string,
  modifyFile: string,
  records: readonly PlannedRecord[],
  refusals: readonly Refusal[],
): Promise<void> {
  const { length } = records;
  const written = `${length === 1 ? "1 entry is" : `${length} entries are`} in ${fileName(modifyFile)}`;
  const lost = lossesOf(records).map(describeLoss);
  if (refusals.length + lost.length > 0) return tellRefusals(context, uri, refusals, written, lost);
  const actions = context.client.showDocument ? (["Open the Modify File"] as const) : [];
  const answer = await ask(context, "info", `${written}.`, actions);
  if (answer === "Open the Modify File") await context.connection.window.showDocument({ uri: modifyFile });
}

/** Says what is not in the modify file, and what the undo file does not restore: how much in a message, each change and why in a list. */
async function tellRefusals(
  context: Context,
  uri: string,
  refusals: readonly Refusal[],
  written: string,
  lost: readonly string[] = [],
): Promise<void> {
  const { connection, client } = context;
  const changes = refusals.length === 1 ? "1 change" : `${refusals.length} changes`;
  const counts = [
    ...(refusals.length === 0 ? [] : [`${changes} cannot be written`]),
    ...(lost.length === 0
      ? []
      : [`the undo file does not restore ${lost.length === 1 ? "1 attribute" : `${lost.length} attributes`}`]),
  ].join("; ");
  const lines = [
    ...groupedRefusals(refusals).map(describeRefusal),
    ...lost.map((line) => `NOT RESTORED BY THE UNDO FILE: ${line}`),
  ];
  for (const line of lines) connection.console.warn(line);
  if (client.options.showsText !== true) {
    tell(context, "warning", `${written}; ${counts}: ${lines[0]}`);
    return;
  }
  const answer = await ask(context, "warning", `${written}; ${counts}.`, ["Show What Is Not Written"]);
  if (answer === undefined || answer === "unasked") return;
  await connection.sendNotification(SHOW_TEXT, {
    title: `${fileName(uri)}: not written`,
    text: `${lines.join("\n")}\n`,
  });
}
