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

/**
 * Compares a report (JSON lines) with the generator's list. Answers how many findings were expected, how many of them are duplicates, and the
 * findings that are missing and those that are invented, as `rule DN attribute`. What is said of the file as a whole does not count.
 */
export async function compare(report, truth) {
  const expected = await keysIn(truth, () => true);
  const told = await keysIn(report, ({ type, dn }) => type === "finding" && dn !== undefined);
  return {
    expected: expected.size,
    duplicates: [...expected].filter((key) => key.startsWith("duplicate-")).length,
    missing: [...expected].filter((key) => !told.has(key)),
    invented: [...told].filter((key) => !expected.has(key)),
  };
}

/** One sentence for people, and up to five of the findings that are wrong. */
export function sentences(name, { expected, duplicates, missing, invented }) {
  const right = expected - missing.length;
  const first = `${name}: ${right} of ${expected} expected findings (${duplicates} of duplicates) found, ${invented.length} invented`;
  const some = (title, keys) => keys.slice(0, 5).map((key) => `  ${title}: ${key}`);
  return [first, ...some("missing", missing), ...some("invented", invented)];
}
