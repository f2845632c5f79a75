import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Writer } from "./csv-writer.ts";
import { byRule, checkVectorAsTable, type Vector, vectors } from "./vector-checks.ts";

/** So many vectors at least have a table of each program; the others have values that it has no way to show. */
const LEAST_SHOWN: readonly (readonly [Writer, number])[] = [
  ["csvde", 454],
  ["Export-Csv", 434],
];

for (const [writer, least] of LEAST_SHOWN) {
  describe(`Every rule reports of a table by ${writer} what it reports of LDIF`, () => {
    let shown = 0;
    for (const [id, rows] of byRule(vectors<Vector>("rules"))) {
      test(id, () => {
        for (const row of rows) if (checkVectorAsTable(row, writer)) shown++;
      });
    }

    test("and nearly all vectors can be shown so", () => assert.ok(shown >= least, `${shown}`));
  });
}
