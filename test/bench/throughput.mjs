// How fast exports are checked, and with how much memory, by the program as users run it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { exportOf, spoken } from "./exports.mjs";
import { bytesOf } from "./ldif-writer.mjs";
import { folder } from "./places.mjs";
import { run, telling } from "./process.mjs";
import { rowOf } from "./rows.mjs";
import { compare, sentences } from "./truth.mjs";

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
  if (hasWorkers && sample.bytes >= WORKERS_BYTES) {
    for (const [count, name] of [
      [1, "one worker"],
      [2, "two workers"],
    ])
      list.push({
        name,
        isOurs: true,
        isWorkers: true,
        ...check(cli, `report-${count}.jsonl`, ["--workers", `${count}`]),
      });
  }
  for (const { name, command, mostBytes = Number.POSITIVE_INFINITY } of readers) {
    if (sample.bytes <= mostBytes) list.push({ name, run: () => run(...command(sample.file, sample.entries)) });
  }
  return list;
}

function rowsOf(sample, list) {
  const work = `${spoken(sample.size)} LDIF, all rules, report`;
  const goals = GOALS[sample.size] ?? {};
  const [own, ...others] = list;
  const samples = (contestant, key) => contestant.runs.map((one) => one[key]);
  const rowFor = (figure, key, peer, more) => {
    const row = { id: `throughput/${sample.size}/${key}`, work, figure, unit: key === "peak" ? "B" : "s", ...more };
    const theirs = peer && { name: peer.name, samples: samples(peer, key) };
    return rowOf({ ...row, ...(peer && { id: `${row.id}/${peer.name}`, peer: theirs }), samples: samples(own, key) });
  };
  const peers = others.filter(({ isWorkers }) => !isWorkers);
  const goalAgainst = (peer) => (peer.name.startsWith("ldapmodify") ? { goal: goals.cpuRatio } : {});
  const [one, two] = others.filter(({ isWorkers }) => isWorkers);
  return [
    ...(peers.length === 0 || goals.cpu ? rowFor("CPU", "cpu", undefined, { goal: goals.cpu }) : []),
    ...peers.flatMap((peer) => rowFor("CPU", "cpu", peer, goalAgainst(peer))),
    ...rowOf({
      id: `throughput/${sample.size}/speed`,
      work,
      figure: "bytes a second of CPU",
      unit: "B/s",
      more: true,
      samples: samples(own, "cpu").map((cpu) => sample.bytes / cpu),
    }),
    ...rowFor("wall clock", "wall", peers[0]),
    ...(two === undefined
      ? []
      : rowOf({
          id: `throughput/${sample.size}/workers`,
          work,
          figure: "wall clock, two workers",
          unit: "s",
          samples: samples(two, "wall"),
          peer: { name: one.name, samples: samples(one, "wall") },
          goal: goals.workers,
        })),
    ...rowFor("peak memory", "peak", peers[0], { goal: goals.peak }),
  ];
}

/** Rows for each size, and whether everything that was planted was found and nothing invented. */
export async function measureThroughput({ sizes, rounds, cli, against, readers, say }) {
  const help = spawnSync(process.execPath, [cli, "check", "--help"], { encoding: "utf8" }).stdout;
  const hasWorkers = help.includes("--workers");
  const notes = hasWorkers ? [] : ["Workers are not measured: check has no option --workers."];
  const rows = [];
  let isRight = true;
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
        isRight &&= compared.missing.length === 0 && compared.invented.length === 0;
      }
    }
    rows.push(...rowsOf(sample, list));
  }
  return { rows, notes, isRight };
}
