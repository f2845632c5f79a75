import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { folderWith, syncready, user } from "./program.ts";

const EXPORT = [
  user("Jane", "proxyAddresses: smtp:jane@contoso.com"),
  user("Joe", "proxyAddresses: SMTP:joe@contoso.com"),
  user("Jim").replace("displayName: Jim\n", ""),
].join("");

const EDITED = EXPORT.replace("smtp:jane@", "SMTP:jane@").replace("cn: Joe\n", "cn: Joseph\n");

const NAMES = ["--out", "m.ldf", "--undo", "u.ldf"];

describe("--dry-run", () => {
  test("of fix prints what would be written, and writes nothing", () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const { status, stdout, stderr } = syncready(["fix", "a.ldf", "--dry-run"], { cwd: folder });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const [overview, ...rest] = stdout.split("\n\n");
    assert.match(
      overview!,
      /^Fixes for 2 entries of a\.ldf:\n.* proxyaddresses-no-primary: Make it the primary address\n/,
    );
    assert.deepEqual(rest, [
      "CN=Jane,OU=Users,DC=contoso,DC=com\n- proxyAddresses: smtp:jane@contoso.com\n+ proxyAddresses: SMTP:jane@contoso.com",
      "CN=Jim,OU=Users,DC=contoso,DC=com\n+ displayName: Jim",
      "Entries: 2 modified, 0 added, 0 renamed or moved, 0 removed; changes refused: 0\nNothing was written: this is a dry run\n",
    ]);
    assert.deepEqual(readdirSync(folder), ["a.ldf"]);
  });

  test("of diff prints what would not be written, too, all of it and with its reason", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": EDITED });
    const { status, stdout, stderr } = syncready(["diff", "a.ldf", "b.ldf", "--dry-run"], { cwd: folder });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const [jane, refused, counts, ...others] = stdout.split("\n\n");
    assert.deepEqual(others, []);
    assert.match(
      jane!,
      /^CN=Jane,.*\n- proxyAddresses: smtp:jane@contoso\.com\n\+ proxyAddresses: SMTP:jane@contoso\.com$/,
    );
    assert.match(refused!, /^Not written:\n {2}CN=Joe,OU=Users,DC=contoso,DC=com: cn names the object.*$/);
    assert.match(counts!, /^Entries: 1 modified, .*; changes refused: 1\nNothing was written: this is a dry run\n$/);
    assert.deepEqual(readdirSync(folder).sort(), ["a.ldf", "b.ldf"]);
  });

  test("prints only the counts where nothing differs", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": EXPORT });
    const { stdout } = syncready(["diff", "a.ldf", "b.ldf", "--dry-run"], { cwd: folder });
    assert.equal(
      stdout,
      "Entries: 0 modified, 0 added, 0 renamed or moved, 0 removed; changes refused: 0\nNothing was written: this is a dry run\n",
    );
  });

  test("of a list of decisions prints what it says", () => {
    const list =
      "DISTINGUISHEDNAME,COMMONNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\r\n" +
      '"CN=Jane,DC=contoso,DC=com",Jane,user,displayName,Blank,Jane,Jane Doe,EDIT\r\n';
    const folder = folderWith({ "list.csv": list });
    const { stdout, status } = syncready(["fix", "list.csv", "--dry-run"], { cwd: folder });
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^Rows of list\.csv: 1 EDIT, .*\n\nCN=Jane,DC=contoso,DC=com\n- displayName: Jane\n\+ displayName: Jane Doe\n\n/,
    );
    assert.deepEqual(readdirSync(folder), ["list.csv"]);
  });

  test("writes nothing either where it is added to a whole command line, over files that exist", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "m.ldf": "mine" });
    const args = ["fix", "a.ldf", ...NAMES, "--edited", "b.ldf", "--force", "--dry-run"];
    const { status, stderr } = syncready(args, { cwd: folder });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(readdirSync(folder).sort(), ["a.ldf", "m.ldf"]);
  });

  test("gives a terminal nothing to obey", () => {
    const red = Buffer.from("red \x1b[31mfox", "utf8").toString("base64");
    const edited = EXPORT.replace("displayName: Jane\n", `displayName:: ${red}\n`);
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": edited });
    const { stdout } = syncready(["diff", "a.ldf", "b.ldf", "--dry-run"], { cwd: folder });
    assert.match(stdout, /^\+ displayName: red <U\+001B>\[31mfox$/m);
  });
});

test("What is written is counted, too", () => {
  const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": EDITED });
  const { stdout } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
  assert.match(
    stdout,
    /^Wrote m\.ldf and u\.ldf .*\nEntries: 1 modified, 0 added, 0 renamed or moved, 0 removed; changes refused: 1\n$/,
  );
});
