// How fast exports are checked, and with how much memory, by the program as users run it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { exportOf, spoken } from "./exports.mjs";
import { bytesOf } from "./ldif-writer.mjs";
import { folder } from "./places.mjs";
import { run, telling } from "./process.mjs";
import { rowOf } from "./rows.mjs";
import { compare, isExact, sentences } from "./truth.mjs";

/** Goals by the size for which they are set. */
const GOALS = {
  "10M": { cpu: { reach: 0.4, beyond: 0.2 } },
  "1G": {
    cpuRatio: { reach: 1, beyond: 0.6, isRatio: true },
    workers: { reach: 0.65, beyond: 0.55, isRatio: true },
    peak: { reach: 250e6, beyond: 120e6 },
  },
};

/** From this size on one worker is measured against two: before that, starting them is what is measured. */
const WORKERS_BYTES = 1e8;

/** What is measured in turn with an export: a name, what runs it, and whether its report can be held against the truth. */
function contestants(sample, { cli, against, readers, hasWorkers }) {
  const check = (program, report, args = []) => ({
    report: join(folder, report),
    run: () =>
      run(process.execPath, telling([program, "check", "--format", "jsonl", ...args, sample.file]), {
        report: join(folder, report),
        exits: [0, 1],
      }),
  });
  const list = [{ name: "Syncready", isOurs: true, ...check(cli, "report.jsonl") }];
  if (against !== undefined) list.push({ name: "the other build", ...check(against, "report-other.jsonl") });
  for (const workers of hasWorkers && sample.bytes >= WORKERS_BYTES ? [1, 2] : []) {
    const name = workers === 1 ? "one worker" : "two workers";
    list.push({ name, isOurs: true, workers, ...check(cli, `report-${workers}.jsonl`, ["--workers", `${workers}`]) });
  }
  for (const { name, isBar, command, leastBytes = 0, mostBytes = Number.POSITIVE_INFINITY } of readers) {
    if (sample.bytes < leastBytes || sample.bytes > mostBytes) continue;
    list.push({ name, isBar, run: () => run(...command(sample.file, sample.entries)) });
  }
  return list;
}

const samplesOf = ({ runs }, key) => runs.map((one) => one[key]);
const asPeer = (contestant, key) => contestant && { name: contestant.name, samples: samplesOf(contestant, key) };

/** Our CPU stands beside that of every peer; clock and memory beside those of the first, which is the nearest. */
function rowsOf({ size, bytes }, list) {
  const work = `${spoken(size)} LDIF, all rules, report`;
  const goals = GOALS[size] ?? {};
  const [own, ...others] = list;
  const peers = others.filter(({ workers }) => workers === undefined);
  const [one, two] = others.filter(({ workers }) => workers !== undefined);
  const row = (id, figure, unit, samples, more) =>
    rowOf({ id: `throughput/${size}/${id}`, work, figure, unit, samples, ...more });
  const cpu = samplesOf(own, "cpu");
  return [
    ...row("cpu", "CPU", "s", cpu, { goal: goals.cpu }),
    ...peers.flatMap((peer) => {
      const goal = peer.isBar ? goals.cpuRatio : undefined;
      return row(`cpu/${peer.name}`, "CPU", "s", cpu, { peer: asPeer(peer, "cpu"), goal });
    }),
    ...row(
      "speed",
      "bytes a second of CPU",
      "B/s",
      cpu.map((seconds) => bytes / seconds),
      { more: true },
    ),
    ...row("wall", "wall clock", "s", samplesOf(own, "wall"), { peer: asPeer(peers[0], "wall") }),
    ...(two === undefined
      ? []
      : row("workers", "wall clock, two workers", "s", samplesOf(two, "wall"), {
          peer: asPeer(one, "wall"),
          goal: goals.workers,
        })),
    ...row("peak", "peak memory", "B", samplesOf(own, "peak"), { peer: asPeer(peers[0], "peak"), goal: goals.peak }),
  ];
}

/**
 * Rows for each size, whether everything that was planted was found and nothing invented, and the CPU seconds an entry of the largest file
 * as a peer of what is not a file.
 */
export async function measureThroughput({ sizes, rounds, cli, against, readers, say }) {
  const help = spawnSync(process.execPath, [cli, "check", "--help"], { encoding: "utf8" }).stdout;
  const hasWorkers = help.includes("--workers");
  const notes = hasWorkers ? [] : ["Workers are not measured: check has no option --workers."];
  const rows = [];
  let isRight = true;
  let largest;
  for (const size of sizes.toSorted((one, other) => bytesOf(one) - bytesOf(other))) {
    say(`${size}: the export`);
    const sample = exportOf(size);
    const list = contestants(sample, { cli, against, readers, hasWorkers }).map((one) => ({ ...one, runs: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const contestant of list) {
        say(`${size}, round ${round + 1}: ${contestant.name}`);
        contestant.runs.push(await contestant.run());
        if (round > 0 || !contestant.isOurs) continue;
        const compared = await compare(contestant.report, sample.truth);
        for (const line of sentences(`${spoken(size)}, ${contestant.name}`, compared)) notes.push(line);
        isRight &&= isExact(compared);
      }
    }
    rows.push(...rowsOf(sample, list));
    const entry = samplesOf(list[0], "cpu").map((cpu) => cpu / sample.entries);
    largest = { name: `file of ${spoken(size)}`, samples: entry };
  }
  return { rows, notes, isRight, largest };
}
