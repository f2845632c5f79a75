import { applyEdits, getNodeValue, type Node, stripComments } from "jsonc-parser";
import { quoted } from "../text/characters.ts";
import { Baseline, type BaselineRow, identityKey, type PlacedRow } from "./baseline.ts";
import {
  type JsonChange,
  type JsonProblem,
  jsonChanges,
  lineEndOf,
  memberOf,
  membersOf,
  parseJsonText,
} from "./json-text.ts";

export interface BaselineText {
  readonly baseline: Baseline;
  /** Rows that are wrong accept nothing; each of them is told here. */
  readonly problems: readonly JsonProblem[];
}

/** The member of the file that holds the rows. */
const ROWS = "accepted";

/** In the order in which they are written. */
const MEMBERS = ["rule", "dn", "file", "attribute", "value", "reason"] as const;

type Member = (typeof MEMBERS)[number];

/** Reads the text of a `.syncready-baseline.json`: JSON with comments and trailing commas. `ruleIds` are the rules that there are. */
export function readBaselineFile(text: string, ruleIds: ReadonlySet<string>): BaselineText {
  const { tree, problems: broken } = parseJsonText(text);
  const problems = [...broken];
  const report = ({ offset, length }: Pick<Node, "offset" | "length">, message: string) => {
    problems.push({ span: { start: offset, end: offset + length }, message });
    return undefined;
  };
  if (tree === undefined) return { baseline: new Baseline(), problems };
  if (tree.type !== "object") report(tree, "The baseline must be an object, in braces");
  for (const [name, , key] of membersOf(tree)) {
    if (name !== ROWS && name !== "$schema")
      report(key, `${quoted(name)} is nothing that a baseline has; it has ${ROWS}`);
  }
  const list = memberOf(tree, ROWS);
  if (list !== undefined && list.type !== "array") report(list, "Here a list of accepted findings is expected");
  const rows = (list?.children ?? []).map((node) => readRow(node, ruleIds, report)).filter((row) => row !== undefined);
  return { baseline: new Baseline(rows), problems };
}

function readRow(
  node: Node,
  ruleIds: ReadonlySet<string>,
  report: (node: Pick<Node, "offset" | "length">, message: string) => undefined,
): PlacedRow | undefined {
  if (node.type !== "object") return report(node, "A row must be an object, in braces");
  const row: { -readonly [Name in Member]?: string } = {};
  let isRight = true;
  const wrong = (place: Pick<Node, "offset" | "length">, message: string) => {
    isRight = false;
    report(place, message);
  };
  for (const [name, value, key] of membersOf(node)) {
    const member = MEMBERS.find((one) => one === name);
    if (member === undefined) wrong(key, `${quoted(name)} is nothing that a row has; it has ${MEMBERS.join(", ")}`);
    else if (value.type !== "string") wrong(value, "Here a text is expected, in quotation marks");
    else {
      row[member] = String(value.value);
      if (member === "rule" && !ruleIds.has(row.rule!)) wrong(value, `There is no rule ${quoted(row.rule!)}`);
      if (member === "value" && !/^[0-9a-f]{16}$/.test(row.value!)) {
        wrong(value, "Here the hash of a value is expected, 16 digits of 0 to 9 and a to f");
      }
    }
  }
  const { rule, dn, file, reason } = row;
  if (!isRight) return undefined;
  if (rule === undefined) return report(node, 'The row has no "rule"');
  if ((dn === undefined) === (file === undefined)) return report(node, 'A row has either a "dn" or a "file"');
  if (reason === undefined) return report(node, 'The row has no "reason"');
  return { ...row, rule, reason, span: { start: node.offset, end: node.offset + node.length } };
}

/** A row as it is written: always in the same order. */
function written(row: BaselineRow): Readonly<Record<string, string>> {
  return Object.fromEntries(MEMBERS.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

/** Sorted by what they are about, so that one more row is one more block in a difference. */
function inOrder(one: BaselineRow, other: BaselineRow): number {
  const [first, second] = [identityKey(one), identityKey(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The text of a baseline file with these rows. */
export function baselineText(rows: readonly BaselineRow[], lineEnd = "\n"): string {
  const json = JSON.stringify({ [ROWS]: [...rows].sort(inOrder).map(written) }, undefined, 2);
  return `${json}\n`.replaceAll("\n", lineEnd);
}

/**
 * The changes of a baseline file's text that accept one more finding, at the row's place in the order; comments stay. `undefined`
 * where nobody knows where to write, since the file is no baseline.
 */
export function acceptChanges(text: string, row: BaselineRow): JsonChange[] | undefined {
  const { tree, problems } = parseJsonText(text);
  const list = tree && memberOf(tree, ROWS);
  if (problems.length > 0 || (tree !== undefined && tree.type !== "object")) return undefined;
  if (list === undefined) return jsonChanges(text, [ROWS], [written(row)]);
  if (list.type !== "array") return undefined;
  const rows = list.children ?? [];
  const after = rows.findIndex((node) => inOrder(row, looseRow(node)) < 0);
  return jsonChanges(text, [ROWS, after < 0 ? rows.length : after], written(row), true);
}

/** A row for comparison only: it may be wrong. */
function looseRow(node: Node): BaselineRow {
  const value: unknown = getNodeValue(node);
  return { rule: "", reason: "", ...(typeof value === "object" && !Array.isArray(value) ? value : undefined) };
}

/**
 * The text of a baseline file after its rows have become `rows`. A file without comments is written anew; in one with comments only the
 * rows that come or go are touched.
 */
export function updatedBaseline(text: string, before: Baseline, rows: readonly BaselineRow[]): string {
  if (stripComments(text) === text) return baselineText(rows, lineEndOf(text));
  const wanted = new Set(rows.map(identityKey));
  let updated = text;
  const apply = (changes: readonly JsonChange[]) => {
    const edits = changes.map(({ span: { start, end }, text: content }) => ({
      offset: start,
      length: end - start,
      content,
    }));
    updated = applyEdits(updated, edits);
  };
  for (const [index, row] of [...before.rows.entries()].reverse()) {
    if (!wanted.has(identityKey(row)) || before.isRepeated(row)) apply(jsonChanges(updated, [ROWS, index], undefined));
  }
  const known = new Set(before.rows.map(identityKey));
  for (const row of rows) if (!known.has(identityKey(row))) apply(acceptChanges(updated, row) ?? []);
  return updated;
}
