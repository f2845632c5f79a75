import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firstDeviation, readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import fc from "../property.ts";
import { applied, difference, directoryOf } from "./differences.ts";
import { editedTree, type Tree, treeEdits, treeExport, trees } from "./object-tree.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

const inOrder = (number: number) => number;
const backwards = (number: number) => -number;
const mixed = (number: number) => (number * 7919) % 13;

describe("The whole difference of two exports", () => {
  test("applied to the original gives the edited export, and what is undone gives the original", () => {
    let [whole, refused] = [0, 0];
    fc.assert(
      fc.property(
        trees,
        treeEdits,
        fc.constantFrom(inOrder, backwards, mixed),
        fc.constantFrom(inOrder, backwards, mixed),
        (before, edits, order, otherOrder) => {
          // One that stays stands at the end of both, so that what is removed is not taken for cut off.
          const last = [
            9999,
            { guid: 9999, kind: "contact", name: "last", parent: undefined, mail: undefined, members: [] },
          ] as const;
          const original = treeExport(before, order) + treeExport(new Map([last]), inOrder);
          const after = editedTree(before, edits);
          const edited = treeExport(after, otherOrder) + treeExport(new Map([last]), inOrder);
          const { records, refusals } = difference(original, edited, { allowDelete: true });
          const files = writeModifyFiles(records, NAMES);
          assert.equal(firstDeviation(records, readBack(files.modify)), undefined);
          assert.equal(firstDeviation(files.undoRecords, readBack(files.undo)), undefined);
          const state = applied(original, files.modify);
          if (refusals.length > 0) refused++;
          else {
            whole++;
            assert.deepEqual(state, directoryOf(edited).state());
          }
          const undone = applied(original, files.modify, files.undo);
          const isRemoving = records.some(({ changeType }) => changeType === "delete");
          // What is removed does not come back. Which of several that is, is known where nothing is refused.
          if (!isRemoving) assert.deepEqual(undone, directoryOf(original).state());
          else if (refusals.length === 0) {
            const kept = treeExport(withoutRemoved(before, after), inOrder) + treeExport(new Map([last]), inOrder);
            assert.deepEqual(undone, directoryOf(kept).state());
          }
        },
      ),
      { numRuns: 500 },
    );
    assert.ok(whole > refused, `${whole} whole, ${refused} with refusals`);
  });
});

/** The original without what was removed for good, and without the links to it. */
function withoutRemoved(before: Tree, after: Tree): Tree {
  return new Map(
    [...before]
      .filter(([number]) => after.has(number))
      .map(([number, object]) => [
        number,
        { ...object, members: object.members.filter((member) => after.has(member)) },
      ]),
  );
}
