// The rows of the table. A row is one figure: samples of it, one a round; a peer's samples, where somebody else does the same work; and
// the goal. Less is always better, unless the row says `more`.
import { median } from "./statistics.mjs";

/**
 * @typedef {object} Row
 * @property {string} id the same in every run, so that runs can be compared
 * @property {string} work what was done, such as "1 GB LDIF"
 * @property {string} figure what was measured, such as "CPU"
 * @property {"s" | "B" | "B/s" | "/s"} unit of the samples
 * @property {number[]} samples
 * @property {{ name: string, samples: number[] }} [peer]
 * @property {{ reach: number, beyond?: number, isRatio?: boolean }} [goal] in the row's unit, or a ratio to the peer
 * @property {boolean} [more] more is better
 */

/** A row, or none where nothing could be measured. */
export function rowOf({ samples, peer, ...row }) {
  const ours = samples.filter((sample) => sample !== undefined);
  if (ours.length === 0) return [];
  const theirs = peer?.samples.filter((sample) => sample !== undefined) ?? [];
  return [{ ...row, samples: ours, ...(theirs.length > 0 && { peer: { name: peer.name, samples: theirs } }) }];
}

/** Our figure in relation to the peer's; `undefined` where there is no peer, or nothing of it could be counted. */
export function ratioOf({ samples, peer }) {
  const theirs = peer === undefined ? 0 : median(peer.samples);
  return theirs === 0 ? undefined : median(samples) / theirs;
}

/** "beyond", "reached" or "missed"; `undefined` where there is no goal, or nothing to hold against it. */
export function verdictOf(row) {
  const { goal, samples } = row;
  if (goal === undefined) return undefined;
  const figure = goal.isRatio ? ratioOf(row) : median(samples);
  if (figure === undefined) return undefined;
  if (goal.beyond !== undefined && figure <= goal.beyond) return "beyond";
  return figure <= goal.reach ? "reached" : "missed";
}

/** Adds to each row the samples of an older run's row with the same id. Throws where the old run is none. */
export function withBefore(rows, old) {
  if (!Array.isArray(old?.rows))
    throw new Error("the older results have no rows: another version of the benchmark has written them");
  const before = new Map(old.rows.map(({ id, samples }) => [id, samples]));
  return rows.map((row) => ({ ...row, before: before.get(row.id) }));
}
