import { resolve } from "node:path";
import { FileError, readSettings, settingsBeside } from "../../node/index.ts";
import { checkExports, type SettingsFor } from "../check-exports.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { type Report, summarize } from "../report.ts";
import { jsonLinesReport } from "../reports/json-lines.ts";
import { textReport } from "../reports/text.ts";
import { complain, print } from "../terminal.ts";

const REPORTS: Readonly<Record<string, Report>> = { text: textReport, jsonl: jsonLinesReport };

const help = `Checks directory exports: LDIF as ldifde, ldapsearch, ldbsearch and others write it.

Usage: syncready check [--format text|jsonl] [--config FILE] FILE...

  --format FORMAT  text (for people, the default) or jsonl (one JSON object a line: for each file
                   a "file" and its "finding"s, at the end one "summary")
  --config FILE    the settings; otherwise .syncready.json in the folder of each export
  FILE             an export; - is standard input

Files that are given together are also searched for duplicates across them.
Exit code: 0 nothing of severity error, 1 errors found, 2 a file could not be read or the call was wrong.
`;

export const check: Command = { name: "check", summary: "checks exports and prints what it finds", help, run };

async function run(args: readonly string[]): Promise<ExitCode> {
  const started = performance.now();
  const { values, positionals } = readArguments(args, {
    format: { type: "string", default: "text" },
    config: { type: "string" },
  });
  const report = Object.hasOwn(REPORTS, values.format) ? REPORTS[values.format] : undefined;
  if (report === undefined) throw new UsageError(`there is no format ${values.format}: say text or jsonl`);
  if (positionals.length === 0) throw new UsageError("no file was given");
  // A file that is given twice would be a duplicate of itself.
  const paths = [...new Map(positionals.map((path) => [path === "-" ? path : resolve(path), path])).values()];
  const { files, failures } = await checkExports(paths, await settingsSource(values.config));
  for (const failure of failures) complain(failure);
  const summary = summarize(files, performance.now() - started);
  const exitCode = failures.length > 0 ? 2 : summary.severities.error > 0 ? 1 : 0;
  // Set now: who reads the report may stop in the middle of it.
  process.exitCode = exitCode;
  let pending = "";
  for (const piece of report(files, summary)) {
    pending += piece;
    if (pending.length < 65_536) continue;
    await print(pending);
    pending = "";
  }
  await print(pending);
  return exitCode;
}

/** Settings that are wrong are no settings to check by: the user would not see that a part of them does not count. */
export async function settingsSource(config: string | undefined): Promise<SettingsFor> {
  const named = config === undefined ? undefined : await readSettings(config);
  return async (exportPath) => {
    const found = named ?? (await settingsBeside(exportPath));
    const [first] = found.messages;
    if (first === undefined) return found;
    const more = found.messages.length === 1 ? "" : ` (and ${found.messages.length - 1} more)`;
    throw new FileError(exportPath, `not read, because its settings are wrong: ${first}${more}`);
  };
}
