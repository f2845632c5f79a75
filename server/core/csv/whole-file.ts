import { attributeType } from "../model/attribute-type.ts";
import type { Span } from "../text/span.ts";
import type { CsvColumn, CsvHeader } from "./header.ts";
import { type CsvProblem, csvProblem } from "./problem.ts";
import type { ReadRow } from "./read-row.ts";
import { CsvEntry, type CsvRow } from "./row.ts";

/** What rows say that is told once for the whole file, one bit each; for columns there are the bits from the fourth on. */
export const TRAITS = { entry: 1, beyondAscii: 2, lettersLost: 4 } as const;

const FIRST_COLUMN_BIT = 3;
const COLUMN_BITS = 26;

function columnTrait(number: number): number {
  return 1 << (FIRST_COLUMN_BIT + (number % COLUMN_BITS));
}

/** The traits of a row. */
export function traitsOf({ row, lost }: ReadRow): number {
  if (!(row instanceof CsvEntry)) return 0;
  let traits: number = TRAITS.entry;
  for (const number of lost) traits |= columnTrait(number);
  if (BEYOND_ASCII.test(row.text)) traits |= TRAITS.beyondAscii;
  else if (row.text.includes("?") && lostLetters(row) !== undefined) traits |= TRAITS.lettersLost;
  return traits;
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

/** The problems to tell at a row that is the first one with some traits. */
export function problemsOf({ row, lost }: ReadRow, firstWith: number): CsvProblem[] {
  const problems: CsvProblem[] = [];
  let told = 0;
  for (const number of lost) {
    const trait = columnTrait(number);
    if ((firstWith & trait) === 0 || (told & trait) !== 0) continue;
    told |= trait;
    problems.push(columnLost(row, number));
  }
  if ((firstWith & TRAITS.lettersLost) !== 0 && row instanceof CsvEntry) {
    problems.push(csvProblem("csv-letters-lost", lostLetters(row)!));
  }
  return problems;
}

function columnLost(row: CsvRow, number: number): CsvProblem {
  const { header } = row;
  const { start, end } = row.field(number)!;
  const column = header.names[number] ?? `${number + 1}`;
  return csvProblem("csv-column-lost", { start, end }, { column, command: commandFor(header, column) });
}

/** What exports the column right: a calculated property for Select-Object, which joins its values. */
function commandFor({ dialect }: CsvHeader, column: string): string {
  const name = /^[A-Za-z][A-Za-z0-9-]*$/.test(column) ? column : "NAME";
  const property = `Select-Object *,@{n='${name}';e={$_.${name} -join ';'}} -ExcludeProperty ${name}`;
  return dialect.isCloud === true ? property : `Get-ADUser -Filter * -Properties ${name} | ${property}`;
}

/** A letter, one or two question marks, and a letter of the same word; or a word that begins with one. */
const LOST_LETTER = /[A-Za-z]\?{1,2}[a-z]|(?:^|[ ,=])\?[a-z]{2}/;

/** Where question marks stand within names: Export-Csv of Windows PowerShell writes them in place of all that is not ASCII. */
function lostLetters(row: CsvEntry): Span | undefined {
  for (const column of row.header.columns) {
    if (column === undefined || !isName(column)) continue;
    for (const value of row.columnValues(column.number)) {
      const match = LOST_LETTER.exec(value.text);
      if (match !== null) return value.slice(match.index, match.index + match[0].length);
    }
  }
  return undefined;
}

const NAMES: ReadonlySet<string> = new Set([
  "cn",
  "name",
  "displayname",
  "givenname",
  "sn",
  "distinguishedname",
  "l",
  "company",
  "department",
]);

function isName({ attribute }: CsvColumn): boolean {
  return NAMES.has(attributeType(attribute));
}
