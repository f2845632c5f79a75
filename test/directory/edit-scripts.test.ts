import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dnKey } from "../../server/core/index.ts";
import fc from "../property.ts";
import { applyAll, modifyFilesFor } from "./apply.ts";
import {
  editable,
  edited,
  entriesOfScript,
  exportOf,
  POOL,
  pool,
  SUBFOLDER,
  scripts,
  writing,
} from "./edit-scripts.ts";
import { type Engine, OpenLdap, Samba, WITH_DIRECTORIES } from "./engines.ts";
import { ROOT, toLdif } from "./entries.ts";
import {
  differences,
  type ExportedEntry,
  entriesOf,
  entryState,
  type State,
  stateOf,
  stateOfEntries,
} from "./state.ts";

/** 352 scripts, of which some change nothing. */
const RUNS = 11;

describe("A modify file does to a directory what was done to its export, and the undo file takes it back", () => {
  test("Samba", WITH_DIRECTORIES, () => judge(new Samba(toLdif([POOL, SUBFOLDER, ...pool("Samba")]))));
  test("OpenLDAP", WITH_DIRECTORIES, async () =>
    judge(await OpenLdap.start(toLdif([...ROOT, POOL, SUBFOLDER, ...pool("OpenLDAP")]))),
  );
});

function judge(engine: Engine): void {
  let effective = 0;
  let unique = 0;
  let exported = engine.export(POOL.dn);
  const round = fc.property(scripts, writing, (all, style) => {
    const before = entriesOf(exported);
    const entries = editable(before);
    const after = all.flatMap((script, number) => {
      const own = entriesOfScript(entries, number);
      const result = edited(own, script, entries, unique++);
      if (differences(stateOfEntries(own), stateOfEntries(result)).length > 0) effective++;
      return result;
    });
    const others = before.filter((entry) => !entries.includes(entry));
    const files = modifyFilesFor(exported, exportOf([...others, ...after], style));

    applyAll(engine, files.modify, files.records.length);
    const except = new Set([...engine.ownAttributes, ...engine.computed]);
    const expected = stateOfEntries([...others, ...after].map(asNamed));
    const found = without(engine.state(POOL.dn), after);
    assert.deepEqual(differences(expected, found, except), []);

    applyAll(engine, files.undo, files.undoRecords.length);
    exported = engine.export(POOL.dn);
    // What is removed comes back with no undo file.
    const stay = new Set([...others, ...after].map(({ dn, from }) => from ?? dn));
    const restored = stateOfEntries(before.filter(({ dn }) => stay.has(dn)));
    assert.deepEqual(differences(restored, stateOf(exported), engine.ownAttributes), []);
  });
  // What a failed run has left in the directory would spoil all that follow.
  fc.assert(round, { numRuns: RUNS, endOnFailure: true });
  assert.ok(effective >= 300, `${effective} scripts changed something`);
}

/** A renamed entry has its new name as a value. */
function asNamed(entry: ExportedEntry): ExportedEntry {
  const { cn } = entry;
  if (cn === undefined) return entry;
  return {
    ...entry,
    values: entry.values.map((one) => (one.name.toLowerCase() === "cn" ? { ...one, value: cn } : one)),
  };
}

/** A state without what the directory has given to the new ones of some entries. */
function without(state: State, entries: readonly ExportedEntry[]): State {
  const known = new Map(state);
  for (const { dn, values, isNew } of entries) {
    const entry = state.get(dnKey(dn));
    if (isNew !== true || entry === undefined) continue;
    const given = entryState(values);
    known.set(dnKey(dn), new Map([...entry].filter(([name]) => given.has(name))));
  }
  return known;
}
