import { existsSync } from "node:fs";
import { importOutcome, readImportLog } from "../../core/index.ts";
import { writeFilesSafely } from "../../node/index.ts";
import { type Command, type ExitCode, Failure, readArguments, UsageError } from "../command.ts";
import { besideLog, type ModifyFileOnDisk, readLogText, readModifyFile, remainingBytes } from "../imported-file.ts";
import { interrupted } from "../interruption.ts";
import { type ImportResult, resultJsonLines, resultText } from "../reports/import-result.ts";
import { complain, counted, print, visible } from "../terminal.ts";
import { mustDiffer } from "../write-plan.ts";

const REPORTS: Readonly<Record<string, (result: ImportResult) => Iterable<string>>> = {
  text: resultText,
  jsonl: resultJsonLines,
};

const help = `Says what has become of an import: which records of the modify file failed and why, which were applied,
and which were not, since the import stopped before them.

Usage: syncready result LOG [--modify MODIFY] [--format text|jsonl] [--remaining FILE [--force]]

  LOG               the log: ldif.log or ldif.err of ldifde, what ldapmodify or ldbmodify has written,
                    or the file of ldapmodify -S; which, its content tells. - is standard input
  --modify MODIFY   the file that was imported; otherwise the one that ldifde's log names, beside the log
  --format FORMAT   text (for people, the default) or jsonl (one JSON object a line: a "record" for each
                    that is not known to be applied, at the end one "summary")
  --remaining FILE  also writes the records that failed, were not applied, or of which nothing is known,
                    as they stand in the modify file, to be repaired and imported
  --force           replaces an existing FILE

ldifde stops at the first error, and with -k at one that it does not leave out. ldapmodify stops at the
first error without -c. ldbmodify applies a file as a whole or not at all. Where the output of ldapmodify
has gone into a file together with its errors, they do not stand in their order: what is not certain is
told as not known. ldapmodify -c -S FILE keeps the refused records apart.
Exit code: 0 all records are applied, 1 some are not, or it is not known, 2 a file could not be read or
written, or the call was wrong.
`;

export const result: Command = { name: "result", summary: "says what has become of an import, by its log", help, run };

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    modify: { type: "string" },
    format: { type: "string", default: "text" },
    remaining: { type: "string" },
    force: { type: "boolean", default: false },
  });
  const [path, another] = positionals;
  if (path === undefined || another !== undefined) throw new UsageError("one file is needed: the log");
  const report = Object.hasOwn(REPORTS, values.format) ? REPORTS[values.format] : undefined;
  if (report === undefined) throw new UsageError(`there is no format ${values.format}: say text or jsonl`);
  const log = readImportLog(await readLogText(path));
  if (log === undefined) throw new Failure(`${path}: this is no log of ldifde, ldapmodify or ldbmodify`);
  const named = values.modify ?? besideLog(path, log);
  const modifyPath = values.modify !== undefined || (named !== undefined && existsSync(named)) ? named : undefined;
  if (modifyPath === undefined) {
    const why =
      named === undefined ? "the log does not name the modify file" : `${named}, which the log names, is not there`;
    if (values.remaining !== undefined) throw new UsageError(`${why}: name it with --modify`);
    complain(`${why}: name it with --modify to see what has become of each record`);
    await printAll(report({ log }));
    return log.failures.length > 0 || log.trouble !== undefined ? 1 : 0;
  }
  const { remaining } = values;
  if (remaining !== undefined)
    await mustDiffer(
      [path, modifyPath].filter((one) => one !== "-"),
      [remaining],
      "a file",
    );
  const modifyFile = await readModifyFile(modifyPath);
  const outcome = importOutcome(log, modifyFile.file.records);
  for (const doubt of outcome.doubts) complain(`${doubt}: is it the log of another file?`);
  await printAll(report({ log, modifyFile: { path: modifyPath, outcome } }));
  const left = outcome.records.length - outcome.counts.applied;
  if (remaining !== undefined) await writeRemaining(remaining, modifyFile, outcome, left, values.force, values.format);
  return left > 0 || outcome.unplaced.length > 0 ? 1 : 0;
}

async function printAll(report: Iterable<string>): Promise<void> {
  for (const part of report) await print(part);
}

async function writeRemaining(
  path: string,
  modifyFile: ModifyFileOnDisk,
  outcome: ReturnType<typeof importOutcome>,
  count: number,
  overwrite: boolean,
  format: string,
): Promise<void> {
  // Whoever reads another format than text reads nothing but the report.
  const tell = (line: string) => (format === "text" ? print(`${line}\n`) : console.error(line));
  if (count === 0) {
    await tell(`All records are applied: ${visible(path)} is not written`);
    return;
  }
  const content = remainingBytes(modifyFile, outcome);
  const written = await writeFilesSafely([{ path, content }], { overwrite, signal: interrupted });
  if (!written.written) {
    throw new Failure(
      `nothing was written: ${written.reason}${written.existing === undefined ? "" : "; --force replaces it"}`,
    );
  }
  await tell(`Wrote ${visible(path)} (${counted(count, "record")} as in ${visible(modifyFile.path)}, read back)`);
}
