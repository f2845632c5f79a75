import {
  codeName,
  failureAdvice,
  failureMessage,
  type ImportFailure,
  type ImportLog,
  type ImportOutcome,
  type RecordOutcome,
} from "../../core/index.ts";
import { type Color, colorizer, counted, shortened, visible } from "../terminal.ts";
import { harmlessJson } from "./json.ts";

/** What has become of an import. Without the modify file there is no outcome, only what the log says of failures. */
export interface ImportResult {
  readonly log: ImportLog;
  readonly modifyFile?: { readonly path: string; readonly outcome: ImportOutcome };
}

/** What was told of so many records that are not applied, and the rest is counted. */
const MOST_LISTED = 20;

/** For people. */
export function* resultText({ log, modifyFile }: ImportResult): Generator<string> {
  const color = colorizer();
  const outcome = modifyFile?.outcome;
  const failed = outcome?.records.filter(({ status }) => status === "failed") ?? [];
  for (const { record, failures } of failed) {
    yield `${color("bold", `${visible(modifyFile!.path)}:${record.line + 1}`)}  ${visible(shortened(record.dn, 200))}\n`;
    for (const failure of failures) yield failureLines(failure, color);
  }
  const unplaced = outcome === undefined ? log.failures : outcome.unplaced;
  for (const failure of unplaced) {
    const where = [failure.dn, failure.line === undefined ? undefined : `line ${failure.line}`]
      .filter(Boolean)
      .join(", ");
    yield `${color("bold", `line ${failure.logLine} of the log`)}  ${visible(where || "of a record that the log does not tell")}\n`;
    yield failureLines(failure, color);
  }
  yield* advice([...failed.flatMap(({ failures }) => failures), ...unplaced]);
  if (outcome === undefined) yield `${counted(log.failures.length, "error")} in the log of ${log.tool}\n`;
  else yield* summary(log, outcome, color);
}

function failureLines(failure: ImportFailure, color: (color: Color, text: string) => string): string {
  const attribute = failure.attribute === undefined ? "" : `${visible(failure.attribute)}: `;
  return `  ${color("red", "failed")}  ${attribute}${visible(failureMessage(failure))}\n`;
}

/** Once for each kind of failure. */
function* advice(failures: readonly ImportFailure[]): Generator<string> {
  const kinds = new Map(failures.map((failure) => [failure.code, failure]));
  const known = [...kinds.values()].filter((failure) => failureAdvice(failure) !== undefined);
  if (known.length === 0) return;
  yield "\nWhat to do:\n";
  for (const failure of known.sort((one, other) => one.code! - other.code!)) {
    yield `  ${codeName({ ...failure, windowsError: undefined })}: ${failureAdvice(failure)}\n`;
  }
  yield "\n";
}

function* summary(
  { tool }: ImportLog,
  outcome: ImportOutcome,
  color: (color: Color, text: string) => string,
): Generator<string> {
  const { counts, whyNotApplied, whyUnknown } = outcome;
  yield* list(
    outcome.records.filter(({ status }) => status === "notApplied"),
    "Not applied",
    whyNotApplied,
  );
  yield* list(
    outcome.records.filter(({ status }) => status === "unknown"),
    "Not known whether applied",
    whyUnknown,
  );
  const parts = [`${counts.applied} applied`, `${counts.failed} failed`, `${counts.notApplied} not applied`];
  if (counts.unknown > 0) parts.push(`${counts.unknown} not known`);
  const total = counted(outcome.records.length, "record");
  yield `${color("bold", `${total}, by the log of ${tool}: ${parts.join(", ")}`)}\n`;
}

function* list(records: readonly RecordOutcome[], title: string, why: string | undefined): Generator<string> {
  if (records.length === 0) return;
  yield `${title}${why === undefined ? "" : `, because ${visible(lowerFirst(why))}`}:\n`;
  for (const { record } of records.slice(0, MOST_LISTED)) {
    yield `  line ${record.line + 1}  ${visible(shortened(record.dn, 200))}\n`;
  }
  if (records.length > MOST_LISTED) yield `  and ${records.length - MOST_LISTED} more\n`;
  yield "\n";
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** One JSON object a line: the records that are not applied for certain, the failures without a record, at the end one summary. */
export function* resultJsonLines({ log, modifyFile }: ImportResult): Generator<string> {
  const outcome = modifyFile?.outcome;
  for (const { record, status, failures } of outcome?.records ?? []) {
    if (status === "applied") continue;
    yield jsonLine({ type: "record", status, dn: record.dn, line: record.line + 1, failures: failures.map(jsonOf) });
  }
  for (const failure of outcome?.unplaced ?? log.failures) yield jsonLine({ type: "failure", ...jsonOf(failure) });
  yield jsonLine({
    type: "summary",
    tool: log.tool,
    ...(modifyFile !== undefined && {
      modifyFile: modifyFile.path,
      records: outcome!.records.length,
      ...outcome!.counts,
    }),
    ...(outcome?.whyNotApplied !== undefined && { whyNotApplied: outcome.whyNotApplied }),
    ...(outcome?.whyUnknown !== undefined && { whyUnknown: outcome.whyUnknown }),
    doubts: outcome?.doubts ?? [],
  });
}

function jsonOf(failure: ImportFailure) {
  const { tool: _, change: __, ...told } = failure;
  return { ...told, meaning: failureMessage(failure), advice: failureAdvice(failure) };
}

function jsonLine(object: object): string {
  return `${harmlessJson(object)}\n`;
}
