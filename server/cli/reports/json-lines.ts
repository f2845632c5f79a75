import type { CheckedFile, ReportedFinding } from "../../node/index.ts";
import type { CheckSummary } from "../report.ts";
import { harmlessJson } from "./json.ts";

/** One JSON object a line: for each file a `file`, then its `finding`s; for each baseline the same; at the end one `summary`. */
export function* jsonLinesReport(files: readonly CheckedFile[], summary: CheckSummary): Iterable<string> {
  for (const { path, format, dialect, encoding, entries, values, changeRecords, findings } of files) {
    yield line({ type: "file", path, format, dialect, encoding, entries, values, changeRecords });
    for (const finding of findings) yield findingLine(finding);
  }
  for (const { path, rows, accepted, findings } of summary.baselines) {
    yield line({ type: "baseline", path, rows, accepted });
    for (const finding of findings) yield findingLine(finding);
  }
  const { entries, accepted, severities, rules: byCount, elapsedMs, alsoRead } = summary;
  const rules = Object.fromEntries(byCount);
  const others = alsoRead.length > 0 && { alsoRead };
  yield line({ type: "summary", entries, ...severities, accepted, rules, elapsedMs, ...others });
}

function findingLine({ valueHash: _, ...finding }: ReportedFinding): string {
  return line({ type: "finding", ...finding });
}

function line(object: object): string {
  return `${harmlessJson(object)}\n`;
}
