import { isSingleValued } from "../model/attribute-facts.ts";
import { lowerCase } from "../model/attribute-type.ts";
import type { AttributeNumbers } from "../model/numbered-values.ts";
import type { RowLayout } from "../model/scan-format.ts";
import type { CsvColumn, CsvHeader } from "./header.ts";

/** What a scanner is told of a column, above the number of its attribute type, which is 0 where it has none; as in server/scanner/memory.ts. */
const COLUMN = {
  holdsValues: 0x100,
  /** Values are written as csvde does it: with backslashes before `;` and `\\`, and bytes in hexadecimal digits. */
  hasEscapes: 0x200,
  isSeparated: 0x400,
  holdsDn: 0x800,
  /** Words say there what other programs say by a number. */
  holdsNumbers: 0x1000,
} as const;

/** The scanner has no room for more. */
const MOST_COLUMNS = 4096;

/** What a scanner has to know to read the rows of a table; `undefined` where they are the reader's. */
export function rowLayout(header: CsvHeader, numbers: AttributeNumbers): RowLayout | undefined {
  const { dialect, separator, columns, names, dn } = header;
  const isScanned = dialect.cells === "csvde" || dialect.cells === "semicolons";
  if (!isScanned || dn < 0 || names.length > MOST_COLUMNS) return undefined;
  const infos = names.map((_, number) => (number === dn ? COLUMN.holdsDn : 0) | infoOf(columns[number], numbers));
  return { separator: separator.charCodeAt(0), columns: Uint32Array.from(infos) };
}

function infoOf(column: CsvColumn | undefined, numbers: AttributeNumbers): number {
  if (column === undefined) return 0;
  const type = lowerCase(column.attribute.split(";", 1)[0]!);
  let info = COLUMN.holdsValues | (numbers.of(type) ?? 0);
  if (column.cells === "csvde") info |= COLUMN.hasEscapes;
  if (column.cells !== "single" && !isSingleValued(type)) info |= COLUMN.isSeparated;
  if (type === "grouptype") info |= COLUMN.holdsNumbers;
  return info;
}
