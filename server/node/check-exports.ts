import { Checker, Forest, ProposedKeys, RULES, type Rule, type Settings, scanPlan } from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import { CheckMeter, type CheckProgress } from "./check-progress.ts";
import { checkedBaselines } from "./checked-baselines.ts";
import type { CheckedExports, CheckedFile, ReportedFinding } from "./checked-exports.ts";
import { companionPaths, identityOf } from "./companions.ts";
import { ExportFile } from "./export-file.ts";
import { ExportScanner } from "./export-scanner.ts";
import { FileCheck } from "./file-check.ts";
import { FileError } from "./file-error.ts";
import type { ScanThreads } from "./scan-thread.ts";
import type { SettingsOfFile } from "./settings.ts";
import { untilAborted } from "./until-aborted.ts";

/** Where an export's settings come from. Throws a {@link FileError} where they cannot be read. */
export type SettingsFor = (exportPath: string) => Promise<Pick<SettingsOfFile, "settings">>;

/** By which baseline an export is checked; `undefined` for none. Throws a {@link FileError} where it cannot be read or is wrong. */
export type BaselineFor = (exportPath: string) => Promise<BaselineOfFile | undefined>;

export interface CheckOptions {
  readonly settingsFor: SettingsFor;
  readonly baselineFor: BaselineFor;
  /** Fixes come with the changes of the file's text. */
  readonly withEdits: boolean;
  /** Findings come with the object class of their object. */
  readonly withObjectClass?: boolean;
  /** Large files are scanned in a thread of its own. */
  readonly threads?: ScanThreads | undefined;
  /** Ends the check at once: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told after every piece that was read, some thousand times a gigabyte. */
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  /**
   * Told of each finding as soon as there is no doubt about it, in no order, without its fix: whether a fix is to be had turns out
   * only when all exports are read.
   */
  readonly onFound?: ((finding: ReportedFinding) => void) | undefined;
  /** Told of an export that cannot be checked to its end. What was found in it does not count. */
  readonly onFailed?: ((path: string) => void) | undefined;
}

/**
 * Checks exports one after the other, and their keys against each other: a value may be held twice within a file or in two
 * files. Files are never held as a whole: what the first reading finds worth a second look is read again. What cannot be read does not
 * stop the others. What the settings name in `checkedTogether` is read, too, but its own findings are not told.
 */
export function checkExports(paths: readonly string[], options: CheckOptions): Promise<CheckedExports> {
  return untilAborted(options.signal, checkAll(paths, options));
}

async function checkAll(paths: readonly string[], options: CheckOptions): Promise<CheckedExports> {
  const { settingsFor, baselineFor, signal, onProgress, onFailed } = options;
  const meter = new CheckMeter(onProgress);
  /** Of the exports that the first pass is through with, and the one that it is at. */
  let entries = 0;
  let current: FileCheck | undefined;
  const onRead = (bytes: number) => meter.read(bytes, entries + (current?.entries ?? 0));
  const failures: string[] = [];
  const checks: FileCheck[] = [];
  const checkers = new Map<Settings, SettingsCheck>();
  let forest: Forest | undefined;
  let proposed: ProposedKeys | undefined;
  const attempt = async (path: string, isListed: boolean, work: () => Promise<void>) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (isListed) onFailed?.(path);
      failures.push(isListed ? error.message : `${error.message}; checkedTogether names it`);
      return false;
    } finally {
      entries += current?.entries ?? 0;
      current = undefined;
      meter.end();
    }
  };
  for (const path of paths) {
    signal?.throwIfAborted();
    await meter.expect(path);
  }
  const wanted = paths.map((path) => ({ path, isListed: true }));
  const known = new Set(paths.map(identityOf));
  for (const { path, isListed } of wanted) {
    await attempt(path, isListed, async () => {
      meter.begin(path, "first");
      const { settings } = await settingsFor(path);
      const baseline = isListed ? await baselineFor(path) : undefined;
      const file = await ExportFile.open(path, { signal, onRead });
      for (const companion of isListed ? companionPaths(path, settings) : []) {
        if (known.has(identityOf(companion))) continue;
        known.add(identityOf(companion));
        wanted.push({ path: companion, isListed: false });
        await meter.expect(companion);
      }
      const { checker, scanner } = checkers.get(settings) ?? checkerFor(settings);
      checkers.set(settings, { checker, scanner });
      // What is found across files is told by the first file's settings.
      forest ??= new Forest(checker);
      const { kind } = await file.format();
      forest.expect(kind === "csv" ? file.size * TABLE_DENSITY : file.size);
      proposed ??= new ProposedKeys(forest);
      const check = new FileCheck(file, scanner, { ...options, isListed, baseline }, checker, forest, proposed);
      current = check;
      await check.first();
      checks.push(check);
    });
  }
  const complete: FileCheck[] = [];
  for (const check of checks) {
    meter.begin(check.path, "second");
    if (await attempt(check.path, check.isListed, () => check.second())) complete.push(check);
  }
  signal?.throwIfAborted();
  const byPath = new Map(complete.map((check) => [check.path, check]));
  forest?.report((finding, record, path, others) => byPath.get(path)?.report(finding, record, others));
  const listed = complete.filter(({ isListed }) => isListed);
  const alsoRead = complete.filter(({ isListed }) => !isListed).map(({ path }) => path);
  const files = new Map(listed.map((check) => [check.finish(), check]));
  // What was not checked may have what a row accepts.
  const severityOf = (file: CheckedFile, rule: Rule) =>
    failures.length > 0 ? undefined : files.get(file)?.severity(rule);
  const baselines = checkedBaselines([...files.keys()], severityOf);
  return { files: [...files.keys()], baselines, failures, alsoRead };
}

/** A table holds so many times the entries of LDIF of the same size: the names of attributes stand in it once. */
const TABLE_DENSITY = 1.6;

interface SettingsCheck {
  readonly checker: Checker;
  readonly scanner: ExportScanner;
}

function checkerFor(settings: Settings): SettingsCheck {
  const checker = new Checker(RULES, settings);
  return { checker, scanner: new ExportScanner(scanPlan(checker)) };
}
