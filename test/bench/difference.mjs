// How fast two exports are compared, and with how much memory, where few of their entries differ.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportOf, spoken } from "./exports.mjs";
import { folder } from "./places.mjs";
import { run, telling } from "./process.mjs";
import { rowOf } from "./rows.mjs";

/** So many entries differ, spread over the whole export. */
const DIFFERING = 1000;

/** Programs that tell lines apart: the least that a comparison of two texts takes. */
const BAR = "GNU diff";

/** The export with a value more in some of its entries: as it was written, or with its entries the other way round, as after another search. */
function editedOf({ file, entries }, isReversed) {
  const edited = file.replace(/\.ldf$/, isReversed ? ".edited-reversed.ldf" : ".edited.ldf");
  if (existsSync(edited) && statSync(edited).mtimeMs > statSync(file).mtimeMs) return edited;
  const text = readFileSync(file, "latin1");
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const records = text.split(`${lineEnd}${lineEnd}`).filter((record) => record.trim() !== "");
  const step = Math.floor(entries / DIFFERING);
  for (let at = 0; at < DIFFERING; at++) records[at * step] += `${lineEnd}carLicense: changed ${at}`;
  if (isReversed) records.reverse();
  writeFileSync(edited, records.map((record) => `${record}${lineEnd}${lineEnd}`).join(""), "latin1");
  return edited;
}

/** Compares in turn with the peer, and counts what was written. */
export async function measureDifference({ size, rounds, cli, say }) {
  const sample = exportOf(size);
  const [modify, undo] = ["difference.modify.ldf", "difference.undo.ldf"].map((name) => join(folder, name));
  const rows = [];
  const notes = [];
  let isRight = true;
  for (const isReversed of [false, true]) {
    const edited = editedOf(sample, isReversed);
    const order = isReversed ? "the other way round" : "in the same order";
    say(`difference of two exports of ${spoken(size)}, ${order}`);
    const ours = [];
    const peer = [];
    for (let round = 0; round < rounds; round++) {
      const options = ["--out", modify, "--undo", undo, "--force"];
      ours.push(await run(process.execPath, telling([cli, "diff", sample.file, edited, ...options])));
      if (!isReversed) peer.push(await run("diff", ["--speed-large-files", sample.file, edited], { exits: [1] }));
    }
    const count = readFileSync(modify, "latin1").match(/^changetype: modify\r$/gm)?.length ?? 0;
    isRight &&= count === DIFFERING;
    notes.push(`Difference of two exports of ${spoken(size)}, ${order}: ${count} of ${DIFFERING} entries written`);
    const work = `difference of two LDIF exports of ${spoken(size)}, ${order}`;
    const row = (figure, unit, key) =>
      rowOf({
        id: `difference/${size}/${isReversed ? "reversed" : "in-order"}/${key}`,
        work,
        figure,
        unit,
        samples: ours.map((one) => one[key]),
        peer: { name: BAR, samples: peer.map((one) => one[key]) },
      });
    rows.push(...row("CPU", "s", "cpu"), ...row("wall clock", "s", "wall"), ...row("peak memory", "B", "peak"));
  }
  return { rows, notes, isRight };
}
