import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import {
  countLineEnds,
  dnKey,
  type EntryRecord,
  FORMAT_HEAD,
  failureAdvice,
  failureId,
  failureMessage,
  formatOf,
  type ImportFailure,
  type ImportOutcome,
  importOutcome,
  importResultUrl,
  LDIF_FORMAT,
  type RecordOutcome,
  rangeOf,
  readImportedFile,
  readImportLog,
} from "../../core/index.ts";
import { CHUNK } from "../analysis.ts";
import { type Context, fileName, tell } from "../context.ts";
import { SOURCE } from "../convert.ts";
import { MOST_COMPARED, type ShownRecord } from "../import-results.ts";
import { RULE_SCHEME, type ShownImportResult } from "../protocol.ts";
import { beside, isFile, uriKey } from "../uri.ts";
import { MOST_SHOWN } from "./diagnostics.ts";

/** Bytes. What is larger is read on the command line: the server has others to answer. */
const LARGEST = 64 * 1e6;

/** The endings of an export's name, beside which `contoso.modify.ldf` was written. */
const EXPORT_ENDINGS = [".ldf", ".ldif", ".csv", ".tsv", ".txt"];

/** A file as it is now: in the editor, or on the disk. */
interface ReadFile {
  readonly uri: string;
  readonly text: string;
  readonly stamp: string | undefined;
  readonly isOpen: boolean;
}

/**
 * The command `syncready.showImportResult`: reads the log of an import, and shows each refused record in the modify file, and on its entry in the
 * export.
 */
export async function showImportResult(
  context: Context,
  logUri: string,
  named: string | undefined,
): Promise<ShownImportResult | undefined> {
  const logFile = await read(context, logUri);
  const log = logFile && readImportLog(logFile.text);
  if (log === undefined) {
    const why = logFile === undefined ? "it cannot be read" : "it is no log of ldifde, ldapmodify or ldbmodify";
    tell(context, "warning", `Nothing is shown of ${fileName(logUri)}: ${why}.`);
    return undefined;
  }
  const name = log.modifyFile?.split(/[\\/]/).at(-1);
  const modifyUri = named ?? (name === undefined || name === "" ? undefined : beside(logUri, name));
  const modify = modifyUri === undefined ? undefined : await read(context, modifyUri);
  const { records } = readImportedFile(modify?.text ?? "");
  if (modify === undefined || records.length === 0) {
    if (named !== undefined) tell(context, "warning", `${fileName(named)} is no modify file that can be read.`);
    return { applied: 0, failed: 0, notApplied: 0, unknown: 0, unplaced: log.failures.length };
  }
  const outcome = importOutcome(log, records);
  const failed = outcome.records.filter(({ status }) => status === "failed");
  const exports = failed.length === 0 ? [] : await exportsOf(context, modify.uri);
  context.results.show([
    { ...modify, records: inModifyFile(context, modify.text, outcome) },
    ...exports.map((one) => ({ ...one, records: inExport(context, one, failed) })),
  ]);
  tellResult(context, modify.uri, outcome);
  return { modifyFile: modify.uri, ...outcome.counts, unplaced: outcome.unplaced.length };
}

async function read({ exports, host }: Context, uri: string): Promise<ReadFile | undefined> {
  const open = exports.uris().find((one) => uriKey(one) === uriKey(uri));
  const document = open === undefined ? undefined : exports.document(open);
  if (document !== undefined) return { uri: document.uri, text: document.getText(), stamp: undefined, isOpen: true };
  if (!isFile(uri)) return undefined;
  const state = await host.fileState(uri);
  if (state === undefined || state.size > LARGEST) return undefined;
  const file = await host.readFile(uri);
  return file && { uri, text: file.text, stamp: state.stamp, isOpen: false };
}

/** The exports that are open, and the one that the modify file's name leads to. */
async function exportsOf(context: Context, modifyUri: string): Promise<ReadFile[]> {
  const base = /^(.+)\.modify\.ldf$/i.exec(fileName(modifyUri))?.[1];
  const besides = base === undefined ? [] : EXPORT_ENDINGS.map((ending) => beside(modifyUri, `${base}${ending}`));
  const uris = [...context.exports.uris(), ...besides.filter((uri) => uri !== undefined)];
  const others = uris.filter(
    (uri) => uriKey(uri) !== uriKey(modifyUri) && !/\.(?:modify|undo)\.ldf$/i.test(fileName(uri)),
  );
  const unique = [...new Map(others.map((uri) => [uriKey(uri), uri])).values()];
  const files = await Promise.all(unique.map((uri) => read(context, uri)));
  return files.filter((file) => file !== undefined);
}

function inModifyFile(context: Context, text: string, outcome: ImportOutcome): ShownRecord[] {
  const shown = outcome.records.flatMap((one) =>
    one.failures.map((failure) => ({ one, message: messageOf(failure), failure })),
  );
  const records = shown.slice(0, MOST_SHOWN).map(({ one, message, failure }) => {
    const diagnostic = { severity: DiagnosticSeverity.Error, message, ...codeOf(context, failureId(failure)) };
    return inRecord(text, one, diagnostic);
  });
  for (const [status, what, why] of [
    ["notApplied", "not applied", outcome.whyNotApplied],
    ["unknown", "not known to be applied", outcome.whyUnknown],
  ] as const) {
    const first = outcome.records.find((one) => one.status === status);
    if (first === undefined) continue;
    const count =
      outcome.counts[status] === 1 ? "This record is" : `${outcome.counts[status]} records, this one first, are`;
    const message = `${count} ${what}${why === undefined ? "" : `: ${why}`}`;
    records.push(inRecord(text, first, { severity: DiagnosticSeverity.Information, message, source: SOURCE }));
  }
  return records;
}

function messageOf(failure: ImportFailure): string {
  const advice = failureAdvice(failure);
  return `The import of this record failed. ${failureMessage(failure)}${advice === undefined ? "" : `\n${advice}`}`;
}

/** Where a diagnostic leads to: the page inside of the client, or the one on the web. */
function codeOf({ client }: Context, code: string) {
  const href = client.options.opensRulePages ? `${RULE_SCHEME}:/${code}.md` : importResultUrl(code);
  return { source: SOURCE, code, codeDescription: { href } };
}

function inRecord(text: string, { record }: RecordOutcome, diagnostic: Omit<Diagnostic, "range">): ShownRecord {
  const { span, dnSpan, line } = record;
  // The comments before a record are none of it.
  const start = text.lastIndexOf("\n", dnSpan.start) + 1;
  const lines = text.slice(start, span.end);
  return shownRecord(lines, start, line, { start: dnSpan.start - start, end: dnSpan.end - start }, diagnostic);
}

function shownRecord(
  text: string,
  offset: number,
  from: number,
  span: { readonly start: number; readonly end: number },
  diagnostic: Omit<Diagnostic, "range">,
): ShownRecord {
  const content = text.trimEnd();
  return {
    diagnostic: { ...diagnostic, range: rangeOf(text, span, from) },
    from,
    to: from + countLineEnds(content) + 1,
    offset,
    text: content.slice(0, MOST_COMPARED),
  };
}

/** The entries of an export whose records were refused. */
function inExport(context: Context, { uri, text }: ReadFile, failed: readonly RecordOutcome[]): ShownRecord[] {
  const byKey = new Map<string, ImportFailure[]>();
  for (const { record, failures } of failed) byKey.set(record.key, [...(byKey.get(record.key) ?? []), ...failures]);
  const shown: ShownRecord[] = [];
  const entry = (one: EntryRecord) => {
    const failures = one.dn.text === "" ? undefined : byKey.get(dnKey(one.dn.text));
    for (const failure of failures ?? []) {
      if (shown.length >= MOST_SHOWN) return;
      const diagnostic = {
        severity: DiagnosticSeverity.Error,
        message: messageOf(failure),
        ...codeOf(context, failureId(failure)),
      };
      shown.push(shownRecord(one.text, one.start, one.firstLine, one.dn.span, diagnostic));
    }
  };
  const format = formatOf(fileName(uri), text.slice(0, FORMAT_HEAD)) ?? LDIF_FORMAT;
  const reader = format.reader((record) => record.entry && entry(record.entry));
  for (let at = 0; at < text.length; at += CHUNK) reader.push(text.slice(at, at + CHUNK));
  reader.end();
  return shown;
}

function tellResult(context: Context, modifyUri: string, outcome: ImportOutcome): void {
  const { counts, doubts, unplaced, whyNotApplied, whyUnknown } = outcome;
  const parts = [`${counts.applied} applied`, `${counts.failed} failed`, `${counts.notApplied} not applied`];
  if (counts.unknown > 0) parts.push(`${counts.unknown} not known`);
  const more = [
    ...doubts.slice(0, 3).map((doubt) => `${doubt}: is it the log of another file?`),
    ...(unplaced.length > 0 ? [`Of ${unplaced.length} errors nothing tells which record they are about.`] : []),
    ...[whyNotApplied, whyUnknown].flatMap((why) => (why === undefined ? [] : [`${why}.`])),
  ];
  for (const { text, logLine } of unplaced) context.connection.console.warn(`Line ${logLine} of the log: ${text}`);
  const kind = counts.applied === outcome.records.length && more.length === 0 ? "info" : "warning";
  tell(context, kind, [`${fileName(modifyUri)}: ${parts.join(", ")}.`, ...more].join(" "));
}
