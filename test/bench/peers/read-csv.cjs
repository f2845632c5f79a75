// Reads a CSV file with a parser from npm to arrays of strings, and counts the rows: node read-csv.cjs PARSER FILE ENTRIES
const fs = require("node:fs");

/** In pieces, as these parsers have it: a file of a gigabyte fits into no string. */
const PIECE = 2 ** 16;

const PARSERS = {
  async udsv(file, count) {
    const { inferSchema, initParser } = require("udsv");
    let parser;
    for await (const chunk of fs.createReadStream(file, { encoding: "utf8", highWaterMark: PIECE })) {
      parser ??= initParser(inferSchema(chunk));
      parser.chunk(chunk, parser.stringArrs, () => count(1));
    }
    parser.end();
  },

  async papaparse(file, count) {
    const { parse, NODE_STREAM_INPUT } = require("papaparse");
    const rows = fs.createReadStream(file, { highWaterMark: PIECE }).pipe(parse(NODE_STREAM_INPUT, { header: false }));
    for await (const _ of rows) count(1);
  },

  async "csv-parse"(file, count) {
    const { parse } = require("csv-parse");
    for await (const _ of fs.createReadStream(file, { highWaterMark: PIECE }).pipe(parse({ bom: true }))) count(1);
  },
};

const [parser, file, entries] = process.argv.slice(2);
let rows = 0;
PARSERS[parser](file, (count) => {
  rows += count;
}).then(() => {
  // udsv leaves the header out.
  const expected = Number(entries) + (parser === "udsv" ? 0 : 1);
  if (rows !== expected) throw new Error(`${rows} rows instead of ${expected}`);
});
