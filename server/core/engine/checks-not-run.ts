import { lowerCase } from "../model/attribute-type.ts";
import type { ActiveRule } from "./rule-plan.ts";

/** Every entry has these, whether the export shows them or not. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(["distinguishedname", "objectclass"]);

/** The attributes that some rule looks at, in lower case, with their names as Active Directory spells them. */
export function attributesOfRules(rules: readonly ActiveRule[]): ReadonlyMap<string, string> {
  const names = rules.flatMap(({ rule }) =>
    rule.objectTypes === undefined ? [] : [...rule.attributes, ...(rule.requires ?? [])],
  );
  return new Map(names.map((name) => [lowerCase(name), name]));
}

export interface ChecksNotRun {
  readonly attributes: string;
  readonly checks: string;
  /** All attributes that any rule looks at, for `ldifde -l`. */
  readonly list: string;
}

/**
 * The rules that had nothing to look at, since no entry carries their attributes (`notCarried`, in lower case): all of them, or one
 * without which absence means nothing. `undefined` where every rule could run.
 */
export function checksNotRun(rules: readonly ActiveRule[], notCarried: ReadonlySet<string>): ChecksNotRun | undefined {
  const isMissing = (name: string) => notCarried.has(lowerCase(name)) && !ALWAYS_THERE.has(lowerCase(name));
  const missing = new Set<string>();
  const checks: string[] = [];
  for (const { rule } of rules) {
    if (rule.objectTypes === undefined || rule.attributes.length === 0) continue;
    const needed = (rule.requires ?? []).filter(isMissing);
    if (needed.length === 0 && !rule.attributes.every(isMissing)) continue;
    checks.push(rule.id);
    for (const name of needed.length > 0 ? needed : rule.attributes) missing.add(name);
  }
  if (checks.length === 0) return undefined;
  const list = [...attributesOfRules(rules).values()].filter((name) => name !== "distinguishedName");
  return { attributes: [...missing].sort().join(", "), checks: checks.sort().join(", "), list: list.join(",") };
}
