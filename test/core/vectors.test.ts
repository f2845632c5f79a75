import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { planFixes } from "../../server/core/fix/plan.ts";
import { writeLine } from "../../server/core/ldif/writer.ts";
import { ENTRY_RULES, RULES } from "../../server/core/rules/index.ts";
import { background, checkText } from "./examples.ts";

type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** Entries, and the places in the list of those that the rule reports. */
interface Vector {
  readonly rule: string;
  readonly entries: readonly Attributes[];
  readonly flagged: readonly number[];
  readonly settings?: Partial<Settings>;
  readonly note?: string;
}

/** What the safe fixes of a rule make of an entry; `null` where only a person can say. */
interface FixVector {
  readonly rule: string;
  readonly before: Attributes;
  readonly change: Attributes | null;
}

/** What the fix of a rule, safe or not, makes of a value of its first attribute. */
interface ValueFixVector {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

function vectors<Row>(name: string): Row[] {
  const lines = readFileSync(`test/vectors/${name}.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

function byRule<Row extends { readonly rule: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.rule, [...(groups.get(row.rule) ?? []), row]);
  return groups;
}

/** The DN of the entry at a place in the list; where a vector gives none, one is made. */
function dnOf(attributes: Attributes, at: number): string {
  return String(attributes.dn ?? `CN=Vector ${at},OU=Staff,DC=contoso,DC=com`);
}

function toLdif(attributes: Attributes, at: number): string {
  const style = { lineEnd: "\n", width: undefined } as const;
  const lines = Object.entries(attributes).flatMap(([name, values]) => {
    if (name === "dn") return [];
    // Shorthand for that many values, or bytes.
    if (name === "_certCount") return many(Number(values), (n) => `userCertificate:: ${btoa(`certificate ${n}`)}`);
    if (name === "_smimeCount")
      return many(Number(values), (n) => `userSMIMECertificate:: ${btoa(`certificate ${n}`)}`);
    if (name === "_photoBytes") return [`thumbnailPhoto:: ${Buffer.alloc(Number(values), 255).toString("base64")}`];
    if (name === "_proxyCount") return many(Number(values), (n) => `proxyAddresses: smtp:a${n}@contoso.com`);
    if (name === "_memberCount") return many(Number(values), (n) => `member: CN=${n},DC=contoso,DC=com`);
    return [values].flat().map((text) => writeLine(name, { text }, style));
  });
  return `${[writeLine("dn", { text: dnOf(attributes, at) }, style)].concat(lines).join("\n")}\n`;
}

function many(count: number, line: (n: number) => string): string[] {
  return Array.from({ length: count }, (_, n) => line(n));
}

function check(entries: readonly Attributes[], settings: Settings) {
  return checkText([...entries.map(toLdif), ...background(settings).map((entry) => `${entry}\n`)].join("\n"), settings);
}

/** Rules that rest on the administrator's settings or on a list, not on documents about synchronization: their examples hold them. */
const OWN_RULES: ReadonlySet<string> = new Set([
  "scope-custom",
  "upn-domain-top-level-unknown",
  "proxyaddresses-domain-top-level-unknown",
]);

describe("Every rule reports what its vectors say", () => {
  const all = byRule(vectors<Vector>("rules"));
  const turnedOn = new Set(ENTRY_RULES.filter(({ offByDefault }) => offByDefault).map(({ id }) => id));
  for (const [id, rows] of all) {
    test(id, () => {
      for (const { entries, flagged, note, settings: own } of rows) {
        const rules = turnedOn.has(id) ? { [id]: "information" as const } : {};
        const settings = { ...DEFAULT_SETTINGS, rules, ...own };
        const found = check(entries, settings).filter(({ finding }) => finding.rule.id === id);
        const dns = found.map(({ finding }) => finding.entry?.dn.text ?? "");
        const expected = flagged.map((at) => dnOf(entries[at]!, at));
        assert.deepEqual([...new Set(dns)].sort(), expected.sort(), `${note ?? ""}\n${entries.map(toLdif).join("\n")}`);
      }
    });
  }

  test("no rule about entries is without vectors", () => {
    const missing = ENTRY_RULES.filter(({ id }) => !all.has(id) && !OWN_RULES.has(id)).map(({ id }) => id);
    assert.deepEqual(missing, []);
  });

  test("no vector is for a rule that does not exist", () => {
    const ids = new Set(ENTRY_RULES.map(({ id }) => id));
    assert.deepEqual(
      [...all.keys()].filter((id) => !ids.has(id)),
      [],
    );
  });
});

describe("What is right is not reported as an error or a warning", () => {
  for (const { name, entries } of vectors<{ name: string; entries: Attributes[] }>("must-not-flag")) {
    test(name, () => {
      const found = check(entries, DEFAULT_SETTINGS).map(({ finding }) => `${finding.severity} ${finding.rule.id}`);
      assert.deepEqual(
        found.filter((finding) => /^(?:error|warning) /.test(finding)),
        [],
      );
    });
  }
});

describe("The fixes change what their vectors say", () => {
  for (const [id, rows] of byRule(vectors<FixVector | ValueFixVector>("fixes"))) {
    test(id, () => {
      for (const row of rows) {
        const { before, change, safetyWanted } = asEntry(row);
        const withClass = { objectClass: ["top", "person", "organizationalPerson", "user"], ...before };
        const [found] = check([withClass], DEFAULT_SETTINGS).filter(({ finding }) => finding.rule.id === id);
        const entry = found?.record.entry;
        assert.ok(entry !== undefined, `nothing is reported in\n${toLdif(withClass, 0)}`);
        const free = { isTaken: () => false, take: () => {} };
        const wanted = (fix: { safety: string }, finding: { rule: { id: string } }) =>
          safetyWanted.includes(fix.safety) && finding.rule.id === id;
        const { edited } = planFixes(new Checker(RULES, DEFAULT_SETTINGS), entry, wanted, free);
        for (const [name, values] of Object.entries(change ?? {})) {
          assert.deepEqual(
            edited.values(name).map(({ text }) => text),
            [values].flat(),
          );
        }
        if (change === null) assert.deepEqual(edited.changes(), []);
      }
    });
  }
});

function asEntry(vector: FixVector | ValueFixVector) {
  if (!("after" in vector)) return { ...vector, safetyWanted: ["safe"] };
  const attribute = RULES.find(({ id }) => id === vector.rule)!.attributes[0]!;
  const [before, change] = [vector.before, vector.after].map((text): Attributes => ({ [attribute]: text }));
  return { before: before!, change: change!, safetyWanted: ["safe", "review"] };
}
