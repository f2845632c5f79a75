import type { LdifDialect, Range, Safety, Severity } from "../core/index.ts";
import type { Encoding } from "../node/index.ts";

/** A finding as a report shows it. It holds nothing of the file but its own few strings. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly dn?: string;
  readonly attribute?: string;
  readonly value?: string;
  readonly range: Range;
  /** The other objects that hold the same value. */
  readonly related?: readonly { readonly file: string; readonly dn: string; readonly range: Range }[];
  readonly fix?: ReportedFix;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: Safety;
  /** `null` where the fix removes the value. */
  readonly newValue: string | null;
}

export interface CheckedFile {
  readonly path: string;
  readonly dialect: LdifDialect;
  readonly encoding: Encoding;
  readonly entries: number;
  readonly values: number;
  readonly changeRecords: number;
  /** In the order of their places. */
  readonly findings: readonly ReportedFinding[];
}

export interface CheckSummary {
  readonly entries: number;
  readonly severities: Readonly<Record<Severity, number>>;
  /** How often each rule was broken, most often first. */
  readonly rules: readonly (readonly [id: string, count: number])[];
  readonly elapsedMs: number;
}

/** A report in pieces, which are written one after the other. */
export type Report = (files: readonly CheckedFile[], summary: CheckSummary) => Iterable<string>;

export function summarize(files: readonly CheckedFile[], elapsedMs: number): CheckSummary {
  const severities = { error: 0, warning: 0, information: 0, hint: 0 };
  const rules = new Map<string, number>();
  let entries = 0;
  for (const file of files) {
    entries += file.entries;
    for (const { rule, severity } of file.findings) {
      severities[severity]++;
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
  }
  const byCount = [...rules].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  return { entries, severities, rules: byCount, elapsedMs: Math.round(elapsedMs) };
}
