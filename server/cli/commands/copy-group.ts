import type { CopyNote, SynchronizingCopy } from "../../core/index.ts";
import { ExportFile } from "../../node/index.ts";
import { type Command, type ExitCode, readArguments, UsageError } from "../command.ts";
import { planCopy } from "../plan-copy.ts";
import { counted, print, visible } from "../terminal.ts";
import { DESTINATION_OPTIONS, destinationOf, mustDiffer, showPlan, writePlan } from "../write-plan.ts";
import { settingsSource } from "./check.ts";

const help = `Writes an LDIF modify file that creates a copy of a built-in group, such as Domain Users, which does
not synchronize itself: a new group with the same members, which becomes a member of the built-in one.
The export itself stays as it is.

Usage: syncready copy-group FILE --group NAME --out MODIFY --undo UNDO [--config FILE] [--format FORMAT] [--force]
       syncready copy-group FILE --group NAME --dry-run [--config FILE]

  --group NAME     the group, by its cn, sAMAccountName or DN
  --out MODIFY     the modify file, for ldifde -i or ldapmodify
  --undo UNDO      the file that undoes it: the copy is deleted again
  --config FILE    the settings; otherwise .syncready.json in the folder of the export
  --format FORMAT  ldif (the default) or powershell: scripts (.ps1) for the module ActiveDirectory
  --force          replaces existing files
  --dry-run        writes nothing: prints what would be written

The copy of a global group is global; of any other, it is universal. What members it has not, and which of
them Entra ID will not show, is said. Members by primaryGroupID become members of the copy, too.
`;

export const copyGroup: Command = {
  name: "copy-group",
  summary: "writes a modify file that creates a synchronizing copy of a built-in group",
  help,
  run,
};

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    ...DESTINATION_OPTIONS,
    group: { type: "string" },
    config: { type: "string" },
  });
  const [path, another] = positionals;
  if (path === undefined || another !== undefined) throw new UsageError("one file is needed: the export");
  if (values.group === undefined) throw new UsageError("--group is missing: of which group is the copy?");
  const destination = destinationOf(values);
  if (destination !== undefined) await mustDiffer([path], [destination.modify, destination.undo]);
  const { settings } = await (await settingsSource(values.config))(path);
  const copy = await planCopy(await ExportFile.open(path), settings, values.group);
  await print(overview(copy) + copy.notes.map(noteLines).join(""));
  if (destination === undefined) await showPlan(copy.records, [], path);
  else await writePlan(copy.records, [], path, destination);
  return 0;
}

function overview({ entry, scope, memberCount }: SynchronizingCopy): string {
  return `${visible(entry.dn)}: a ${scope} security group with ${counted(memberCount, "member")}\n`;
}

/** Objects of a note are named up to here. */
const MOST_NAMED = 20;

function noteLines({ message, dns }: CopyNote): string {
  const named = dns.slice(0, MOST_NAMED).map((dn) => `    ${visible(dn)}\n`);
  const more = dns.length > MOST_NAMED ? `    and ${dns.length - MOST_NAMED} more\n` : "";
  return `  ${visible(message)}\n${named.join("")}${more}`;
}
