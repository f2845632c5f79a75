import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { SETTINGS_FILE } from "../../core/index.ts";
import {
  besideExport,
  checkExports,
  exportPaths,
  identityOf,
  readSettings,
  type SettingsFor,
  type SettingsOfFile,
  scanThreads,
  settingsBeside,
} from "../../node/index.ts";
import { BASELINE_OPTIONS, baselineSource, mustBeRight } from "../baseline-option.ts";
import { type Command, type ExitCode, Failure, readArguments, UsageError } from "../command.ts";
import { interrupted } from "../interruption.ts";
import { ProgressLine } from "../progress-line.ts";
import { type Report, summarize } from "../report.ts";
import { csvReport } from "../reports/csv.ts";
import { idFixReport, notListed } from "../reports/idfix-csv.ts";
import { jsonLinesReport } from "../reports/json-lines.ts";
import { sarifReport } from "../reports/sarif.ts";
import { textReport } from "../reports/text.ts";
import { complain, counted, print } from "../terminal.ts";
import { updateBaselines } from "../update-baseline.ts";

const REPORTS: Readonly<Record<string, Report>> = {
  text: textReport,
  jsonl: jsonLinesReport,
  sarif: sarifReport,
  csv: csvReport,
  "idfix-csv": idFixReport,
};

const help = `Checks directory exports: LDIF as ldifde, ldapsearch, ldbsearch and others write it, and CSV as csvde,
Export-Csv, AdFind, IdFix, Exchange and Entra ID write it.

Usage: syncready check [--format FORMAT] [--config FILE] [--baseline FILE | --no-baseline]
                       [--update-baseline [--reason TEXT]] [--workers N] PATH...

  --format FORMAT    text (for people, the default), jsonl (one JSON object a line: for each file
                     a "file" and its "finding"s, at the end one "summary"), sarif (SARIF 2.1.0,
                     with accepted findings as suppressed), csv (one row a finding) or idfix-csv (a list
                     in IdFix's columns, one row a value, to be decided in Excel and given to fix)
  --config FILE      the settings; otherwise .syncready.json in the folder of each export
  --baseline FILE    the findings that are accepted; otherwise .syncready-baseline.json in the folder
                     of each export, where there is one
  --no-baseline      reports accepted findings like any other
  --update-baseline  accepts everything that is found: writes it into the baseline, and takes out what
                     is found no more
  --reason TEXT      why, for the findings that are new in the baseline
  --workers N        how many threads a file may be checked with, 1 or 2, the default where there are two
                     cores; files below 20 MB are checked with one, and what is found is the same
  PATH               an export, or a folder: all *.ldf and *.ldif in it and in its sub-folders, and those *.csv
                     and *.tsv that are exports of a directory, but not in node_modules, in folders
                     whose names begin with a dot, or behind links to folders; - is standard input

Files that are given together are also searched for duplicates across them. The exports that the
setting checkedTogether names with a file are read for that, too; what is wrong in them is listed
only where they are given. On a terminal, one line says meanwhile how far it is.
Exit code: 0 nothing of severity error, 1 errors found, 2 a file could not be read or the call was wrong,
130 ended by Ctrl+C.
`;

export const check: Command = { name: "check", summary: "checks exports and prints what it finds", help, run };

const OPTIONS = {
  ...BASELINE_OPTIONS,
  format: { type: "string", default: "text" },
  config: { type: "string" },
  "update-baseline": { type: "boolean", default: false },
  reason: { type: "string" },
  workers: { type: "string" },
} as const;

async function run(args: readonly string[]): Promise<ExitCode> {
  const started = performance.now();
  const { values, positionals } = readArguments(args, OPTIONS);
  const { format, config, reason, "update-baseline": updating } = values;
  const report = Object.hasOwn(REPORTS, format) ? REPORTS[format] : undefined;
  if (report === undefined)
    throw new UsageError(
      `there is no format ${format}: say ${Object.keys(REPORTS)
        .join(", ")
        .replace(/, (?=[^,]*$)/, " or ")}`,
    );
  if (positionals.length === 0) throw new UsageError("no export or folder was given");
  if (updating && values["no-baseline"]) throw new UsageError("--update-baseline and --no-baseline exclude each other");
  if (!updating && reason !== undefined) throw new UsageError("--reason needs --update-baseline");
  const threads = scanThreads(join(__dirname, "scan-worker.js"), workersOf(values.workers));
  // A file that is given twice would be a duplicate of itself.
  const named = await Promise.all(positionals.map((path) => exportPaths(path)));
  const paths = [...new Map(named.flatMap((one) => one.paths).map((path) => [identityOf(path), path])).values()];
  const line = new ProgressLine();
  interrupted.addEventListener("abort", () => line.clear());
  const checkedExports = await checkExports(paths, {
    settingsFor: await settingsSource(config),
    baselineFor: await baselineSource(values, { mayBeMissing: updating }),
    withEdits: format === "sarif",
    withObjectClass: format === "idfix-csv",
    threads,
    onProgress: line.onProgress,
  });
  line.clear();
  const list = format === "idfix-csv" && checkedExports.files.find(({ dialect }) => dialect === "idfix");
  if (list) throw new Failure(`${list.path} is a list already: its values are not only those of the directory`);
  const failures = [...named.flatMap((one) => one.failures.map(({ message }) => message)), ...checkedExports.failures];
  const found = { ...checkedExports, failures };
  for (const failure of failures) complain(failure);
  const { checked, lines } = updating ? await updateBaselines(found, reason ?? "") : { checked: found, lines: [] };
  const summary = summarize(checked, performance.now() - started);
  const exitCode = checked.failures.length > 0 ? 2 : summary.severities.error > 0 ? 1 : 0;
  // Set now: who reads the report may stop in the middle of it.
  process.exitCode = exitCode;
  await printReport(report(checked.files, summary));
  // Whoever reads another format than text reads nothing but the report.
  if (format === "text") await print(lines.map((line) => `${line}\n`).join(""));
  else for (const line of lines) console.error(line);
  const unlisted = format === "idfix-csv" ? notListed(checked) : 0;
  if (unlisted > 0) {
    const count = counted(unlisted, "finding is", "findings are");
    complain(`${count} not in the list, being about no value of an object; other formats have them`);
  }
  return exitCode;
}

/** `undefined` where nothing is said. */
function workersOf(text: string | undefined): number | undefined {
  if (text !== undefined && text !== "1" && text !== "2") throw new UsageError("--workers is 1 or 2");
  return text === undefined ? undefined : Number(text);
}

async function printReport(pieces: Iterable<string>): Promise<void> {
  let pending = "";
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < 65_536) continue;
    await print(pending);
    pending = "";
    // Ctrl+C is to be noticed also while the output is taken as fast as it is written.
    await setImmediate();
  }
  await print(pending);
}

/** Settings that are wrong are no settings to check by: the user would not see that a part of them does not count. */
export async function settingsSource(config: string | undefined): Promise<SettingsFor> {
  const named = config === undefined ? undefined : await readSettings(config);
  // The exports of a folder share its settings.
  const beside = new Map<string, Promise<SettingsOfFile>>();
  return async (exportPath) => {
    const path = besideExport(exportPath, SETTINGS_FILE);
    const reading = named ?? beside.get(path) ?? settingsBeside(exportPath);
    if (named === undefined) beside.set(path, Promise.resolve(reading));
    const found = await reading;
    mustBeRight(exportPath, "settings are", found.messages);
    return found;
  };
}
