import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { exportPaths } from "../../server/node/index.ts";
import { findingsOf, folderWith, type JsonLine, jsonLines, report, shell, syncready, user } from "./program.ts";

const WRONG = "proxyAddresses: smtp:jane@contoso.com";

/** A folder whose sub-folders hold exports, and what is none. */
function tree(): string {
  const folder = folderWith({
    "b.LDF": user("Ben"),
    "a.ldif": user("Ann", WRONG.replace("jane", "ann")),
    "notes.txt": "dn: no export\n",
    "c.Ldif": user("Cleo"),
  });
  for (const sub of ["sales", "sales/north", "node_modules", ".git", "folder.ldf"]) {
    mkdirSync(join(folder, sub));
    writeFileSync(join(folder, sub, "d.ldf"), user(`Dan${sub.length}`));
  }
  return folder;
}

function filesOf(lines: readonly JsonLine[]): unknown[] {
  return lines.filter(({ type }) => type === "file").map(({ path, file }) => path ?? file);
}

describe("a folder", () => {
  test("stands for the exports in it and in its sub-folders, in the order of their names", () => {
    const folder = tree();
    const expected = ["a.ldif", "b.LDF", "c.Ldif", "folder.ldf/d.ldf", "sales/d.ldf", "sales/north/d.ldf"];
    assert.deepEqual(
      filesOf(report(folder, ["."])),
      expected.map((name) => join(name)),
    );
    const lines = report(folder, [join(folder, "sales"), "b.LDF"]);
    assert.deepEqual(filesOf(lines), [join(folder, "sales/d.ldf"), join(folder, "sales/north/d.ldf"), "b.LDF"]);
  });

  test("an export that is named beside its folder is checked once", () => {
    const lines = report(folderWith({ "a.ldf": user("Ann") }), ["a.ldf", "."]);
    assert.deepEqual(filesOf(lines), ["a.ldf"]);
    assert.deepEqual(findingsOf(lines), []);
  });

  test("duplicates are found across its exports, by the settings of each sub-folder", () => {
    const folder = folderWith({ "a.ldf": user("Ann") });
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "sub/b.ldf"), user("Bo", WRONG).replace("bo@contoso.com", "ann@contoso.com"));
    writeFileSync(join(folder, "sub/.syncready.json"), '{ "rules": { "proxyaddresses-no-primary": "off" } }');
    const found = findingsOf(report(folder, ["."])).map(({ rule, file }) => [rule, file]);
    assert.deepEqual(found, [
      ["duplicate-userprincipalname", "a.ldf"],
      ["duplicate-userprincipalname", join("sub/b.ldf")],
    ]);
  });

  test("without an export it is a mistake that is told", () => {
    const { status, stderr } = syncready(["check", "."], { cwd: folderWith({ "a.txt": "" }) });
    assert.equal(status, 2);
    assert.equal(
      stderr,
      "syncready: .: there is no export (*.ldf, *.ldif, or *.csv with a header of attributes) in this folder\n",
    );
  });

  test("links to folders are not followed, links to files are", { skip: process.platform === "win32" }, () => {
    const folder = folderWith({ "a.ldf": user("Ann") });
    const outside = folderWith({ "b.ldf": user("Ben") });
    symlinkSync(folder, join(folder, "circle"));
    symlinkSync(outside, join(folder, "outside.ldf"));
    symlinkSync(join(outside, "b.ldf"), join(folder, "link.ldf"));
    symlinkSync(join(outside, "gone.ldf"), join(folder, "nowhere.ldf"));
    const { stdout, stderr, status } = syncready(["check", "--format", "jsonl", "."], { cwd: folder });
    assert.deepEqual(filesOf(jsonLines(stdout)), ["a.ldf", "link.ldf"]);
    assert.equal(stderr, "syncready: nowhere.ldf: there is no such file or folder\n");
    assert.equal(status, 2);
  });

  test("a sub-folder that cannot be read does not stop the others", { skip: process.getuid?.() === 0 }, async () => {
    const folder = tree();
    chmodSync(join(folder, "sales"), 0);
    const { paths, failures } = await exportPaths(folder);
    chmodSync(join(folder, "sales"), 0o755);
    assert.equal(paths.length, 4);
    assert.deepEqual(
      failures.map(({ message }) => message),
      [`${join(folder, "sales")}: no permission`],
    );
  });

  test("of thousands of exports holds no more open than one", { skip: process.platform === "win32" }, () => {
    const folder = folderWith();
    for (let at = 0; at < 2000; at++) writeFileSync(join(folder, `${at}.ldf`), user(`U${at}`));
    // Far fewer files than exports may be open.
    const script = `ulimit -n 64; ulimit -v unlimited; "$NODE" "$SYNCREADY" check --format jsonl .`;
    const { stdout, stderr, status } = shell(script, folder);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.equal(jsonLines(stdout).at(-1)?.entries, 2000);
  });
});
