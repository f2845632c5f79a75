import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { type PlannedRecord, readBack } from "../../server/core/index.ts";
import { findingsOf, folderWith, type Run, report, syncready, user } from "./program.ts";

const NAMES = ["--out", "m.ldf", "--undo", "u.ldf"];
const JANE = "CN=Jane,OU=Users,DC=contoso,DC=com";
const ADMINS = "CN=Domain Admins,CN=Users,DC=contoso,DC=com";
const COPY = "CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";

const group = (dn: string, ...lines: readonly string[]) =>
  [
    `dn: ${dn}`,
    "objectClass: top",
    "objectClass: group",
    "groupType: -2147483646",
    "isCriticalSystemObject: TRUE",
    ...lines,
    "",
    "",
  ].join("\n");
const admins = group(ADMINS, "sAMAccountName: Domain Admins", `member: ${JANE}`);
const EXPORT = user("Jane") + admins + user("Joe");

function copyGroup(folder: string, name: string, ...more: readonly string[]): Run {
  return syncready(["copy-group", "a.ldf", "--group", name, ...NAMES, ...more], { cwd: folder });
}

function written(folder: string, name: string): PlannedRecord[] {
  return readBack(readFileSync(join(folder, name), "utf8"));
}

describe("copy-group", () => {
  for (const name of ["Domain Admins", "domain admins", "cn=Domain Admins, cn=users,dc=contoso,dc=com"]) {
    test(`writes the copy and what takes it back, of ${name}`, () => {
      const folder = folderWith({ "a.ldf": EXPORT });
      const { status, stdout, stderr } = copyGroup(folder, name);
      assert.equal(stderr, "");
      assert.equal(status, 0);
      assert.ok(
        stdout.startsWith(`${COPY}: a global security group with 1 member\n  The copy stands in CN=Users,`),
        stdout,
      );
      assert.match(
        stdout,
        /\nWrote m\.ldf and u\.ldf \(2 records each; two readers found what was planned\)\nEntries: 1 modified, 1 added,/,
      );
      const [add, modify, ...others] = written(folder, "m.ldf");
      assert.deepEqual(others, []);
      assert.deepEqual([add?.changeType, add?.dn], ["add", COPY]);
      const modSpecs = [{ type: "add", attribute: "member", values: [{ text: COPY }] }];
      assert.deepEqual(modify, { changeType: "modify", dn: ADMINS, modSpecs });
      assert.deepEqual(written(folder, "u.ldf"), [
        { changeType: "modify", dn: ADMINS, modSpecs: [{ ...modSpecs[0], type: "delete" }] },
        { changeType: "delete", dn: COPY },
      ]);
      assert.equal(readFileSync(join(folder, "a.ldf"), "utf8"), EXPORT);
    });
  }

  test("takes in what the exports that are checked together show, and the settings", () => {
    const settings = { checkedTogether: ["a.ldf", "b.ldf"], scope: { exclude: ["CN=Users,DC=contoso,DC=com"] } };
    const team = group("CN=Team,OU=Groups,DC=contoso,DC=com", "sAMAccountName: domain admins (Synchronized)");
    const folder = folderWith({
      "a.ldf": admins,
      "b.ldf": user("Jane", "isCriticalSystemObject: TRUE") + team,
      ".syncready.json": JSON.stringify(settings),
    });
    const { status, stdout, stderr } = copyGroup(folder, "Domain Admins");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.ok(stdout.startsWith("CN=Domain Admins (synchronized 2),OU=Groups,DC=contoso,DC=com: "), stdout);
    assert.match(stdout, /\n {2}Missing from the copy[^\n]*: 1 member\n {4}CN=Jane,OU=Users,DC=contoso,DC=com\nWrote /);
  });

  test("names twenty objects of a kind and counts the others", () => {
    const members = Array.from({ length: 12_345 }, (_, at) => `member: CN=U${at},OU=Users,DC=contoso,DC=com`);
    const folder = folderWith({ "a.ldf": group(ADMINS, "sAMAccountName: Domain Admins", ...members) });
    const { stdout, status } = copyGroup(folder, "Domain Admins");
    assert.equal(status, 0);
    assert.match(stdout, /: 12345 members\n(?: {4}CN=U\d+,OU=Users,DC=contoso,DC=com\n){20} {4}and 12325 more\n/);
    assert.match(stdout, /\(4 records each; two readers found what was planned\)/);
  });

  test("of the samples' built-in groups, the copies have no findings", () => {
    const sample = readFileSync(resolve("samples/contoso.ldf"), "utf8");
    const unknown = copyGroup(folderWith({ "a.ldf": sample }), "Domain Users");
    assert.match(unknown.stderr, /has members by their primaryGroupID, which the export does not show/);
    for (const name of ["Domain Admins", "Administrators"]) {
      const folder = folderWith({ "a.ldf": sample });
      const { status, stderr } = copyGroup(folder, name);
      assert.equal(stderr, "");
      assert.equal(status, 0);
      const added = readFileSync(join(folder, "m.ldf"), "utf8").split("\r\n\r\n")[0]!;
      const folded = `${added.replace(/^#.*\r\n/gm, "")}\r\n\r\n`;
      const copied = folderWith({ "a.ldf": `${sample.trimEnd()}\r\n\r\n${folded}` });
      const about = findingsOf(report(copied, ["a.ldf"])).filter(({ dn }) => String(dn).includes("(synchronized)"));
      const severe = about.filter(({ severity }) => severity === "error" || severity === "warning");
      assert.deepEqual(severe, [], name);
      assert.ok(
        about.every(({ rule }) => rule === "reference-to-object-out-of-scope"),
        JSON.stringify(about),
      );
    }
  });

  const refusals: Readonly<Record<string, readonly [text: string, group: string, message: RegExp]>> = {
    "a name that no group has": [
      EXPORT,
      "Domain Admin",
      /^syncready: there is no group Domain Admin in a\.ldf; did you mean Domain Admins\?$/,
    ],
    "a user": [EXPORT, "Jane", /there is no group Jane in a\.ldf$/],
    "a name that several groups have": [
      EXPORT + group("CN=Domain Admins,OU=X,DC=contoso,DC=com", "sAMAccountName: X"),
      "Domain Admins",
      /there are several groups Domain Admins in a\.ldf: name one by its DN$/,
    ],
    "a group that synchronizes": [
      EXPORT.replace("isCriticalSystemObject: TRUE\n", ""),
      "Domain Admins",
      /is no group that stays out/,
    ],
    "a group that is there twice": [
      EXPORT + admins,
      "Domain Admins",
      /Domain Admins,CN=Users,DC=contoso,DC=com is more than once in the export$/,
    ],
    "a part of the members": [
      EXPORT.replace("member:", "member;range=0-1499:"),
      "Domain Admins",
      /shows only a part of its members/,
    ],
  };
  for (const [name, [text, named, message]] of Object.entries(refusals)) {
    test(`refuses ${name}, in one line`, () => {
      const folder = folderWith({ "a.ldf": text });
      const { status, stdout, stderr } = copyGroup(folder, named);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr.trimEnd(), message);
      assert.deepEqual(readdirSync(folder), ["a.ldf"]);
    });
  }

  test("says what is missing in a call, and replaces nothing unasked", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "m.ldf": "mine" });
    const calls = [
      ["a.ldf", ...NAMES],
      ["--group", "x", ...NAMES],
      ["a.ldf", "--group", "x", "--out", "m"],
    ];
    const lines = calls.map((args) => syncready(["copy-group", ...args], { cwd: folder }).stderr.trimEnd());
    assert.match(lines[0]!, /--group is missing/);
    assert.match(lines[1]!, /one file is needed/);
    assert.match(lines[2]!, /--undo is missing/);
    assert.equal(copyGroup(folder, "Domain Admins").status, 2);
    assert.equal(readFileSync(join(folder, "m.ldf"), "utf8"), "mine");
    assert.ok(!existsSync(join(folder, "u.ldf")));
    assert.equal(copyGroup(folder, "Domain Admins", "--force").status, 0);
  });
});
