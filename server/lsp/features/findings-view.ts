import type { CancellationToken } from "vscode-languageserver";
import {
  type DecisionAction,
  FACETS,
  type Facet,
  type FacetCount,
  type Finding,
  type FindingQuery,
  type PlacedFinding,
  type ProposedFix,
  proposeFix,
  type Range,
  rdnValue,
  SORT_KEYS,
} from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import type { Context } from "../context.ts";
import type { ShownFindings } from "../finding-tables.ts";
import type {
  FindingPlaceParams,
  FindingRow,
  FindingsParams,
  FindingsPart,
  RestoreDecisionsParams,
  ShownValue,
  Suggestion,
} from "../findings-protocol.ts";
import { refusalOf } from "./refusal.ts";

/** So many rows are answered at once. */
const MOST_ROWS = 500;

/** So many names of a facet are told: the most frequent ones, where there are more. */
const MOST_NAMES = 200;

/** So much of a value is shown, in UTF-16 units. */
const MOST_VALUE = 1000;

/** The request `syncready/findings`. */
export async function findings(
  { findings: tables }: Context,
  { uri, query, offset, limit }: FindingsParams,
  token?: CancellationToken,
): Promise<FindingsPart | undefined> {
  const shown = await tables.of(uri, token);
  if (shown === undefined) return undefined;
  const { analysis, table, version } = shown;
  const found = table.query(queryOf(query));
  const from = naturalOf(offset);
  const wanted = found.rows.subarray(from, from + Math.min(naturalOf(limit), MOST_ROWS));
  const { entries } = analysis.counts;
  const fates = table.fates();
  const clean = Math.max(0, entries - fates.changes - fates.fails - fates.staysOut);
  return {
    version,
    total: table.length,
    matching: found.rows.length,
    offset: from,
    rows: Array.from(wanted, (row) => rowOf(shown, row)),
    facets: Object.fromEntries(FACETS.map((facet) => [facet, mostFrequent(found.facets[facet])])) as Record<
      Facet,
      readonly FacetCount[]
    >,
    groups: found.groups,
    entries,
    fates: { ...fates, clean },
  };
}

/** The request `syncready/findingPlace`. */
export async function findingPlace(
  { findings: tables }: Context,
  { uri, version, row }: FindingPlaceParams,
  token?: CancellationToken,
): Promise<Range | undefined> {
  const shown = await tables.at(uri, version, token);
  const placed = shown?.table.row(row);
  return placed && shown?.analysis.rangeOf(placed);
}

/** The request `syncready/restoreDecisions`. What an older version or somebody else has stored may be anything. */
export function restoreDecisions({ findings: tables }: Context, { uri, decisions }: RestoreDecisionsParams): boolean {
  const isWhole = ({ identity, action, text }: RestoreDecisionsParams["decisions"][number]) =>
    typeof identity?.rule === "string" &&
    (action === "remove" || action === "accept" || (action === "edit" && typeof text === "string"));
  tables.restore(uri, decisions.filter(isWhole));
  return true;
}

/** What clients send is looked at before it is used. */
export function queryOf(query: FindingQuery | undefined): FindingQuery {
  const { text, facets, sort, descending, group } = query ?? {};
  return {
    ...(typeof text === "string" && { text }),
    ...(typeof facets === "object" && facets !== null && { facets }),
    ...(SORT_KEYS.some((key) => key === sort) && sort !== undefined && { sort }),
    ...(group !== undefined && FACETS.includes(group) && { group }),
    descending: descending === true,
  };
}

function naturalOf(number: number): number {
  return Number.isInteger(number) && number > 0 ? number : 0;
}

function mostFrequent(counts: readonly FacetCount[]): readonly FacetCount[] {
  return counts.filter(({ count }) => count > 0).slice(0, MOST_NAMES);
}

/** A finding with its entry as it can be read now, where it has one. */
export function liveFinding(analysis: Analysis, placed: PlacedFinding) {
  const live = analysis.live(placed);
  if (live !== undefined) return live;
  return { entry: analysis.recordOf(placed)?.entry, finding: placed.finding as Finding };
}

/** The fix that a finding's rule proposes, where it can be written and takes nothing from another entry. */
export function suggestionFor(analysis: Analysis, placed: PlacedFinding): ProposedFix | undefined {
  const { entry, finding } = liveFinding(analysis, placed);
  if (entry === undefined || finding.entry === undefined) return undefined;
  const fix = proposeFix(analysis.checker, finding);
  if (fix === undefined || fix.newKeys.some((key) => analysis.isTaken(key))) return undefined;
  return refusalOf(analysis, entry, fix.change) === undefined ? fix : undefined;
}

function rowOf({ analysis, table, decisions }: ShownFindings, row: number): FindingRow {
  const placed = table.row(row)!;
  const object = table.objectOf(row)!;
  const { entry, finding } = liveFinding(analysis, placed);
  const { rule, severity, message, attribute = "", value } = finding;
  const isAboutEntry = entry !== undefined;
  const decision = table.decisionOf(row);
  const decided = decisions.of(analysis, placed, isAboutEntry ? object.dn : undefined);
  const fix = suggestionFor(analysis, placed);
  return {
    row,
    rule: rule.id,
    severity,
    message,
    dn: object.dn,
    name: rdnValue(object.dn) ?? "",
    objectClass: object.objectType,
    attribute,
    ...(value !== undefined && { value: shownValue(value) }),
    ...(fix !== undefined && { suggestion: suggestionOf(fix) }),
    decision,
    ...(decided?.text !== undefined && { newValue: decided.text }),
    actions: actionsFor(finding, isAboutEntry),
    others: placed.others.length,
  };
}

function suggestionOf({ title, newValue, safety }: ProposedFix): Suggestion {
  return { title, ...(newValue !== undefined && { text: newValue }), isSafe: safety === "safe" };
}

/** What can be decided about a finding: only a value that is text can be edited, and only one that is there can go. */
export function actionsFor({ attribute, value }: Finding, isAboutEntry: boolean): DecisionAction[] {
  const canChange = isAboutEntry && attribute !== undefined && value?.isRendered !== true;
  const actions: DecisionAction[] = ["undecided", "accept"];
  if (canChange && value !== undefined) actions.push("remove");
  if (canChange && value?.binary !== true) actions.push("edit");
  return actions;
}

function shownValue(value: NonNullable<Finding["value"]>): ShownValue {
  const text = value.binary ? value.base64 : value.text;
  const binary = value.binary ? { isBinary: true } : {};
  if (text.length <= MOST_VALUE) return { text, ...binary };
  return { text: beginning(text, MOST_VALUE), length: text.length, ...binary };
}

/** The beginning of a text that cuts no character in two. */
function beginning(text: string, units: number): string {
  return text.slice(0, units).replace(/[\ud800-\udbff]$/, "");
}
