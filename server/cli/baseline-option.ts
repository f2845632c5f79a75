import { resolve } from "node:path";
import { type BaselineFor, type BaselineOfFile, baselinePathFor, FileError, readBaseline } from "../node/index.ts";
import { UsageError } from "./command.ts";

/** The options that say which baseline counts, as `readArguments` takes and gives them. */
export const BASELINE_OPTIONS = {
  baseline: { type: "string" },
  "no-baseline": { type: "boolean", default: false },
} as const;

interface BaselineValues {
  readonly baseline?: string | undefined;
  readonly "no-baseline": boolean;
}

/** The baseline that was named, or the one beside each export. `mayBeMissing`: one that is named may be about to be written. */
export async function baselineSource(
  { baseline: name, "no-baseline": none }: BaselineValues,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<BaselineFor> {
  if (none) {
    if (name !== undefined) throw new UsageError("--baseline and --no-baseline exclude each other");
    return async () => undefined;
  }
  const named = name === undefined ? undefined : await readBaseline(name, { mayBeMissing });
  // Exports that are checked by one baseline share what they make use of.
  const beside = new Map<string, Promise<BaselineOfFile>>();
  return async (exportPath) => {
    const path = baselinePathFor(exportPath);
    const key = resolve(path);
    const reading = named ?? beside.get(key) ?? readBaseline(path, { mayBeMissing: true });
    if (named === undefined) beside.set(key, Promise.resolve(reading));
    const found = await reading;
    mustBeRight(exportPath, "baseline is", found.messages);
    return found;
  };
}

/** Files of ours that are wrong are not followed in part: the user would not see which part does not count. */
export function mustBeRight(exportPath: string, what: string, messages: readonly string[]): void {
  const [first, ...others] = messages;
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new FileError(exportPath, `not read, because its ${what} wrong: ${first}${more}`);
}
