import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "../property.ts";
import { applyAll, modifyFilesFor } from "./apply.ts";
import { edited, entriesOfScript, exportOf, POOL, pool, scripts, writing } from "./edit-scripts.ts";
import { type Engine, OpenLdap, Samba, WITH_DIRECTORIES } from "./engines.ts";
import { ROOT, toLdif } from "./entries.ts";
import { differences, type ExportedEntry, entriesOf, stateOf, stateOfEntries } from "./state.ts";

/** 352 scripts, of which some change nothing. */
const RUNS = 11;

describe("A modify file does to a directory what was done to its export, and the undo file takes it back", () => {
  test("Samba", WITH_DIRECTORIES, () => judge(new Samba(toLdif([POOL, ...pool("Samba")]))));
  test("OpenLDAP", WITH_DIRECTORIES, async () =>
    judge(await OpenLdap.start(toLdif([...ROOT, POOL, ...pool("OpenLDAP")]))),
  );
});

function judge(engine: Engine): void {
  let effective = 0;
  let exported = engine.export(POOL.dn);
  const round = fc.property(scripts, writing, (all, style) => {
    const [ou, ...entries] = sorted(entriesOf(exported));
    const after = all.flatMap((script, number) => {
      const own = entriesOfScript(entries, number);
      const result = edited(own, script, entries);
      if (differences(stateOfEntries(own), stateOfEntries(result)).length > 0) effective++;
      return result;
    });
    const files = modifyFilesFor(exported, exportOf([ou!, ...after], style));

    applyAll(engine, files.modify, files.records.length);
    const except = new Set([...engine.ownAttributes, ...engine.backLinks]);
    assert.deepEqual(differences(stateOfEntries([ou!, ...after]), engine.state(POOL.dn), except), []);
    applyAll(engine, files.undo, files.records.length);
    const before = stateOf(exported);
    exported = engine.export(POOL.dn);
    assert.deepEqual(differences(before, stateOf(exported), engine.ownAttributes), []);
  });
  // What a failed run has left in the directory would spoil all that follow.
  fc.assert(round, { numRuns: RUNS, endOnFailure: true });
  assert.ok(effective >= 300, `${effective} scripts changed something`);
}

/** In an order that does not depend on the directory: the folder first, whose DN is the shortest. */
function sorted(entries: readonly ExportedEntry[]): ExportedEntry[] {
  return [...entries].sort((one, other) => one.dn.length - other.dn.length || (one.dn < other.dn ? -1 : 1));
}
