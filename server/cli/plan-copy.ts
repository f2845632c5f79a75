import {
  Checker,
  type CopiedGroup,
  copiedGroup,
  dnKey,
  type Entry,
  type EntryRecord,
  ExportCheck,
  FORMAT_RULES,
  Forest,
  isBuiltInGroup,
  RULES,
  rdnValue,
  type Settings,
  type SynchronizingCopy,
  SynchronizingCopyPlan,
} from "../core/index.ts";
import { companionPaths, ExportFile } from "../node/index.ts";
import { Failure, nearest } from "./command.ts";

/**
 * Plans a copy of a group that is named by its DN, cn or sAMAccountName. The export is read twice, and so are those that the settings
 * name with it: first to know what it carries at all, then for what it shows of the group's members.
 */
export async function planCopy(file: ExportFile, settings: Settings, name: string): Promise<SynchronizingCopy> {
  const built: string[] = [];
  const named: EntryRecord[] = [];
  const checker = await carriedIn(file, settings, (entry) => {
    if (isNamed(entry, name)) named.push(entry.detached().entry!);
    if (isBuiltInGroup(entry)) built.push(nameOf(entry));
  });
  const group = theOne(named, name, file.path, built);
  const plan = new SynchronizingCopyPlan(group, checker);
  await file.readRecords(({ entry }) => entry && plan.note(entry));
  for (const path of companionPaths(file.path, settings)) {
    const companion = await ExportFile.open(path);
    const own = await carriedIn(companion, settings, () => undefined);
    await companion.readRecords(({ entry }) => entry && plan.note(entry, own));
    await companion.dispose();
  }
  const copy = plan.finish();
  if (typeof copy === "string") throw new Failure(`${group.record.dn.text} ${copy}`);
  return copy;
}

/** The checker that knows which attributes an export carries. */
async function carriedIn(file: ExportFile, settings: Settings, see: (entry: EntryRecord) => void): Promise<Checker> {
  const checker = new Checker(RULES, settings);
  const check = new ExportCheck(checker, FORMAT_RULES, new Forest(checker), file.path, () => undefined);
  await file.readRecords((record) => {
    check.first(record);
    if (record.entry?.objectType === "group") see(record.entry);
  });
  return check.checker;
}

function nameOf(entry: Entry): string {
  return entry.values("sAMAccountName")[0]?.text ?? rdnValue(entry.dn.text) ?? entry.dn.text;
}

function isNamed(entry: Entry, name: string): boolean {
  const lower = name.toLowerCase();
  if (dnKey(entry.dn.text) === dnKey(name)) return true;
  return [rdnValue(entry.dn.text), nameOf(entry)].some((one) => one?.toLowerCase() === lower);
}

function theOne(named: readonly EntryRecord[], name: string, path: string, built: readonly string[]): CopiedGroup {
  const [record, another] = named;
  if (record === undefined) {
    const likely = nearest(name, built);
    const hint = likely.length === 0 ? "" : `; did you mean ${likely.join(", ")}?`;
    throw new Failure(`there is no group ${name} in ${path}${hint}`);
  }
  if (another !== undefined && dnKey(another.dn.text) !== dnKey(record.dn.text)) {
    throw new Failure(`there are several groups ${name} in ${path}: name one by its DN`);
  }
  const group = copiedGroup(record);
  if (typeof group === "string") throw new Failure(`${record.dn.text} ${group}`);
  return group;
}
