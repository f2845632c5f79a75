import { dnKey, parentDn, parseDn } from "../model/dn.ts";
import type { EntryRecord } from "../model/source-record.ts";
import type { Refusal } from "./difference.ts";
import type { PlannedDelete } from "./planned-record.ts";
import type { RenamePlan } from "./rename-plan.ts";
import { ALL_OBJECTS } from "./unnamed.ts";

/** What the removal of entries is judged by. */
export interface Removal {
  /** Entries of the original that the edited export does not have, and that have no other name there. */
  readonly missing: readonly EntryRecord[];
  /** How many entries the original has. */
  readonly count: number;
  /** The keys of all DNs of the edited export. */
  readonly edited: readonly string[];
  /** The keys of the DNs in the original of entries that are missing, too, and of which it is not certain that they have been removed. */
  readonly staying: readonly string[];
  readonly renames: RenamePlan;
}

export interface PlannedDeletes {
  /** Entries below come before those above them. */
  readonly deletes: readonly PlannedDelete[];
  readonly refusals: readonly Refusal[];
}

/** A search that finds less than half of what it found before was another search. */
const MOST_REMOVED = 0.5;

const LEFT =
  "is not removed in a file that moves entries out of it, since they could not be moved back: remove it in the next one";

/** Plans the removal of what is missing, as far as it has been removed by somebody and can be removed from a directory. */
export function planDeletes({ missing, count, edited, staying, renames }: Removal): PlannedDeletes {
  if (missing.length > Math.max(count * MOST_REMOVED, 1)) {
    const reason = `the edited export lacks ${missing.length} of ${count} entries, more than anybody removes at once: it may be that of another search, and none of them is removed`;
    return { deletes: [], refusals: [{ dn: ALL_OBJECTS, reason }] };
  }
  const depth = ({ dn }: EntryRecord) => parseDn(dn.text).rdns.length;
  // Entries below come first: where one of them stays, those above it stay, too.
  const deepest = [...missing].sort((one, other) => depth(other) - depth(one));
  const keys = new Map(deepest.map((entry) => [dnKey(entry.dn.text), entry]));
  const below = entriesBelow(keys, edited, renames);
  const noteAbove = (key: string) => {
    for (let above = parentDn(key); above !== ""; above = parentDn(above)) below.set(dnKey(above), key);
  };
  for (const key of staying) noteAbove(key);
  const refusals: Refusal[] = [];
  const deletes: PlannedDelete[] = [];
  for (const [key, entry] of keys) {
    const reason = renames.isLeft(key) ? LEFT : whyNotRemoved(entry, below.get(key));
    if (reason === undefined) deletes.push({ changeType: "delete", dn: renames.afterwards(entry.dn.text) });
    else {
      refusals.push({ dn: entry.dn.text, reason });
      noteAbove(key);
    }
  }
  return { deletes, refusals };
}

function whyNotRemoved(entry: EntryRecord, below: string | undefined): string | undefined {
  if (entry.values("iscriticalsystemobject").some(({ text }) => text.toUpperCase() === "TRUE")) {
    return "is a part of Active Directory itself, which does not let it be removed";
  }
  return below && `is not removed: ${below} is below it, and stays`;
}

/** An entry of the edited export below each entry that is missing there, by the key of the latter. */
function entriesBelow(
  missing: ReadonlyMap<string, unknown>,
  edited: readonly string[],
  renames: RenamePlan,
): Map<string, string> {
  const below = new Map<string, string>();
  for (const key of edited) {
    for (let above = parentDn(renames.toOriginal(key)); above !== ""; above = parentDn(above)) {
      const found = dnKey(above);
      if (missing.has(found)) below.set(found, key);
    }
  }
  return below;
}
