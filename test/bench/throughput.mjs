// How fast exports are checked, and with how much memory, by the program as users run it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { exportOf, spoken } from "./exports.mjs";
import { bytesOf } from "./ldif-writer.mjs";
import { folder } from "./places.mjs";
import { run, telling } from "./process.mjs";
import { rowOf } from "./rows.mjs";
import { compare, isExact, sentences } from "./truth.mjs";

/** Goals by the format and the size for which they are set. */
const GOALS = {
  ldif: {
    "10M": { cpu: { reach: 0.4, beyond: 0.2 } },
    "1G": {
      cpuRatio: { reach: 1, beyond: 0.6, isRatio: true },
      workers: { reach: 0.65, beyond: 0.55, isRatio: true },
      peak: { reach: 250e6, beyond: 120e6 },
    },
  },
  csv: { "100M": { cpuRatio: { reach: 1.5, beyond: 1, isRatio: true } } },
};

const NAMES = { ldif: "LDIF", csv: "csvde CSV" };

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

/**
 * Our CPU stands beside that of every peer; clock and memory beside those of the first, which is the nearest. `other`: what an export of the
 * same size in another format took.
 */
function rowsOf({ size, format, bytes, entries }, list, other) {
  const work = `${spoken(size)} ${NAMES[format]}, all rules, report`;
  const goals = GOALS[format][size] ?? {};
  const [own, ...others] = list;
  const peers = others.filter(({ workers }) => workers === undefined);
  const [one, two] = others.filter(({ workers }) => workers !== undefined);
  const row = (id, figure, unit, samples, more) =>
    rowOf({
      id: `throughput/${format === "ldif" ? "" : `${format}/`}${size}/${id}`,
      work,
      figure,
      unit,
      samples,
      ...more,
    });
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
    ...row(
      "entries",
      "entries a second of CPU",
      "/s",
      cpu.map((seconds) => entries / seconds),
      { more: true, peer: other },
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
 * Rows for each format and size, whether everything that was planted was found and nothing invented, and the CPU seconds an entry of the
 * largest LDIF file as a peer of what is not a file.
 */
export async function measureThroughput({ sizes, csvSizes, rounds, cli, against, readers, csvReaders, say }) {
  const help = spawnSync(process.execPath, [cli, "check", "--help"], { encoding: "utf8" }).stdout;
  const hasWorkers = help.includes("--workers");
  const notes = hasWorkers ? [] : ["Workers are not measured: check has no option --workers."];
  const rows = [];
  let isRight = true;
  let largest;
  const bySize = (list, format) =>
    list.toSorted((one, other) => bytesOf(one) - bytesOf(other)).map((size) => ({ size, format }));
  /** Entries a second, by the size of an LDIF export. */
  const speeds = new Map();
  for (const { size, format } of [...bySize(sizes, "ldif"), ...bySize(csvSizes, "csv")]) {
    const name = `${spoken(size)} ${NAMES[format]}`;
    say(`${name}: the export`);
    const sample = { format, ...exportOf(size, format) };
    const peers = format === "csv" ? csvReaders : readers;
    const list = contestants(sample, { cli, against, readers: peers, hasWorkers }).map((one) => ({ ...one, runs: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const contestant of list) {
        say(`${name}, round ${round + 1}: ${contestant.name}`);
        contestant.runs.push(await contestant.run());
        if (round > 0 || !contestant.isOurs) continue;
        const compared = await compare(contestant.report, sample.truth);
        for (const line of sentences(`${name}, ${contestant.name}`, compared)) notes.push(line);
        isRight &&= isExact(compared);
      }
    }
    rows.push(...rowsOf(sample, list, speeds.get(size)));
    const cpu = samplesOf(list[0], "cpu");
    if (format !== "ldif") continue;
    speeds.set(size, { name: NAMES.ldif, samples: cpu.map((seconds) => sample.entries / seconds) });
    largest = { name: `file of ${spoken(size)}`, samples: cpu.map((seconds) => seconds / sample.entries) };
  }
  return { rows, notes, isRight, largest };
}
