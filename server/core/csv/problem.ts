import type { FormatProblem } from "../model/source-record.ts";
import type { Span } from "../text/span.ts";

/** What can be wrong with a CSV export, and what each message needs to know. The rules of these names say it in words. */
export interface CsvProblemArguments {
  "csv-column-lost": { readonly column: string; readonly command: string };
  "csv-column-twice": { readonly column: string };
  "csv-dn-malformed": { readonly dn: string; readonly reason: string };
  "csv-empty": object;
  "csv-encoding-guessed": object;
  "csv-file-cut": { readonly expected: string; readonly found: string };
  "csv-header-turkish": { readonly column: string };
  "csv-hex-malformed": { readonly value: string };
  "csv-letters-lost": object;
  "csv-name-missing": { readonly column: string };
  "csv-null-character": object;
  "csv-quote-not-closed": object;
  "csv-quote-not-doubled": object;
  "csv-replacement-character": object;
  "csv-row-length": { readonly expected: string; readonly found: string };
  "csv-row-too-long": { readonly limit: string };
}

export type CsvProblemId = keyof CsvProblemArguments;

/** Problems after which nobody can say what a row's values were meant to be: no change is made out of such a row. */
export const UNCERTAIN_ROW: ReadonlySet<CsvProblemId> = new Set<CsvProblemId>([
  "csv-dn-malformed",
  "csv-file-cut",
  "csv-hex-malformed",
  "csv-null-character",
  "csv-quote-not-closed",
  "csv-replacement-character",
  "csv-row-length",
  "csv-row-too-long",
]);

export interface CsvProblem extends FormatProblem {
  readonly id: CsvProblemId;
}

/** Makes a problem; the type of `args` follows from `id`. */
export function csvProblem<Id extends CsvProblemId>(
  id: Id,
  { start, end }: Span,
  ...args: object extends CsvProblemArguments[Id] ? [] : [CsvProblemArguments[Id]]
): CsvProblem {
  return { id, span: { start, end }, args: (args[0] ?? {}) as Record<string, string> };
}
