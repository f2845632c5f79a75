import { lowerCase } from "../model/attribute-type.ts";
import type { ObjectType } from "../model/object-type.ts";
import type { Rule, Uniqueness } from "./rule.ts";
import type { Severity } from "./settings.ts";

/** A rule under the settings at hand. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

type ValueCheck = NonNullable<Rule["checkValue"]>;

/** A rule that looks at single values. */
export interface ActiveValueCheck {
  readonly active: ActiveRule;
  readonly check: ValueCheck;
}

/** Rules in the form in which they are applied. */
export interface Step {
  /** By attribute type in lower case: an entry has far fewer attributes than there are rules. */
  readonly values: ReadonlyMap<string, readonly ActiveValueCheck[]>;
  readonly entries: readonly ActiveRule[];
}

/** What is to be done with an entry of one type. */
export interface RulePlan {
  readonly rules: readonly ActiveRule[];
  /** First of all: what is excluded by design needs no other judgement. */
  readonly byDesign: Step;
  readonly rest: Step;
  /** Those about references to objects that stay out. */
  readonly references: readonly ActiveRule[];
  /** One for each key space. */
  readonly unique: readonly Uniqueness[];
}

/** The plan for entries of a type. Rules keep the order in which they are declared, within an attribute and among entry rules. */
export function rulePlan(rules: readonly ActiveRule[], type: ObjectType): RulePlan {
  const own = rules.filter(({ rule }) => rule.objectTypes?.includes(type) === true);
  const unique = new Map<string, Uniqueness>();
  for (const { rule } of own) {
    if (rule.unique !== undefined && !unique.has(rule.unique.keySpace)) unique.set(rule.unique.keySpace, rule.unique);
  }
  return {
    rules: own,
    byDesign: stepOf(own.filter(({ rule }) => rule.byDesign === true)),
    rest: stepOf(own.filter(({ rule }) => rule.byDesign !== true)),
    references: own.filter(({ rule }) => rule.reference === true),
    unique: [...unique.values()],
  };
}

function stepOf(rules: readonly ActiveRule[]): Step {
  const values = new Map<string, ActiveValueCheck[]>();
  for (const active of rules) {
    const { checkValue, attributes } = active.rule;
    if (checkValue === undefined) continue;
    for (const attribute of attributes.map(lowerCase)) {
      const checks = values.get(attribute) ?? [];
      checks.push({ active, check: checkValue });
      values.set(attribute, checks);
    }
  }
  return { values, entries: rules.filter(({ rule }) => rule.checkEntry !== undefined) };
}
