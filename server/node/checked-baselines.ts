import { FORMAT_RULES, formatMessage, type Rule, rangeOf, type Severity, staleRows } from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import { type CheckedBaseline, type CheckedFile, type ReportedFinding, reportedIdentity } from "./checked-exports.ts";

const RULE = FORMAT_RULES.get("baseline-stale-row");

/**
 * The baselines that exports were checked by, each with its rows that accept nothing. `severityOf` knows the settings of the first of
 * the exports that share a baseline.
 */
export function checkedBaselines(
  files: readonly CheckedFile[],
  severityOf: (file: CheckedFile, rule: Rule) => Severity | undefined,
): CheckedBaseline[] {
  const byBaseline = new Map<BaselineOfFile, CheckedFile[]>();
  for (const file of files) {
    if (file.baseline?.text === undefined) continue;
    byBaseline.set(file.baseline, [...(byBaseline.get(file.baseline) ?? []), file]);
  }
  return [...byBaseline].map(([baseline, own]) => {
    const severity = RULE && severityOf(own[0]!, RULE);
    const isOfBaseline = (finding: ReportedFinding) => baseline.baseline.row(reportedIdentity(finding)) !== undefined;
    const accepted = own.reduce((sum, file) => sum + file.accepted.filter(isOfBaseline).length, 0);
    const findings = severity === undefined ? [] : staleFindings(baseline, severity);
    return { path: baseline.path, rows: baseline.baseline.rows.length, accepted, findings };
  });
}

function staleFindings({ path, text = "", baseline, use }: BaselineOfFile, severity: Severity): ReportedFinding[] {
  return staleRows(baseline, [use]).map(({ row, reason }) => ({
    rule: RULE!.id,
    severity,
    message: formatMessage(RULE!.message, { reason }),
    file: path,
    range: rangeOf(text, row.span),
  }));
}
