import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "csv-parse/sync";
import Papa from "papaparse";
import { csvBlocks } from "../../server/core/csv/blocks.ts";
import { contentEnd, FIELD_NUMBERS, fieldsOf, fieldText } from "../../server/core/csv/fields.ts";
import { type CsvHeader, csvHeader } from "../../server/core/csv/header.ts";
import { CsvReader, readCsv } from "../../server/core/csv/reader.ts";
import { CsvEntry, type CsvRow } from "../../server/core/csv/row.ts";
import { rowEnd } from "../../server/core/csv/row-end.ts";
import { CODING } from "../../server/core/csv/value.ts";
import { countLineEnds } from "../../server/core/text/position.ts";
import fc from "../property.ts";
import { turn } from "../turn.ts";
import { value } from "./arbitrary.ts";
import { damagedTable, TABLES } from "./damaged-file.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** The rows of a text by our tokenizer, blank lines left out. */
function ownFields(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const { end } = rowEnd(text, at, separator, true)!;
    const row = text.slice(at, end);
    const fields = fieldsOf(row, separator);
    if (contentEnd(row) > 0) {
      rows.push(
        Array.from({ length: fields.length / FIELD_NUMBERS }, (_, number) => {
          const [start, stop, kind] = fields.slice(number * FIELD_NUMBERS, (number + 1) * FIELD_NUMBERS);
          return fieldText(row, start!, stop!, kind!);
        }),
      );
    }
    at = end;
  }
  return rows;
}

function csvParse(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      skip_empty_lines: true,
    }) as string[][];
  } catch {
    return undefined;
  }
}

function papaParse(text: string, delimiter: string): string[][] | undefined {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline, skipEmptyLines: true });
  return errors.length > 0 ? undefined : data;
}

const tables = fc
  .tuple(
    fc.constantFrom(...SEPARATORS),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    // A row of one empty field is a blank line.
    fc.array(
      fc.array(fc.oneof(value, fc.constantFrom("", '"', '""', "a,b;c", "two\nlines")), { minLength: 2, maxLength: 6 }),
      {
        maxLength: 8,
      },
    ),
  )
  .map(([separator, lineEnd, quotesAll, rows]) => {
    const field = (text: string) =>
      quotesAll || /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
    const text = rows.map((row) => `${row.map(field).join(separator)}${lineEnd}`).join("");
    return { separator, rows, text };
  });

describe("Fields are those that others find", () => {
  test("in tables by RFC 4180", async () => {
    await turn();
    fc.assert(
      fc.property(tables, ({ separator, rows, text }) => {
        assert.deepEqual(ownFields(text, separator), rows);
        assert.deepEqual(csvParse(text, separator), rows);
      }),
      { numRuns: 3000 },
    );
  });

  test("in damaged tables, wherever csv-parse finds no error", async () => {
    let compared = 0;
    await turn();
    fc.assert(
      fc.property(damagedTable, fc.constantFrom(...SEPARATORS), (text, separator) => {
        const expected = csvParse(text, separator);
        if (expected === undefined || !isWhole(text)) return;
        compared++;
        assert.deepEqual(ownFields(text, separator), expected);
      }),
      { numRuns: 5000 },
    );
    assert.ok(compared > 300, `${compared}`);
  });

  test("in damaged tables, wherever papaparse finds no error and csv-parse agrees", async () => {
    let compared = 0;
    await turn();
    fc.assert(
      fc.property(damagedTable, fc.constantFrom(...SEPARATORS), (damaged, separator) => {
        // It takes a single kind of line end.
        const text = damaged.replace(/\r\n?/g, "\n");
        const expected = papaParse(text, separator);
        if (expected === undefined || !isWhole(text)) return;
        if (JSON.stringify(csvParse(text, separator)) !== JSON.stringify(expected)) return;
        compared++;
        assert.deepEqual(ownFields(text, separator), expected);
      }),
      { numRuns: 5000 },
    );
    assert.ok(compared > 300, `${compared}`);
  });
});

/** A mark in front is the decoder's business, and so are halves of characters; a CR alone at the end is a line end or none. */
function isWhole(text: string): boolean {
  return !/^\ufeff|\r$|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

function headerOf(text: string): CsvHeader {
  return csvHeader(text) ?? csvHeader(TABLES[0]!)!;
}

function readInChunks(text: string, header: CsvHeader, cuts: readonly number[]): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CsvReader(header, (row) => rows.push(row));
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (let n = 1; n < places.length; n++) reader.push(text.slice(places[n - 1], places[n]));
  reader.end();
  return rows;
}

function allValues(row: CsvRow) {
  if (!(row instanceof CsvEntry)) return [];
  return [row.dn, ...[...row.attributeTypes()].flatMap((type) => [...row.values(type)])];
}

/** All that a row says, to compare two readings of it. */
function shown(row: CsvRow) {
  const { text, start, firstLine, problems } = row;
  const values = allValues(row).map(({ description, text, base64, span }) => [description, text, base64, span]);
  return { text, start, firstLine, problems, values };
}

describe("Reading a damaged table", () => {
  test("never throws; the rows put together are the file, and values stand where they say", async () => {
    await turn();
    fc.assert(
      fc.property(damagedTable, (text) => {
        const rows = readCsv(text, headerOf(text));
        assert.equal(rows.map((row) => row.text).join(""), text);
        let start = 0;
        let line = 0;
        for (const row of rows) {
          assert.deepEqual([row.start, row.firstLine], row.text === "" ? [0, 0] : [start, line]);
          start += row.text.length;
          line += countLineEnds(row.text);
          for (const { id, span } of row.problems) {
            assert.ok(0 <= span.start && span.start <= span.end && span.end <= row.text.length, id);
          }
          checkValues(row);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("gives the same wherever the text is cut into chunks", async () => {
    await turn();
    fc.assert(
      fc.property(damagedTable, fc.array(fc.nat(), { maxLength: 12 }), (text, cuts) => {
        const header = headerOf(text);
        assert.deepEqual(readInChunks(text, header, cuts).map(shown), readCsv(text, header).map(shown));
      }),
      { numRuns: 3000 },
    );
  });

  test("gives the same row by row, as the editor does it, but for what only the whole file shows", async () => {
    const ofTheFile = ["csv-column-lost", "csv-letters-lost", "csv-empty"];
    const withoutThem = (row: ReturnType<typeof shown>) => ({
      ...row,
      problems: row.problems.filter(({ id }) => !ofTheFile.includes(id)),
    });
    await turn();
    fc.assert(
      fc.property(damagedTable, (text) => {
        const header = headerOf(text);
        const blocks = csvBlocks(header);
        let start = 0;
        let line = 0;
        const inBlocks = blocks.cut(text).flatMap((piece) => {
          const rows = blocks.read(piece).records.map((row) => {
            const one = shown(row as CsvRow);
            return { ...one, start: start + one.start, firstLine: line + one.firstLine };
          });
          start += piece.length;
          line += countLineEnds(piece);
          return rows;
        });
        const whole = readCsv(text, header).filter((row) => row.text !== "");
        assert.deepEqual(
          inBlocks.map(withoutThem),
          whole.map((row) => withoutThem(shown(row))),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

/** Each unit of a value's text has its own source, and together these are in order and within the value. */
function checkValues(row: CsvRow): void {
  for (const one of allValues(row)) {
    const { text, span } = one;
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= row.text.length);
    const coding = "coding" in one ? (one.coding as number) : 0;
    if (coding === 0) assert.equal(row.text.slice(span.start, span.end), text);
    assert.ok(contains(span, one.slice(0, text.length)));
    if ((coding & CODING.hex) !== 0) continue;
    let last = span.start;
    for (let at = 0; at < text.length; at++) {
      const part = one.slice(at, at + 1);
      assert.ok(
        part.start >= last && contains(span, part) && part.end > part.start,
        JSON.stringify([row.text, text, at]),
      );
      // An escape, or a doubled quote, is two units of which the last is meant.
      assert.equal(row.text[part.end - 1], text[at]);
      last = part.end;
    }
  }
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

test("Quotes that open fields and close none take linear time", { timeout: 60_000 }, async () => {
  const row = `${'"x,'.repeat(300_000)}\n`;
  assert.equal(fieldsOf(row, ",").length / FIELD_NUMBERS, 300_001);
  await turn();
});
