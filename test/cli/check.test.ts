import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsOf, folderWith, type JsonLine, jsonLines, report, rulesOf, syncready, user } from "./program.ts";

const NO_PRIMARY = "proxyAddresses: smtp:jane@contoso.com";
const ROUTABLE = { rule: "upn-domain-not-routable", severity: "warning" };

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

function assertContract(lines: readonly JsonLine[]): void {
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

describe("several files", () => {
  const folder = folderWith({
    "a.ldf": user("Jane"),
    "b.ldf": user("Joe").replace("joe@contoso.com", "JANE@contoso.com"),
  });

  test("a duplicate across them", () => {
    const lines = report(folder, ["a.ldf", "b.ldf"]);
    assert.deepEqual(rulesOf(lines), ["duplicate-userprincipalname", "duplicate-userprincipalname"]);
    const files = findingsOf(lines).map(({ file, related }) => [file, (related as { file: string }[])[0]?.file]);
    assert.deepEqual(files, [
      ["a.ldf", "b.ldf"],
      ["b.ldf", "a.ldf"],
    ]);
    const types = lines.map(({ type }) => type);
    assert.deepEqual(types, ["file", "finding", "file", "finding", "summary"]);
  });

  test("each by itself has none", () => {
    assert.deepEqual(rulesOf(report(folder, ["a.ldf"])), []);
  });

  test("a file that is given twice is no duplicate of itself", () => {
    assert.deepEqual(rulesOf(report(folder, ["a.ldf", "./a.ldf"])), []);
  });

  test("one that cannot be read does not stop the others", () => {
    const { stdout, stderr, status } = syncready(["check", "missing.ldf", "a.ldf", "."], { cwd: folder });
    assert.equal(status, 2);
    assert.match(stdout, /^a\.ldf /m);
    assert.match(stderr, /missing\.ldf: there is no such file/);
    assert.match(stderr, /\.: this is a folder/);
  });
});

describe("files that checkedTogether names", () => {
  const together = '{ "checkedTogether": ["a.ldf", "b.ldf"] }';
  const folder = folderWith({
    "a.ldf": user("Jane", "manager: CN=Krbtgt,OU=Users,DC=contoso,DC=com"),
    "b.ldf": `${user("Joe", NO_PRIMARY).replace("joe@contoso.com", "JANE@contoso.com")}${user("Krbtgt", "isCriticalSystemObject: TRUE")}`,
    "c.ldf": user("Jack").replace("jack@contoso.com", "jane@contoso.com"),
    ".syncready.json": together,
  });
  const ofA = ["reference-to-object-out-of-scope", "duplicate-userprincipalname"];

  test("are read for duplicates and references, and their own findings are not told", () => {
    const lines = report(folder, ["a.ldf"]);
    assertContract(lines);
    assert.deepEqual(rulesOf(lines).sort(), [...ofA].sort());
    for (const { file } of findingsOf(lines)) assert.equal(file, "a.ldf");
    const { related } = findingsOf(lines).find(({ rule }) => rule === "duplicate-userprincipalname")!;
    assert.equal((related as { file: string }[])[0]!.file, "b.ldf");
    assert.deepEqual(lines.at(-1)!.alsoRead, ["b.ldf"]);
    assert.equal(lines.at(-1)!.entries, 1);
  });

  test("are told at the head of the text", () => {
    const { stdout, status } = syncready(["check", "a.ldf"], { cwd: folder });
    assert.match(stdout, /^Read too, [^\n]+ not listed:\n {2}b\.ldf\n\na\.ldf \(/);
    assert.equal(status, 1);
  });

  test("are told about where they are given", () => {
    const lines = report(folder, ["a.ldf", "b.ldf"]);
    assert.ok(findingsOf(lines).some(({ file, rule }) => file === "b.ldf" && rule === "proxyaddresses-no-primary"));
    assert.equal(lines.at(-1)!.alsoRead, undefined);
    assert.doesNotMatch(syncready(["check", "a.ldf", "b.ldf"], { cwd: folder }).stdout, /Read too/);
  });

  test("are not read for a file that is not named with them", () => {
    assert.deepEqual(rulesOf(report(folder, ["c.ldf"])), []);
  });

  test("must be there", () => {
    const alone = folderWith({ "a.ldf": user("Jane", NO_PRIMARY), ".syncready.json": together });
    const { stdout, stderr, status } = syncready(["check", "a.ldf"], { cwd: alone });
    assert.equal(status, 2);
    assert.equal(stderr, "syncready: b.ldf: there is no such file or folder; checkedTogether names it\n");
    assert.match(stdout, /proxyaddresses-no-primary/);
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
