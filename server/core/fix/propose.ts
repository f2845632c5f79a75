import type { Checker, LiveKey } from "../engine/checker.ts";
import { keyId } from "../engine/duplicates.ts";
import type { Finding } from "../engine/finding.ts";
import type { Fix } from "../engine/rule.ts";
import { EditedEntry, type ValueChange } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";

/** A fix that has been tried: with it the rule is silent, and no other rule finds something new that matters. */
export interface ProposedFix extends DraftedFix {
  /** The entry after it. */
  readonly edited: EditedEntry;
  /** Keys that the entry would hold after it and does not hold now: no other entry may have them. */
  readonly newKeys: readonly LiveKey[];
}

/** The change that a new value for the finding's value means. */
export function changeFor({ attribute, value }: Finding, newValue: string | undefined): ValueChange | undefined {
  if (attribute === undefined || (value === undefined && newValue === undefined)) return undefined;
  return {
    attribute,
    ...(value !== undefined && { old: value }),
    ...(newValue !== undefined && { text: newValue }),
  };
}

/** What a fix would change, before it has been tried. */
export interface DraftedFix extends Fix {
  readonly change: ValueChange;
}

/** The fix that a finding's rule has; `undefined` where there is none. */
export function draftFix(checker: Checker, finding: Finding): DraftedFix | undefined {
  const fix = checker.fix(finding);
  const change = fix && changeFor(finding, fix.newValue);
  if (finding.value?.isRendered === true) return undefined;
  // No directory keeps an empty value.
  if (fix === undefined || change === undefined || finding.entry === undefined || fix.newValue === "") return undefined;
  return { ...fix, change };
}

/** Tries a fix. `undefined` where it would do harm. */
export function tryFix(checker: Checker, { rule, entry }: Finding, draft: DraftedFix): ProposedFix | undefined {
  if (entry === undefined) return undefined;
  const edited = EditedEntry.of(entry).with(draft.change);
  if (objections(checker, entry, edited, rule.id, draft.change).length > 0) return undefined;
  return { ...draft, edited, newKeys: newKeys(checker, entry, edited) };
}

/** Tries the fix of a finding's rule. `undefined` where there is none or where it would do harm. */
export function proposeFix(checker: Checker, finding: Finding): ProposedFix | undefined {
  const draft = draftFix(checker, finding);
  return draft && tryFix(checker, finding, draft);
}

/** So many values are judged for the fixes of one entry. */
const MOST_VALUES = 200_000;
/** So many fixes are tried even on a group with a million members. */
const LEAST_FIXES = 10;

/**
 * Counts the fixes that are tried on one entry. Each has the whole entry judged again, so all fixes of an entry with thousands of wrong
 * values would take hours; such an entry is better looked at by a person.
 */
export class FixAttempts {
  readonly #most: number;
  #taken = 0;

  constructor(entry: Entry) {
    this.#most = Math.max(LEAST_FIXES, MOST_VALUES / valuesOf(entry));
  }

  /** Takes one attempt; answers whether there was one left. */
  take(): boolean {
    return this.#taken++ < this.#most;
  }
}

/** What the rules have against an edited entry that they did not have against it before: errors and warnings only. */
export function objections(
  checker: Checker,
  before: Entry,
  edited: EditedEntry,
  silencedRule: string | undefined,
  change: ValueChange,
): Finding[] {
  const found = checker.check(before).findings;
  // What an exclusion by design kept silent comes to light when it ends; the fix has not caused it.
  const wasSilent = found.some(({ rule }) => rule.byDesign === true);
  const known = new Map<string, number>();
  for (const finding of found) known.set(complaint(finding), (known.get(complaint(finding)) ?? 0) + 1);
  return checker.check(edited).findings.filter((finding) => {
    const isTheFixed = finding.rule.id === silencedRule && concerns(finding, change);
    if (isTheFixed) return true;
    const matters = finding.severity === "error" || finding.severity === "warning";
    const before = known.get(complaint(finding)) ?? 0;
    known.set(complaint(finding), before - 1);
    return matters && before <= 0 && !wasSilent;
  });
}

function complaint({ rule, attribute }: Finding): string {
  return `${rule.id} ${attribute?.toLowerCase()}`;
}

/** The finding is still there, at the value that was put in place of the old one. */
function concerns(finding: Finding, change: ValueChange): boolean {
  if (change.old === undefined) return finding.value === undefined || finding.value.text === change.text;
  return finding.value?.text === change.text && finding.value?.span.start === change.old.span.start;
}

/** The keys that only the edited entry holds, or that it holds in a new role. */
export function newKeys(checker: Checker, before: Entry, edited: EditedEntry): LiveKey[] {
  const held = new Map<string, Set<string | undefined>>();
  for (const { keySpace, key, role } of checker.heldKeys(before)) {
    const id = keyId({ keySpace, key });
    held.set(id, (held.get(id) ?? new Set()).add(role));
  }
  return checker.heldKeys(edited).flatMap((live) => {
    const roles = held.get(keyId(live));
    if (roles === undefined) return [live];
    return roles.has(live.role) ? [] : [{ ...live, held: true }];
  });
}

/** How many values there are to be judged. */
function valuesOf(entry: Entry): number {
  let values = 1 + (entry.numbered?.count ?? 0);
  if (values === 1) for (const type of entry.attributeTypes()) values += entry.values(type).length;
  return values;
}
