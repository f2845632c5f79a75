import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { firstDeviation, readBack } from "../../server/core/index.ts";
import { readWithLdifPackage } from "../../server/node/index.ts";
import { findingsOf, folderWith, type Run, report, rulesOf, shell, syncready, user } from "./program.ts";

const EXPORT = [
  user("Jane", "proxyAddresses: smtp:jane@contoso.com", "description:: w6nDoMO8IPCfmIA="),
  user("Joe", "proxyAddresses: SMTP:joe@contoso.com"),
  user("Jim").replace("displayName: Jim\n", ""),
  user("Zoë", "proxyAddresses: smtp:zoe@contoso.com").replaceAll("zoë", "zoe"),
].join("");

const NAMES = ["--out", "m.ldf", "--undo", "u.ldf"];

function fix(folder: string, ...more: readonly string[]): Run {
  return syncready(["fix", "a.ldf", ...NAMES, ...more], { cwd: folder });
}

function text(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** What a modify file says, without the comments that name the files. */
function records(folder: string, name: string): string {
  return text(folder, name).replace(/^(?:#.*\r\n)*/, "");
}

function assertOnly(folder: string, ...names: readonly string[]): void {
  assert.deepEqual(readdirSync(folder).sort(), [...names].sort());
}

describe("fix", () => {
  test("writes what the fixes change, and what undoes it", () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const { status, stdout, stderr } = fix(folder);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(stdout, /Wrote m\.ldf and u\.ldf \(3 records each; two readers found what was planned\)/);
    assert.match(text(folder, "m.ldf"), /^# Changes 3 entries of a\.ldf\.\r\n# Apply: ldifde -i -f m\.ldf -j \.\r\n/);
    const [jane] = readBack(text(folder, "m.ldf"));
    assert.deepEqual(jane, {
      changeType: "modify",
      dn: "CN=Jane,OU=Users,DC=contoso,DC=com",
      modSpecs: [
        { type: "delete", attribute: "proxyAddresses", values: [{ text: "smtp:jane@contoso.com" }] },
        { type: "add", attribute: "proxyAddresses", values: [{ text: "SMTP:jane@contoso.com" }] },
      ],
    });
    assert.equal(
      firstDeviation(readBack(text(folder, "m.ldf")), readWithLdifPackage(text(folder, "m.ldf"))),
      undefined,
    );
    assert.equal(readBack(text(folder, "u.ldf")).at(-1)?.dn, jane?.dn);
    assertOnly(folder, "a.ldf", "m.ldf", "u.ldf");
  });

  for (const encoding of ["utf8", "utf16le", "latin1"] as const) {
    for (const lineEnd of ["\n", "\r\n"]) {
      const name = `${encoding}, ${lineEnd === "\n" ? "LF" : "CRLF"}`;
      test(`the difference to the fixed export is the modify file: ${name}`, () => {
        const original = Buffer.from(EXPORT.replaceAll("\n", lineEnd), encoding);
        const folder = folderWith({ "a.ldf": original });
        assert.equal(fix(folder, "--edited", "b.ldf").status, 0);
        const diff = syncready(["diff", "a.ldf", "b.ldf", "--out", "m2.ldf", "--undo", "u2.ldf"], { cwd: folder });
        assert.equal(diff.stderr, "");
        assert.equal(records(folder, "m2.ldf"), records(folder, "m.ldf"));
        assert.equal(records(folder, "u2.ldf"), records(folder, "u.ldf"));
        const edited = readFileSync(join(folder, "b.ldf"));
        const expected = EXPORT.replaceAll("smtp:", "SMTP:")
          .replace("jim@contoso.com\n", "jim@contoso.com\ndisplayName: Jim\n")
          .replaceAll("\n", lineEnd);
        assert.equal(edited.toString(encoding), expected);
        const left = rulesOf(report(folder, ["b.ldf"])).filter((rule) => !String(rule).startsWith("ldif-"));
        assert.deepEqual(left, []);
      });
    }
  }

  test("a missing value that may only not be exported is not filled in", () => {
    const folder = folderWith({ "a.ldf": user("Jim").replace(/displayName: .*\n/, "") });
    const { stdout, status } = fix(folder);
    assert.match(stdout, /nothing to change/);
    assert.equal(status, 0);
    assertOnly(folder, "a.ldf");
  });

  test("--safe-only leaves out what a person should see first", () => {
    const folder = folderWith({
      "a.ldf": EXPORT.replace("joe@contoso.com\n", "joe@contoso.local\n"),
      ".syncready.json": '{ "domainReplacements": { "contoso.local": "contoso.com" } }',
    });
    fix(folder, "--safe-only");
    assert.doesNotMatch(text(folder, "m.ldf"), /userPrincipalName/);
    fix(folder, "--force");
    assert.match(text(folder, "m.ldf"), /userPrincipalName: joe@contoso\.com/);
  });

  test("a new value that another entry holds, or is to get, is not given", () => {
    const replaced = (name: string, upn: string) =>
      user(name).replace(/userPrincipalName: .*/, `userPrincipalName: ${upn}`);
    const folder = folderWith({
      "a.ldf": [
        replaced("A", "x@d1.local"),
        replaced("B", "x@d2.local"),
        replaced("C", "y@d1.local"),
        replaced("D", "y@contoso.com"),
        replaced("E", "z@d1.local"),
      ].join(""),
      ".syncready.json": '{ "domainReplacements": { "d1.local": "contoso.com", "d2.local": "contoso.com" } }',
    });
    const { stdout } = fix(folder);
    assert.deepEqual(
      readBack(text(folder, "m.ldf")).map(({ dn }) => dn.slice(0, 4)),
      ["CN=E"],
    );
    assert.match(stdout, /^Fixes for 1 entry of a\.ldf:\n/);
  });

  test("a new value that an export holds which is checked together is not given", () => {
    const replacements = { domainReplacements: { "contoso.local": "contoso.com" } };
    const files = {
      "a.ldf": user("Jane").replace("jane@contoso.com", "jane@contoso.local"),
      "b.ldf": user("Joe").replace("joe@contoso.com", "jane@contoso.com"),
      "together.json": JSON.stringify({ ...replacements, checkedTogether: ["a.ldf", "b.ldf"] }),
      "alone.json": JSON.stringify(replacements),
    };
    assert.match(fix(folderWith(files), "--config", "alone.json").stdout, /^Wrote m\.ldf/m);
    assert.match(fix(folderWith(files), "--config", "together.json").stdout, /nothing to change/);
  });

  test("no change is made of a record that cannot be read with certainty, or that is there twice", () => {
    const broken = EXPORT.replace("sAMAccountName: jane", "sAMAccountName jane\nsAMAccountName: jane");
    const folder = folderWith({ "a.ldf": broken + user("Jim", "mail: other@contoso.com") });
    const { stderr, status } = fix(folder);
    assert.equal(status, 0);
    assert.match(stderr, /CN=Jane,.*: cannot be read with certainty \(ldif-line-without-colon\)/);
    assert.match(stderr, /CN=Jim,.*: is more than once in the export/);
    assert.deepEqual(
      readBack(text(folder, "m.ldf")).map(({ dn }) => dn.slice(0, 6)),
      ["CN=Zoë"],
    );
  });
});

describe("diff", () => {
  test("two exports in another order", () => {
    const one = Array.from({ length: 50 }, (_, at) => user(`U${at}`, `mail: u${at}@contoso.com`));
    const other = one.map((entry, at) => (at % 10 === 0 ? entry.replace("mail: u", "mail: v") : entry));
    const folder = folderWith({ "a.ldf": one.join(""), "b.ldf": other.reverse().join("") });
    const { status } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    assert.equal(status, 0);
    const changed = readBack(text(folder, "m.ldf")).map(({ dn }) => dn.replace(/,.*/, ""));
    assert.deepEqual(changed, ["CN=U0", "CN=U10", "CN=U20", "CN=U30", "CN=U40"]);
  });

  test("a value that was moved above changetype: add is not taken for removed", () => {
    const exported = user("Jane", "mail: jane@contoso.com").replace(
      "objectClass: top",
      "changetype: add\nobjectClass: top",
    );
    const edited = exported
      .replace("mail: jane@contoso.com\n", "")
      .replace("changetype: add", "mail: jane.doe@contoso.com\nchangetype: add");
    const folder = folderWith({ "a.ldf": exported, "b.ldf": edited });
    syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    const [record] = readBack(text(folder, "m.ldf"));
    assert.ok(record?.changeType === "modify");
    assert.deepEqual(
      record.modSpecs.map(({ type, values }) => [type, ...values]),
      [
        ["delete", { text: "jane@contoso.com" }],
        ["add", { text: "jane.doe@contoso.com" }],
      ],
    );
  });

  test("what cannot be written is told, and is no failure", () => {
    const edited = EXPORT.replace("cn: Joe", "cn: Joseph") + user("New");
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": edited });
    const { status, stdout, stderr } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    assert.equal(status, 0);
    assert.match(stderr, /2 changes are not in the modify file:\n {2}CN=Joe,.*: cn names the object/);
    assert.match(stderr, /CN=New,.*: userAccountControl would enable an account that has no password yet/);
    assert.match(stdout, /no file is written/);
    assertOnly(folder, "a.ldf", "b.ldf");
  });

  test("what the directory would refuse is told with the rule, and how its page is found", () => {
    const edited = EXPORT.replace(/(?<=displayName: J)(?=ane|oe)/g, "n".repeat(257));
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": edited });
    const { status, stderr } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    assert.equal(status, 0);
    const told = "displayName would get \\d+ characters: the directory takes at most 256";
    assert.match(stderr, new RegExp(`(?:: ${told} \\[attribute-length-exceeded\\]\n.*){2}: syncready explain RULE\n$`));
  });

  test("what the undo file does not restore is told, and stands in it", () => {
    const before = EXPORT.replace("displayName: Joe", `displayName: ${"J".repeat(300)}`);
    const folder = folderWith({ "a.ldf": before, "b.ldf": EXPORT });
    const { status, stdout, stderr } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    assert.equal(status, 0);
    const lost = "displayName of CN=Joe,.*: would get 300 characters: the directory takes at most 256";
    assert.match(
      stderr,
      new RegExp(
        `^syncready: the undo file does not restore 1 attribute, which the directory would refuse:\n {2}${lost}\n$`,
      ),
    );
    assert.match(stdout, /\(1 record and 0 records; two readers found what was planned\)/);
    assert.match(text(folder, "u.ldf"), new RegExp(`^# DOES NOT RESTORE ${lost}`, "m"));
    const dry = syncready(["diff", "a.ldf", "b.ldf", "--dry-run"], { cwd: folder });
    assert.match(dry.stdout, new RegExp(`\nNot restored by the undo file:\n {2}${lost}\n\nEntries: 1 modified`));
  });

  test("what is refused of many entries for one reason is told once", () => {
    const users = (when: string) =>
      Array.from({ length: 12 }, (_, at) => user(`User ${at}`, `whenCreated: ${when}`)).join("");
    const folder = folderWith({ "a.ldf": users("20200101000000.0Z"), "b.ldf": users("20210101000000.0Z") });
    const { stderr } = syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder });
    assert.match(
      stderr,
      /: 12 changes are not in the modify file:\n {2}whenCreated is written by the system only \(12 entries\)\n$/,
    );
    const { stdout } = syncready(["diff", "a.ldf", "b.ldf", "--dry-run"], { cwd: folder });
    assert.match(stdout, /^Not written:\n {2}whenCreated is written by the system only \(12 entries\)\n\nEntries: 0/);
  });

  test("exports in two encodings that say the same do not differ", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": Buffer.from(`\ufeff${EXPORT}`, "utf16le") });
    assert.match(syncready(["diff", "a.ldf", "b.ldf", ...NAMES], { cwd: folder }).stdout, /no file is written/);
  });
});

describe("files in the way", () => {
  test("an existing file stays as it is, and nothing is written beside it", () => {
    for (const existing of ["m.ldf", "u.ldf", "b.ldf"]) {
      const folder = folderWith({ "a.ldf": EXPORT, [existing]: "mine" });
      const { status, stderr } = fix(folder, "--edited", "b.ldf");
      assert.equal(status, 2);
      assert.equal(
        stderr,
        `syncready: nothing was written: ${existing}: the file exists already; --force replaces it\n`,
      );
      assert.equal(text(folder, existing), "mine");
      assertOnly(folder, "a.ldf", existing);
    }
  });

  test("--force replaces both", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "m.ldf": "old", "u.ldf": "old" });
    assert.equal(fix(folder, "--force").status, 0);
    assert.match(text(folder, "m.ldf"), /changetype: modify/);
    assert.match(text(folder, "u.ldf"), /changetype: modify/);
    assertOnly(folder, "a.ldf", "m.ldf", "u.ldf");
  });

  test("--force replaces both or none", () => {
    const folder = folderWith({ "a.ldf": EXPORT, "m.ldf": "old" });
    mkdirSync(join(folder, "u.ldf"));
    const { status, stderr } = fix(folder, "--force");
    assert.equal(status, 2);
    assert.match(stderr, /u\.ldf: this is a folder/);
    assert.equal(text(folder, "m.ldf"), "old");
    assertOnly(folder, "a.ldf", "m.ldf", "u.ldf");
  });

  const wrong: [args: string[], message: RegExp][] = [
    [["fix", "a.ldf", "--out", "a.ldf", "--undo", "u.ldf", "--force"], /a\.ldf is an export that is read/],
    [["fix", "a.ldf", "--out", "m.ldf", "--undo", "./m.ldf"], /m\.ldf is given for two files/],
    [["fix", "a.ldf", "--out", "link.ldf", "--undo", "u.ldf", "--force"], /link\.ldf is an export that is read/],
    [["diff", "a.ldf", "a.ldf", "--out", "a.ldf", "--undo", "u.ldf", "--force"], /a\.ldf is an export that is read/],
    [["fix", "a.ldf", "--out", "m.ldf"], /--undo is missing/],
    [["fix", "a.ldf", "--undo", "m.ldf"], /--out is missing/],
    [["fix", "a.ldf", "b.ldf", ...NAMES], /one file is needed/],
    [["diff", "a.ldf", ...NAMES], /two files are needed/],
    [["fix", "a.ldf", "--out", "no/m.ldf", "--undo", "u.ldf"], /no\/m\.ldf: there is no such folder/],
    [["fix", "a.ldf", "--out", "m.ldf", "--undo", "no/u.ldf"], /no\/u\.ldf: there is no such folder/],
    [["fix", "missing.ldf", ...NAMES], /missing\.ldf: there is no such file/],
  ];
  for (const [args, message] of wrong) {
    test(`syncready ${args.join(" ")}`, { skip: process.platform === "win32" }, () => {
      const folder = folderWith({ "a.ldf": EXPORT });
      symlinkSync("a.ldf", join(folder, "link.ldf"));
      const { status, stderr } = syncready(args, { cwd: folder });
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.equal(text(folder, "a.ldf"), EXPORT);
      assertOnly(folder, "a.ldf", "link.ldf");
    });
  }

  test("a device is never replaced", { skip: !existsSync("/dev/full") }, () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const args = ["fix", "a.ldf", "--out", "/dev/full", "--undo", "u.ldf", "--force"];
    assert.match(syncready(args, { cwd: folder }).stderr, /no regular file/);
    assert.ok(existsSync("/dev/full"));
    assertOnly(folder, "a.ldf");
  });

  test("a disk that is full half-way leaves nothing behind", { skip: process.platform === "win32" }, () => {
    const many = Array.from({ length: 500 }, (_, at) => user(`U${at}`, `proxyAddresses: smtp:u${at}@contoso.com`));
    const folder = folderWith({ "a.ldf": many.join(""), "m.ldf": "old" });
    // The largest file that a process may write stands in for the end of the disk.
    const script = `trap '' XFSZ; ulimit -f 8; "$NODE" "$SYNCREADY" fix a.ldf ${NAMES.join(" ")} --force`;
    const { status, stderr } = shell(script, folder);
    assert.equal(status, 2);
    assert.match(stderr, /nothing was written: m\.ldf: the file would become larger than is allowed/);
    assert.equal(text(folder, "m.ldf"), "old");
    assertOnly(folder, "a.ldf", "m.ldf");
  });
});

test("a fix that check offers is a fix that fix makes", () => {
  const folder = folderWith({ "a.ldf": EXPORT });
  const offered = findingsOf(report(folder, ["a.ldf"])).filter((finding) => finding.fix !== undefined);
  fix(folder);
  const made = readBack(text(folder, "m.ldf"));
  assert.deepEqual(
    made.map(({ dn }) => dn),
    offered.map(({ dn }) => dn),
  );
});

test("What is copied from ldp's details pane is checked, fixed and compared like an export", () => {
  const pane = [
    "Dn: CN=Jane,DC=contoso,DC=com",
    "objectClass (2): top; user; ",
    "displayName: Jane; ",
    "proxyAddresses (3): smtp:jane@contoso.com; X400:C=US;A= ;S=Doe;; x500:/o=Contoso/cn=jane; ",
    "userAccountControl: 0x200 = ( NORMAL_ACCOUNT ); ",
    "",
  ].join("\r\n");
  const folder = folderWith({ "pane.txt": pane });
  const lines = report(folder, ["pane.txt"]);
  assert.deepEqual([lines[0]?.format, lines[0]?.dialect, lines[0]?.entries], ["ldp", "ldp", 1]);
  assert.deepEqual(rulesOf(lines), ["proxyaddresses-no-primary", "proxyaddresses-legacy-protocol"]);
  assert.equal(syncready(["fix", "pane.txt", ...NAMES, "--edited", "b.txt"], { cwd: folder }).status, 0);
  assert.equal(text(folder, "b.txt"), pane.replace("smtp:", "SMTP:"));
  const changes = records(folder, "m.ldf");
  assert.match(changes, /^delete: proxyAddresses\r\nproxyAddresses: smtp:jane@contoso.com\r\n-/m);
  assert.equal(syncready(["diff", "pane.txt", "b.txt", ...NAMES, "--force"], { cwd: folder }).status, 0);
  assert.equal(records(folder, "m.ldf"), changes);
  assert.match(
    syncready(["check", "pane.txt"], { cwd: folder }).stdout,
    /^pane\.txt \(ldp's details pane, utf-8, 1 entry\)$/m,
  );
});
