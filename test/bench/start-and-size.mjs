// How long the language server takes to be there, and how large what is installed is.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { packageVsix } from "../vscode/vsix.mjs";
import { JSON_SERVER } from "./peers.mjs";
import { root, server } from "./places.mjs";
import { rowOf } from "./rows.mjs";
import { Session } from "./session.mjs";

/** A start is short, so there are more rounds of it. */
const LEAST_ROUNDS = 9;

async function start(program) {
  const session = await Session.start(program);
  try {
    return { wall: session.startTook, cpu: session.cpu };
  } finally {
    await session.stop();
  }
}

/** From the start of the process until `initialize` is answered, with everything in the system's cache. */
export async function measureStart({ rounds, jsonServer, say }) {
  const contestants = [{ program: server, runs: [] }];
  if (jsonServer !== undefined) contestants.push({ program: jsonServer, runs: [] });
  say("start of the server");
  for (const { program } of contestants) await start(program);
  for (let round = 0; round < Math.max(rounds, LEAST_ROUNDS); round++)
    for (const { program, runs } of contestants) runs.push(await start(program));
  const [ours, peer] = contestants;
  const row = (figure, key, goal) =>
    rowOf({
      id: `start/${key}`,
      work: "start of the server to initialize",
      figure,
      unit: "s",
      goal,
      samples: ours.runs.map((one) => one[key]),
      peer: peer && { name: JSON_SERVER, samples: peer.runs.map((one) => one[key]) },
    });
  return { rows: [...row("wall clock", "wall", { reach: 0.8, beyond: 0.5, isRatio: true }), ...row("CPU", "cpu")] };
}

/** The packed extension and its programs. */
export async function measureSize({ say }) {
  say("the extension's package");
  const vsix = await packageVsix();
  const bundles = readdirSync(join(root, "dist")).filter((name) => name.endsWith(".js"));
  const files = [vsix, ...bundles.map((name) => join(root, "dist", name))];
  const rows = files.flatMap((file) =>
    rowOf({
      id: `size/${basename(file)}`,
      work: "size of the extension",
      figure: basename(file),
      unit: "B",
      samples: [statSync(file).size],
    }),
  );
  return { rows };
}
