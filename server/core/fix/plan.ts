import type { Checker, LiveKey } from "../engine/checker.ts";
import type { Finding } from "../engine/finding.ts";
import { withoutOptions } from "../model/attribute-type.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";
import { type DraftedFix, draftFix, FixAttempts, type ProposedFix, tryFix } from "./propose.ts";

/** The keys that entries hold; what a plan takes for one entry is no longer free for the next. */
export interface Keys {
  isTaken(key: LiveKey): boolean;
  take(key: LiveKey): void;
}

export interface PlannedFix {
  readonly finding: Finding;
  readonly fix: ProposedFix;
}

export interface Plan {
  readonly edited: EditedEntry;
  readonly fixes: readonly PlannedFix[];
}

/** A fix may bring a finding of another rule to light, whose fix does the same. So many rounds are enough for any real entry. */
const MOST_ROUNDS = 10;

/**
 * Applies the fixes that `wanted` takes to one entry, checks again, and goes on until nothing changes. Rules never see
 * each other's output: this is the one place where their fixes meet. A fix after which the entry could not be written is left out.
 */
export function planFixes(
  plainChecker: Checker,
  entry: Entry,
  wanted: (fix: DraftedFix, finding: Finding) => boolean,
  keys: Keys,
  canBeWritten: (edited: EditedEntry) => boolean = () => true,
): Plan {
  let edited = new EditedEntry(entry);
  if (plainChecker.check(entry).findings.length === 0) return { edited, fixes: [] };
  // What is found before one fix is what was found after the one before.
  const checker = plainChecker.remembering();
  const fixes: PlannedFix[] = [];
  const attempts = new FixAttempts(entry);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = fixes.length;
    for (const found of checker.check(edited).findings) {
      // An earlier fix of this round may have changed the entry; the value itself must still be there.
      if (found.value !== undefined && !edited.values(withoutOptions(found.value.description)).includes(found.value))
        continue;
      const finding = { ...found, entry: edited };
      const draft = draftFix(checker, finding);
      if (draft === undefined || !wanted(draft, finding) || !attempts.take()) continue;
      const fix = tryFix(checker, finding, draft);
      if (fix === undefined || fix.newKeys.some((key) => keys.isTaken(key)) || !canBeWritten(fix.edited)) continue;
      for (const key of fix.newKeys) keys.take(key);
      edited = fix.edited;
      fixes.push({ finding, fix });
    }
    if (fixes.length === before) break;
  }
  return { edited, fixes };
}
