import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { identityOf } from "../bench/directory.mjs";
import { pageWith } from "../bench/page.mjs";
import { ratioOf, rowOf, verdictOf, withBefore } from "../bench/rows.mjs";
import { median, percentile } from "../bench/statistics.mjs";
import { formatted, markdownTable, textTable } from "../bench/table.mjs";
import { compare, compareDiagnostics } from "../bench/truth.mjs";
import { folderWith, shell } from "./program.ts";

const GENERATOR = resolve("test/bench/generate-export.mjs");

/** Writes an export of so many entries, of which a fifth have a defect, and the list of what must be found. */
function generate(folder: string, entries: number, format: "ldif" | "csv") {
  const [file, truth] = [join(folder, `${entries}.${format}`), join(folder, `${entries}.jsonl`)];
  const options = `--entries ${entries} --format ${format} --defects 0.2 --out "${file}" --truth "${truth}"`;
  const { status, stdout, stderr } = shell(`"$NODE" "${GENERATOR}" ${options}`, folder);
  assert.equal(status, 0, stderr);
  return { file, truth, made: JSON.parse(stdout), text: readFileSync(file, "latin1") };
}

describe("Generated exports", () => {
  for (const format of ["ldif", "csv"] as const) {
    test(`a shorter one is the beginning of a longer one, and so is what must be found: ${format}`, () => {
      const folder = folderWith();
      const [short, long] = [generate(folder, 150, format), generate(folder, 350, format)];
      assert.equal(short.made.entries, 150);
      assert.equal(short.made.bytes, short.text.length);
      assert.ok(long.text.startsWith(short.text));
      assert.ok(short.made.defects > 10);
      assert.ok(readFileSync(long.truth, "utf8").startsWith(readFileSync(short.truth, "utf8")));
    });

    test(`a check finds what was planted, and nothing else: ${format}`, async () => {
      const folder = folderWith();
      const { file, truth } = generate(folder, 1500, format);
      const { status, stderr } = shell(`"$NODE" "$SYNCREADY" check --format jsonl "${file}" > found.jsonl`, folder);
      assert.equal(status, 1, stderr);
      const { expected, duplicates, missing, invented } = await compare(join(folder, "found.jsonl"), truth);
      assert.deepEqual({ missing, invented }, { missing: [], invented: [] });
      assert.ok(expected > 400 && duplicates > 150, `${expected} expected, ${duplicates} of duplicates`);
    });
  }

  test("standard output gets the same bytes", () => {
    const folder = folderWith();
    const { text } = generate(folder, 150, "ldif");
    const { stdout } = shell(`"$NODE" "${GENERATOR}" --entries 150 --defects 0.2 --out -`, folder);
    assert.equal(stdout, text);
  });

  test("an entry is known without those before it", () => {
    const { text } = generate(folderWith(), 350, "ldif");
    assert.ok(text.includes(`sAMAccountName: ${identityOf(300, 1).account}\r\n`));
  });

  test("what a check misses and what it invents is told", async () => {
    const folder = folderWith();
    const [planted, other] = [
      { rule: "duplicate-mail", dn: "CN=A", attribute: "mail" },
      { rule: "displayname-blank", dn: "CN=B", attribute: "displayName" },
    ];
    const lines = (...objects: object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join("");
    const [truth, report] = [join(folder, "truth.jsonl"), join(folder, "report.jsonl")];
    writeFileSync(truth, lines(planted));
    writeFileSync(report, lines({ type: "finding", ...other }, { type: "finding", rule: "of-the-file" }));
    const { expected, duplicates, missing, invented } = await compare(report, truth);
    assert.deepEqual([expected, duplicates], [1, 1]);
    assert.deepEqual(missing, ["duplicate-mail CN=A mail"]);
    assert.deepEqual(invented, ["displayname-blank CN=B displayName"]);
    const ofDiagnostics = await compareDiagnostics([{ code: other.rule }, { code: other.rule }], truth);
    assert.deepEqual(ofDiagnostics, {
      expected: 1,
      duplicates: 1,
      missing: [planted.rule],
      invented: [other.rule, other.rule],
    });
  });
});

describe("The table of the benchmark", () => {
  const cpu = {
    id: "throughput/1G/cpu",
    work: "1 GB LDIF",
    figure: "CPU",
    unit: "s",
    samples: [3, 1, 2],
    peer: { name: "wc -l", samples: [4, 4, 5] },
    goal: { reach: 1, beyond: 0.5, isRatio: true },
  };
  const peak = {
    id: "peak",
    work: "1 GB LDIF",
    figure: "peak memory",
    unit: "B",
    samples: [251e6],
    goal: { reach: 250e6 },
  };

  test("median and percentile", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile([7], 0.95)], [50, 95, 7]);
  });

  test("figures have three digits and a unit that suits them", () => {
    assert.equal(formatted(1.5349, "s"), "1.53 s");
    assert.equal(formatted(0.0301, "s"), "30.1 ms");
    assert.equal(formatted(0.00021, "s"), "210 µs");
    assert.equal(formatted(124.4e6, "B"), "124 MB");
    assert.equal(formatted(5.5e6, "B/s"), "5.50 MB/s");
  });

  test("goals are ratios to the peer or figures", () => {
    assert.equal(ratioOf(cpu), 0.5);
    assert.equal(verdictOf(cpu), "beyond");
    assert.equal(verdictOf({ ...cpu, goal: { reach: 0.5, beyond: 0.4, isRatio: true } }), "reached");
    assert.equal(verdictOf(peak), "missed");
    assert.equal(verdictOf({ ...peak, goal: undefined }), undefined);
    assert.equal(verdictOf({ ...cpu, peer: undefined }), undefined, "a ratio to nothing");
    assert.equal(
      ratioOf({ ...cpu, peer: { name: "wc -l", samples: [0] } }),
      undefined,
      "a ratio to less than is counted",
    );
  });

  test("what could not be measured is no row, and a peer that could not is no peer", () => {
    assert.deepEqual(rowOf({ ...cpu, samples: [undefined] }), []);
    assert.equal("peer" in rowOf({ ...cpu, peer: { name: "wc -l", samples: [undefined] } })[0]!, false);
  });

  test("for a terminal", () => {
    const [titles, rule, first, second, ...others] = textTable([cpu, peak]).split("\n");
    assert.match(titles!, /^Work +Figure +Syncready/);
    assert.match(rule!, /^-+$/);
    assert.match(first!, /^1 GB LDIF +CPU +2\.00 s +1\.00 - 3\.00 +wc -l +4\.00 s +0\.50 x +1 x \/ 0\.5 x +beyond$/);
    assert.match(second!, /^ +peak memory +251 MB +250 MB +missed$/);
    assert.deepEqual(others, []);
  });

  test("a second peer of a figure adds only what is its own", () => {
    const other = { ...cpu, peer: { name: "cat", samples: [1] }, goal: undefined };
    assert.match(textTable([cpu, other]).split("\n").at(-1)!, /^ +cat +1\.00 s +2\.00 x$/);
  });

  test("beside an older run", () => {
    const compared = withBefore([cpu, peak], { rows: [{ ...cpu, samples: [4] }] });
    const [titles, , first, second] = textTable(compared).split("\n");
    assert.match(titles!, / Before +Change$/);
    assert.match(first!, / 4\.00 s +-50 %$/);
    assert.match(second!, / new$/);
    assert.throws(() => withBefore([cpu], { results: [] }), /no rows/);
  });

  test("on the page", () => {
    const conditions = { date: "2026-01-01", machine: "a machine", system: "Linux", commit: "abc", rounds: 3 };
    const page = "# Speed\n\n<!-- table:begin -->\nold\n<!-- table:end -->\n\nThe end.\n";
    const written = pageWith(page, { conditions, rows: [cpu], notes: ["a note"] });
    assert.ok(written.startsWith("# Speed\n\n<!-- table:begin -->\n\nMeasured on 2026-01-01 with commit abc"));
    assert.ok(written.includes(markdownTable([cpu])) && written.includes("\n* a note\n"));
    assert.ok(written.endsWith("\n<!-- table:end -->\n\nThe end.\n") && !written.includes("old"));
    assert.equal(pageWith(written, { conditions, rows: [cpu], notes: ["a note"] }), written, "written twice");
    assert.throws(() => pageWith("# Speed\n", { conditions, rows: [], notes: [] }), /markers/);
  });
});
