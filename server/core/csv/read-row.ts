import { parseDn } from "../model/dn.ts";
import { contentEnd, FIELD, fieldsOf } from "./fields.ts";
import { type CsvHeader, isTurkish } from "./header.ts";
import { IdFixEntry } from "./idfix.ts";
import { type CsvProblem, csvProblem } from "./problem.ts";
import { CsvEntry, CsvRow, type RowOrigin } from "./row.ts";
import { HEX_VALUE } from "./value.ts";

/** A row together with what it says about the file. */
export interface ReadRow {
  readonly row: CsvRow;
  /** The columns of which it holds the name of a type, and no value. */
  readonly lost: readonly number[];
}

const NONE: readonly number[] = [];

/**
 * Reads one row, given as a whole with its line end. `start` and `firstLine` say where it stands in what is read. Whatever is wrong with
 * it is told in its problems; nothing throws.
 */
export function readRow(text: string, start: number, firstLine: number, header: CsvHeader): ReadRow {
  const problems: CsvProblem[] = [];
  const reread = (copy: string) => readRow(copy, start, firstLine, header).row;
  const isBlank = contentEnd(text) === 0;
  const fields = isBlank ? [] : fieldsOf(text, header.separator);
  const origin: RowOrigin = { text, start, firstLine, header, fields, problems, reread };
  const plain = new CsvRow(origin);
  if (isBlank) return { row: plain, lost: NONE };
  if (isHeaderRow(text, header)) {
    findHeaderProblems(plain, problems);
    return { row: plain, lost: NONE };
  }
  if (isNoObject(plain)) return { row: plain, lost: NONE };
  findProblems(plain, problems);
  const row = header.dialect.name === "idfix" ? new IdFixEntry(origin) : new CsvEntry(origin);
  if (row.dn.text === "") return { row: plain, lost: NONE };
  // Where fields are missing or too many, the DN may stand in another one.
  if (!problems.some(({ id }) => id === "csv-row-length" || id === "csv-file-cut")) findDnProblem(row, problems);
  return { row, lost: row.lostColumns };
}

/** The header row, or one of those above it: where exports have been put together they may come again. */
function isHeaderRow(text: string, { rows }: CsvHeader): boolean {
  return rows.some(
    (row) => row.length - text.length < 3 && text.slice(0, contentEnd(text)) === row.slice(0, contentEnd(row)),
  );
}

function findHeaderProblems(row: CsvRow, problems: CsvProblem[]): void {
  const { names, rows } = row.header;
  if (row.text.slice(0, contentEnd(row.text)) !== rows.at(-1)!.slice(0, contentEnd(rows.at(-1)!))) return;
  const seen = new Set<string>();
  for (const [number, name] of names.entries()) {
    const span = row.field(number)!;
    const isTwice = name !== "" && seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    if (isTwice) problems.push(csvProblem("csv-column-twice", span, { column: name }));
    if (isTurkish(name)) problems.push(csvProblem("csv-header-turkish", span, { column: name }));
  }
}

/** The example of Entra's template, and guests, who are not synchronized from any directory. */
function isNoObject(row: CsvRow): boolean {
  const { dialect, numberOf } = row.header;
  if (dialect.name === "entra-template") return /^Example:/i.test(row.fieldText(0));
  if (dialect.isCloud !== true) return false;
  return /^guest$/i.test(row.fieldText(numberOf("usertype"))) || /#EXT#@/i.test(row.fieldText(row.header.title));
}

function findProblems(row: CsvRow, problems: CsvProblem[]): void {
  const { text, header } = row;
  const whole = { start: 0, end: contentEnd(text) };
  const expected = header.names.length;
  if (row.fieldCount !== expected) {
    const counts = { expected: `${expected}`, found: `${row.fieldCount}` };
    // Only the last row of a file has no line end: whatever wrote it was stopped in the middle of it.
    const isCut = !text.endsWith("\n") && row.fieldCount < expected;
    if (isCut) problems.push(csvProblem("csv-file-cut", { start: Math.max(0, whole.end - 1), end: whole.end }, counts));
    else problems.push(csvProblem("csv-row-length", whole, counts));
  }
  if (header.dn >= 0 ? row.fieldText(header.dn) === "" : row.fieldText(header.title) === "") {
    const column = header.names[header.dn >= 0 ? header.dn : Math.max(header.title, 0)]!;
    problems.push(csvProblem("csv-name-missing", { start: 0, end: Math.min(1, whole.end) }, { column }));
  }
  if (text.includes('"')) findQuoteProblems(row, problems);
  const nul = text.indexOf("\0");
  if (nul >= 0) problems.push(csvProblem("csv-null-character", { start: nul, end: nul + 1 }));
  const lost = text.indexOf("\ufffd");
  if (lost >= 0) problems.push(csvProblem("csv-replacement-character", { start: lost, end: lost + 1 }));
  if (header.dialect.cells === "csvde" && text.includes("X'")) findHexProblems(row, problems);
}

function findQuoteProblems(row: CsvRow, problems: CsvProblem[]): void {
  const isCut = problems.some(({ id }) => id === "csv-file-cut");
  for (let number = 0; number < row.fieldCount; number++) {
    const { start, end, kind } = row.field(number)!;
    if (kind === FIELD.unclosed && !isCut)
      problems.push(csvProblem("csv-quote-not-closed", { start: start - 1, end: Math.max(start, end) }));
    // IdFix never doubles quotes: that is how it writes.
    if (kind === FIELD.misplaced && row.header.dialect.name !== "idfix") {
      problems.push(csvProblem("csv-quote-not-doubled", { start, end }));
    }
  }
}

/** What was meant to be bytes. */
const HEX_LIKE = /(?:^|;)(X'[0-9A-Fa-f]{4}[^;]*)/g;

function findHexProblems(row: CsvRow, problems: CsvProblem[]): void {
  for (const column of row.header.columns) {
    const field = column && row.field(column.number);
    if (field === undefined) continue;
    const raw = row.text.slice(field.start, field.end);
    if (!raw.includes("X'")) continue;
    for (const { 0: match, 1: source = "", index } of raw.matchAll(HEX_LIKE)) {
      if (HEX_VALUE.test(source)) continue;
      const start = field.start + index + match.length - source.length;
      const value = source.length > 40 ? `${source.slice(0, 40)}...` : source;
      problems.push(csvProblem("csv-hex-malformed", { start, end: start + source.length }, { value }));
    }
  }
}

function findDnProblem(row: CsvEntry, problems: CsvProblem[]): void {
  if (row.header.dn < 0) return;
  const dn = row.dn.text;
  const { error } = parseDn(dn);
  const semicolon = error === undefined ? unescapedSemicolon(dn) : -1;
  if (semicolon >= 0) {
    const span = row.dn.slice(semicolon, semicolon + 1);
    problems.push(csvProblem("csv-dn-malformed", span, { dn, reason: "its parts are joined with semicolons" }));
  } else if (error !== undefined) {
    const span = row.dn.slice(error.start, error.end);
    problems.push(csvProblem("csv-dn-malformed", span, { dn, reason: error.reason }));
  }
}

/** Directories write commas; `;` was allowed by LDAPv2, and in a table it is what spreadsheets make of them. */
function unescapedSemicolon(dn: string): number {
  if (!dn.includes(";") || dn.startsWith("<")) return -1;
  let isQuoted = false;
  for (let at = 0; at < dn.length; at++) {
    if (dn[at] === "\\") at++;
    else if (dn[at] === '"') isQuoted = !isQuoted;
    else if (dn[at] === ";" && !isQuoted) return at;
  }
  return -1;
}
