/** A thing that some tests need and that cannot be had on this machine. Never silent: see `box`. */
export class MissingComponent extends Error {
  /**
   * @param {string} what  one sentence: what is missing
   * @param {string} remedy  the command, or the setting, that brings it
   * @param {string} [detail]  what was tried and how it answered
   */
  constructor(what, remedy, detail = "") {
    super(what);
    this.what = what;
    this.remedy = remedy;
    this.detail = detail;
  }
}

/** Draws a frame around lines that nobody may overlook in a long log. */
export function box(title, lines) {
  const width = Math.max(title.length, ...lines.map((line) => line.length));
  const rule = "#".repeat(width + 4);
  return [rule, ...[title, ...lines].map((line) => `# ${line.padEnd(width)} #`), rule].join("\n");
}

/** What the box about a missing component says. `tests` are those that need it, in capitals; `counted` is "skipped" or "failed". */
export function missingBox(tests, missing, counted) {
  const detail = missing.detail.split("\n").filter((line) => line.trim() !== "");
  return box(`${tests} DID NOT RUN (counted as ${counted})`, [
    `Missing: ${missing.what}`,
    `To get it: ${missing.remedy}`,
    ...detail.slice(0, 8).map((line) => `  ${line.slice(0, 140)}`),
  ]);
}
