import type {
  CancellationToken,
  WorkDoneProgressReporter,
  WorkDoneProgressServerReporter,
} from "vscode-languageserver";
import type { DiskRun } from "../checked-exports.ts";
import { type Context, fileName, tell } from "../context.ts";
import type { DiskCheckProgress, DiskCheckResult, FolderToCheck } from "../host.ts";
import type { CheckedFromDisk } from "../protocol.ts";
import { folderOf, isFile, uriKey } from "../uri.ts";
import { diskDiagnosticsOf, MOST_SHOWN } from "./diagnostics.ts";

/** So many failures are named in a message; the log has all. */
const MOST_NAMED = 3;

/**
 * The commands `syncready.checkExport` and `syncready.checkFolder`: checks exports as they lie on disk, of any size, and shows what it
 * finds as it comes. `progress` is the client's own, where it has sent a token for it.
 */
export async function checkFromDisk(
  context: Context,
  uris: readonly string[],
  token: CancellationToken,
  progress: WorkDoneProgressReporter | undefined,
): Promise<CheckedFromDisk | undefined> {
  const elsewhere = uris.find((uri) => !isFile(uri));
  if (elsewhere !== undefined || uris.length === 0) {
    const what = elsewhere === undefined ? "no file or folder was named" : `${fileName(elsewhere)} is not on this disk`;
    tell(context, "warning", `Nothing was checked, because ${what}.`);
    return undefined;
  }
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  const shown = progress ?? (await context.connection.window.createWorkDoneProgress());
  if ("token" in shown) (shown as WorkDoneProgressServerReporter).token.onCancellationRequested(() => abort.abort());
  const name = uris.length === 1 ? fileName(uris[0]!) || uris[0]! : `${uris.length} files and folders`;
  shown.begin(`Checking ${name}`, 0, "", true);
  try {
    return await check(context, uris, name, abort, shown);
  } finally {
    shown.done();
  }
}

async function check(
  context: Context,
  named: readonly string[],
  name: string,
  abort: AbortController,
  progress: WorkDoneProgressReporter,
): Promise<CheckedFromDisk | undefined> {
  const { checked, client, host } = context;
  const { signal } = abort;
  const onDisk = await Promise.all(named.map((uri) => host.exportsAt(uri, signal).catch(ifAborted(signal))));
  const targets = named.map((uri, at) => ({ uri, isFolder: onDisk[at]?.uris[0] !== uri }));
  const found = [...new Map(onDisk.flatMap((one) => one?.uris ?? []).map((uri) => [uriKey(uri), uri])).values()];
  const open = new Set(context.exports.uris().map(uriKey));
  const uris = found.filter((uri) => !open.has(uriKey(uri)));
  if (uris.length === 0 && found.length > 0) {
    tell(context, "info", `${name} is open, so its findings are shown already, as it stands in the editor.`);
    return undefined;
  }
  const run: DiskRun = { targets, abort };
  signal.addEventListener("abort", () => checked.giveUp(run));
  await checked.begin(run, uris);
  const folders = await foldersOf(context, uris, signal);
  if (signal.aborted) {
    checked.giveUp(run);
    return undefined;
  }
  const notShown = new Map<string, number>();
  const far = { percentage: 0 };
  const listener = {
    progress: (now: DiskCheckProgress) => {
      far.percentage = Math.max(far.percentage, percentageOf(now));
      progress.report(far.percentage, progressText(now));
    },
    found: (uri: string, findings: Parameters<typeof diskDiagnosticsOf>[0], count: number) => {
      const diagnostics = diskDiagnosticsOf(findings, count, client);
      notShown.set(uri, findings.length === count ? 0 : count - diagnostics.length + 1);
      checked.show(run, uri, diagnostics);
    },
  };
  let result: DiskCheckResult | undefined;
  try {
    result = await host.checkFromDisk(folders, MOST_SHOWN, listener, signal);
  } catch (error) {
    checked.giveUp(run);
    context.connection.console.error(`The check of ${name} failed: ${(error as Error).stack}`);
    tell(context, "error", `The check of ${name} came to no end: ${(error as Error).message}.`);
    return undefined;
  }
  if (result === undefined) return undefined;
  checked.end(run);
  const failures = [...onDisk.flatMap((one) => one?.failures ?? []), ...result.failures];
  const { files, entries, accepted, counts } = result;
  const answer: CheckedFromDisk = {
    files,
    entries,
    errors: counts.error,
    warnings: counts.warning,
    others: counts.information + counts.hint,
    accepted,
    notShown: [...notShown.values()].reduce((sum, count) => sum + count, 0),
    failures,
  };
  tellFailures(context, failures);
  if (files > 0) tell(context, "info", resultText(name, answer));
  return answer;
}

/** The exports by folder, each with its settings and its baseline as the editor knows them. */
async function foldersOf(context: Context, uris: readonly string[], signal: AbortSignal): Promise<FolderToCheck[]> {
  const byFolder = new Map<string | undefined, string[]>();
  for (const uri of uris) {
    const others = byFolder.get(folderOf(uri));
    if (others === undefined) byFolder.set(folderOf(uri), [uri]);
    else others.push(uri);
  }
  const folders: FolderToCheck[] = [];
  for (const own of byFolder.values()) {
    if (signal.aborted) break;
    const [settings, baseline] = await Promise.all([context.settings.of(own[0]!), context.baselines.of(own[0]!)]);
    folders.push({ uris: own, settings, baseline });
  }
  return folders;
}

function ifAborted(signal: AbortSignal) {
  return (error: unknown) => {
    if (!signal.aborted) throw error;
    return undefined;
  };
}

/** Nobody knows before what the second pass will read; it takes little. */
function percentageOf({ pass, bytes, totalBytes }: DiskCheckProgress): number {
  const part = totalBytes === undefined || totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
  return Math.floor(pass === "first" ? part * 95 : 95 + part * 5);
}

function progressText({ uri, pass, bytes, totalBytes, entries }: DiskCheckProgress): string {
  const size = totalBytes === undefined ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(totalBytes)}`;
  const what = {
    first: counted(entries, "entry", "entries"),
    second: "second reading",
  };
  return `${size}, ${what[pass]}: ${fileName(uri)}`;
}

/** Of 10^6 bytes each. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString("en-US", { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;
}

function resultText(name: string, { files, entries, notShown, ...found }: CheckedFromDisk): string {
  const { errors, warnings, others, accepted } = found;
  const where = `${counted(entries, "entry", "entries")}${files === 1 ? "" : ` of ${counted(files, "export")}`}`;
  const counts = [counted(errors, "error"), counted(warnings, "warning"), counted(others, "other finding")];
  if (accepted > 0) counts.push(`${counted(accepted, "finding")} accepted`);
  const what = errors + warnings + others + accepted === 0 ? "nothing found" : counts.join(", ");
  const more =
    notShown === 0
      ? ""
      : ` ${counted(notShown, "finding is", "findings are")} not in the list; on the command line, "syncready check" lists all.`;
  return `${name}: ${what} in ${where}.${more}`;
}

function tellFailures(context: Context, failures: readonly string[]): void {
  if (failures.length === 0) return;
  for (const failure of failures) context.connection.console.warn(failure);
  const more = failures.length > MOST_NAMED ? `; and ${counted(failures.length - MOST_NAMED, "other")}` : "";
  tell(context, "error", `Not checked: ${failures.slice(0, MOST_NAMED).join("; ")}${more}.`);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
