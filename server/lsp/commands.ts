import type {
  CancellationToken,
  ExecuteCommandParams,
  Position,
  Range,
  WorkDoneProgressReporter,
} from "vscode-languageserver";
import { type Context, tell } from "./context.ts";
import { acceptFinding, isFindingIdentity } from "./features/accept-finding.ts";
import { setSeverity } from "./features/change-severity.ts";
import { checkFromDisk } from "./features/check-from-disk.ts";
import { copyGroup } from "./features/copy-group.ts";
import { fixAllSafe } from "./features/fix-all.ts";
import { showImportResult } from "./features/import-result.ts";
import { convertValue, layOutLines } from "./features/layout.ts";
import { writeModifyFile } from "./features/modify-file.ts";
import { setValue } from "./features/new-value.ts";
import { takeAsOriginal } from "./features/original.ts";
import { previewModifyFile } from "./features/preview-modify-file.ts";
import { reviewFixes } from "./features/review-fixes.ts";
import { openRulePage } from "./features/rule-page.ts";
import {
  COMMANDS,
  DISK_COMMANDS,
  type RecordTarget,
  type ValueTarget,
  type WriteModifyFileOptions,
} from "./protocol.ts";

/** Carries out a command. Clients differ in what they send along, so every argument is looked at. */
export async function executeCommand(
  context: Context,
  { command, arguments: args = [], workDoneToken }: ExecuteCommandParams,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
) {
  const [first, second, third] = args as readonly unknown[];
  if (DISK_COMMANDS.some((one) => one === command)) {
    if (!context.client.options.checksFromDisk) return undefined;
    if (command === COMMANDS.clearChecked) return context.checked.clear();
    const uris = (args as readonly unknown[]).filter((uri) => typeof uri === "string");
    return checkFromDisk(context, uris, token, workDoneToken === undefined ? undefined : progress);
  }
  if (command === COMMANDS.clearImportResult) return context.results.clear();
  if (command === COMMANDS.showImportResult) {
    const modifyFile = typeof second === "string" ? second : undefined;
    return typeof first === "string" ? showImportResult(context, first, modifyFile) : undefined;
  }
  if (command === COMMANDS.openRulePage) return openRulePage(context, first);
  if (command === COMMANDS.setValue) {
    return isValueTarget(first) && typeof second === "string" ? setValue(context, first, second) : undefined;
  }
  if (command === COMMANDS.copyGroup) return isRecordTarget(first) ? copyGroup(context, first) : undefined;
  const uri = exportOf(context, first);
  if (uri === undefined) {
    tell(context, "warning", "Open an export first.");
    return undefined;
  }
  switch (command) {
    case COMMANDS.writeModifyFile:
      return writeModifyFile(context, uri, writeOptionsOf(second));
    case COMMANDS.fixAllSafe:
      return fixAllSafe(context, uri);
    case COMMANDS.reviewFixes:
      return reviewFixes(context, uri);
    case COMMANDS.previewModifyFile:
      return previewModifyFile(context, uri);
    case COMMANDS.takeAsOriginal:
      return takeAsOriginal(context, uri);
    case COMMANDS.foldLines:
      return layOutLines(context, uri, "fold", rangeOf(second));
    case COMMANDS.unfoldLines:
      return layOutLines(context, uri, "unfold", rangeOf(second));
    case COMMANDS.convertValue:
      return isPosition(second) && convertValue(context, uri, second);
    case COMMANDS.setSeverity:
      return typeof second === "string" && typeof third === "string" && setSeverity(context, uri, second, third);
    case COMMANDS.acceptFinding:
      return isFindingIdentity(second) && typeof third === "string" && acceptFinding(context, uri, second, third);
    default:
      return undefined;
  }
}

/** The export that is meant: the one that is named, or the only one that is open. */
function exportOf({ exports }: Context, named: unknown): string | undefined {
  if (typeof named === "string") return named;
  const open = exports.uris();
  return open.length === 1 ? open[0] : undefined;
}

function writeOptionsOf(options: unknown): WriteModifyFileOptions {
  if (typeof options !== "object" || options === null) return {};
  const { overwrite, format } = options as WriteModifyFileOptions;
  return { overwrite: overwrite === true, format: format === "powershell" ? format : "ldif" };
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== "object" || value === null) return false;
  const { line, character } = value as Partial<Position>;
  return [line, character].every((one) => Number.isInteger(one) && one! >= 0);
}

function rangeOf(value: unknown): Range | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { start, end } = value as Partial<Range>;
  return isPosition(start) && isPosition(end) ? { start, end } : undefined;
}

function isRecordTarget(value: unknown): value is RecordTarget {
  if (typeof value !== "object" || value === null) return false;
  const { uri, record, version } = value as Partial<RecordTarget>;
  return typeof uri === "string" && [record, version].every(Number.isInteger);
}

function isValueTarget(value: unknown): value is ValueTarget {
  return isRecordTarget(value) && typeof (value as Partial<ValueTarget>).attribute === "string";
}
