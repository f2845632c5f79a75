import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Rule } from "../../server/core/engine/rule.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { checkExamples, TOLD_BY_HOST } from "./example-checks.ts";
import {
  byRule,
  checkFixVector,
  checkVector,
  type FixVector,
  type ValueFixVector,
  type Vector,
  vectors,
} from "./vector-checks.ts";

const VECTORS = byRule(vectors<Vector>("rules"));
const FIX_VECTORS = byRule(vectors<FixVector | ValueFixVector>("fixes"));

/**
 * What is taken from a rule, one at a time: its examples or its vectors must then fail, or nobody would notice a mistake there. What a
 * rule only declares (object types, profiles, what it suppresses) is held by the catalogue.
 */
const PARTS = [
  "checkValue",
  "checkEntry",
  "unique",
  "reference",
  "fix",
  "unless",
  "requires",
  "oncePerFile",
  "offByDefault",
] as const;

interface Mutant {
  readonly name: string;
  /** `undefined`: the rule is gone, as if the reader had lost the problem. */
  readonly rule: Rule | undefined;
}

function mutants(rule: Rule): Mutant[] {
  const parts = PARTS.filter((part) => rule[part] !== undefined);
  return [
    { name: "the rule", rule: undefined },
    ...parts.map((part) => ({ name: part, rule: { ...rule, [part]: undefined } as unknown as Rule })),
  ];
}

/** The rule's examples and vectors hold no longer when the mutant is in its place. */
function isNoticed({ rule: mutant }: Mutant, rule: Rule): boolean {
  const rules = RULES.flatMap((one) => (one !== rule ? [one] : mutant === undefined ? [] : [mutant]));
  try {
    checkExamples(rule, rules);
    for (const row of VECTORS.get(rule.id) ?? []) checkVector(row, rules);
    for (const row of FIX_VECTORS.get(rule.id) ?? []) checkFixVector(row, rules);
    return false;
  } catch (error) {
    if (error instanceof assert.AssertionError) return true;
    throw error;
  }
}

describe("No part of a rule can be lost without a test that notices", () => {
  for (const rule of RULES) {
    if (TOLD_BY_HOST.has(rule.id)) continue;
    test(rule.id, () => {
      const unnoticed = mutants(rule).filter((mutant) => !isNoticed(mutant, rule));
      assert.deepEqual(
        unnoticed.map(({ name }) => name),
        [],
      );
    });
  }
});
