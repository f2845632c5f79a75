import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Example, Rule } from "../../server/core/engine/rule.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { applyChanges, editLdif, styleOf } from "../../server/core/fix/ldif-edit.ts";
import { proposeFix } from "../../server/core/fix/propose.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { LDIF_RULES } from "../../server/core/rules/ldif/index.ts";
import { background, checkText, parseMarks, settingsOf, wholeText, withMarks } from "./examples.ts";

/** Whoever decodes a file's bytes tells these: they cannot be seen in a text, so the examples only illustrate them. */
const TOLD_BY_HOST: ReadonlySet<string> = new Set(["ldif-byte-order-mark", "ldif-encoding-guessed"]);

/** The longest record that the reader takes in these tests, where a rule is about that. */
const LONGEST_RECORD: Readonly<Record<string, number>> = { "ldif-record-too-long": 200 };

describe("Every rule does what its examples show", () => {
  for (const rule of RULES) {
    if (TOLD_BY_HOST.has(rule.id)) continue;
    test(rule.id, () => {
      for (const example of rule.examples) {
        checkExample(rule, example);
        if ("bad" in example && example.fixed !== undefined) checkFix(rule, example.bad, example.fixed, example);
      }
    });
  }
});

function checkExample(rule: Rule, example: Example): void {
  const settings = settingsOf(example);
  const marked = wholeText(rule, "bad" in example ? example.bad : example.good, settings);
  const { text, spans } = parseMarks(marked);
  if ("bad" in example) assert.ok(spans.length > 0, `A bad example marks nothing:\n${marked}`);
  else assert.equal(spans.length, 0, `A good example marks something:\n${marked}`);
  assert.equal(withMarks(text, findingsOf(rule, text, settings)), marked);
}

/** After the fix nothing is left for the rule to report, and to fix once more changes nothing. */
function checkFix(rule: Rule, bad: string, fixed: string, example: Example): void {
  const settings = settingsOf(example);
  const { text } = parseMarks(wholeText(rule, bad, settings));
  const once = applyFixes(text, rule, settings);
  assert.equal(once, wholeText(rule, fixed, settings));
  assert.deepEqual(findingsOf(rule, once, settings), [], `The rule still reports:\n${once}`);
  assert.equal(applyFixes(once, rule, settings), once);
}

function findingsOf(rule: Rule, text: string, settings: Settings) {
  return checkText(text, settings, LONGEST_RECORD[rule.id])
    .filter(({ finding }) => finding.rule.id === rule.id)
    .map(({ span }) => span);
}

/** The text after all fixes that the rule proposes for it, one after the other, as a person applies them. */
function applyFixes(text: string, rule: Rule, settings: Settings): string {
  const checker = new Checker(RULES, settings);
  let fixed = text;
  for (let round = 0; round < 20; round++) {
    const edit = firstEdit(fixed, rule, checker);
    if (edit === undefined) return fixed;
    fixed = edit;
  }
  assert.fail(`The fixes of ${rule.id} come to no end:\n${fixed}`);
}

function firstEdit(text: string, rule: Rule, checker: Checker): string | undefined {
  for (const { finding, record } of checkText(text, checker.settings)) {
    const fix = finding.rule.id === rule.id ? proposeFix(checker, finding) : undefined;
    if (fix === undefined || record.entry === undefined) continue;
    const edited = applyChanges(record.text, editLdif(record.entry, [fix.change], styleOf([record])));
    return text.slice(0, record.start) + edited + text.slice(record.start + record.text.length);
  }
  return undefined;
}

describe("What every rule declares", () => {
  for (const rule of RULES) {
    test(rule.id, () => {
      assert.match(rule.id, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      assert.match(
        rule.title,
        /^[^a-z].*[^.]$|^[a-z]+[A-Z]?\w* .*[^.]$/,
        "The title is a sentence without a full stop",
      );
      assert.doesNotMatch(rule.message, /\.$|\. /, "The message is one sentence without a full stop");
      assert.ok(rule.sources.length > 0, "No source");
      const sentences = rule.why.split(/[.?](?=\s|$)/).filter((sentence) => sentence.trim() !== "").length;
      assert.ok(sentences >= 2, "The reason is too short");
      assert.ok(
        rule.examples.some((example) => "bad" in example),
        "No bad example",
      );
      assert.ok(
        rule.examples.some((example) => "good" in example),
        "No good example",
      );
    });
  }

  test("ids are unique", () => {
    assert.deepEqual(
      [...new Set(RULES.map(({ id }) => id))],
      RULES.map(({ id }) => id),
    );
  });

  test("the rules about the format say the same whatever the profile is", () => {
    for (const rule of LDIF_RULES) assert.equal(rule.profiles ?? rule.objectTypes, undefined, rule.id);
  });
});

describe("The entries around an example", () => {
  const settings = { ...DEFAULT_SETTINGS, verifiedDomains: ["fabrikam.com"] };
  for (const each of [DEFAULT_SETTINGS, settings]) {
    test(`break no rule; verified domains: ${each.verifiedDomains}`, () => {
      const text = background(each)
        .map((entry) => `${entry}\n`)
        .join("\n");
      assert.deepEqual(
        checkText(text, each).map(({ finding }) => finding.rule.id),
        // True of these entries, too: they carry no more than they must.
        ["export-attributes-missing"],
      );
    });
  }

  test("carry every attribute that a rule waits for", () => {
    const text = background(DEFAULT_SETTINGS).join("\n").toLowerCase();
    for (const rule of RULES) {
      for (const attribute of rule.requires ?? []) assert.ok(text.includes(`\n${attribute.toLowerCase()}:`), attribute);
    }
  });
});
