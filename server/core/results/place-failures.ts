import { attributeType } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { ImportAttempt, ImportFailure, ImportLog } from "./import-log.ts";
import { type ImportedRecord, recordAtLine } from "./imported-record.ts";

/** Which record each attempt and each failure of a log is about. */
export interface Places {
  /** By the index of the attempt: the index of its record, or -1. */
  readonly attempts: readonly number[];
  /** By the index of the failure: the index of its record, or `undefined` where nothing tells. */
  readonly failures: readonly (number | undefined)[];
  /** What does not agree with the modify file, each a sentence without a full stop. */
  readonly doubts: readonly string[];
}

export function placeFailures(log: ImportLog, records: readonly ImportedRecord[]): Places {
  const doubts: string[] = [];
  const attempts = alignAttempts(log.attempts, records);
  const strangers = attempts.filter((place) => place < 0).length;
  if (strangers > 0) doubts.push(`${strangers} of the records that the log names are not in the modify file`);
  const index = byDn(records);
  const owners = new Map(
    log.attempts.flatMap(({ failure }, at) => (failure === undefined ? [] : [[failure, attempts[at]!]])),
  );
  const taken = new Map<string, number>();
  const failures = log.failures.map((failure, at) => {
    const owner = owners.get(at);
    if (owner !== undefined && owner >= 0) return owner;
    return placeOf(failure, records, index, taken, doubts);
  });
  if (!log.isInOrder) matchInOrder(log, records, attempts, failures);
  return { attempts, failures, doubts };
}

/** Attempts come in the order of the file; what lies between two of them was not sent. */
function alignAttempts(attempts: readonly ImportAttempt[], records: readonly ImportedRecord[]): number[] {
  let next = 0;
  return attempts.map(({ dn, change, index }) => {
    const key = dnKey(dn);
    const fits = (at: number) => {
      const record = records[at];
      return record !== undefined && record.key === key && (change === undefined || record.change === change);
    };
    if (index !== undefined) return fits(index) ? index : -1;
    let at = next;
    while (at < records.length && !fits(at)) at++;
    if (at >= records.length) return -1;
    next = at + 1;
    return at;
  });
}

function byDn(records: readonly ImportedRecord[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [at, { key }] of records.entries()) {
    const others = index.get(key);
    if (others === undefined) index.set(key, [at]);
    else others.push(at);
  }
  return index;
}

/** By its DN and its line; where there is one only, by that. */
function placeOf(
  failure: ImportFailure,
  records: readonly ImportedRecord[],
  index: ReadonlyMap<string, readonly number[]>,
  taken: Map<string, number>,
  doubts: string[],
): number | undefined {
  const { line, dn, tool, logLine } = failure;
  const atLine = line === undefined ? undefined : recordAtLine(records, line);
  if (line !== undefined && atLine === undefined) {
    doubts.push(`line ${logLine} of the log names line ${line}, where the modify file has no record`);
  }
  if (dn === undefined) return tool === "ldbmodify" ? undefined : atLine;
  const key = dnKey(dn);
  const ofDn = index.get(key) ?? [];
  if (atLine !== undefined && ofDn.includes(atLine)) return atLine;
  if (ofDn.length === 0) {
    doubts.push(`line ${logLine} of the log names ${dn}, of which the modify file has no record`);
    return undefined;
  }
  if (line !== undefined && atLine !== undefined) {
    // The line is that of another file, or counted in another way: the DN is certain, and the nearest of its records the likely one.
    return ofDn.reduce((one, other) =>
      Math.abs(records[other]!.line - line) < Math.abs(records[one]!.line - line) ? other : one,
    );
  }
  // Several failures of one entry are those of its records in their order.
  const nth = taken.get(key) ?? 0;
  taken.set(key, nth + 1);
  return ofDn[Math.min(nth, ofDn.length - 1)];
}

/**
 * Places the failures of an output whose parts have come together in another order. Among themselves they are in the order of the records, so
 * each has an earliest and a latest record that it can be about; where that is the same one, it is certain.
 */
function matchInOrder(
  log: ImportLog,
  records: readonly ImportedRecord[],
  attempts: readonly number[],
  places: (number | undefined)[],
): void {
  const open = places.flatMap((place, at) => (place === undefined ? [at] : []));
  const candidates = attempts.length > 0 ? attempts.filter((at) => at >= 0) : records.map((_, at) => at);
  const last = candidates.at(-1);
  const isStopped = open.length === 1 && attempts.length > 0 && last !== undefined && last < records.length - 1;
  if (isStopped && log.failures.length === 1) {
    // Without -c the first error is the end of it.
    places[open[0]!] = last;
    return;
  }
  const fits = open.map((at) => fitOf(log.failures[at]!, records));
  const earliest = greedy(fits, candidates);
  const latest = greedy([...fits].reverse(), [...candidates].reverse())?.reverse();
  for (const [at, failure] of open.entries()) {
    const place = earliest?.[at];
    if (place !== undefined && place === latest?.[at]) places[failure] = place;
  }
}

/** Takes for each the first candidate behind the one before that fits; `undefined` where they run out. */
function greedy(fits: readonly ((at: number) => boolean)[], candidates: readonly number[]): number[] | undefined {
  const chosen: number[] = [];
  let next = 0;
  for (const isAbout of fits) {
    while (next < candidates.length && !isAbout(candidates[next]!)) next++;
    if (next === candidates.length) return undefined;
    chosen.push(candidates[next++]!);
  }
  return chosen;
}

/** Codes that are about a value of the record itself, so that it must name the attribute that the server names. */
const ABOUT_A_VALUE: ReadonlySet<number> = new Set([16, 20, 21]);

/** Whether a failure can be about a record. It never says no to the one that it is about. */
function fitOf(failure: ImportFailure, records: readonly ImportedRecord[]): (at: number) => boolean {
  const { change, attribute, code, text } = failure;
  const verb = /\bmodify\/(add|delete):/.exec(text)?.[1];
  const type = attribute === undefined ? undefined : attributeType(attribute);
  return (at) => {
    const record = records[at]!;
    if (change !== undefined && record.change !== undefined && record.change !== change) return false;
    if (record.change !== "modify" || type === undefined || code === undefined || !ABOUT_A_VALUE.has(code)) return true;
    const verbs = verb === undefined ? ["add", "delete", "replace", "increment"] : [verb];
    return verbs.some((one) => record.modSpecs.has(`${one} ${type}`));
  };
}
