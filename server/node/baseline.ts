import { BASELINE_FILE, type Baseline, BaselineUse, RULE_IDS, readBaselineFile } from "../core/index.ts";
import { besideExport, isMissing, problemMessages, readText } from "./json-file.ts";

/** A baseline as it lies on disk, and what the exports that are checked by it make use of. */
export interface BaselineOfFile {
  readonly path: string;
  /** `undefined` where there is no such file. */
  readonly text: string | undefined;
  readonly baseline: Baseline;
  readonly use: BaselineUse;
  /** What is wrong with the file, for a person: `path:line:column: what is wrong`, counting from 1. */
  readonly messages: readonly string[];
}

/** A baseline that was named. Throws a FileError where it cannot be read; where it may be missing, it has no rows then. */
export async function readBaseline(
  path: string,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<BaselineOfFile> {
  let text: string | undefined;
  try {
    text = await readText(path);
  } catch (error) {
    if (!mayBeMissing || !isMissing(error)) throw error;
  }
  const { baseline, problems } = readBaselineFile(text ?? "", RULE_IDS);
  const messages = problemMessages(path, text ?? "", problems);
  return { path, text, baseline, use: new BaselineUse(baseline), messages };
}

/** Where the baseline of an export stands, if it has one. */
export function baselinePathFor(exportPath: string): string {
  return besideExport(exportPath, BASELINE_FILE);
}
