// More than a disk need hold: an export that comes through a pipe while it is made.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { GENERATOR } from "./exports.mjs";
import { folder } from "./places.mjs";
import { telling } from "./process.mjs";
import { rowOf } from "./rows.mjs";
import { compare, isExact, sentences } from "./truth.mjs";

/** What the goal table asks of so many entries. */
const TEN_MILLION = 10_000_000;
const GOAL = { cpu: { reach: 1.2, isRatio: true }, peak: { reach: 1.2e9, beyond: 0.9e9 } };

/** A shell's pipe, as users have it, between the generator and the program; answers what both tell of themselves. */
async function pipe(program, entries, { truth, report }) {
  const generate = '"$NODE" "$GENERATOR" --entries "$ENTRIES" --truth "$TRUTH" --out -';
  const check = '"$NODE" "$@" check --format jsonl - > "$REPORT"';
  const child = spawn("sh", ["-c", `${generate} 3>&- | ${check}`, "sh", ...telling([program])], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE: process.execPath,
      GENERATOR,
      ENTRIES: `${entries}`,
      TRUTH: truth,
      REPORT: report,
    },
  });
  let [said, told] = ["", ""];
  child.stderr.on("data", (data) => {
    said += data;
  });
  child.stdio[3].on("data", (data) => {
    told += data;
  });
  const [code] = await once(child, "close");
  const made = said.split("\n").find((line) => line.startsWith('{"entries"'));
  if ((code !== 0 && code !== 1) || told === "" || made === undefined)
    throw new Error(`the pipe ended with ${code}:\n${said.slice(-2000)}`);
  return { ...JSON.parse(told), made: JSON.parse(made) };
}

/** One run, with the CPU an entry beside that of the largest file (`fileRun`: seconds an entry) where there is one. */
export async function measureStream({ entries, cli, fileRun, say }) {
  say(`${entries} entries through a pipe`);
  const files = { truth: join(folder, "stream.truth.jsonl"), report: join(folder, "report-stream.jsonl") };
  const { cpu, peak, made } = await pipe(cli, entries, files);
  const compared = await compare(files.report, files.truth);
  const work = `${entries.toLocaleString("en-US")} entries through a pipe`;
  const goals = entries === TEN_MILLION ? GOAL : {};
  const row = (key, figure, unit, sample, more) =>
    rowOf({ id: `stream/${entries}/${key}`, work, figure, unit, samples: [sample], ...more });
  const rows = [
    ...row("cpu", "CPU", "s", cpu),
    ...row("entry", "CPU an entry", "s", cpu / made.entries, { peer: fileRun, goal: goals.cpu }),
    ...row("peak", "peak memory", "B", peak, { goal: goals.peak }),
  ];
  const size = `${(made.bytes / 1e9).toFixed(2)} GB, ${made.entries.toLocaleString("en-US")} entries through a pipe`;
  const isRight = isExact(compared);
  return { rows, notes: sentences(size, compared), isRight };
}
