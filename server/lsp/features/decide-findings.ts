import type { CancellationToken } from "vscode-languageserver";
import {
  type Checker,
  DECISIONS,
  type DecidedFinding,
  DecidedFindings,
  type DraftedFix,
  differenceOf,
  draftFix,
  type EditedEntry,
  type EntryRecord,
  type Finding,
  identityKey,
  type PlacedFinding,
  type Plan,
  type PlannedRecord,
  ProposedKeys,
  planFixes,
  type Refusal,
  UNCERTAIN,
  type ValueChange,
  withoutOptions,
} from "../../core/index.ts";
import { type Analysis, CHUNK } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { identityOf, type ShownFindings } from "../finding-tables.ts";
import type { CheckDecisionParams, Decided, DecideParams, DecisionChange } from "../findings-protocol.ts";
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
  if (shown === undefined) return { changes: [], count: 0, message: CHANGED };
  if (action !== "suggested" && !DECISIONS.includes(action)) return { changes: [], count: 0 };
  const rows = params.rows ?? [...shown.table.query(queryOf(params.query)).rows];
  // Until all is known nothing is decided: whoever gives up finds everything as it was.
  const chosen = await inSlices(choosing(shown, rows, params), () => token?.isCancellationRequested !== true);
  if (chosen === undefined) return { changes: [], count: 0 };
  const changes = new Map<string, DecisionChange>();
  await inSlices(puttingDown(shown, chosen, changes));
  return { changes: [...changes.values()], count: changes.size };
}

interface ChosenRow {
  readonly row: number;
  readonly placed: PlacedFinding;
  readonly chosen: Chosen;
}

function* choosing(
  shown: ShownFindings,
  rows: readonly number[],
  params: DecideParams,
): Generator<undefined, ChosenRow[]> {
  const all: ChosenRow[] = [];
  const suggestions = new SafeSuggestions(shown.analysis);
  for (const row of rows) {
    const placed = shown.table.row(row);
    const chosen = placed && chosenFor(shown, row, placed, params, suggestions);
    if (placed !== undefined && chosen !== undefined) all.push({ row, placed, chosen });
    yield;
  }
  return all;
}

function* puttingDown(
  shown: ShownFindings,
  all: readonly ChosenRow[],
  changes: Map<string, DecisionChange>,
): Generator<undefined, true> {
  for (const { row, placed, chosen } of all) {
    put(shown, row, placed, chosen, changes);
    yield;
  }
  return true;
}

type Chosen = Pick<DecisionChange, "action" | "text">;

/** What is decided about a finding; `undefined` where nothing is. */
function chosenFor(
  { analysis, table }: ShownFindings,
  row: number,
  placed: PlacedFinding,
  { action, text, rows: named }: DecideParams,
  suggestions: SafeSuggestions,
): Chosen | undefined {
  if (action === "edit") return text === undefined ? undefined : { action, text };
  if (action !== "suggested") return { action };
  // What a person has decided already is not decided anew, and what is to be looked at is not taken unseen.
  if (named === undefined) {
    return table.decisionOf(row) === "undecided" ? suggestions.of(liveFinding(analysis, placed)) : undefined;
  }
  const fix = suggestionFor(analysis, placed);
  return fix && outcome(fix.newValue);
}

/** A new value, or none, as a decision. */
function outcome(text: string | undefined): Chosen {
  return text === undefined ? { action: "remove" } : { action: "edit", text };
}

/** What all safe fixes together make of the values of entries: several rules may have a hand in one value. */
class SafeSuggestions {
  readonly #analysis: Analysis;
  readonly #checker: Checker;
  readonly #proposed: ProposedKeys;
  readonly #plans = new Map<EntryRecord, Plan>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.#checker = analysis.checker.remembering();
    this.#proposed = new ProposedKeys(analysis);
  }

  of({ entry, finding }: ReturnType<typeof liveFinding>): Chosen | undefined {
    const { rule, attribute, value } = finding;
    if (entry === undefined || attribute === undefined || rule.fix === undefined) return undefined;
    if (entry.problems.some(({ id }) => UNCERTAIN.has(id))) return undefined;
    if (draftFix(this.#checker, finding)?.safety !== "safe") return undefined;
    const change = this.#plan(entry)
      .edited.changes()
      .find((one) => (value === undefined ? isAdded(one, attribute) : one.old === value));
    return change && outcome(change.text);
  }

  #plan(entry: EntryRecord): Plan {
    let plan = this.#plans.get(entry);
    if (plan === undefined) {
      const analysis = this.#analysis;
      const keys = this.#proposed.forEntry(`${analysis.startOf(entry)}`);
      const wanted = ({ safety }: DraftedFix, found: Finding) => safety === "safe" && !analysis.isAccepted(found);
      const canBeWritten = (edited: EditedEntry) => differenceOf(entry, edited).refusals.length === 0;
      plan = planFixes(this.#checker, entry, wanted, keys, canBeWritten);
      this.#plans.set(entry, plan);
    }
    return plan;
  }
}

function isAdded({ attribute, old }: ValueChange, type: string): boolean {
  return old === undefined && withoutOptions(attribute) === withoutOptions(type);
}

/** Puts down a decision about a finding and those that are the same, where it can be decided so. */
function put(
  { analysis, table, decisions }: ShownFindings,
  row: number,
  placed: PlacedFinding,
  { action, text }: Chosen,
  changes: Map<string, DecisionChange>,
): void {
  const { entry, finding } = liveFinding(analysis, placed);
  if (!actionsFor(finding, entry !== undefined).includes(action)) return;
  const dn = entry?.dn.text;
  const identity = identityOf(analysis, placed, dn);
  const key = identityKey(identity);
  const change = { identity, ...(text !== undefined && { text }) };
  if (action === "undecided") decisions.delete(key);
  else decisions.put({ ...change, action });
  changes.set(key, { ...change, action });
  for (const sibling of table.siblings(row)) {
    const other = table.row(sibling)!;
    const isSame = sibling === row || isAlike(finding, other.finding);
    if (isSame && identityKey(identityOf(analysis, other, dn)) === key) table.decide(sibling, action);
  }
}

/** Two findings of an object may be the same one. */
function isAlike({ rule, attribute, value }: Finding, other: Finding): boolean {
  return rule === other.rule && attribute === other.attribute && value?.text === other.value?.text;
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
