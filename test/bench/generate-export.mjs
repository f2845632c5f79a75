// Writes an export of an invented Active Directory in the shape that ldifde gives it; see directory.mjs and defects.mjs.
//   node test/bench/generate-export.mjs (--size 10M | --entries N) --out FILE [--truth FILE] [--seed N] [--defects 0.01]
// --out - is standard output. --truth lists what a check must find, and besides which it must find nothing in an entry, one JSON
// object a line: {"rule", "dn", "attribute"}. What was written is told at the end: entries, values, defects, bytes.
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { bytesOf, ldifOf, madeEntries } from "./ldif-writer.mjs";

const FLUSH_BYTES = 2 ** 16;

/** A file that is written in large pieces; what is appended must be plain ASCII. */
class Output {
  #file;
  #pending = "";
  written = 0;

  constructor(path) {
    this.#file = path === "-" ? 1 : openSync(path, "w");
  }

  append(text) {
    this.#pending += text;
    this.written += text.length;
    if (this.#pending.length > FLUSH_BYTES) this.#flush();
  }

  close() {
    this.#flush();
    if (this.#file !== 1) closeSync(this.#file);
  }

  #flush() {
    const bytes = Buffer.from(this.#pending, "latin1");
    this.#pending = "";
    // A pipe takes what it has room for.
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }
}

const asciiJson = (object) =>
  JSON.stringify(object).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function generate({ bytes, entries, out, truth, seed, defects }) {
  const output = new Output(out);
  const list = truth === undefined ? undefined : new Output(truth);
  const made = { entries: 0, values: 0, defects: 0, bytes: 0 };
  for (const entry of madeEntries({ seed, defects })) {
    output.append(ldifOf(entry));
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
    truth: { type: "string" },
    seed: { type: "string", default: "1" },
    defects: { type: "string", default: "0.01" },
  },
});
const { size, entries, out, truth } = options;
if (out === undefined) throw new Error("--out is missing");
if (size === undefined && entries === undefined) throw new Error("--size or --entries is missing");
const made = generate({
  bytes: size === undefined ? Number.POSITIVE_INFINITY : bytesOf(size),
  entries: entries === undefined ? Number.POSITIVE_INFINITY : Number(entries),
  out,
  truth,
  seed: Number(options.seed),
  defects: Number(options.defects),
});
(out === "-" ? console.error : console.log)(JSON.stringify(made));
