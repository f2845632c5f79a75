// `npm run bench`: how fast exports are checked, and with how much memory, by the program as users run it.
//   node test/bench/bench.mjs [--sizes 10M,100M] [--rounds 3] [--against CLI] [--compare OLD.json]
// --against measures another build in turn with this one (A B A B), --compare sets the figures beside those of an earlier run.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bytesOf, generateExport } from "./generate-export.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(root, "out/bench");
const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "10M,100M" },
    rounds: { type: "string", default: "3" },
    against: { type: "string" },
    compare: { type: "string" },
  },
});

/** The export of a size with its list of planted defects, made once. */
function exportOf(size) {
  const file = join(folder, `${size}.ldf`);
  const truth = join(folder, `${size}.truth.jsonl`);
  const facts = join(folder, `${size}.json`);
  const generator = statSync(join(root, "test/bench/generate-export.mjs")).mtimeMs;
  if (!existsSync(facts) || statSync(facts).mtimeMs < generator) {
    writeFileSync(facts, JSON.stringify(generateExport({ bytes: bytesOf(size), out: file, truth })));
  }
  return { size, file, truth, ...JSON.parse(readFileSync(facts, "utf8")) };
}

/** One run in a process of its own. */
function measure(cli, { file }) {
  const reportPath = join(folder, "report.jsonl");
  const report = openSync(reportPath, "w");
  const args = ["--require", join(root, "test/bench/usage.cjs"), cli, "check", "--format", "jsonl", file];
  const child = spawnSync(process.execPath, args, { stdio: ["ignore", report, "inherit", "pipe"] });
  closeSync(report);
  if (child.status !== 0 && child.status !== 1) throw new Error(`${cli} ended with ${child.status}`);
  return { ...JSON.parse(child.output[3].toString()), reportPath };
}

/** Planted defects that the report does not tell. */
function missed({ truth }, reportPath) {
  const told = new Set();
  for (const line of readFileSync(reportPath, "utf8").trim().split("\n")) {
    const { type, rule, dn, attribute } = JSON.parse(line);
    if (type === "finding") told.add(`${rule} ${dn} ${attribute}`);
  }
  const planted = readFileSync(truth, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return planted.filter(({ rule, dn, attribute }) => !told.has(`${rule} ${dn} ${attribute}`));
}

function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function row({ size, bytes, entries }, name, runs) {
  const [wall, cpu, rss] = ["wall", "cpu", "rss"].map((key) => median(runs.map((run) => run[key])));
  return { size, build: name, wall, cpu, rss, megabytesPerSecond: bytes / 1e6 / cpu, entriesPerSecond: entries / cpu };
}

const COLUMNS = [
  ["size", (result) => result.size],
  ["build", (result) => result.build],
  ["wall s", (result) => result.wall.toFixed(2)],
  ["CPU s", (result) => result.cpu.toFixed(2)],
  ["peak MB", (result) => result.rss.toFixed(0)],
  ["MB/s", (result) => result.megabytesPerSecond.toFixed(1)],
  ["entries/s", (result) => Math.round(result.entriesPerSecond).toLocaleString("en-US")],
];

function printTable(results) {
  const cells = [
    COLUMNS.map(([title]) => title),
    ...results.map((result) => COLUMNS.map(([, value]) => value(result))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  for (const line of cells) console.log(line.map((cell, column) => cell.padStart(widths[column])).join("  "));
  console.log("Medians; MB/s and entries/s count CPU time, which other programs disturb less than the clock.");
}

/** How much of a bigger file stays in memory: what is left of the growth is the index of keys and the findings. */
function printGrowth(results) {
  const own = results.filter(({ build }) => build === "this");
  const [small, large] = [own[0], own.at(-1)];
  if (small === undefined || small === large) return;
  const more = (bytesOf(large.size) - bytesOf(small.size)) / 1e6;
  const share = (large.rss - small.rss) / more;
  console.log(`Memory: ${(share * 100).toFixed(0)} MB more for each 100 MB of file (node itself takes about 45 MB).`);
}

function printComparison(results, oldFile) {
  const { results: old } = JSON.parse(readFileSync(oldFile, "utf8"));
  for (const now of results.filter(({ build }) => build === "this")) {
    const before = old.find(({ size, build }) => size === now.size && build === "this");
    if (before === undefined) continue;
    const change = (key) => `${before[key].toFixed(2)} -> ${now[key].toFixed(2)}`;
    const percent = ((now.cpu / before.cpu - 1) * 100).toFixed(0);
    console.log(`${now.size}: CPU s ${change("cpu")} (${percent} %), peak MB ${change("rss")}`);
  }
}

mkdirSync(folder, { recursive: true });
const builds = [["this", join(root, "dist/cli.js")]];
if (options.against !== undefined) builds.push(["other", resolve(options.against)]);
if (!existsSync(builds[0][1])) throw new Error("dist/cli.js is missing: npm run build");
const results = [];
let failed = false;
for (const size of options.sizes.split(",")) {
  const sample = exportOf(size);
  const runs = new Map(builds.map(([name]) => [name, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [name, cli] of builds) {
      const run = measure(cli, sample);
      runs.get(name).push(run);
      if (round > 0 || name !== "this") continue;
      const lost = missed(sample, run.reportPath);
      console.log(
        `${size}: ${sample.entries} entries, ${sample.defects - lost.length} of ${sample.defects} planted defects found`,
      );
      for (const defect of lost.slice(0, 5)) console.log(`  missed: ${JSON.stringify(defect)}`);
      failed ||= lost.length > 0;
    }
  }
  for (const [name] of builds) results.push(row(sample, name, runs.get(name)));
}
printTable(results);
printGrowth(results);
if (options.compare !== undefined) printComparison(results, options.compare);
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
writeFileSync(join(root, "out/bench.json"), `${JSON.stringify({ machine, results }, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;
