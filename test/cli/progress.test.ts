import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ProgressLine } from "../../server/cli/progress-line.ts";
import { type CheckProgress, checkExports, type ReportedFinding, settingsBeside } from "../../server/node/index.ts";
import { folderWith, syncready, user } from "./program.ts";

const PROGRESS: CheckProgress = {
  path: "exports/contoso.ldf",
  file: 2,
  files: 10_000,
  pass: "first",
  bytes: 512_345_678,
  totalBytes: 1_073_700_000,
  entries: 227_001,
};

/** A line on a terminal that remembers what is written to it, and a clock that is set by hand. */
function lineOn(terminal: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  const clock = { now: 0 };
  const line = new ProgressLine({ ...terminal, write: (text) => written.push(text) }, () => clock.now);
  return { line, written, clock };
}

describe("the line that shows progress", () => {
  test("is written over ten times a second, and gone at the end", () => {
    const { line, written, clock } = lineOn({ isTTY: true, columns: 120 });
    for (clock.now = 0; clock.now < 1000; clock.now += 10) line.onProgress?.(PROGRESS);
    assert.equal(written.length, 9);
    const text = "checking, 512.3 MB of 1,073.7 MB, 227,001 entries: contoso.ldf (file 2 of 10,000)";
    assert.deepEqual(new Set(written), new Set([`\r\x1b[K${text}`]));
    line.clear();
    line.clear();
    assert.deepEqual(written.slice(9), ["\r\x1b[K"]);
  });

  test("is never wrapped, and holds nothing that a terminal would obey", () => {
    const { line, written, clock } = lineOn({ isTTY: true, columns: 60 });
    clock.now = 1000;
    line.onProgress?.({ ...PROGRESS, totalBytes: undefined, path: `\x1b[31m${"x".repeat(100)}.ldf`, files: 1 });
    const [shown = ""] = written;
    assert.match(shown, /^\r\x1b\[Kchecking, 512\.3 MB, 227,001 entries: <U\+001B>\[31mx+\.\.\.$/);
    assert.equal(shown.length, "\r\x1b[K".length + 59);
  });

  for (const terminal of [{}, { isTTY: false }]) {
    test(`is not for a pipe: ${JSON.stringify(terminal)}`, () => {
      const { line, written } = lineOn(terminal);
      assert.equal(line.onProgress, undefined);
      line.clear();
      assert.deepEqual(written, []);
    });
  }

  test("the program writes none to a pipe", () => {
    const folder = folderWith({ "a.ldf": Array.from({ length: 6000 }, (_, n) => user(`U${n}`)).join("") });
    assert.equal(syncready(["check", "a.ldf"], { cwd: folder }).stderr, "");
  });
});

describe("what a check tells while it runs", () => {
  const wrong = (name: string) => user(name, `proxyAddresses: smtp:${name}@contoso.com`);
  const folder = folderWith({
    "a.ldf": Array.from({ length: 3000 }, (_, n) => wrong(`U${n}`)).join(""),
    "b.ldf": `\ufeff${user("U1", "mail: x@contoso.com")}${user("V").replace("v@contoso.com", "u7@contoso.com")}`,
  });
  const paths = ["a.ldf", "b.ldf", "missing.ldf"].map((name) => join(folder, name));

  test("bytes, entries, which file and which pass, only forwards", async () => {
    const told: CheckProgress[] = [];
    await check((progress) => told.push(progress));
    const passes = told.map(({ pass, file }) => `${file} ${pass}`);
    const expected = ["1 first", "2 first", "1 second", "2 second"];
    assert.deepEqual([...new Set(passes)], expected);
    const { totalBytes = 0 } = told[0]!;
    assert.ok(told.every((one) => one.files === 3 && one.totalBytes === totalBytes));
    for (const pass of ["first", "second"]) {
      const bytes = told.filter((one) => one.pass === pass).map((one) => one.bytes);
      assert.deepEqual(
        bytes,
        [...bytes].sort((one, other) => one - other),
      );
      // The second pass reads only what the first one wants to see again.
      if (pass === "first") assert.equal(bytes.at(-1), totalBytes);
      else assert.ok(bytes.at(-1)! <= totalBytes);
    }
    assert.deepEqual([told[0]!.entries, told.at(-1)!.entries], [0, 3002]);
  });

  test("all findings, without their fixes, those of single entries before the reading has ended", async () => {
    const found: ReportedFinding[] = [];
    const failed: string[] = [];
    let early = 0;
    const { files } = await check(
      ({ pass }) => {
        if (pass === "first") early = found.length;
      },
      (finding) => found.push(finding),
      (path) => failed.push(path),
    );
    assert.ok(early > 1000, `${early}`);
    const key = ({ fix: _, ...finding }: ReportedFinding) => JSON.stringify(finding);
    const all = files.flatMap(({ findings }) => findings);
    assert.ok(new Set(all.map(({ rule }) => rule)).has("duplicate-userprincipalname"));
    assert.ok(new Set(all.map(({ rule }) => rule)).has("ldif-byte-order-mark"));
    assert.deepEqual(found.map(key).sort(), all.map(key).sort());
    assert.deepEqual(failed, [paths[2]]);
  });

  function check(
    onProgress: (progress: CheckProgress) => void,
    onFound?: (finding: ReportedFinding) => void,
    onFailed?: (path: string) => void,
  ) {
    const baselineFor = async () => undefined;
    return checkExports(paths, {
      settingsFor: settingsBeside,
      baselineFor,
      withEdits: false,
      onProgress,
      onFound,
      onFailed,
    });
  }
});
