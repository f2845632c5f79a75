import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { IDFIX_HEADER, readBack, readLdif } from "../../server/core/index.ts";
import { Directory } from "../core/directory.ts";
import { findingsOf, folderWith, jsonLines, report, rulesOf, syncready, user } from "./program.ts";

const without = (text: string, line: RegExp) => text.replace(line, "");

const EXPORT = [
  user("Jane", "proxyAddresses: smtp:jane@contoso.com", "mail: both@contoso.com").replace(
    "jane@contoso.com\n",
    "ja ne@contoso.com\n",
  ),
  user("Doe, Joe", 'proxyAddresses: SMTP:"joe"@contoso.com', "mail: both@contoso.com")
    .replace("displayName: Doe, Joe", "displayName: =Joe\u200b")
    .replace("CN=Doe, Joe", "CN=Doe\\, Joe")
    .replaceAll("doe, joe", "joe"),
  without(user("J\u00fcrgen", "proxyAddresses: SMTP:jurgen@contoso.com"), /^displayName.*\n/m).replaceAll(
    "j\u00fcrgen",
    "jurgen",
  ),
].join("");

/** Without what is true of any small export. */
const SETTINGS = { ".syncready.json": '{ "rules": { "export-attributes-missing": "off" } }' };

const NAMES = ["--out", "m.ldf", "--undo", "u.ldf"];

function listOf(folder: string, ...args: readonly string[]): string {
  return syncready(["check", "--format", "idfix-csv", ...args], { cwd: folder }).stdout;
}

/** The list with a word in ACTION of the only row that has a text in it, and, where that is given, another UPDATE. */
function decide(list: string, part: string, action: string, update?: readonly [from: string, to: string]): string {
  const rows = list.split("\r\n");
  const own = rows.filter((row) => row.includes(part));
  assert.equal(own.length, 1, part);
  const [row] = own as [string];
  const decided = update === undefined ? row : row.replace(update[0], update[1]);
  assert.ok(update === undefined || decided !== row);
  return list.replace(row, decided + action);
}

function fix(folder: string, list: string, ...more: readonly string[]) {
  writeFileSync(join(folder, "list.csv"), list);
  return syncready(["fix", "list.csv", ...NAMES, ...more], { cwd: folder });
}

function directoryOf(text: string): Directory {
  const directory = new Directory();
  for (const { entry } of readLdif(text)) if (entry !== undefined) directory.add(entry);
  return directory;
}

function apply(directory: Directory, folder: string, file: string): void {
  for (const record of readBack(readFileSync(join(folder, file), "utf8"))) directory.apply(record);
}

describe("check --format idfix-csv", () => {
  const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
  const { stdout, stderr, status } = syncready(["check", "--format", "idfix-csv", "a.ldf"], { cwd: folder });

  test("has one row for each value that is wrong or missing, in IdFix's columns and words", () => {
    assert.equal(status, 1);
    assert.equal(
      stdout,
      [
        `\ufeff${IDFIX_HEADER.trimEnd()}`,
        '"CN=Jane,OU=Users,DC=contoso,DC=com",Jane,user,userPrincipalName,Character,ja ne@contoso.com,jane@contoso.com,Edit,',
        '"CN=Jane,OU=Users,DC=contoso,DC=com",Jane,user,proxyAddresses,proxyaddresses-no-primary,smtp:jane@contoso.com,SMTP:jane@contoso.com,Edit,',
        '"CN=Jane,OU=Users,DC=contoso,DC=com",Jane,user,mail,Duplicate,both@contoso.com,,Edit,',
        '"CN=Doe\\, Joe,OU=Users,DC=contoso,DC=com","Doe, Joe",user,displayName,Character,\'=Joe\u200b,\'=Joe,Edit,',
        '"CN=Doe\\, Joe,OU=Users,DC=contoso,DC=com","Doe, Joe",user,userPrincipalName,upn-differs-from-primary-smtp,joe@contoso.com,,Complete,',
        '"CN=Doe\\, Joe,OU=Users,DC=contoso,DC=com","Doe, Joe",user,proxyAddresses,Character,"SMTP:""joe""@contoso.com",SMTP:joe@contoso.com,Edit,',
        '"CN=Doe\\, Joe,OU=Users,DC=contoso,DC=com","Doe, Joe",user,mail,"Duplicate, mail-masked-by-proxyaddresses",both@contoso.com,,Edit,',
        '"CN=J\u00fcrgen,OU=Users,DC=contoso,DC=com",J\u00fcrgen,user,displayName,Blank,,J\u00fcrgen,Edit,',
        "",
      ].join("\r\n"),
    );
  });

  test("says how much it leaves out", () => {
    const others = findingsOf(report(folder, ["a.ldf"])).filter(({ dn, attribute }) => !dn || !attribute).length;
    assert.ok(others > 0);
    assert.match(stderr, new RegExp(`^syncready: ${others} findings? (?:is|are) not in the list, `));
  });

  test("joins what is wrong with one value, the gravest first, and proposes what settles that", () => {
    const text = user("Jane", "mail: jane@contoso.com", "proxyAddresses: SMTP:anna@contoso.com", "mail: x");
    const own = folderWith({ "a.ldf": text, ...SETTINGS });
    const rows = listOf(own, "a.ldf")
      .split("\r\n")
      .filter((row) => row.includes(",mail,"));
    const found = findingsOf(report(own, ["a.ldf"])).filter(({ attribute }) => attribute === "mail");
    assert.equal(rows.length, new Set(found.map(({ value }) => value)).size);
    assert.ok(rows.length < found.length);
    assert.ok(rows.some((row) => /,mail,"[^"]*, [^"]*",/.test(row)));
  });

  test("does not take a list for an export", () => {
    const own = folderWith({ "list.csv": stdout });
    const again = syncready(["check", "--format", "idfix-csv", "list.csv"], { cwd: own });
    assert.deepEqual([again.status, again.stdout], [2, ""]);
    assert.match(again.stderr, /list\.csv is a list already/);
  });
});

describe("A list that was decided", () => {
  test("is written as a modify file that does what it says, and as one that takes it back", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    let list = listOf(folder, "a.ldf");
    list = decide(list, "ja ne@", "EDIT");
    list = decide(list, "proxyaddresses-no-primary", "COMPLETE");
    list = decide(list, 'Doe, Joe",user,mail,', "REMOVE");
    list = decide(list, '""joe""', "EDIT", ["SMTP:joe@", "SMTP:doe@"]);
    list = decide(list, "=Joe", "EDIT");
    list = decide(list, "Blank", "EDIT");
    const { status, stdout, stderr } = fix(folder, list);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(
      stdout,
      /^Rows of list\.csv: 4 EDIT, 1 REMOVE, 1 COMPLETE, 2 others\nWrote m\.ldf and u\.ldf \(3 records each/,
    );
    const directory = directoryOf(EXPORT);
    const before = directory.state();
    apply(directory, folder, "m.ldf");
    const after = EXPORT.replace("ja ne@", "jane@")
      .replace('SMTP:"joe"', "SMTP:doe")
      .replace("doe@contoso.com\nmail: both@contoso.com\n", "doe@contoso.com\n")
      .replace("\u200b", "")
      .replace("cn: J\u00fcrgen\n", "cn: J\u00fcrgen\ndisplayName: J\u00fcrgen\n");
    assert.deepEqual(directory.state(), directoryOf(after).state());
    apply(directory, folder, "u.ldf");
    assert.deepEqual(directory.state(), before);
  });

  test("tells what it refuses, with its line, and writes the rest", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    const list = listOf(folder, "a.ldf");
    const rows = decide(decide(list, "ja ne@", "EDIT"), 'Doe, Joe",user,mail,', "EDIT");
    const { status, stderr } = fix(folder, rows);
    assert.equal(status, 0);
    assert.match(
      stderr,
      /^syncready: 1 change is not in the modify file:\n {2}CN=Doe\\, Joe,.*: mail \(line 8\) is to be edited, but UPDATE is empty\n$/,
    );
    assert.deepEqual(
      readBack(readFileSync(join(folder, "m.ldf"), "utf8")).map(({ dn }) => dn),
      ["CN=Jane,OU=Users,DC=contoso,DC=com"],
    );
  });

  test("in which nothing is decided changes nothing, whatever fixes there would be", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    const { status, stdout } = fix(folder, listOf(folder, "a.ldf"));
    assert.equal(status, 0);
    assert.match(stdout, /nothing to change/);
    assert.ok(!existsSync(join(folder, "m.ldf")));
  });

  test("gives nobody what another object of an export has that is checked together with it", () => {
    const together = '{ "checkedTogether": ["list.csv", "a.ldf"] }';
    const folder = folderWith({ "a.ldf": EXPORT, "together.json": together });
    const list = decide(listOf(folder, "a.ldf"), "ja ne@", "EDIT", [",jane@", ",jurgen@"]);
    assert.equal(fix(folder, list).stderr, "");
    const { stderr } = fix(folder, list, "--config", "together.json", "--force");
    assert.match(
      stderr,
      /CN=Jane,.*: userPrincipalName \(line 2\) would get "jurgen@contoso.com", which "CN=Jürgen,.*" holds/,
    );
  });

  test("may hold an error that the baseline accepts", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    const list = decide(listOf(folder, "a.ldf"), "ja ne@", "EDIT", [",jane@", ",jan e@"]);
    assert.match(fix(folder, list).stderr, /would get a value that is an error: .* \(upn-whitespace-or-invisible\)/);
    syncready(["check", "--update-baseline", "list.csv"], { cwd: folder });
    assert.equal(fix(folder, list).stderr, "");
    assert.match(fix(folder, list, "--no-baseline").stderr, /upn-whitespace-or-invisible/);
  });

  test("in an encoding that is guessed gets no letter that may be another one", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    const list = decide(listOf(folder, "a.ldf"), "Blank", "EDIT").slice(1);
    writeFileSync(join(folder, "list.csv"), Buffer.from(list.replace("\u200b", ""), "latin1"));
    const { stderr } = syncready(["fix", "list.csv", ...NAMES], { cwd: folder });
    assert.match(stderr, /displayName \(line 9\) would get "J\u00fcrgen", but the encoding of the list is guessed/);
  });

  test("knows no options for fixes of its own", () => {
    const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
    const list = listOf(folder, "a.ldf");
    for (const option of [["--safe-only"], ["--edited", "b.csv"]]) {
      const { status, stderr } = fix(folder, list, ...option);
      assert.equal(status, 2);
      assert.match(stderr, /is for an export, and list\.csv is a list of decisions/);
    }
  });
});

describe("COMPLETE in a list", () => {
  const folder = folderWith({ "a.ldf": EXPORT, ...SETTINGS });
  const list = listOf(folder, "a.ldf");
  const all = list.replaceAll(",Edit,\r\n", ",Edit,COMPLETE\r\n");
  writeFileSync(join(folder, "open.csv"), list);
  writeFileSync(join(folder, "list.csv"), decide(list, "ja ne@", "COMPLETE"));
  writeFileSync(join(folder, "all.csv"), all);

  test("accepts what is found in the row, and nothing else", () => {
    const open = report(folder, ["open.csv"]);
    const left = report(folder, ["list.csv"]);
    assert.deepEqual(
      rulesOf(left),
      rulesOf(open).filter((rule) => rule !== "upn-whitespace-or-invisible"),
    );
    assert.equal(left.at(-1)!.accepted, 1);
    assert.equal(syncready(["check", "all.csv"], { cwd: folder }).status, 0);
  });

  test("is a suppression with its reason in SARIF", () => {
    const { stdout } = syncready(["check", "--format", "sarif", "list.csv"], { cwd: folder });
    const results: readonly { ruleId: string; suppressions: unknown }[] = JSON.parse(stdout).runs[0].results;
    for (const { ruleId, suppressions } of results) {
      const reason = [{ kind: "external", status: "accepted", justification: "COMPLETE in the list" }];
      assert.deepEqual(suppressions, ruleId === "upn-whitespace-or-invisible" ? reason : []);
    }
    assert.ok(results.length > 1);
  });

  test("accepts nothing that is wrong with the file", () => {
    const broken = all.replace("CN=Jane,OU=Users", "Jane");
    writeFileSync(join(folder, "broken.csv"), broken);
    const { stdout, status } = syncready(["check", "--format", "jsonl", "broken.csv"], { cwd: folder });
    assert.equal(status, 1);
    assert.ok(rulesOf(jsonLines(stdout)).includes("csv-dn-malformed"));
  });

  test("is no row of a baseline", () => {
    writeFileSync(join(folder, ".syncready-baseline.json"), '{ "accepted": [] }');
    const baseline = report(folder, ["list.csv"]).find(({ type }) => type === "baseline");
    assert.deepEqual([baseline?.rows, baseline?.accepted], [0, 0]);
  });
});
