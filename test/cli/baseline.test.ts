import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { findingsOf, folderWith, report, rulesOf, syncready, user } from "./program.ts";

const FILE = ".syncready-baseline.json";
const NO_PRIMARY = "proxyAddresses: smtp:jane@contoso.com";
const TWO_PRIMARY = "proxyAddresses: SMTP:joe@contoso.com\nproxyAddresses: SMTP:joe@fabrikam.com";

interface Row {
  readonly rule: string;
  readonly dn?: string;
  readonly file?: string;
  readonly reason: string;
}

const rowsOf = (folder: string, file = FILE): Row[] => JSON.parse(readFileSync(join(folder, file), "utf8")).accepted;

const update = (folder: string, ...args: string[]) =>
  syncready(["check", "--update-baseline", ...args], { cwd: folder });

/** Without what is true of any small export. */
const SETTINGS = { ".syncready.json": '{ "rules": { "export-attributes-missing": "off" } }' };

const files = { ...SETTINGS, "a.ldf": user("Jane", NO_PRIMARY) + user("Joe", TWO_PRIMARY) };

describe("check --update-baseline", () => {
  test("accepts everything, so that nothing is reported and the exit code is 0", () => {
    const folder = folderWith(files);
    assert.equal(syncready(["check", "a.ldf"], { cwd: folder }).status, 1);
    const { status, stdout, stderr } = update(folder, "--reason", "Known since May", "a.ldf");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^ {2}nothing found but what is accepted$/m);
    assert.match(stdout, /^Wrote \.syncready-baseline\.json: \d+ rows, \d+ new, 0 removed$/m);
    for (const { reason } of rowsOf(folder)) assert.equal(reason, "Known since May");
    const lines = report(folder, ["a.ldf"]);
    assert.deepEqual(findingsOf(lines), []);
    const { accepted } = lines.at(-1)!;
    assert.equal(accepted, findingsOf(report(folder, ["--no-baseline", "a.ldf"])).length);
    assert.deepEqual(lines.at(-2), { type: "baseline", path: FILE, rows: rowsOf(folder).length, accepted });
    assert.match(syncready(["check", "a.ldf"], { cwd: folder }).stdout, new RegExp(`, ${accepted} accepted \\(1 file`));
    assert.deepEqual(readdirSync(folder).sort(), [FILE, ".syncready.json", "a.ldf"]);
  });

  test("holds no value in the clear", () => {
    const folder = folderWith(files);
    update(folder, "a.ldf");
    assert.doesNotMatch(readFileSync(join(folder, FILE), "utf8"), /@contoso/);
  });

  test("keeps reasons, drops what is found no more, and is the same text whatever the order of the export", () => {
    const folder = folderWith(files);
    update(folder, "--reason", "old", "a.ldf");
    const joeOnly =
      user("Joe", TWO_PRIMARY) +
      user("Jane", "proxyAddresses: SMTP:jane@contoso.com") +
      user("Jim", NO_PRIMARY.replace("jane", "jim"));
    writeFileSync(join(folder, "a.ldf"), joeOnly);
    const { stdout } = update(folder, "--reason", "new", "a.ldf");
    assert.match(stdout, /^Wrote \.syncready-baseline\.json: \d+ rows, 1 new, 1 removed$/m);
    const reasons = new Map(rowsOf(folder).map(({ dn, reason }) => [dn?.split(",")[0], reason]));
    assert.deepEqual([reasons.get("CN=Jim"), reasons.get("CN=Joe"), reasons.get("CN=Jane")], ["new", "old", undefined]);
    const text = readFileSync(join(folder, FILE), "utf8");
    assert.match(update(folder, "a.ldf").stdout, /is up to date$/m);
    assert.equal(readFileSync(join(folder, FILE), "utf8"), text);
  });

  test("leaves the rows of other exports in the folder alone, and comments", () => {
    const folder = folderWith({ "a.ldf": user("Jane", NO_PRIMARY), "b.ldf": user("Joe", TWO_PRIMARY) });
    update(folder, "a.ldf");
    writeFileSync(join(folder, FILE), readFileSync(join(folder, FILE), "utf8").replace("{", "{ // ours\n"));
    update(folder, "b.ldf");
    const subjects = new Set(rowsIn(folder));
    assert.deepEqual(subjects, new Set(["CN=Jane", "CN=Joe"]));
    assert.deepEqual(findingsOf(report(folder, ["a.ldf"])), []);
    assert.deepEqual(findingsOf(report(folder, ["b.ldf"])), []);
  });

  function rowsIn(folder: string): string[] {
    const text = readFileSync(join(folder, FILE), "utf8");
    assert.match(text, /\/\/ ours/);
    const rows: Row[] = JSON.parse(text.replace("// ours", "")).accepted;
    return rows.flatMap(({ dn }) => (dn === undefined ? [] : [dn.split(",")[0]!]));
  }

  test("writes the baseline of each folder, or the one that is named", () => {
    const folder = folderWith(files);
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "sub/b.ldf"), user("Jim", NO_PRIMARY));
    update(folder, "a.ldf", "sub/b.ldf");
    assert.ok(rowsOf(folder).every(({ dn }) => dn === undefined || !dn.startsWith("CN=Jim")));
    assert.ok(rowsOf(folder, `sub/${FILE}`).some(({ dn }) => dn?.startsWith("CN=Jim")));
    update(folder, "--baseline", "all.json", "a.ldf", "sub/b.ldf");
    assert.deepEqual(findingsOf(report(folder, ["--baseline", "all.json", "a.ldf", "sub/b.ldf"])), []);
  });

  test("says in other formats on standard error what it wrote", () => {
    const { stdout, stderr } = update(folderWith(files), "--format", "jsonl", "a.ldf");
    assert.match(stderr, /^Wrote /);
    for (const line of stdout.trim().split("\n")) JSON.parse(line);
  });

  test("writes nothing where there is nothing to accept, or where not everything could be checked", () => {
    const folder = folderWith({ "a.ldf": user("Jane"), ...SETTINGS });
    assert.match(update(folder, "a.ldf").stdout, /nothing to accept: \.syncready-baseline\.json is not written$/m);
    const { status, stderr } = update(folder, "a.ldf", "missing.ldf");
    assert.equal(status, 2);
    assert.match(stderr, /baseline was not updated, because not every export could be checked/);
    assert.deepEqual(readdirSync(folder).sort(), [".syncready.json", "a.ldf"]);
  });
});

describe("check with a baseline", () => {
  const accepting = (folder: string, change: (row: Row) => object = (row) => row) => {
    update(folder, "a.ldf");
    writeFileSync(join(folder, FILE), JSON.stringify({ accepted: rowsOf(folder).map(change) }, undefined, 2));
  };

  test("reports another value, and the row that accepts nothing any more at its place", () => {
    const folder = folderWith({ "a.ldf": user("Jane", NO_PRIMARY), ...SETTINGS });
    update(folder, "a.ldf");
    writeFileSync(join(folder, "a.ldf"), user("Jane", NO_PRIMARY.replace("jane", "jane.doe")));
    const found = findingsOf(report(folder, ["a.ldf"]));
    assert.deepEqual(
      found.map(({ rule, file }) => [rule, file]),
      [
        ["proxyaddresses-no-primary", "a.ldf"],
        ["baseline-stale-row", FILE],
      ],
    );
    assert.deepEqual(found[1]!.range, { start: { line: 2, character: 4 }, end: { line: 8, character: 5 } });
    const { stdout } = syncready(["check", "a.ldf"], { cwd: folder });
    assert.match(
      stdout,
      /^\.syncready-baseline\.json \(baseline, 1 row\)\n\.syncready-baseline\.json:3:5 +information +baseline-stale-row +This row accepts nothing: /m,
    );
    const off = '{ "rules": { "export-attributes-missing": "off", "baseline-stale-row": "off" } }';
    writeFileSync(join(folder, ".syncready.json"), off);
    assert.deepEqual(rulesOf(report(folder, ["a.ldf"])), ["proxyaddresses-no-primary"]);
  });

  test("says nothing about rows of objects that are not checked", () => {
    const folder = folderWith(files);
    accepting(folder);
    writeFileSync(join(folder, "b.ldf"), user("Jim"));
    assert.ok(!rulesOf(report(folder, ["b.ldf"])).includes("baseline-stale-row"));
  });

  test("finds it from anywhere, and for standard input where it was started", () => {
    const folder = folderWith(files);
    update(folder, "a.ldf");
    assert.deepEqual(findingsOf(report("/", [`${folder}/a.ldf`])), []);
    const piped = report(folder, ["-"], { input: files["a.ldf"] });
    assert.ok(!rulesOf(piped).includes("proxyaddresses-multiple-primary"));
  });

  test("is not checked by one that is wrong", () => {
    const folder = folderWith(files);
    accepting(folder, ({ reason: _, ...row }) => row);
    const text = readFileSync(join(folder, FILE), "utf8");
    for (const args of [["check"], ["check", "--update-baseline"]]) {
      const { status, stderr } = syncready([...args, "a.ldf"], { cwd: folder });
      assert.equal(status, 2);
      assert.match(
        stderr,
        /^syncready: a\.ldf: not read, because its baseline is wrong: \.syncready-baseline\.json:3:5: The row has no "reason" \(and \d+ more\)$/m,
      );
    }
    assert.equal(readFileSync(join(folder, FILE), "utf8"), text);
    assert.equal(syncready(["check", "--no-baseline", "a.ldf"], { cwd: folder }).status, 1);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [["--baseline", "no.json"], /no\.json: there is no such file/],
    [["--baseline", "x.json", "--no-baseline"], /exclude each other/],
    [["--update-baseline", "--no-baseline"], /exclude each other/],
    [["--reason", "x"], /--reason needs --update-baseline/],
  ];
  for (const [args, message] of wrong) {
    test(`a call that is wrong: ${args.join(" ")}`, () => {
      const { status, stderr } = syncready(["check", ...args, "a.ldf"], { cwd: folderWith(files) });
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
  }
});

test("fix leaves alone what is accepted", () => {
  const folder = folderWith({ "a.ldf": user("Jane", NO_PRIMARY) });
  update(folder, "a.ldf");
  const fix = ["fix", "a.ldf", "--out", "m.ldf", "--undo", "u.ldf"];
  assert.match(syncready(fix, { cwd: folder }).stdout, /nothing to change/);
  assert.match(syncready([...fix, "--no-baseline"], { cwd: folder }).stdout, /^Wrote m\.ldf/m);
});
