import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { DEFAULT_SETTINGS } from "../../server/core/engine/settings.ts";
import { RULES } from "../../server/core/rules/index.ts";
import { positionAt } from "../../server/core/text/position.ts";
import { checkText } from "./examples.ts";

const FOLDER = "test/exports";

/** A finding of an export: rule, and the range as the Language Server Protocol counts it, from 0. */
type Expected = readonly [rule: string, line: number, character: number, endLine: number, endCharacter: number];

/** The findings in their order in the file, and what is marked, so that a failure shows more than numbers. */
function findingsOf(text: string, name: string): { expected: Expected; marked: string }[] {
  return checkText(text, DEFAULT_SETTINGS, undefined, RULES, name).map(({ finding, span }) => {
    const [start, end] = [positionAt(text, span.start), positionAt(text, span.end)];
    return {
      expected: [finding.rule.id, start.line, start.character, end.line, end.character],
      marked: text.slice(span.start, span.end),
    };
  });
}

function expectedIn(json: string): readonly Expected[] {
  return JSON.parse(readFileSync(json, "utf8"));
}

/** As the formatter would have it: one finding a line, unless all of them fit into one. */
function jsonOf(findings: readonly Expected[]): string {
  const rows = findings.map(asRow);
  const line = `[${rows.join(", ")}]`;
  return line.length <= 120 ? `${line}\n` : `[\n${rows.map((row) => `  ${row}`).join(",\n")}\n]\n`;
}

function asRow(finding: Expected): string {
  return `[${finding.map((part) => JSON.stringify(part)).join(", ")}]`;
}

// Beside each export stands what is to be found in it. SYNCREADY_UPDATE=1 writes these files: read the difference then.
describe("Exports have the findings that stand beside them", () => {
  for (const name of readdirSync(FOLDER).filter((file) => /\.(?:ldi?f|csv|tsv|txt)$/.test(file))) {
    test(name, () => {
      const file = join(FOLDER, name);
      const text = readFileSync(file, "utf8");
      const json = file.replace(/\.\w+$/, ".json");
      const found = findingsOf(text, name);
      if (process.env.SYNCREADY_UPDATE) writeFileSync(json, jsonOf(found.map(({ expected }) => expected)));
      const missing = expectedIn(json).map(asRow);
      const extra: string[] = [];
      for (const { expected, marked } of found) {
        const index = missing.indexOf(asRow(expected));
        if (index >= 0) missing.splice(index, 1);
        else extra.push(`${asRow(expected)} ${JSON.stringify(marked)}`);
      }
      assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
    });
  }
});
