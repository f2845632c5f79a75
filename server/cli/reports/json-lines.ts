import type { CheckedFile, CheckSummary } from "../report.ts";

/** One JSON object a line: for each file a `file`, then its `finding`s; at the end one `summary`. */
export function* jsonLinesReport(files: readonly CheckedFile[], summary: CheckSummary): Iterable<string> {
  for (const { path, dialect, encoding, entries, values, changeRecords, findings } of files) {
    yield line({ type: "file", path, format: "ldif", dialect, encoding, entries, values, changeRecords });
    for (const finding of findings) yield line({ type: "finding", ...finding });
  }
  const { entries, severities, rules, elapsedMs } = summary;
  yield line({ type: "summary", entries, ...severities, rules: Object.fromEntries(rules), elapsedMs });
}

/** JSON leaves DEL, the C1 controls and bidirectional controls raw; on a terminal they would do harm. */
function line(object: object): string {
  const json = JSON.stringify(object).replace(/[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `${json}\n`;
}
