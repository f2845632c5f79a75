// `npm run bench`: what Syncready takes to check, to answer while somebody types, and to start, beside what others take for a part of
// the work, in turn in one run (A B A B). Prints one table and writes it to out/bench.json.
//   node test/bench/bench.mjs [--only throughput,difference,editing,start,size] [--diff-size 100M] [--sizes 10M,100M,1G] [--csv-sizes 100M]
//                             [--edit-sizes 10M,45M] [--edit-csv-sizes 10M] [--rounds 3] [--stream ENTRIES] [--against CLI] [--compare OLD.json] [--write] [--install-peers]
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { measureDifference } from "./difference.mjs";
import { measureEditing } from "./editing.mjs";
import { bytesOf } from "./ldif-writer.mjs";
import { pageWith, roundsOf } from "./page.mjs";
import { findPeers, installPeers } from "./peers.mjs";
import { cli, folder, root } from "./places.mjs";
import { verdictOf, withBefore } from "./rows.mjs";
import { measureSize, measureStart } from "./start-and-size.mjs";
import { measureStream } from "./stream.mjs";
import { formatted, textTable } from "./table.mjs";
import { measureThroughput } from "./throughput.mjs";

const page = join(root, "docs/performance.md");
const SECTIONS = ["throughput", "difference", "editing", "start", "size"];

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    sizes: { type: "string", default: "10M,100M,1G" },
    "csv-sizes": { type: "string", default: "100M" },
    "edit-sizes": { type: "string", default: "10M,45M" },
    "edit-csv-sizes": { type: "string", default: "10M" },
    "diff-size": { type: "string", default: "100M" },
    rounds: { type: "string", default: "3" },
    stream: { type: "string" },
    against: { type: "string" },
    compare: { type: "string" },
    write: { type: "boolean", default: false },
    "install-peers": { type: "boolean", default: false },
  },
});

function countOf(name) {
  const count = Number(options[name]);
  if (!Number.isInteger(count) || count < 1)
    throw new Error(`--${name} ${options[name]}: say a whole number from 1 on`);
  return count;
}

/** `--only stream` leaves nothing but the pipe. */
function wantedSections() {
  const wanted = options.only?.split(",") ?? SECTIONS;
  const unknown = wanted.find((name) => ![...SECTIONS, "stream"].includes(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: say ${SECTIONS.join(", ")} or stream`);
  if (wanted.includes("stream") && options.stream === undefined)
    throw new Error("--only stream needs --stream ENTRIES");
  return wanted;
}

function sizesOf(name) {
  const sizes = options[name].split(",");
  sizes.forEach(bytesOf);
  return sizes;
}

/** Progress: it stands on standard error, so that the table alone can be kept. */
const say = (text) => console.error(`  ${text}`);

/** What users run is minified, so that is what is measured. */
function build() {
  const built = spawnSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) throw new Error("the build failed");
}

async function measure(wanted, peers) {
  const rounds = countOf("rounds");
  const measured = { rows: [], notes: [...peers.missing], isRight: true };
  const take = ({ rows, notes = [], isRight = true, largest }) => {
    measured.rows.push(...rows);
    measured.notes.push(...notes);
    measured.isRight &&= isRight;
    return largest;
  };
  const against = options.against && resolve(options.against);
  const { readers, csvReaders, jsonServer } = peers;
  const fileRun = wanted.includes("throughput")
    ? take(
        await measureThroughput({
          sizes: sizesOf("sizes"),
          csvSizes: sizesOf("csv-sizes"),
          rounds,
          cli,
          against,
          readers,
          csvReaders,
          say,
        }),
      )
    : undefined;
  if (options.stream !== undefined) take(await measureStream({ entries: countOf("stream"), cli, fileRun, say }));
  if (wanted.includes("difference")) take(await measureDifference({ size: options["diff-size"], rounds, cli, say }));
  if (wanted.includes("editing")) {
    const sizes = { sizes: sizesOf("edit-sizes"), csvSizes: sizesOf("edit-csv-sizes") };
    take(await measureEditing({ ...sizes, rounds, jsonServer, say }));
  }
  if (wanted.includes("start")) take(await measureStart({ rounds, jsonServer, say }));
  if (wanted.includes("size")) take(await measureSize({ say }));
  return measured;
}

/** What the figures belong to. */
function conditions() {
  const { model = "unknown processor" } = cpus()[0] ?? {};
  const machine = `${model.trim()}, ${cpus().length} cores, ${formatted(totalmem(), "B")} of memory`;
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).stdout?.trim();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    system: `${type()} ${release()}, node ${process.version}`,
    commit,
    rounds: countOf("rounds"),
  };
}

function summaryOf(rows) {
  const verdicts = rows.map(verdictOf).filter((verdict) => verdict !== undefined);
  const count = (name) => verdicts.filter((verdict) => verdict === name).length;
  if (verdicts.length === 0) return [];
  return [
    `Of ${verdicts.length} goals ${count("beyond") + count("reached")} are reached, ${count("beyond")} of them surpassed; ${count("missed")} are missed.`,
  ];
}

if (options["install-peers"]) installPeers();
else {
  const wanted = wantedSections();
  const old = options.compare && JSON.parse(readFileSync(options.compare, "utf8"));
  // Before minutes of measuring, not after them.
  if (old) withBefore([], old);
  mkdirSync(folder, { recursive: true });
  build();
  const { rows, notes, isRight } = await measure(wanted, findPeers());
  const result = { conditions: conditions(), rows, notes };
  writeFileSync(join(root, "out/bench.json"), `${JSON.stringify(result, null, 2)}\n`);
  const { date, machine, system, rounds } = result.conditions;
  console.log(`${date}, ${machine}, ${system}. ${roundsOf(rounds)}; 1 MB is 1,000,000 bytes.\n`);
  console.log(textTable(old ? withBefore(rows, old) : rows));
  console.log(`\n${[...summaryOf(rows), ...notes].join("\n")}`);
  if (options.write) writeFileSync(page, pageWith(readFileSync(page, "utf8"), result));
  // What is fast and wrong must not look like success.
  process.exitCode = isRight ? 0 : 1;
}
