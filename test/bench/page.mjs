// docs/performance.md: the table of a run stands in it between two markers.
import { markdownTable } from "./table.mjs";

const BEGIN = "<!-- table:begin -->";
const END = "<!-- table:end -->";

/** What a figure is of so many rounds. */
export const roundsOf = (rounds) => (rounds === 1 ? "One round" : `Medians of ${rounds} rounds`);

/** The page with the results in place of what stands between the markers. Throws where these are missing. */
export function pageWith(page, { conditions, rows, notes }) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the markers ${BEGIN} and ${END} are missing`);
  const { date, machine, system, commit, rounds } = conditions;
  const head = `Measured on ${date} with commit ${commit}: ${machine}, ${system}. ${roundsOf(rounds)}.`;
  const list = notes.map((note) => `* ${note.trim()}\n`).join("");
  return `${page.slice(0, from + BEGIN.length)}\n\n${head}\n\n${markdownTable(rows)}\n\n${list}\n${page.slice(to)}`;
}
