// Whether a check finds what was planted, and nothing else.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const keyOf = ({ rule, dn, attribute }) => `${rule} ${dn} ${attribute}`;

async function keysIn(file, isWanted) {
  const keys = new Set();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const object = JSON.parse(line);
    if (isWanted(object)) keys.add(keyOf(object));
  }
  return keys;
}

const planted = (keys) => ({
  expected: keys.size,
  duplicates: [...keys].filter((key) => key.startsWith("duplicate-")).length,
});

/**
 * Compares a report (JSON lines) with the generator's list. Answers how many findings were expected, how many of them are duplicates, and the
 * findings that are missing and those that are invented, as `rule DN attribute`. What is said of the file as a whole does not count.
 */
export async function compare(report, truth) {
  const expected = await keysIn(truth, () => true);
  const told = await keysIn(report, ({ type, dn }) => type === "finding" && dn !== undefined);
  return {
    ...planted(expected),
    missing: [...expected].filter((key) => !told.has(key)),
    invented: [...told].filter((key) => !expected.has(key)),
  };
}

/** What is said of an export as a whole. */
const OF_THE_EXPORT = "export-attributes-missing";

/**
 * The same for diagnostics, which do not say to which object they belong: only how many of each rule there are is compared. What is missing
 * or invented is told by its rule.
 */
export async function compareDiagnostics(diagnostics, truth) {
  const keys = await keysIn(truth, () => true);
  const more = new Map();
  const count = (rule, step) => more.set(rule, (more.get(rule) ?? 0) + step);
  for (const key of keys) count(key.slice(0, key.indexOf(" ")), -1);
  for (const { code } of diagnostics) if (code !== OF_THE_EXPORT) count(code, 1);
  const repeated = (sign) =>
    [...more].flatMap(([rule, times]) => Array.from({ length: Math.max(0, sign * times) }, () => rule));
  return { ...planted(keys), missing: repeated(-1), invented: repeated(1) };
}

/** Whether everything was found and nothing invented. */
export const isExact = ({ missing, invented }) => missing.length === 0 && invented.length === 0;

/** One sentence for people, and up to five of the findings that are wrong. */
export function sentences(name, { expected, duplicates, missing, invented }) {
  const right = expected - missing.length;
  const first = `${name}: ${right} of ${expected} expected findings (${duplicates} of duplicates) found, ${invented.length} invented`;
  const some = (title, keys) => keys.slice(0, 5).map((key) => `  ${title}: ${key}`);
  return [first, ...some("missing", missing), ...some("invented", invented)];
}
