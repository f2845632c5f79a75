import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertContract } from "./contract.ts";
import { findingsOf, folderWith, report, rulesOf, syncready, user } from "./program.ts";

const NO_PRIMARY = "proxyAddresses: smtp:jane@contoso.com";

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
    const { stdout, stderr, status } = syncready(["check", "missing.ldf", "a.ldf", "a.ldf/b.ldf"], { cwd: folder });
    assert.equal(status, 2);
    assert.match(stdout, /^a\.ldf /m);
    assert.match(stderr, /missing\.ldf: there is no such file/);
    assert.match(stderr, /a\.ldf\/b\.ldf: a part of the path is no folder/);
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
