import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertContract } from "./contract.ts";
import { findingsOf, folderWith, type JsonLine, jsonLines, report, rulesOf, syncready, user } from "./program.ts";

const NO_PRIMARY = "proxyAddresses: smtp:jane@contoso.com";
const ROUTABLE = { rule: "upn-domain-not-routable", severity: "warning" };

function count(lines: readonly JsonLine[], severity: string): number {
  return findingsOf(lines).filter((line) => line.severity === severity).length;
}

describe("JSON lines", () => {
  const folder = folderWith({
    "clean.ldf": user("Jane", "proxyAddresses: SMTP:jane@contoso.com"),
    "mixed.ldf": [
      "# ldifde\n",
      user("Jane", NO_PRIMARY).replace("jane@contoso.com", "jane@contoso.local"),
      user("Joe", "proxyAddresses: SMTP:joe@contoso.com", "proxyAddresses: smtp:JANE@contoso.com"),
    ].join(""),
    "add.ldf": user("Jane").replace("objectClass: top", "changetype: add\nobjectClass: top"),
    "changes.ldf": "dn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n",
  });

  test("a file, its findings by place, a summary", () => {
    const lines = jsonLines(syncready(["check", "--format", "jsonl", "mixed.ldf"], { cwd: folder }).stdout);
    assertContract(lines);
    assert.deepEqual([lines[0]?.type, lines.at(-1)?.type], ["file", "summary"]);
    const places = findingsOf(lines).map(({ range }) => (range as { start: { line: number } }).start.line);
    assert.deepEqual(
      places,
      [...places].sort((one, other) => one - other),
    );
    const { error, warning, information, hint, rules } = lines.at(-1) as unknown as Record<string, number>;
    const counts = ["error", "warning", "information", "hint"].map((severity) => count(lines, severity));
    assert.deepEqual([error, warning, information, hint], counts);
    const told = Object.values(rules as unknown as Record<string, number>).reduce((sum, one) => sum + one, 0);
    assert.equal(told, findingsOf(lines).length);
  });

  test("places count from 0, and the value is the whole value", () => {
    const [finding] = findingsOf(report(folder, ["mixed.ldf"])).filter(({ rule }) => rule === ROUTABLE.rule);
    assert.deepEqual(finding, {
      ...ROUTABLE,
      type: "finding",
      message: finding?.message,
      file: "mixed.ldf",
      dn: "CN=Jane,OU=Users,DC=contoso,DC=com",
      attribute: "userPrincipalName",
      value: "jane@contoso.local",
      range: { start: { line: 8, character: 24 }, end: { line: 8, character: 37 } },
    });
  });

  test("a fix says what it does", () => {
    const finding = findingsOf(report(folder, ["mixed.ldf"])).find(({ rule }) => rule === "proxyaddresses-no-primary");
    const { title, ...rest } = (finding as JsonLine).fix as { title: string };
    assert.notEqual(title, "");
    assert.deepEqual(rest, { safety: "safe", newValue: "SMTP:jane@contoso.com" });
  });

  test("duplicates name each other", () => {
    const found = findingsOf(report(folder, ["mixed.ldf"])).filter(({ rule }) => rule === "duplicate-smtp-address");
    const related = found.map((finding) => (finding.related as { dn: string }[]).map(({ dn }) => dn));
    assert.deepEqual(related, [["CN=Joe,OU=Users,DC=contoso,DC=com"], ["CN=Jane,OU=Users,DC=contoso,DC=com"]]);
  });

  test("what was counted", () => {
    const facts = ({ entries, values, changeRecords, dialect, encoding, format }: JsonLine) => {
      return { entries, values, changeRecords, dialect, encoding, format };
    };
    const file = { encoding: "utf-8", format: "ldif" };
    const clean = { ...file, entries: 1, values: 8, changeRecords: 0, dialect: "ldif" };
    assert.deepEqual(facts(report(folder, ["clean.ldf"])[0]!), clean);
    const add = { ...file, entries: 1, values: 7, changeRecords: 1, dialect: "ldifde" };
    assert.deepEqual(facts(report(folder, ["add.ldf"])[0]!), add);
    const changes = { ...file, entries: 0, values: 0, changeRecords: 1, dialect: "ldif" };
    assert.deepEqual(facts(report(folder, ["changes.ldf"])[0]!), changes);
  });

  test("a new value that two fixes propose is given to neither", () => {
    const both = [1, 2].map((at) =>
      user(`U${at}`).replace(/userPrincipalName: .*/, `userPrincipalName: x@d${at}.local`),
    );
    const replaced = folderWith({
      "a.ldf": both.join(""),
      "b.ldf": both[0]!,
      ".syncready.json": '{ "domainReplacements": { "d1.local": "contoso.com", "d2.local": "contoso.com" } }',
    });
    const fixes = (file: string) =>
      findingsOf(report(replaced, [file])).map(({ rule, fix }) => [rule, fix !== undefined]);
    assert.deepEqual(
      fixes("a.ldf").filter(([rule]) => rule === ROUTABLE.rule),
      [
        [ROUTABLE.rule, false],
        [ROUTABLE.rule, false],
      ],
    );
    assert.deepEqual(
      fixes("b.ldf").filter(([rule]) => rule === ROUTABLE.rule),
      [[ROUTABLE.rule, true]],
    );
  });
});

describe("exit codes", () => {
  const error = "proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: SMTP:b@contoso.com";
  const folder = folderWith({
    "clean.ldf": user("Jane"),
    "warning.ldf": user("Jane", NO_PRIMARY),
    "error.ldf": user("Jane", error),
  });
  const rows: [args: string[], status: number][] = [
    [["check", "clean.ldf"], 0],
    [["check", "warning.ldf"], 0],
    [["check", "error.ldf"], 1],
    [["check", "clean.ldf", "error.ldf"], 1],
    [["check", "error.ldf", "missing.ldf"], 2],
    [["check"], 2],
    [["check", "--format", "xml", "clean.ldf"], 2],
    [["check", "--format", "constructor", "clean.ldf"], 2],
    [["check", "--colour", "clean.ldf"], 2],
    [["check", "--config"], 2],
    [["chekc", "clean.ldf"], 2],
    [[], 2],
    [["--help"], 0],
    [["--version"], 0],
    [["check", "--help"], 0],
    [["fix", "--help"], 0],
    [["diff", "--help"], 0],
    [["explain", "--help"], 0],
    [["explain"], 0],
    [["explain", "proxyaddresses-no-primary"], 0],
    [["explain", "proxyaddress-no-primary"], 2],
  ];
  for (const [args, status] of rows) {
    test(`${status} for syncready ${args.join(" ")}`, () => {
      const run = syncready(args, { cwd: folder });
      assert.equal(run.status, status, run.stderr);
      if (status < 2) assert.equal(run.stderr, "");
      else assert.match(run.stderr, /^syncready: [^\n]+\n$/, "one clear line");
      assert.doesNotMatch(run.stderr, /\n\s+at /, "no stack");
    });
  }

  test("an unknown rule: the nearest ones", () => {
    assert.match(syncready(["explain", "proxyaddress-no-primary"]).stderr, /did you mean proxyaddresses-no-primary/);
  });
});

describe("text", () => {
  const sequence = "\x1b[31m";
  const folder = folderWith({
    "a.ldf": user("Jane", NO_PRIMARY, "mail:: G1szMW1AY29udG9zby5jb20="),
    "b.ldf": user("Joe", "proxyAddresses: SMTP:jane@contoso.com", `${sequence}x: ${sequence}`),
    [`${sequence}.ldf`]: user("Jim", NO_PRIMARY.replace("jane", "jim")),
  });
  const { stdout, status } = syncready(["check", "a.ldf", "b.ldf", `${sequence}.ldf`], { cwd: folder });

  test("path:line:column, counting from 1", () => {
    assert.match(stdout, /^a\.ldf:9:17 +warning +proxyaddresses-no-primary +No address begins/m);
    assert.match(stdout, /^ {4}fix: Make it the primary address -> SMTP:jane@contoso\.com$/m);
    assert.match(stdout, /^ {4}also: b\.ldf:9:17 {2}CN=Joe,OU=Users,DC=contoso,DC=com$/m);
    assert.equal(status, 1);
  });

  test("nothing that a terminal would obey", () => {
    assert.doesNotMatch(stdout, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    assert.match(stdout, /<U\+001B>\[31m\.ldf/);
  });

  test("neither do the JSON lines hold any", () => {
    const { stdout: json } = syncready(["check", "--format", "jsonl", "a.ldf", "b.ldf", `${sequence}.ldf`], {
      cwd: folder,
    });
    assert.doesNotMatch(json, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  test("counts at the end", () => {
    assert.match(stdout, /^\d+ errors?, \d+ warnings?, \d+ information, \d+ hints? \(3 files, 3 entries, /m);
  });
});

describe("settings", () => {
  const files = { "a.ldf": user("Jane", NO_PRIMARY) };
  const off = '// why not\n{ "rules": { "proxyaddresses-no-primary": "off" } }';

  test("beside the export", () => {
    const folder = folderWith({ ...files, ".syncready.json": off });
    assert.deepEqual(rulesOf(report(folder, ["a.ldf"])), []);
    assert.deepEqual(rulesOf(report("/", [`${folder}/a.ldf`])), []);
  });

  test("named, whatever stands beside the export", () => {
    const folder = folderWith({ ...files, ".syncready.json": off, "other.json": "\ufeff{}" });
    assert.deepEqual(rulesOf(report(folder, ["--config", "other.json", "a.ldf"])), ["proxyaddresses-no-primary"]);
  });

  const wrong: [content: string, message: RegExp][] = [
    ["{", /^syncready: a\.ldf: not read, because its settings are wrong: wrong\.json:1:2: /],
    ['{\n  "colour": 1 }', /wrong\.json:2:3: "colour" is no setting/],
    ['{ "rules": { "no-such": "off" } }', /wrong\.json:1:14: There is no rule "no-such"/],
  ];
  for (const [content, message] of wrong) {
    test(`wrong settings are told with their place: ${content.replace("\n", " ")}`, () => {
      const folder = folderWith({ ...files, "wrong.json": content });
      const { status, stderr } = syncready(["check", "--config", "wrong.json", "a.ldf"], { cwd: folder });
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
  }

  test("a settings file that does not exist", () => {
    const { status, stderr } = syncready(["check", "--config", "no.json", "a.ldf"], { cwd: folderWith(files) });
    assert.equal(status, 2);
    assert.equal(stderr, "syncready: no.json: there is no such file or folder\n");
  });
});
