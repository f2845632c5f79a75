import type { Finding } from "./finding.ts";
import type { Effect } from "./rule.ts";

/** What becomes of an object when it is synchronized, as far as the findings tell. */
export interface Fate {
  readonly effect: Effect | "out-of-scope";
  /** A sentence without a full stop. */
  readonly summary: string;
  /** The findings that say so, the gravest effect's only. */
  readonly because: readonly Finding[];
}

/** From the gravest to the least. */
const EFFECTS: readonly (readonly [effect: Effect, summary: string])[] = [
  ["excluded", "Will not synchronize"],
  ["export-error", "Will not synchronize as it is: its export fails"],
  ["quarantined", "Synchronizes, without a value that is quarantined"],
  ["attribute-dropped", "Synchronizes, without a value that is dropped"],
  ["value-changed", "Synchronizes, with another value than the directory has"],
];

/**
 * The fate of an entry with these findings, accepted ones included. `isExcluded` is the check's own word: that the object is left out is
 * true, too, where the rule that says so is off, and nothing is told.
 */
export function fateOf(findings: readonly Finding[], isInScope: boolean, isExcluded: boolean): Fate {
  if (!isInScope) return { effect: "out-of-scope", summary: "Out of the scope that the settings name", because: [] };
  for (const [effect, summary] of EFFECTS) {
    const because = findings.filter(({ rule }) => rule.effect === effect);
    if (because.length > 0) return { effect, summary, because };
  }
  if (isExcluded) return { effect: "excluded", summary: "Will not synchronize", because: [] };
  return { effect: "none", summary: "Synchronizes", because: [] };
}
