import type { ImportFailure, ImportLog } from "./import-log.ts";
import type { ImportedRecord } from "./imported-record.ts";
import { type Places, placeFailures } from "./place-failures.ts";
import { resultCode } from "./result-codes.ts";
import { hexOf, windowsError } from "./windows-errors.ts";

/** What has become of a record. */
export type RecordStatus = "applied" | "failed" | "notApplied" | "unknown";

export interface RecordOutcome {
  readonly record: ImportedRecord;
  readonly status: RecordStatus;
  readonly failures: readonly ImportFailure[];
}

/** What has become of a modify file. */
export interface ImportOutcome {
  readonly records: readonly RecordOutcome[];
  readonly counts: Readonly<Record<RecordStatus, number>>;
  /** Failures of which nothing tells which record they are about. */
  readonly unplaced: readonly ImportFailure[];
  /** Why records were not applied without having failed, where there are such: a sentence without a full stop. */
  readonly whyNotApplied?: string | undefined;
  /** Why nothing is known of records, where there are such: a sentence without a full stop. */
  readonly whyUnknown?: string | undefined;
  /** What in the log does not agree with the modify file: sentences without a full stop. */
  readonly doubts: readonly string[];
}

/** What a log says of all records but those that failed. */
interface Others {
  statusOf(at: number): RecordStatus;
  readonly whyNotApplied?: string;
  readonly whyUnknown?: string;
}

/** What has become of each record of a modify file, by the log of its import. What the log does not tell is "unknown". */
export function importOutcome(log: ImportLog, records: readonly ImportedRecord[]): ImportOutcome {
  const places = placeFailures(log, records);
  const failures = new Map<number, ImportFailure[]>();
  const unplaced: ImportFailure[] = [];
  for (const [at, place] of places.failures.entries()) {
    const failure = log.failures[at]!;
    if (place === undefined) unplaced.push(failure);
    else failures.set(place, [...(failures.get(place) ?? []), failure]);
  }
  const others = othersOf(log, records, places, [...failures.keys()]);
  const outcomes = records.map((record, at): RecordOutcome => {
    const own = failures.get(at);
    return { record, status: own === undefined ? others.statusOf(at) : "failed", failures: own ?? [] };
  });
  const counts = { applied: 0, failed: 0, notApplied: 0, unknown: 0 };
  for (const { status } of outcomes) counts[status]++;
  const doubts = [...places.doubts];
  if (log.applied !== undefined && log.applied > records.length) {
    doubts.push(`the log counts ${log.applied} applied records, and the modify file has ${records.length}`);
  }
  return {
    records: outcomes,
    counts,
    unplaced,
    whyNotApplied: counts.notApplied > 0 ? others.whyNotApplied : undefined,
    whyUnknown: counts.unknown > 0 ? others.whyUnknown : undefined,
    doubts,
  };
}

function othersOf(
  log: ImportLog,
  records: readonly ImportedRecord[],
  places: Places,
  failed: readonly number[],
): Others {
  switch (log.tool) {
    case "ldifde":
      return ofLdifde(log, records.length, places, failed);
    case "ldbmodify":
      return ofLdbmodify(log, records.length);
    case "ldapmodify":
      return log.isSkipFile ? ofSkipFile(records.length, failed, places) : ofLdapmodify(log, places, failed);
  }
}

const WHICH = "Nothing in the log tells which record an error is about";

/**
 * ldifde stops at the first error; with -k it goes on after some errors (those for which a second import of the same file would fail, as Microsoft
 * lists them), but not after others, such as 16. So where it stopped, only its count tells.
 */
function ofLdifde(log: ImportLog, total: number, places: Places, failed: readonly number[]): Others {
  const told = new Map(log.attempts.map(({ isApplied }, at) => [places.attempts[at]!, isApplied]));
  const rest = ofCount(log, total, places, failed);
  return { ...rest, statusOf: (at) => (told.get(at) === true ? "applied" : rest.statusOf(at)) };
}

function ofCount({ applied, trouble }: ImportLog, total: number, places: Places, failed: readonly number[]): Others {
  const whyNotApplied = "ldifde stopped at the last error that is told";
  if (applied === undefined) {
    return {
      statusOf: () => "unknown",
      whyUnknown: "The log does not say how many entries were modified: where the import ended is not known",
    };
  }
  if (places.failures.some((place) => place === undefined)) return { statusOf: () => "unknown", whyUnknown: WHICH };
  const last = Math.max(-1, ...failed);
  if (failed.length === 0) {
    if (applied === total) return { statusOf: () => "applied" };
    if (applied === 0)
      return { statusOf: () => "notApplied", whyNotApplied: trouble?.text ?? "ldifde has modified no entry" };
  } else if (applied === last - (failed.length - 1)) {
    return { statusOf: (at) => (at < last ? "applied" : "notApplied"), whyNotApplied };
  } else if (applied === total - failed.length) return { statusOf: () => "applied" };
  const whyUnknown = `The log counts ${applied} modified entries, which fits neither an import that stopped nor one that went on to the end: with -k, ldifde leaves out some entries without a word`;
  return { statusOf: () => "unknown", whyUnknown };
}

/** The whole file is one transaction. What cannot be read ends the reading, and what came before it stays. */
function ofLdbmodify({ applied, trouble }: ImportLog, total: number): Others {
  if (applied === undefined)
    return { statusOf: () => "unknown", whyUnknown: "The log has no line that counts records" };
  const reading =
    trouble?.text ?? "ldbmodify did not read further: it takes lines that end with CR LF for part of the words";
  const whyNotApplied =
    applied > 0 || trouble !== undefined ? reading : "ldbmodify applies a file as a whole or not at all";
  return { statusOf: (at) => (at < applied && applied <= total ? "applied" : "notApplied"), whyNotApplied };
}

/** The file of refused records does not say whether the import went on after the only one. */
function ofSkipFile(total: number, failed: readonly number[], places: Places): Others {
  const last = Math.max(-1, ...failed);
  if (places.failures.length > 1 || last === total - 1) return { statusOf: () => "applied" };
  const whyUnknown = "The file of ldapmodify -S does not say whether the import went on (-c) after its only error";
  return { statusOf: (at) => (at < last ? "applied" : "unknown"), whyUnknown };
}

/** ldapmodify names each record that it sends. */
function ofLdapmodify(log: ImportLog, places: Places, failed: readonly number[]): Others {
  if (log.isRehearsal) {
    return { statusOf: () => "notApplied", whyNotApplied: "ldapmodify -n shows what would be done, and does nothing" };
  }
  const sent = new Set(places.attempts);
  if (log.attempts.length === 0) {
    if (log.trouble !== undefined) return { statusOf: () => "notApplied", whyNotApplied: log.trouble.text };
    return {
      statusOf: () => "unknown",
      whyUnknown: "The log has the errors only, not the records that ldapmodify has sent",
    };
  }
  const isCertain = places.failures.every((place) => place !== undefined);
  const whyNotApplied =
    failed.length > 0
      ? "without -c, ldapmodify stops at the first error"
      : "the log does not name them among those that were sent";
  return {
    statusOf: (at) => (!sent.has(at) ? "notApplied" : isCertain ? "applied" : "unknown"),
    whyNotApplied,
    whyUnknown: `${WHICH}: output and errors went into one file, where they do not stand in their order. ldapmodify -c -S FILE keeps the refused records apart`,
  };
}

/** What a failure means: a sentence or two, with the server's own words at the end. */
export function failureMessage(failure: ImportFailure): string {
  const { code, windowsError: number, text } = failure;
  const known = code === undefined ? undefined : resultCode(code);
  const more = number === undefined ? undefined : windowsError(number)?.meaning;
  const meaning = known?.meaning ?? "The directory refused the record";
  return `${meaning}${more === undefined ? "" : `: ${more.charAt(0).toLowerCase()}${more.slice(1)}`} (${codeName(failure)}). It says: ${text}`;
}

/** `16 noSuchAttribute, Windows error 0x2085`. */
export function codeName({ code, windowsError: number }: ImportFailure): string {
  const known = code === undefined ? undefined : resultCode(code);
  const name = code === undefined ? "no known code" : `${code}${known === undefined ? "" : ` ${known.name}`}`;
  return number === undefined ? name : `${name}, Windows error ${hexOf(number)}`;
}

/** What to do about a failure; `undefined` where its code is not known. */
export function failureAdvice({ code }: ImportFailure): string | undefined {
  return code === undefined ? undefined : resultCode(code)?.advice;
}

/** How diagnostics name a kind of failure, and its place on the page about results. */
export function failureId({ code }: ImportFailure): string {
  return `import-${code !== undefined && resultCode(code) !== undefined ? code : "failed"}`;
}
