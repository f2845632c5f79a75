import type { Severity } from "../core/index.ts";
import type { CheckedExports, CheckedFile } from "../node/index.ts";

export interface CheckSummary extends Omit<CheckedExports, "files"> {
  readonly entries: number;
  readonly accepted: number;
  readonly severities: Readonly<Record<Severity, number>>;
  /** How often each rule was broken, most often first. */
  readonly rules: readonly (readonly [id: string, count: number])[];
  readonly elapsedMs: number;
}

/** A report in pieces, which are written one after the other. */
export type Report = (files: readonly CheckedFile[], summary: CheckSummary) => Iterable<string>;

export function summarize({ files, ...others }: CheckedExports, elapsedMs: number): CheckSummary {
  const severities = { error: 0, warning: 0, information: 0, hint: 0 };
  const rules = new Map<string, number>();
  for (const { findings } of [...files, ...others.baselines]) {
    for (const { rule, severity } of findings) {
      severities[severity]++;
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
  }
  const byCount = [...rules].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  const entries = files.reduce((sum, file) => sum + file.entries, 0);
  const accepted = files.reduce((sum, file) => sum + file.accepted.length, 0);
  return { ...others, entries, accepted, severities, rules: byCount, elapsedMs: Math.round(elapsedMs) };
}
