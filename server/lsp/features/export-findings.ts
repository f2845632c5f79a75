import type { CancellationToken } from "vscode-languageserver";
import {
  type DecisionAction,
  IDFIX_HEADER,
  type IdFixCells,
  idFixError,
  rdnValue,
  spreadsheetCell,
  writeIdFixRow,
} from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ShownFindings } from "../finding-tables.ts";
import type { ExportedFindings, ExportFindingsParams } from "../findings-protocol.ts";
import { inSlices } from "../slices.ts";
import { liveFinding, queryOf, suggestionFor } from "./findings-view.ts";

/** The words of IdFix's column ACTION. */
const IDFIX_ACTIONS: Readonly<Record<DecisionAction, string>> = {
  undecided: "",
  edit: "EDIT",
  remove: "REMOVE",
  accept: "COMPLETE",
};

const COLUMNS = ["line", "severity", "rule", "dn", "attribute", "value", "message", "fix", "decision", "newValue"];

/** Spreadsheets take UTF-8 without a mark for the code page of Windows. */
const MARK = "\ufeff";

/** The request `syncready/exportFindings`: the findings that a query means, with what is decided about them, for a spreadsheet. */
export async function exportFindings(
  { findings }: Context,
  { uri, query, format }: ExportFindingsParams,
  token?: CancellationToken,
): Promise<ExportedFindings | undefined> {
  const shown = await findings.of(uri, token);
  if (shown === undefined) return undefined;
  const rows = shown.table.query(queryOf(query)).rows;
  const writing = format === "idfix" ? idFixRows(shown, rows) : csvRows(shown, rows);
  const lines = await inSlices(writing, () => token?.isCancellationRequested !== true);
  return lines && { text: MARK + lines.join("") };
}

function* csvRows({ analysis, table, decisions }: ShownFindings, rows: Uint32Array): Generator<undefined, string[]> {
  const written = (cells: readonly string[]) => `${cells.map(spreadsheetCell).join(",")}\r\n`;
  const lines = [written(COLUMNS)];
  for (const row of rows) {
    const placed = table.row(row)!;
    const { entry, finding } = liveFinding(analysis, placed);
    const { severity, rule, attribute = "", value, message } = finding;
    const decided = decisions.of(analysis, placed, entry?.dn.text);
    const fix = suggestionFor(analysis, placed);
    const text = value?.binary === true ? value.base64 : (value?.text ?? "");
    const line = `${analysis.rangeOf(placed).start.line + 1}`;
    const about = [line, severity, rule.id, entry?.dn.text ?? "", attribute, text, message, fix?.title ?? ""];
    lines.push(written([...about, decided?.action ?? "", decided?.text ?? ""]));
    yield;
  }
  return lines;
}

/** A list that IdFix and `syncready fix` read: one row for each finding about a value. */
function* idFixRows({ analysis, table, decisions }: ShownFindings, rows: Uint32Array): Generator<undefined, string[]> {
  const lines = [IDFIX_HEADER];
  for (const row of rows) {
    const placed = table.row(row)!;
    const { entry, finding } = liveFinding(analysis, placed);
    yield;
    if (entry === undefined || finding.attribute === undefined) continue;
    const decided = decisions.of(analysis, placed, entry.dn.text);
    const fix = suggestionFor(analysis, placed);
    const cells: IdFixCells = {
      DISTINGUISHEDNAME: entry.dn.text,
      COMMONNAME: rdnValue(entry.dn.text) ?? "",
      OBJECTCLASS: entry.objectType,
      ATTRIBUTE: finding.attribute,
      ERROR: idFixError(finding.rule.id),
      VALUE: finding.value?.text ?? "",
      UPDATE: decided?.text ?? fix?.newValue ?? "",
      PROPOSEDACTION: fix === undefined ? "" : fix.newValue === undefined ? "Remove" : "Edit",
      ACTION: IDFIX_ACTIONS[decided?.action ?? "undecided"],
    };
    lines.push(writeIdFixRow(cells));
  }
  return lines;
}
