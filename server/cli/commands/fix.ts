import { basename } from "node:path";
import { type DecisionCounts, findingIdentity, type ProposedFix } from "../../core/index.ts";
import { companionPaths, ExportFile, type FileToWrite } from "../../node/index.ts";
import { BASELINE_OPTIONS, baselineSource } from "../baseline-option.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { planDecisions } from "../plan-decisions.ts";
import { ExportPlan } from "../plan-export.ts";
import { complain, counted, print, visible } from "../terminal.ts";
import {
  DESTINATION_OPTIONS,
  type Destination,
  destinationOf,
  mustDiffer,
  showPlan,
  tellRefusals,
  writePlan,
} from "../write-plan.ts";
import { settingsSource } from "./check.ts";

const help = `Writes an LDIF modify file with every fix that there is only one way to make, and the file
that takes the changes back. The export itself stays as it is.

Of a list in IdFix's columns, its own or one of check --format idfix-csv, writes what its rows say
instead: EDIT puts UPDATE in place of VALUE, REMOVE takes VALUE away, everything else is left as it is.
Refused, each with its reason, are rows that contradict each other, an empty UPDATE, one that would
be an error (see check LIST; what the baseline accepts is none), and one that another object of the
list holds or gets.

Usage: syncready fix FILE --out MODIFY --undo UNDO [--safe-only] [--edited EXPORT] [--config FILE]
                     [--baseline FILE | --no-baseline] [--format FORMAT] [--force]
       syncready fix FILE --dry-run [--safe-only] [--config FILE] [--baseline FILE | --no-baseline]

  --out MODIFY     the modify file, for ldifde -i or ldapmodify
  --undo UNDO      the file that undoes it
  --format FORMAT  ldif (the default) or powershell: scripts (.ps1) for the module ActiveDirectory
  --safe-only      only fixes that nobody needs to look at; not with a list
  --edited EXPORT  also writes the export with the fixes in it, to compare or to edit further; not with a list
  --config FILE    the settings; otherwise .syncready.json in the folder of the export
  --baseline FILE  findings that are accepted, and so not fixed; otherwise .syncready-baseline.json in the
                   folder of the export, where there is one
  --no-baseline    fixes accepted findings like any other
  --force          replaces existing files
  --dry-run        writes nothing: prints, entry by entry, what would be written and what would not

No new value is one that another object holds, in the export or in those that the setting
checkedTogether names with it.
Values are deleted and added, never replaced: an import fails where the directory has moved on.
`;

export const fix: Command = {
  name: "fix",
  summary: "writes a modify file with the fixes, and its undo file",
  help,
  run,
};

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    ...DESTINATION_OPTIONS,
    ...BASELINE_OPTIONS,
    "safe-only": { type: "boolean", default: false },
    edited: { type: "string" },
    config: { type: "string" },
  });
  const [path, another] = positionals;
  if (path === undefined || another !== undefined) throw new UsageError("one file is needed: the export");
  const destination = destinationOf(values);
  const { edited } = values;
  if (destination !== undefined) {
    await mustDiffer([path], [destination.modify, destination.undo, ...(edited === undefined ? [] : [edited])]);
  }
  const { settings } = await (await settingsSource(values.config))(path);
  const accepted = await (await baselineSource(values, { mayBeMissing: false }))(path);
  const safeOnly = values["safe-only"];
  const file = await ExportFile.open(path);
  if ((await file.format()).isDecisionList === true) {
    if (safeOnly || edited !== undefined) {
      throw new UsageError(
        `${safeOnly ? "--safe-only" : "--edited"} is for an export, and ${path} is a list of decisions`,
      );
    }
    const decisions = await planDecisions(file, settings, accepted);
    await print(decided(decisions.counts, path));
    await writeRecords(decisions.finish(), path, destination);
    return 0;
  }
  const plan = new ExportPlan(file, settings, ({ deterministic, safety }, finding) => {
    const isAccepted = accepted?.baseline.row(findingIdentity(finding, basename(path))) !== undefined;
    return deterministic && (!safeOnly || safety === "safe") && !isAccepted;
  });
  for (const companion of companionPaths(path, settings)) await plan.readCompanion(await ExportFile.open(companion));
  await plan.make();
  const difference = plan.difference();
  await print(overview(plan, path));
  const copy =
    edited === undefined || destination === undefined ? undefined : { path: edited, content: plan.editedExport() };
  await writeRecords(difference, path, destination, copy);
  if (plan.unplaced > 0) {
    const entries = counted(plan.unplaced, "entry is", "entries are");
    complain(
      `${entries} as before in ${edited}: a table has no place for a value of theirs, which the modify file has`,
    );
  }
  return 0;
}

async function writeRecords(
  { records, refusals }: ReturnType<ExportPlan["difference"]>,
  path: string,
  destination: Destination | undefined,
  copy?: FileToWrite,
): Promise<void> {
  if (destination === undefined) {
    // What is planned is told above.
    if (records.length > 0) await print("\n");
    return showPlan(records, refusals, path);
  }
  tellRefusals(refusals);
  if (records.length === 0) await print("There is nothing to change: no modify file is written\n");
  if (records.length > 0 || copy !== undefined) await writePlan(records, refusals, path, destination, copy);
}

function decided({ edit, remove, complete, undecided }: DecisionCounts, path: string): string {
  const counts = [`${edit} EDIT`, `${remove} REMOVE`, `${complete} COMPLETE`, `${undecided} others`];
  return `Rows of ${visible(path)}: ${counts.join(", ")}\n`;
}

function overview(plan: ExportPlan, path: string): string {
  if (plan.entryCount === 0) return "";
  const lines = [...plan.fixes]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([rule, fixes]) => `${fixes.length.toLocaleString("en-US").padStart(9)}  ${rule}${commonTitle(fixes)}\n`);
  return `Fixes for ${counted(plan.entryCount, "entry", "entries")} of ${visible(path)}:\n${lines.join("")}`;
}

/** Many titles name the value that they set; only one that all fixes share says something about all. */
function commonTitle([first, ...others]: readonly ProposedFix[]): string {
  return first !== undefined && others.every(({ title }) => title === first.title) ? `: ${visible(first.title)}` : "";
}
