import { type BaselineRow, identityKey, updatedBaseline } from "../core/index.ts";
import {
  type BaselineOfFile,
  type CheckedExports,
  type CheckedFile,
  type FileToWrite,
  reportedIdentity,
  writeFilesSafely,
} from "../node/index.ts";
import { Failure } from "./command.ts";
import { interrupted } from "./interruption.ts";
import { counted, visible } from "./terminal.ts";

export interface UpdatedBaselines {
  /** The exports as a check by the new baselines finds them. */
  readonly checked: CheckedExports;
  /** What has become of each baseline, for a person. */
  readonly lines: readonly string[];
}

/**
 * Accepts everything that was found: writes it into the baselines by which the exports were checked, for `reason`. Rows that still
 * accept something keep their own reasons; rows that do not go, unless what they are about was not checked.
 */
export async function updateBaselines(checked: CheckedExports, reason: string): Promise<UpdatedBaselines> {
  if (checked.failures.length > 0) {
    throw new Failure("the baseline was not updated, because not every export could be checked");
  }
  const updates = [...filesByBaseline(checked.files)].map(([baseline, files]) => update(baseline, files, reason));
  const toWrite = updates.flatMap(({ file }) => file ?? []);
  const result =
    toWrite.length === 0 ? undefined : await writeFilesSafely(toWrite, { overwrite: true, signal: interrupted });
  if (result?.written === false) throw new Failure(`the baseline was not updated: ${result.reason}`);
  const files = checked.files.map((file) => accepting(file, reason));
  const baselines = updates.flatMap(({ path, rows, file }) => {
    if (rows === 0 && file === undefined) return [];
    const accepted = files
      .filter((one) => one.baseline?.path === path)
      .reduce((sum, one) => sum + one.accepted.length, 0);
    return [{ path, rows, accepted, findings: [] }];
  });
  return { checked: { ...checked, files, baselines }, lines: updates.map(({ line }) => line) };
}

function filesByBaseline(files: readonly CheckedFile[]): Map<BaselineOfFile, CheckedFile[]> {
  const groups = new Map<BaselineOfFile, CheckedFile[]>();
  for (const file of files) {
    if (file.baseline === undefined) continue;
    const group = groups.get(file.baseline);
    if (group === undefined) groups.set(file.baseline, [file]);
    else group.push(file);
  }
  return groups;
}

interface Update {
  readonly path: string;
  readonly rows: number;
  readonly file: FileToWrite | undefined;
  readonly line: string;
}

function update({ path, text, baseline, use }: BaselineOfFile, files: readonly CheckedFile[], reason: string): Update {
  const kept = baseline.rows.filter((row) => !baseline.isRepeated(row) && (use.hasAccepted(row) || !use.hasSeen(row)));
  const rows = new Map<string, BaselineRow>(kept.map((row) => [identityKey(row), row]));
  for (const finding of files.flatMap(({ findings }) => findings)) {
    const row = { ...reportedIdentity(finding), reason };
    rows.set(identityKey(row), row);
  }
  const added = rows.size - kept.length;
  const removed = baseline.rows.length - kept.length;
  if (added === 0 && removed === 0) {
    const line =
      text === undefined
        ? `There is nothing to accept: ${visible(path)} is not written`
        : `${visible(path)} is up to date`;
    return { path, rows: rows.size, file: undefined, line };
  }
  const content = updatedBaseline(text ?? "", baseline, [...rows.values()]);
  const line = `Wrote ${visible(path)}: ${counted(rows.size, "row")}, ${added} new, ${removed} removed`;
  return { path, rows: rows.size, file: { path, content }, line };
}

function accepting(file: CheckedFile, reason: string): CheckedFile {
  if (file.baseline === undefined) return file;
  const accepted = file.findings.map(({ fix: _, ...finding }) => ({ ...finding, reason }));
  return { ...file, findings: [], accepted: [...file.accepted, ...accepted] };
}
