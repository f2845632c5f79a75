import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { ENTRY_RULES } from "../../server/core/rules/index.ts";
import {
  type Attributes,
  byRule,
  check,
  checkFixVector,
  checkVector,
  type FixVector,
  type ValueFixVector,
  type Vector,
  vectors,
} from "./vector-checks.ts";

/** Rules that rest on the administrator's settings or on a list, not on documents about synchronization: their examples hold them. */
const OWN_RULES: ReadonlySet<string> = new Set([
  "scope-custom",
  "upn-domain-top-level-unknown",
  "mail-domain-top-level-unknown",
  "proxyaddresses-domain-top-level-unknown",
  "targetaddress-domain-top-level-unknown",
]);

describe("Every rule reports what its vectors say", () => {
  const all = byRule(vectors<Vector>("rules"));
  for (const [id, rows] of all) {
    test(id, () => {
      for (const row of rows) checkVector(row);
    });
  }

  test("no rule about entries is without vectors", () => {
    const missing = ENTRY_RULES.filter(({ id }) => !all.has(id) && !OWN_RULES.has(id)).map(({ id }) => id);
    assert.deepEqual(missing, []);
  });

  test("no vector is for a rule that does not exist", () => {
    const ids = new Set(ENTRY_RULES.map(({ id }) => id));
    assert.deepEqual(
      [...all.keys()].filter((id) => !ids.has(id)),
      [],
    );
  });
});

describe("What is right is not reported as an error or a warning", () => {
  for (const { name, entries } of vectors<{ name: string; entries: Attributes[] }>("must-not-flag")) {
    test(name, () => {
      const found = check(entries, DEFAULT_SETTINGS).map(({ finding }) => `${finding.severity} ${finding.rule.id}`);
      assert.deepEqual(
        found.filter((finding) => /^(?:error|warning) /.test(finding)),
        [],
      );
    });
  }
});

describe("The fixes change what their vectors say", () => {
  for (const [id, rows] of byRule(vectors<FixVector | ValueFixVector>("fixes"))) {
    test(id, () => {
      for (const row of rows) checkFixVector(row);
    });
  }
});
