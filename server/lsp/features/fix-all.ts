import { type CodeAction, CodeActionKind, type TextEdit, type WorkspaceEdit } from "vscode-languageserver";
import {
  type DraftedFix,
  type EntryRecord,
  editRecord,
  type Finding,
  type Plan,
  type PlannedFix,
  ProposedKeys,
  planFixes,
  proposeFix,
  UNCERTAIN,
} from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { reviewedEdit, valueEdits, workspaceEdit } from "../convert.ts";
import type { ActionSite } from "./code-actions.ts";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.syncready`;

/** What is planned for the entries that have findings. */
export type Plans = ReadonlyMap<EntryRecord, Plan>;

/** What is needed to find the fixes again when the client asks for the edit. */
interface FixAllOfRuleData {
  readonly fixAllOfRule: string;
  readonly uri: string;
  readonly version: number;
}

/** The safe fixes of all findings, as one action. */
export function fixAllSafeAction({ client }: Context, analysis: Analysis): CodeAction[] {
  const edits = editsOf(analysis, safeFixes(analysis));
  if (edits.length === 0) return [];
  const edit = workspaceEdit(analysis, edits, client);
  return [{ title: "Fix all safe findings in this file", kind: FIX_ALL_KIND, edit }];
}

/** The command `syncready.fixAllSafe`. */
export async function fixAllSafe(context: Context, uri: string): Promise<number | undefined> {
  const { connection, exports, client } = context;
  const analysis = await exports.current(uri);
  if (analysis === undefined) {
    tell(context, "warning", "Open an export to fix what is wrong in it.");
    return undefined;
  }
  const plans = safeFixes(analysis);
  const count = fixesIn(plans).length;
  if (count === 0) {
    tell(context, "info", "Nothing in this file can be fixed without a look at it.");
    return 0;
  }
  const edit = workspaceEdit(analysis, editsOf(analysis, plans), client);
  const { applied } = await connection.workspace.applyEdit({ label: "Fix all safe findings", edit });
  return applied ? count : undefined;
}

/** The fixes of all findings of one rule. Those that a person must look at are shown first, or left out where that is impossible. */
export function fixAllOfRuleAction({ context, analysis, finding, entry, diagnostic }: ActionSite): CodeAction[] {
  const { rule } = finding;
  if (entry === undefined || rule.fix === undefined) return [];
  const fix = proposeFix(analysis.checker, finding);
  if (fix === undefined || !isRepeated(analysis, finding)) return [];
  if (valueEdits(analysis, entry, fix.edited.changes()).length === 0) return [];
  if (fix.safety === "review" && !context.client.changeAnnotations) return [];
  const title = `Fix all '${rule.id}' findings in this file`;
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (context.client.resolvesEdits) {
    const data: FixAllOfRuleData = { fixAllOfRule: rule.id, uri: analysis.uri, version: analysis.version };
    return [{ ...action, data }];
  }
  const edit = fixAllOfRule(context, analysis, rule.id);
  return edit === undefined ? [] : [{ ...action, edit }];
}

/** Adds the edit to an action whose edit was not worked out at first. */
export async function resolveCodeAction(context: Context, action: CodeAction): Promise<CodeAction> {
  const data = action.data as Partial<FixAllOfRuleData> | undefined;
  if (typeof data?.fixAllOfRule !== "string" || typeof data.uri !== "string") return action;
  const analysis = await context.exports.current(data.uri);
  if (analysis === undefined || analysis.version !== data.version) return action;
  const edit = fixAllOfRule(context, analysis, data.fixAllOfRule);
  return edit === undefined ? action : { ...action, edit };
}

function fixAllOfRule({ client }: Context, analysis: Analysis, rule: string): WorkspaceEdit | undefined {
  const canReview = client.changeAnnotations;
  const plans = allFixes(analysis, ({ safety }, finding) => {
    return finding.rule.id === rule && (safety === "safe" || canReview);
  });
  const fixes = fixesIn(plans);
  const edits = editsOf(analysis, plans);
  if (edits.length === 0) return undefined;
  if (!fixes.some(needsReview)) return workspaceEdit(analysis, edits, client);
  const annotation = { label: `${fixes.length} fixes of ${rule}`, needsConfirmation: true };
  return reviewedEdit(analysis, [{ id: "review", annotation, edits }], client);
}

function safeFixes(analysis: Analysis): Plans {
  return allFixes(analysis, ({ safety }) => safety === "safe");
}

export function fixesIn(plans: Plans): readonly PlannedFix[] {
  return [...plans.values()].flatMap(({ fixes }) => fixes);
}

function editsOf(analysis: Analysis, plans: Plans): TextEdit[] {
  return [...plans].flatMap(([entry, { edited }]) => valueEdits(analysis, entry, edited.changes()));
}

/** Whether it is for a person to look at. */
export function needsReview({ fix }: PlannedFix): boolean {
  return fix.safety === "review";
}

/**
 * Plans the fixes entry by entry. Where two entries would get the same new value nobody gets it, since only a person can say whose
 * it is, and the rest is planned again without it.
 */
export function allFixes(analysis: Analysis, wanted: (fix: DraftedFix, finding: Finding) => boolean): Plans {
  const proposed = new ProposedKeys(analysis);
  const planFor = (entry: EntryRecord) =>
    planFixes(
      analysis.checker,
      entry,
      (fix, found) => wanted(fix, found) && !analysis.isAccepted(found),
      proposed.forEntry(`${analysis.startOf(entry)}`),
      (edited) => editRecord(entry, edited.changes(), analysis.style) !== undefined,
    );
  const plans = new Map(entriesWithFindings(analysis).map((entry) => [entry, planFor(entry)]));
  const contested = () =>
    [...plans].filter(([, { fixes }]) => fixes.some(({ fix }) => fix.newKeys.some((key) => !proposed.isFree(key))));
  for (let again = contested(); again.length > 0; again = contested()) {
    for (const [entry] of again) plans.set(entry, planFor(entry));
  }
  return plans;
}

/** Whether the rule has found something else, too. */
function isRepeated(analysis: Analysis, { rule, severity }: Finding): boolean {
  let count = 0;
  for (const { finding } of analysis.findings(severity)) if (finding.rule === rule && ++count === 2) return true;
  return false;
}

/** Where nothing was found there is nothing to fix, and what cannot be read with certainty is left to a person. */
function entriesWithFindings(analysis: Analysis): EntryRecord[] {
  const entries = Array.from(analysis.findings(), (placed) => analysis.recordOf(placed)?.entry);
  return [...new Set(entries)]
    .filter((entry) => entry !== undefined)
    .filter(({ problems }) => !problems.some(({ id }) => UNCERTAIN.has(id)));
}
