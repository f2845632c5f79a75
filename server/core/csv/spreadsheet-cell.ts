import { writtenField } from "./fields.ts";

/**
 * One cell. A spreadsheet runs a cell that begins with one of `= + - @`, tab or carriage return as a formula, even in quotes: it gets
 * an apostrophe before it. So does a cell that begins with an apostrophe, so that whoever takes one away has the text again.
 */
export function spreadsheetCell(text: string): string {
  const harmless = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
  return writtenField(harmless, ",");
}
