import { basename } from "node:path";
import { findingIdentity, type ProposedFix } from "../../core/index.ts";
import { companionPaths, ExportFile } from "../../node/index.ts";
import { BASELINE_OPTIONS, baselineSource } from "../baseline-option.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { ExportPlan } from "../plan-export.ts";
import { counted, print, visible } from "../terminal.ts";
import { DESTINATION_OPTIONS, destinationOf, mustDiffer, tellRefusals, writePlan } from "../write-plan.ts";
import { settingsSource } from "./check.ts";

const help = `Writes an LDIF modify file with every fix that there is only one way to make, and the file
that takes the changes back. The export itself stays as it is.

Usage: syncready fix FILE --out MODIFY --undo UNDO [--safe-only] [--edited EXPORT] [--config FILE]
                     [--baseline FILE | --no-baseline] [--force]

  --out MODIFY     the modify file, for ldifde -i or ldapmodify
  --undo UNDO      the file that undoes it
  --safe-only      only fixes that nobody needs to look at
  --edited EXPORT  also writes the export with the fixes in it, to compare or to edit further
  --config FILE    the settings; otherwise .syncready.json in the folder of the export
  --baseline FILE  findings that are accepted, and so not fixed; otherwise .syncready-baseline.json in the
                   folder of the export, where there is one
  --no-baseline    fixes accepted findings like any other
  --force          replaces existing files

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
  await mustDiffer([path], [destination.modify, destination.undo, ...(edited === undefined ? [] : [edited])]);
  const { settings } = await (await settingsSource(values.config))(path);
  const accepted = await (await baselineSource(values, { mayBeMissing: false }))(path);
  const safeOnly = values["safe-only"];
  const plan = new ExportPlan(await ExportFile.open(path), settings, ({ deterministic, safety }, finding) => {
    const isAccepted = accepted?.baseline.row(findingIdentity(finding, basename(path))) !== undefined;
    return deterministic && (!safeOnly || safety === "safe") && !isAccepted;
  });
  for (const companion of companionPaths(path, settings)) await plan.readCompanion(await ExportFile.open(companion));
  await plan.make();
  const { records, refusals } = plan.difference();
  await print(overview(plan, path));
  tellRefusals(refusals);
  if (records.length === 0) await print("There is nothing to change: no modify file is written\n");
  if (records.length > 0 || edited !== undefined) {
    const copy = edited === undefined ? undefined : { path: edited, content: plan.editedExport() };
    await writePlan(records, path, destination, copy);
  }
  return 0;
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
