import { IDFIX_COLUMNS } from "./dialects.ts";
import { writtenField } from "./fields.ts";
import { guarded } from "./idfix.ts";

/** What stands in a row of IdFix's list, by the names of its columns. */
export type IdFixCells = Readonly<Record<(typeof IDFIX_COLUMNS)[number], string>>;

/** The header row. */
export const IDFIX_HEADER = `${IDFIX_COLUMNS.join(",")}\r\n`;

/**
 * A row of IdFix's list, RFC 4180. IdFix itself quoted only what has a comma, and doubled no quotes; its import reads this, too. With commas
 * and CRLF, as both IdFix and Excel write them. Texts that a spreadsheet would run or rewrite are guarded.
 */
export function writeIdFixRow(cells: IdFixCells): string {
  return `${IDFIX_COLUMNS.map((column) => writtenField(guarded(cells[column]), ",")).join(",")}\r\n`;
}
