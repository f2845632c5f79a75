import assert from "node:assert/strict";
import { findingsOf, type JsonLine } from "./program.ts";

/** Which members a line has: those that it must have, and those that it may have. */
const MEMBERS = {
  file: [["type", "path", "format", "dialect", "encoding", "entries", "values", "changeRecords"], []],
  finding: [
    ["type", "rule", "severity", "message", "file", "range"],
    ["dn", "attribute", "value", "related", "fix"],
  ],
  baseline: [["type", "path", "rows", "accepted"], []],
  summary: [
    ["type", "entries", "error", "warning", "information", "hint", "accepted", "rules", "elapsedMs"],
    ["alsoRead"],
  ],
} as const;

/** Fails where JSON lines do not have the members that README promises. */
export function assertContract(lines: readonly JsonLine[]): void {
  for (const line of lines) {
    const [required, optional] = MEMBERS[line.type];
    const names = Object.keys(line);
    for (const name of required) assert.ok(names.includes(name), `${line.type} has no ${name}`);
    const known: readonly string[] = [...required, ...optional];
    for (const name of names) assert.ok(known.includes(name), `${line.type} has ${name}`);
  }
  for (const finding of findingsOf(lines)) {
    const {
      severity,
      range,
      fix,
      related = [],
    } = finding as unknown as {
      severity: string;
      range: unknown;
      fix?: { title: string; safety: string; newValue: string | null };
      related?: { file: string; dn: string; range: unknown }[];
    };
    assert.ok(["error", "warning", "information", "hint"].includes(severity));
    assertRange(range);
    if (fix !== undefined) {
      assert.deepEqual(Object.keys(fix), ["title", "safety", "newValue"]);
      assert.ok(["safe", "review"].includes(fix.safety));
      assert.ok(fix.newValue === null || typeof fix.newValue === "string");
    }
    for (const other of related) {
      assert.deepEqual(Object.keys(other), ["file", "dn", "range"]);
      assertRange(other.range);
    }
  }
}

function assertRange(range: unknown): void {
  const { start, end } = range as Record<"start" | "end", { line: number; character: number }>;
  for (const value of [start.line, start.character, end.line, end.character]) assert.ok(Number.isInteger(value));
  assert.ok(start.line < end.line || (start.line === end.line && start.character <= end.character));
}
