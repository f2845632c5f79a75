// The exports that are measured, each made once and kept in out/bench.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, ldifOf, madeEntries } from "./ldif-writer.mjs";
import { folder, root } from "./places.mjs";

export const GENERATOR = join(root, "test/bench/generate-export.mjs");
const SOURCES = ["directory", "defects", "ldif-writer", "csvde-writer", "generate-export"].map((name) =>
  join(root, `test/bench/${name}.mjs`),
);

const isNewer = (file, others) => others.every((other) => statSync(file).mtimeMs > statSync(other).mtimeMs);

/** The formats of exports, with how files of them end. */
const EXTENSIONS = { ldif: "ldf", csv: "csv" };

/** The export of a size: its file, the list of what must be found in it, and what it holds. */
export function exportOf(size, format = "ldif") {
  mkdirSync(folder, { recursive: true });
  const name = format === "ldif" ? size : `${size}.${format}`;
  const file = join(folder, `${size}.${EXTENSIONS[format]}`);
  const truth = join(folder, `${name}.truth.jsonl`);
  const facts = join(folder, `${name}.json`);
  if (!existsSync(facts) || !isNewer(facts, SOURCES)) {
    const args = ["--size", size, "--format", format, "--out", file, "--truth", truth];
    const made = spawnSync(process.execPath, [GENERATOR, ...args], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`the export could not be made:\n${made.stderr}`);
    writeFileSync(facts, made.stdout);
  }
  return { size, file, truth, ...JSON.parse(readFileSync(facts, "utf8")) };
}

/** The text of the entries from one index up to another, which is not among them. */
export function textOfEntries(from, to) {
  const texts = [];
  let index = 0;
  for (const entry of madeEntries()) {
    if (index >= to) break;
    if (index >= from) texts.push(ldifOf(entry));
    index++;
  }
  return texts.join("");
}

/** The entries as a JSON document of a size, a value a line; what a JSON editor has to do with as much data. */
export function jsonOf(size) {
  const bytes = bytesOf(size);
  const texts = [];
  let length = 0;
  for (const { dn, pairs } of madeEntries()) {
    const values = {};
    for (const [name, value] of pairs) {
      values[name] ??= [];
      values[name].push(typeof value === "string" ? value : value.toString("base64"));
    }
    const text = JSON.stringify({ dn, ...values }, null, 1);
    texts.push(text);
    length += text.length + 2;
    if (length >= bytes) break;
  }
  return `[\n${texts.join(",\n")}\n]\n`;
}

/** 10 MB of 10M. */
export const spoken = (size) => size.replace(/([KMG])$/, " $1B");
