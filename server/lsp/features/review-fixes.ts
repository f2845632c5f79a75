import { type CodeAction, CodeActionKind, type TextEdit } from "vscode-languageserver";
import { type PlannedFix, type Rule, separateEdits } from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { type EditGroup, reviewedEdit } from "../convert.ts";
import { COMMANDS } from "../protocol.ts";
import { allFixes, fixAllSafe, needsReview, type Plans } from "./fix-all.ts";
import { firstParagraph } from "./hover.ts";

/** Not below `source.fixAll`: editors run that when they save. */
export const REVIEW_KIND = `${CodeActionKind.Source}.reviewFixes.syncready`;

const TITLE = "Review All Fixes...";

/** So many edits are shown at once: VS Code takes some seconds to show them, and nobody looks through more. */
export const MOST_REVIEWED = 5000;

/** Shows all fixes, in clients that can. What they are is worked out when somebody wants to see them. */
export function reviewFixesAction({ client }: Context, analysis: Analysis): CodeAction[] {
  if (!client.changeAnnotations || !hasFixes(analysis)) return [];
  const command = { title: TITLE, command: COMMANDS.reviewFixes, arguments: [analysis.uri] };
  return [{ title: TITLE, kind: REVIEW_KIND, command }];
}

function hasFixes(analysis: Analysis): boolean {
  for (const { finding } of analysis.findings()) if (finding.rule.fix !== undefined) return true;
  return false;
}

/**
 * The command `syncready.reviewFixes`: every fix that a rule has, by rule, for a person to choose from. Where the client can show nobody what
 * it is about to do, only the safe ones are made.
 */
export async function reviewFixes(context: Context, uri: string): Promise<number | undefined> {
  const { connection, exports, client } = context;
  if (!client.changeAnnotations) return fixAllSafe(context, uri);
  const analysis = await exports.current(uri);
  if (analysis === undefined) {
    tell(context, "warning", "Open an export to review what can be fixed in it.");
    return undefined;
  }
  const all = editsByRules(
    analysis,
    allFixes(analysis, () => true),
  );
  const shown = all.slice(0, mostShown(all));
  if (shown.length === 0) {
    tell(context, "info", "No finding in this file has a fix.");
    return 0;
  }
  if (shown.length < all.length) tellCut(context, shown.length, all.length);
  const edit = reviewedEdit(analysis, groupsOf(shown), client)!;
  const { applied } = await connection.workspace.applyEdit({ label: "Review all fixes", edit });
  return applied ? new Set(shown.flatMap(({ fixes }) => fixes)).size : undefined;
}

/** An edit that a person may take by itself. */
interface ReviewedEdit {
  readonly edit: TextEdit;
  /** Where its record begins. */
  readonly record: number;
  readonly fixes: readonly PlannedFix[];
}

function editsByRules(analysis: Analysis, plans: Plans): ReviewedEdit[] {
  const edits: ReviewedEdit[] = [];
  for (const [entry, plan] of plans) {
    const record = analysis.startOf(entry);
    for (const { edit, fixes } of separateEdits(entry, plan, analysis.style) ?? []) {
      edits.push({ edit: { range: analysis.rangeIn(entry, edit.span), newText: edit.text }, record, fixes });
    }
  }
  return edits;
}

/** Never some of an entry's edits without the others. */
function mostShown(edits: readonly ReviewedEdit[]): number {
  let most = Math.min(edits.length, MOST_REVIEWED);
  while (most < edits.length && most > 0 && edits[most - 1]!.record === edits[most]!.record) most--;
  return most;
}

function tellCut(context: Context, shown: number, all: number): void {
  const counts = `the first ${shown.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} changes`;
  tell(context, "info", `These are ${counts}; review all fixes again for the others.`);
}

/**
 * One group for the fixes of each rule, safe ones apart from those for a person to look at. An edit that comes from fixes of several rules is
 * in a group of these: to take it or to leave it concerns all of them. Safe ones are chosen already, unless there are no others: then
 * nothing would be shown.
 */
function groupsOf(edits: readonly ReviewedEdit[]): EditGroup[] {
  const anyReview = edits.some(({ fixes }) => fixes.some(needsReview));
  const groups = new Map<string, ReviewedEdit[]>();
  for (const reviewed of edits) {
    const safety = reviewed.fixes.some(needsReview) ? "review" : "safe";
    const id = `${safety} ${rulesOf([reviewed]).map((rule) => rule.id)}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [reviewed]);
    else group.push(reviewed);
  }
  return [...groups].map(([id, own]) => {
    const isReview = id.startsWith("review ");
    const annotation = {
      label: labelOf(own, isReview),
      description: descriptionOf(rulesOf(own)),
      needsConfirmation: isReview || !anyReview,
    };
    return { id, annotation, edits: own.map(({ edit }) => edit) };
  });
}

/** The rules that edits come from, each once, in an order that is the same for the same rules. */
function rulesOf(edits: readonly ReviewedEdit[]): Rule[] {
  const rules = new Set(edits.flatMap(({ fixes }) => fixes.map(({ finding }) => finding.rule)));
  return [...rules].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** VS Code makes one group of those with the same label. */
function labelOf(edits: readonly ReviewedEdit[], isReview: boolean): string {
  const rules = rulesOf(edits);
  const name = rules.length === 1 ? rules[0]!.title : rules.map(({ id }) => id).join(" + ");
  const count = edits.length === 1 ? "1 change" : `${edits.length.toLocaleString("en-US")} changes`;
  return `${name}: ${count}${isReview ? " to review" : ""}`;
}

/** What the rules say. */
function descriptionOf(rules: readonly Rule[]): string {
  const [only, ...others] = rules;
  if (only !== undefined && others.length === 0) return `${only.id}: ${firstParagraph(only).replace(/\s+/g, " ")}`;
  return rules.map(({ title }) => title).join("; ");
}
