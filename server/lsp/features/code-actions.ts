import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver";
import type { EntryRecord, Finding, PlacedFinding, SourceRecord } from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import type { Context } from "../context.ts";
import { diagnosticOf } from "../convert.ts";
import { acceptActions } from "./accept-finding.ts";
import { severityActions } from "./change-severity.ts";
import { copyGroupActions } from "./copy-group.ts";
import { FIX_ALL_KIND, fixAllOfRuleAction, fixAllSafeAction } from "./fix-all.ts";
import { typeNewValueAction } from "./new-value.ts";
import { proposedFixAction } from "./proposed-fix.ts";
import { removeValueAction } from "./remove-value.ts";
import { REVIEW_KIND, reviewFixesAction } from "./review-fixes.ts";
import { rulePageAction } from "./rule-page.ts";

/** A finding for which actions are wanted. */
export interface ActionSite {
  readonly context: Context;
  readonly analysis: Analysis;
  /** In terms of the analysis' own records. */
  readonly finding: Finding;
  /** The entry that it is about; `undefined` where it is about the file. */
  readonly entry: EntryRecord | undefined;
  /** The record that it is in. */
  readonly record: SourceRecord | undefined;
  readonly diagnostic: Diagnostic;
}

/** A selection of the whole file is no request for a menu of a hundred thousand items. */
const MOST_FINDINGS = 100;

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, FIX_ALL_KIND, REVIEW_KIND];

export async function codeActions(
  context: Context,
  { textDocument, range, context: wanted }: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const wantsQuickFixes = includes(wanted.only, CodeActionKind.QuickFix);
  // Not asked for by name, it would stand in every menu.
  const wantsFixAll = wanted.only !== undefined && includes(wanted.only, FIX_ALL_KIND);
  const wantsReview = wanted.only !== undefined && includes(wanted.only, REVIEW_KIND);
  if (!wantsQuickFixes && !wantsFixAll && !wantsReview) return [];
  const analysis = await context.exports.current(textDocument.uri, token);
  if (analysis === undefined) return [];
  const actions: CodeAction[] = [];
  if (wantsQuickFixes) {
    const placed = analysis.findingsAt(range, MOST_FINDINGS);
    actions.push(...(await quickFixes(placed.map((finding) => siteOf(context, analysis, finding)))));
  }
  if (wantsFixAll) actions.push(...fixAllSafeAction(context, analysis));
  if (wantsReview) actions.push(...reviewFixesAction(context, analysis));
  return actions;
}

/** Whether an action of a kind is wanted: `source.fixAll` asks for `source.fixAll.syncready` too, and not the other way round. */
function includes(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((one) => one === "" || one === kind || kind.startsWith(`${one}.`));
}

function siteOf(context: Context, analysis: Analysis, placed: PlacedFinding): ActionSite {
  const diagnostic = diagnosticOf(analysis, placed, context.client);
  const live = analysis.live(placed);
  const record = analysis.recordOf(placed);
  return { context, analysis, finding: live?.finding ?? placed.finding, entry: live?.entry, record, diagnostic };
}

/** What changes the export comes first, then what changes the settings, then what explains. */
async function quickFixes(sites: readonly ActionSite[]): Promise<CodeAction[]> {
  const actions = [...sites.flatMap(proposedFixAction), ...copyGroupActions(sites)];
  for (const one of [removeValueAction, typeNewValueAction]) actions.push(...once(sites.flatMap(one)));
  const ofRules = [...new Map(sites.map((site) => [site.finding.rule.id, site])).values()];
  actions.push(...ofRules.flatMap(fixAllOfRuleAction));
  actions.push(...(await acceptActions(sites)));
  for (const site of ofRules) actions.push(...(await severityActions(site)));
  actions.push(...ofRules.flatMap(rulePageAction));
  return actions;
}

/** Several findings about one value are settled by one action. */
function once(actions: readonly CodeAction[]): CodeAction[] {
  const byTarget = new Map<string, CodeAction>();
  for (const action of actions) {
    const target = JSON.stringify([action.title, action.edit]);
    const same = byTarget.get(target);
    if (same === undefined) byTarget.set(target, action);
    else same.diagnostics = [...(same.diagnostics ?? []), ...(action.diagnostics ?? [])];
  }
  return [...byTarget.values()];
}
