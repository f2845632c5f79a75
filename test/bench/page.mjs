// docs/performance.md: the table of the last run that was started with --write, between two markers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.mjs";
import { markdownTable } from "./table.mjs";

const PAGE = join(root, "docs/performance.md");
const BEGIN = "<!-- table:begin -->";
const END = "<!-- table:end -->";

/** Replaces what stands between the markers. Throws where they are missing. */
export function pageWith(page, { conditions, rows, notes }) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the markers ${BEGIN} and ${END} are missing`);
  const { date, machine, system, commit, rounds } = conditions;
  const head = `Measured on ${date} with commit ${commit}: ${machine}, ${system}. Medians of ${rounds} rounds.`;
  const content = [head, markdownTable(rows), notes.map((note) => `* ${note.trim()}`).join("\n")].join("\n\n");
  return `${page.slice(0, from + BEGIN.length)}\n\n${content}\n\n${page.slice(to)}`;
}

export function writePage(result) {
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, "utf8"), result));
}
