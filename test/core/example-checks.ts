import assert from "node:assert/strict";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Example, Rule } from "../../server/core/engine/rule.ts";
import type { Settings } from "../../server/core/engine/settings.ts";
import { editRecord } from "../../server/core/fix/edit.ts";
import { styleOf } from "../../server/core/fix/ldif-edit.ts";
import { proposeFix } from "../../server/core/fix/propose.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { checkText, parseMarks, settingsOf, wholeText, withMarks } from "./examples.ts";

/** Whoever decodes a file's bytes tells these: they cannot be seen in a text, so the examples only illustrate them. */
export const TOLD_BY_HOST: ReadonlySet<string> = new Set([
  "ldif-byte-order-mark",
  "ldif-encoding-guessed",
  "csv-encoding-guessed",
  "ldp-encoding-guessed",
  // Its examples are baselines; baseline.test.ts checks them.
  "baseline-stale-row",
]);

/** The longest record that the reader takes in these tests, where a rule is about that. */
const LONGEST_RECORD: Readonly<Record<string, number>> = {
  "ldif-record-too-long": 200,
  "csv-row-too-long": 200,
  "ldp-entry-too-long": 200,
};

/** Rules about tables have tables as examples, and those about ldp's details pane have copies of it. */
function nameOf({ id }: Rule): string {
  if (id.startsWith("ldp-")) return "example.txt";
  return id.startsWith("csv-") ? "example.csv" : "example.ldf";
}

/** Fails where a rule does not report what its examples mark, or its fix does not make of them what they say. */
export function checkExamples(rule: Rule, rules: readonly Rule[] = RULES): void {
  for (const example of rule.examples) {
    checkExample(rule, example, rules);
    if ("bad" in example && example.fixed !== undefined) checkFix(rule, example.bad, example.fixed, example, rules);
  }
}

function checkExample(rule: Rule, example: Example, rules: readonly Rule[]): void {
  const settings = settingsOf(example);
  const marked = wholeText(rule, "bad" in example ? example.bad : example.good, settings);
  const { text, spans } = parseMarks(marked);
  if ("bad" in example) assert.ok(spans.length > 0, `A bad example marks nothing:\n${marked}`);
  else assert.equal(spans.length, 0, `A good example marks something:\n${marked}`);
  assert.equal(withMarks(text, findingsOf(rule, text, settings, rules)), marked);
}

/** After the fix nothing is left for the rule to report, and to fix once more changes nothing. */
function checkFix(rule: Rule, bad: string, fixed: string, example: Example, rules: readonly Rule[]): void {
  const settings = settingsOf(example);
  const { text } = parseMarks(wholeText(rule, bad, settings));
  const once = applyFixes(text, rule, settings, rules);
  assert.equal(once, wholeText(rule, fixed, settings));
  assert.deepEqual(findingsOf(rule, once, settings, rules), [], `The rule still reports:\n${once}`);
  assert.equal(applyFixes(once, rule, settings, rules), once);
}

function findingsOf(rule: Rule, text: string, settings: Settings, rules: readonly Rule[]) {
  return checkText(text, settings, LONGEST_RECORD[rule.id], rules, nameOf(rule))
    .filter(({ finding }) => finding.rule.id === rule.id)
    .map(({ span }) => span);
}

/** The text after all fixes that the rule proposes for it, one after the other, as a person applies them. */
function applyFixes(text: string, rule: Rule, settings: Settings, rules: readonly Rule[]): string {
  const checker = new Checker(rules, settings);
  let fixed = text;
  for (let round = 0; round < 20; round++) {
    const edit = firstEdit(fixed, rule, checker, rules);
    if (edit === undefined) return fixed;
    fixed = edit;
  }
  assert.fail(`The fixes of ${rule.id} come to no end:\n${fixed}`);
}

function firstEdit(text: string, rule: Rule, checker: Checker, rules: readonly Rule[]): string | undefined {
  for (const { finding, record } of checkText(text, checker.settings, undefined, rules, nameOf(rule))) {
    const fix = finding.rule.id === rule.id ? proposeFix(checker, finding) : undefined;
    if (fix === undefined || record.entry === undefined) continue;
    const edited = applyChanges(record.text, editRecord(record, [fix.change], styleOf([record]))!);
    return text.slice(0, record.start) + edited + text.slice(record.start + record.text.length);
  }
  return undefined;
}
