// Writes an export of an invented Active Directory in the shape that ldifde or csvde gives it; see directory.mjs and defects.mjs.
//   node test/bench/generate-export.mjs (--size 10M | --entries N) --out FILE [--format ldif|csv] [--truth FILE] [--seed N] [--defects 0.01]
// --out - is standard output. --truth lists what a check must find, and besides which it must find nothing in an entry, one JSON
// object a line: {"rule", "dn", "attribute"}. What was written is told at the end: entries, values, defects, bytes.
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { CSVDE_HEADER, csvdeOf } from "./csvde-writer.mjs";
import { bytesOf, ldifOf, madeEntries } from "./ldif-writer.mjs";

const FLUSH_BYTES = 2 ** 16;

/** What stands before the first entry, and how an entry is written. */
const FORMATS = { ldif: { head: "", textOf: ldifOf }, csv: { head: CSVDE_HEADER, textOf: csvdeOf } };

/** A file in UTF-8 that is written in large pieces. */
class Output {
  #file;
  #pending = "";
  written = 0;

  constructor(path) {
    this.#file = path === "-" ? 1 : openSync(path, "w");
  }

  append(text) {
    this.#pending += text;
    this.written += Buffer.byteLength(text);
    if (this.#pending.length > FLUSH_BYTES) this.#flush();
  }

  close() {
    this.#flush();
    if (this.#file !== 1) closeSync(this.#file);
  }

  #flush() {
    const bytes = Buffer.from(this.#pending);
    this.#pending = "";
    // A pipe takes what it has room for.
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }
}

const asciiJson = (object) =>
  JSON.stringify(object).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function generate({ bytes, entries, out, format, truth, seed, defects }) {
  const { head, textOf } = FORMATS[format];
  const output = new Output(out);
  const list = truth === undefined ? undefined : new Output(truth);
  const made = { entries: 0, values: 0, defects: 0, bytes: 0 };
  output.append(head);
  for (const entry of madeEntries({ seed, defects })) {
    output.append(textOf(entry));
    for (const expected of entry.expected) list?.append(`${asciiJson(expected)}\n`);
    made.entries++;
    made.values += entry.pairs.length;
    if (entry.expected.length > 0) made.defects++;
    if (output.written >= bytes || made.entries >= entries) break;
  }
  output.close();
  list?.close();
  return { ...made, bytes: output.written };
}

const { values: options } = parseArgs({
  options: {
    size: { type: "string" },
    entries: { type: "string" },
    out: { type: "string" },
    format: { type: "string", default: "ldif" },
    truth: { type: "string" },
    seed: { type: "string", default: "1" },
    defects: { type: "string", default: "0.01" },
  },
});
const { size, entries, out, format, truth } = options;
if (out === undefined) throw new Error("--out is missing");
if (size === undefined && entries === undefined) throw new Error("--size or --entries is missing");
if (FORMATS[format] === undefined) throw new Error(`--format ${format}: say ldif or csv`);
const made = generate({
  bytes: size === undefined ? Number.POSITIVE_INFINITY : bytesOf(size),
  entries: entries === undefined ? Number.POSITIVE_INFINITY : Number(entries),
  out,
  format,
  truth,
  seed: Number(options.seed),
  defects: Number(options.defects),
});
(out === "-" ? console.error : console.log)(JSON.stringify(made));
