import type { CancellationToken } from "vscode-languageserver";
import {
  DECISIONS,
  type DecidedFinding,
  DecidedFindings,
  type EntryRecord,
  identityKey,
  type PlacedFinding,
  type PlannedRecord,
  type Refusal,
} from "../../core/index.ts";
import { CHUNK } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { identityOf, type ShownFindings } from "../finding-tables.ts";
import type { CheckDecisionParams, Decided, DecideParams, Decision } from "../findings-protocol.ts";
import type { NewValueObjection, WrittenModifyFile } from "../protocol.ts";
import { inSlices } from "../slices.ts";
import { isFile } from "../uri.ts";
import { actionsFor, liveFinding, queryOf, suggestionFor } from "./findings-view.ts";
import { formatFor, writePlanned } from "./modify-file.ts";
import { objectionTo } from "./new-value.ts";

const CHANGED = "The export has changed meanwhile";

/** The request `syncready/decide`. */
export async function decide(context: Context, params: DecideParams, token?: CancellationToken): Promise<Decided> {
  const { uri, version, action } = params;
  const shown = await context.findings.at(uri, version, token);
  if (shown === undefined) return { decisions: [], count: 0, message: CHANGED };
  const { decisions } = shown;
  if (action !== "suggested" && !DECISIONS.includes(action)) return { decisions: decisions.all(), count: 0 };
  const rows = params.rows ?? [...shown.table.query(queryOf(params.query)).rows];
  const count = await inSlices(deciding(shown, rows, params), () => token?.isCancellationRequested !== true);
  return { decisions: decisions.all(), count: count ?? 0 };
}

/** Decides about one finding after the other; answers about how many. */
function* deciding(
  shown: ShownFindings,
  rows: readonly number[],
  { action, text, rows: named }: DecideParams,
): Generator<undefined, number> {
  const { analysis, table } = shown;
  let count = 0;
  for (const row of rows) {
    const placed = table.row(row);
    if (placed === undefined) continue;
    yield;
    let chosen: Pick<Decision, "action" | "text"> | undefined;
    if (action === "suggested") {
      const fix = suggestionFor(analysis, placed);
      // What a person has decided already is not decided anew, unless it is meant by itself.
      const isMeant = named !== undefined || (fix?.safety === "safe" && table.decisionOf(row) === "undecided");
      if (fix === undefined || !isMeant) continue;
      chosen = fix.newValue === undefined ? { action: "remove" } : { action: "edit", text: fix.newValue };
    } else if (action !== "undecided") {
      if (action === "edit" && text === undefined) continue;
      chosen = { action, ...(action === "edit" && text !== undefined && { text }) };
    }
    if (put(shown, row, placed, chosen)) count++;
  }
  return count;
}

/** Puts down a decision about a finding and those that are the same; answers whether it can be decided so. */
function put(
  { analysis, table, decisions }: ShownFindings,
  row: number,
  placed: PlacedFinding,
  chosen: Pick<Decision, "action" | "text"> | undefined,
): boolean {
  const { entry, finding } = liveFinding(analysis, placed);
  const action = chosen?.action ?? "undecided";
  if (!actionsFor(finding, entry !== undefined).includes(action)) return false;
  const dn = entry?.dn.text;
  const identity = identityOf(analysis, placed, dn);
  const key = identityKey(identity);
  if (chosen === undefined) decisions.delete(key);
  else decisions.put({ identity, ...chosen });
  for (const sibling of table.siblings(row)) {
    if (identityKey(identityOf(analysis, table.row(sibling)!, dn)) === key) table.decide(sibling, action);
  }
  return true;
}

/** The request `syncready/checkDecision`: what speaks against a new value, while it is typed. */
export async function checkDecision(
  { findings }: Context,
  { uri, version, row, text }: CheckDecisionParams,
  token?: CancellationToken,
): Promise<NewValueObjection | undefined> {
  const shown = await findings.at(uri, version, token);
  const placed = shown?.table.row(row);
  if (shown === undefined || placed === undefined) return { message: CHANGED };
  const { entry, finding } = liveFinding(shown.analysis, placed);
  const { attribute, value, rule } = finding;
  if (entry === undefined || attribute === undefined) return { message: "There is no value to be edited" };
  const change = { attribute: value?.description ?? attribute, ...(value !== undefined && { old: value }), text };
  const message = objectionTo(shown.analysis, entry, change, { rule: rule.id, attribute });
  return message === undefined ? undefined : { message };
}

/** The request `syncready/writeDecisions`: what is decided, and nothing else, becomes a modify file. */
export async function writeDecisions(context: Context, uri: string): Promise<WrittenModifyFile | undefined> {
  const shown = isFile(uri) ? await context.findings.of(uri) : undefined;
  if (shown === undefined) {
    const why = isFile(uri) ? "the export cannot be read" : "the export is no file yet: save it first";
    tell(context, "error", `Nothing is written, because ${why}.`);
    return undefined;
  }
  const { records, refusals } = await planned(context, shown);
  const nothing = "no finding is decided to be edited or removed";
  return writePlanned(context, uri, { records, refusals, nothing });
}

async function planned(
  context: Context,
  shown: ShownFindings,
): Promise<{ records: readonly PlannedRecord[]; refusals: readonly Refusal[] }> {
  const byEntry = decidedByEntry(shown);
  const edited = await editedSince(context, shown, new Set(byEntry.keys()));
  const plan = new DecidedFindings(shown.analysis.checker, shown.analysis);
  const refusals: Refusal[] = [];
  for (const [entry, decided] of byEntry) {
    if (edited.has(entry)) refusals.push({ dn: entry.dn.text, reason: EDITED });
    else plan.add(entry, decided);
  }
  const { records, refusals: others } = plan.finish();
  return { records, refusals: [...refusals, ...others] };
}

const EDITED =
  "has been edited in the export, so what the directory holds is not what it shows: undo that, or write the modify file of the export";

/** What is decided to be edited or removed, in the order of the entries. */
function decidedByEntry({ analysis, table, decisions }: ShownFindings): Map<EntryRecord, DecidedFinding[]> {
  const byEntry = new Map<EntryRecord, DecidedFinding[]>();
  for (const row of table.query({ facets: { decision: ["edit", "remove"] } }).rows) {
    const placed = table.row(row)!;
    const { entry, finding } = liveFinding(analysis, placed);
    const decision = decisions.of(analysis, placed, entry?.dn.text);
    if (entry === undefined || decision === undefined) continue;
    const newValue = decision.action === "edit" && decision.text !== undefined ? { newValue: decision.text } : {};
    const own = byEntry.get(entry) ?? [];
    own.push({ finding, ...newValue });
    byEntry.set(entry, own);
  }
  return byEntry;
}

/** The entries that an open export shows otherwise than it did when it was opened. */
async function editedSince(
  context: Context,
  { analysis: { uri, document } }: ShownFindings,
  entries: ReadonlySet<EntryRecord>,
): Promise<ReadonlySet<EntryRecord>> {
  if (entries.size === 0 || context.exports.document(uri) !== document) return new Set();
  const original = await context.originals.text(uri);
  if (original === undefined || original === document.getText()) return new Set();
  const texts = new Set<string>();
  const wanted = new Set(Array.from(entries, ({ text }) => text.trimEnd()));
  const reading = function* (): Generator<undefined, true> {
    const reader = formatFor(uri, original).reader(({ text }) => {
      if (wanted.has(text.trimEnd())) texts.add(text.trimEnd());
    });
    for (let at = 0; at < original.length; at += CHUNK) {
      reader.push(original.slice(at, at + CHUNK));
      yield;
    }
    reader.end();
    return true;
  };
  await inSlices(reading());
  return new Set([...entries].filter(({ text }) => !texts.has(text.trimEnd())));
}
