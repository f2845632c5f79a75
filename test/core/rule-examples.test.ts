import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { LDIF_RULES } from "../../server/core/rules/ldif/index.ts";
import { checkExamples, TOLD_BY_HOST } from "./example-checks.ts";
import { background, checkText } from "./examples.ts";

describe("Every rule does what its examples show", () => {
  for (const rule of RULES) {
    if (TOLD_BY_HOST.has(rule.id)) continue;
    test(rule.id, () => checkExamples(rule));
  }
});

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
