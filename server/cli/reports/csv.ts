import { spreadsheetCell } from "../../core/index.ts";
import type { CheckedFile, ReportedFinding } from "../../node/index.ts";
import type { CheckSummary } from "../report.ts";
import { visible } from "../terminal.ts";

const COLUMNS = [
  "file",
  "line",
  "column",
  "severity",
  "rule",
  "dn",
  "attribute",
  "value",
  "message",
  "fix",
  "newValue",
] as const;

/** A table for spreadsheets, RFC 4180: a header, then one row a finding. Lines and columns count from 1. */
export function* csvReport(files: readonly CheckedFile[], { baselines }: CheckSummary): Iterable<string> {
  const cell = process.stdout.isTTY === true ? (text: string) => spreadsheetCell(visible(text)) : spreadsheetCell;
  const row = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;
  yield row(COLUMNS);
  for (const { findings } of [...files, ...baselines]) for (const finding of findings) yield row(cellsOf(finding));
}

function cellsOf(finding: ReportedFinding): readonly string[] {
  const { file, range, severity, rule, dn = "", attribute = "", value = "", message, fix } = finding;
  const place = [`${range.start.line + 1}`, `${range.start.character + 1}`];
  return [file, ...place, severity, rule, dn, attribute, value, message, fix?.title ?? "", fix?.newValue ?? ""];
}
