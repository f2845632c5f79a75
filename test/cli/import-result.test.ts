import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ALL_LOGS, MODIFY_FILE } from "../core/import-logs.ts";
import { folderWith, syncready } from "./program.ts";

function logOf(name: string): string {
  return ALL_LOGS.find((row) => row.name === name)!.log;
}

const STOPPED = logOf("it stops in the middle, and a line within the record is told");
const CONTINUED = logOf("-c, as a terminal shows it");
const APPLIED = logOf("all is applied");

function files(log: string | Uint8Array, modify: string | Uint8Array = MODIFY_FILE) {
  return folderWith({ "ldif.log": log, "contoso.modify.ldf": modify });
}

describe("result", () => {
  test("names the record, the meaning, what to do, and what was not applied", () => {
    const folder = files(STOPPED);
    const { status, stdout, stderr } = syncready(["result", "ldif.log"], { cwd: folder });
    assert.equal(stderr, "");
    assert.equal(status, 1);
    assert.equal(
      stdout,
      `contoso.modify.ldf:20  CN=Nobody,OU=Users,DC=contoso,DC=com
  failed  There is no entry with this DN, or none that a new or moved entry could stand under: there is no such object (32 noSuchObject, Windows error 0x208d). It says: No Such Object The server side error is: 0x208d Directory object not found. 0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0, best match of: 'OU=Users,DC=contoso,DC=com'

What to do:
  32 noSuchObject: It was deleted, renamed or moved since the export, or the file is for another domain. Find the object by its objectGUID or mail, and export it again.

Not applied, because ldifde stopped at the last error that is told:
  line 26  CN=Jürgen Groß,OU=Users,DC=contoso,DC=com
  line 32  CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com
  line 38  CN=Cara Lindqvist,OU=Users,DC=contoso,DC=com

6 records, by the log of ldifde: 2 applied, 1 failed, 3 not applied
`,
    );
  });

  test("is 0 where all is applied", () => {
    const { status, stdout } = syncready(["result", "ldif.log"], { cwd: files(APPLIED) });
    assert.equal(status, 0);
    assert.equal(stdout, "6 records, by the log of ldifde: 6 applied, 0 failed, 0 not applied\n");
  });

  test("reads UTF-16, and a code page of Windows, and standard input", () => {
    const german = logOf("words of another language: the number of the line and the Windows error are enough");
    const expected = syncready(["result", "ldif.log"], { cwd: files(german) }).stdout;
    assert.match(expected, /contoso\.modify\.ldf:11 {2}CN=Ben Koch/);
    const utf16 = Buffer.from(`\ufeff${german.replaceAll("\n", "\r\n")}`, "utf16le");
    assert.equal(syncready(["result", "ldif.log"], { cwd: files(utf16) }).stdout, expected);
    const windows = Buffer.from(german, "latin1");
    assert.equal(syncready(["result", "ldif.log"], { cwd: files(windows) }).stdout, expected);
    assert.equal(syncready(["result", "-"], { cwd: files(""), input: utf16 }).stdout, expected);
  });

  test("as JSON lines", () => {
    const args = ["result", "out.txt", "--modify", "contoso.modify.ldf", "--format", "jsonl"];
    const folder = files("");
    writeFileSync(join(folder, "out.txt"), CONTINUED);
    const { stdout, status } = syncready(args, { cwd: folder });
    assert.equal(status, 1);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines
        .slice(0, -1)
        .map(({ type, status, line, failures: [{ code, attribute }] }) => [type, status, line, code, attribute]),
      [
        ["record", "failed", 2, 16, "proxyAddresses"],
        ["record", "failed", 20, 32, undefined],
        ["record", "failed", 26, 20, "proxyAddresses"],
        ["record", "failed", 32, 19, "displayName"],
      ],
    );
    assert.deepEqual(lines.at(-1), {
      type: "summary",
      tool: "ldapmodify",
      modifyFile: "contoso.modify.ldf",
      records: 6,
      applied: 2,
      failed: 4,
      notApplied: 0,
      unknown: 0,
      doubts: [],
    });
  });

  test("without the modify file says what the log says", () => {
    const folder = folderWith({
      "ldif.err": logOf("ldif.err has no count, and names the entry"),
      "out.txt": CONTINUED,
    });
    const { status, stdout, stderr } = syncready(["result", "ldif.err"], { cwd: folder });
    assert.equal(status, 1);
    assert.match(stderr, /^syncready: the log does not name the modify file: name it with --modify/);
    assert.match(
      stdout,
      /^line 2 of the log {2}CN=Ben Koch,OU=Users,DC=contoso,DC=com, line 11\n {2}failed {2}The account/,
    );
    assert.match(stdout, /1 error in the log of ldifde\n$/);
    const missing = syncready(["result", "ldif.log"], { cwd: folderWith({ "ldif.log": STOPPED }) });
    assert.match(missing.stderr, /^syncready: contoso\.modify\.ldf, which the log names, is not there/);
  });

  test("never opens a file that the log names elsewhere", () => {
    const folder = files(STOPPED.replace('"contoso.modify.ldf"', '"C:\\temp\\..\\contoso.modify.ldf"'));
    assert.match(syncready(["result", "ldif.log"], { cwd: folder }).stdout, /^contoso\.modify\.ldf:20 /);
    for (const name of ["/etc/hostname", "..", "C:\\temp\\", ""]) {
      const other = folderWith({ "ldif.log": STOPPED.replace("contoso.modify.ldf", name) });
      assert.match(syncready(["result", "ldif.log"], { cwd: other }).stderr, /name it with --modify/);
    }
  });

  test("shows what a terminal would obey as text", () => {
    const { stdout } = syncready(["result", "ldif.log"], { cwd: files(STOPPED.replace("not found.", "\u001b[2J")) });
    assert.match(stdout, /0x208d Directory object <U\+001B>\[2J/);
  });
});

describe("result --remaining", () => {
  const args = ["result", "ldif.log", "--remaining", "rest.ldf"];

  for (const encoding of ["utf8", "utf16le", "latin1"] as const) {
    for (const lineEnd of ["\n", "\r\n"]) {
      test(`writes the records as they stand: ${encoding}, ${JSON.stringify(lineEnd)}`, () => {
        const mark = encoding === "latin1" ? "" : "\ufeff";
        const source = MODIFY_FILE.replace("# Written by Syncready", "# Für Jürgen\n\n# Written");
        const text = (part: string) => Buffer.from(mark + part.replaceAll("\n", lineEnd), encoding);
        const at = (line: number) => STOPPED.replace("line 24", `line ${line}`);
        const folder = files(at(26), text(source));
        const { status, stdout } = syncready(args, { cwd: folder });
        assert.equal(status, 1);
        assert.match(stdout, /Wrote rest\.ldf \(4 records as in contoso\.modify\.ldf, read back\)\n$/);
        const expected = `# Für Jürgen\n\n${source.slice(source.indexOf("dn: CN=Nobody"))}`;
        assert.equal(readFileSync(join(folder, "rest.ldf")).toString("hex"), text(expected).toString("hex"));
      });
    }
  }

  test("writes nothing where all is applied", () => {
    const folder = files(APPLIED);
    const { status, stdout } = syncready(args, { cwd: folder });
    assert.equal(status, 0);
    assert.match(stdout, /All records are applied: rest\.ldf is not written\n$/);
    assert.ok(!existsSync(join(folder, "rest.ldf")));
  });

  test("replaces a file only with --force, and never one that is read", () => {
    const folder = files(STOPPED);
    writeFileSync(join(folder, "rest.ldf"), "mine");
    const refused = syncready(args, { cwd: folder });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /rest\.ldf: the file exists already; --force replaces it/);
    assert.equal(readFileSync(join(folder, "rest.ldf"), "utf8"), "mine");
    assert.equal(syncready([...args, "--force"], { cwd: folder }).status, 1);
    assert.match(readFileSync(join(folder, "rest.ldf"), "utf8"), /^dn: CN=Nobody/);
    for (const name of ["contoso.modify.ldf", "ldif.log"]) {
      const { status, stderr } = syncready(["result", "ldif.log", "--remaining", name, "--force"], { cwd: folder });
      assert.equal(status, 2);
      assert.match(stderr, /is a file that is read/);
    }
    assert.equal(readFileSync(join(folder, "contoso.modify.ldf"), "utf8"), MODIFY_FILE);
    assert.deepEqual(readdirSync(folder).sort(), ["contoso.modify.ldf", "ldif.log", "rest.ldf"]);
  });
});

describe("result refuses", () => {
  const wrong: readonly [name: string, args: readonly string[], message: RegExp][] = [
    ["no log", [], /one file is needed: the log/],
    ["two logs", ["ldif.log", "ldif.log"], /one file is needed: the log/],
    ["a format that there is not", ["ldif.log", "--format", "sarif"], /there is no format sarif: say text or jsonl/],
    ["a file that is no log", ["contoso.modify.ldf"], /this is no log of ldifde, ldapmodify or ldbmodify/],
    ["a log that is not there", ["missing.log"], /missing\.log: there is no such file or folder/],
    ["a modify file that is not there", ["ldif.log", "--modify", "x.ldf"], /x\.ldf: there is no such file or folder/],
    ["a modify file that is none", ["ldif.log", "--modify", "ldif.log"], /there is no record in it/],
    ["remaining records of an unknown file", ["out.txt", "--remaining", "r.ldf"], /name it with --modify/],
  ];
  for (const [name, args, message] of wrong) {
    test(name, () => {
      const folder = files(STOPPED);
      writeFileSync(join(folder, "out.txt"), CONTINUED);
      const { status, stderr } = syncready(["result", ...args], { cwd: folder });
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
  }

  test("nothing of the log of another file, but says so", () => {
    const log = logOf("the log of another file");
    const { status, stderr } = syncready(["result", "ldif.log"], { cwd: files(log) });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /line 5 of the log names line 900, where the modify file has no record: is it the log of another file\?/,
    );
    assert.match(stderr, /counts 80 applied records, and the modify file has 6/);
  });
});
