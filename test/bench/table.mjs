// The table as text for a terminal and as Markdown.
import { ratioOf, verdictOf } from "./rows.mjs";
import { median } from "./statistics.mjs";

const UNITS = {
  s: [
    [1, "s"],
    [1e-3, "ms"],
    [1e-6, "µs"],
  ],
  B: [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "KB"],
    [1, "B"],
  ],
  "B/s": [[1e6, "MB/s"]],
  "/s": [
    [1e3, "thousand/s"],
    [1, "/s"],
  ],
};

/** Three digits, with none behind the point from 100 on. */
function digits(number) {
  const places = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
  return number.toFixed(places);
}

/** The unit in which a figure has the fewest digits before the point, but at least one. */
const unitFor = (figure, unit) => UNITS[unit].find(([size]) => figure >= size) ?? UNITS[unit].at(-1);

/** A figure with its unit: 1.53 s, 87.0 MB. */
export function formatted(figure, unit) {
  const [size, name] = unitFor(figure, unit);
  return `${digits(figure / size)} ${name}`;
}

/** The lowest and the highest sample, in the unit of the median. */
function spread({ samples, unit }) {
  if (samples.length === 1) return "";
  const [size] = unitFor(median(samples), unit);
  return [Math.min(...samples), Math.max(...samples)].map((sample) => digits(sample / size)).join(" - ");
}

const times = (ratio) => (ratio === undefined ? "" : `${digits(ratio)} x`);

/** What is to be reached and what lies beyond, without needless zeros. */
function goal({ goal, unit }) {
  if (goal === undefined) return "";
  const show = (figure) =>
    (goal.isRatio ? times(figure) : formatted(figure, unit)).replace(/\.0+(?= )|(\.\d*?)0+(?= )/, "$1");
  return [goal.reach, goal.beyond]
    .filter((figure) => figure !== undefined)
    .map(show)
    .join(" / ");
}

function change({ samples, before }) {
  if (before === undefined) return "new";
  const percent = (median(samples) / median(before) - 1) * 100;
  return `${percent < 0 ? "-" : "+"}${Math.abs(percent).toFixed(0)} %`;
}

/** Title, side on which it is filled up, and text of a column. */
const COLUMNS = [
  ["Work", "end", ({ work }) => work],
  ["Figure", "end", ({ figure }) => figure],
  ["Syncready", "start", ({ samples, unit }) => formatted(median(samples), unit)],
  ["lowest - highest", "start", spread],
  ["Peer", "end", ({ peer }) => peer?.name ?? ""],
  ["Peer's", "start", ({ peer, unit }) => (peer === undefined ? "" : formatted(median(peer.samples), unit))],
  ["Ratio", "start", (row) => times(ratioOf(row))],
  ["Goal: reach / beyond", "start", goal],
  ["", "end", (row) => verdictOf(row) ?? ""],
];

const COMPARISON = [
  ["Before", "start", ({ before, unit }) => (before === undefined ? "" : formatted(median(before), unit))],
  ["Change", "start", change],
];

/** What says the same in all rows of one figure, each of which has another peer. */
const OF_THE_FIGURE = new Set(["Figure", "Syncready", "lowest - highest", "Before", "Change"]);

/** The cells of all rows, the titles first. What a row shares with the one above is left out. */
function cellsOf(rows) {
  const columns = rows.some(({ before }) => before !== undefined) ? [...COLUMNS, ...COMPARISON] : COLUMNS;
  const lines = rows.map((row, index) => {
    const above = rows[index - 1];
    const isSameWork = above?.work === row.work;
    const isSameFigure = isSameWork && above.figure === row.figure && `${above.samples}` === `${row.samples}`;
    const isShared = (title) => (title === "Work" && isSameWork) || (isSameFigure && OF_THE_FIGURE.has(title));
    return columns.map(([title, , text]) => (isShared(title) ? "" : text(row)));
  });
  return { columns, lines: [columns.map(([title]) => title), ...lines] };
}

/** For a terminal: columns in line, a line between two works. */
export function textTable(rows) {
  const { columns, lines } = cellsOf(rows);
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const fill = (cell, column) =>
    columns[column][1] === "start" ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  const printed = lines.map((line) => line.map(fill).join("  ").trimEnd());
  const rule = "-".repeat(Math.max(...printed.map((line) => line.length)));
  return printed.flatMap((line, index) => (index > 0 && lines[index][0] !== "" ? [rule, line] : [line])).join("\n");
}

/** For a page. */
export function markdownTable(rows) {
  const { columns, lines } = cellsOf(rows);
  const [titles, ...others] = lines.map((line) => `| ${line.join(" | ")} |`);
  const rule = `| ${columns.map(([, side]) => (side === "start" ? "---:" : "---")).join(" | ")} |`;
  return [titles, rule, ...others].join("\n");
}
