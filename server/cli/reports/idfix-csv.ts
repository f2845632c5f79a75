import { IDFIX_HEADER, type IdFixCells, idFixError, rdnValue, SEVERITIES, writeIdFixRow } from "../../core/index.ts";
import type { CheckedExports, CheckedFile, ReportedFinding } from "../../node/index.ts";
import { visible } from "../terminal.ts";

/**
 * A list in the columns of IdFix, for people who decide about each value in a spreadsheet: one row for each value about which something was
 * found, or for each value that is missing, in the order of their places. What is about the file, and not about a value, is not in it.
 */
export function* idFixReport(files: readonly CheckedFile[]): Iterable<string> {
  const isTerminal = process.stdout.isTTY === true;
  // Without a mark Excel takes UTF-8 for the code page of Windows; IdFix's import passes over it.
  if (!isTerminal) yield "\ufeff";
  yield IDFIX_HEADER;
  for (const { findings } of files) {
    for (const group of byValue(findings)) {
      const cells = cellsOf(group);
      yield writeIdFixRow(isTerminal ? visibleCells(cells) : cells);
    }
  }
}

/** How many findings the list has no row for. */
export function notListed({ files, baselines }: Pick<CheckedExports, "files" | "baselines">): number {
  return [...files, ...baselines].reduce(
    (sum, { findings }) => sum + findings.filter((one) => !isListed(one)).length,
    0,
  );
}

function isListed({ dn, attribute }: ReportedFinding): boolean {
  return dn !== undefined && attribute !== undefined;
}

/** The findings about one value of one object, in the order in which the first of each was found. */
function byValue(findings: readonly ReportedFinding[]): Iterable<readonly ReportedFinding[]> {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    if (!isListed(finding)) continue;
    const key = JSON.stringify([finding.dn, finding.attribute?.toLowerCase(), finding.value]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups.values();
}

function cellsOf(findings: readonly ReportedFinding[]): IdFixCells {
  const bySeverity = [...findings].sort(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  const [{ dn = "", objectClass = "", attribute = "", value = "", severity } = findings[0]!] = bySeverity;
  const fix = bySeverity.find((one) => one.fix !== undefined)?.fix;
  const isTolerable = severity === "information" || severity === "hint";
  return {
    DISTINGUISHEDNAME: dn,
    COMMONNAME: rdnValue(dn) ?? "",
    OBJECTCLASS: objectClass,
    ATTRIBUTE: attribute,
    ERROR: [...new Set(bySeverity.map(({ rule }) => idFixError(rule)))].join(", "),
    VALUE: value,
    UPDATE: fix?.newValue ?? "",
    PROPOSEDACTION: fix === undefined ? (isTolerable ? "Complete" : "Edit") : fix.newValue === null ? "Remove" : "Edit",
    ACTION: "",
  };
}

/** Without what a terminal would obey. */
function visibleCells(cells: IdFixCells): IdFixCells {
  return Object.fromEntries(Object.entries(cells).map(([column, text]) => [column, visible(text)])) as IdFixCells;
}
