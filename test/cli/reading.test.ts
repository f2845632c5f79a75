import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { decodeBytes, type Encoding, ExportFile, FileError, StreamDecoder } from "../../server/node/index.ts";
import fc from "../property.ts";
import { findingsOf, folderWith, report, rulesOf, shell, syncready, user } from "./program.ts";

const onWindows = process.platform === "win32";
const LDIF = user("Jane", "description: é€", "proxyAddresses: smtp:jane@contoso.com");
const mark = (...bytes: number[]) => Uint8Array.from(bytes);
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const bigEndian = (text: string) => utf16(text).swap16();
const windows1252 = (text: string) => Buffer.from(text.replace("€", "\x80"), "latin1");

const ENCODED: [name: string, bytes: Uint8Array, encoding: Encoding, rules: string[]][] = [
  ["UTF-8", Buffer.from(LDIF), "utf-8", []],
  ["ASCII", Buffer.from(LDIF.replace("é€", "ab")), "utf-8", []],
  ["UTF-8 with a mark", Buffer.concat([mark(0xef, 0xbb, 0xbf), Buffer.from(LDIF)]), "utf-8", ["ldif-byte-order-mark"]],
  ["UTF-16LE with a mark", Buffer.concat([mark(0xff, 0xfe), utf16(LDIF)]), "utf-16le", []],
  ["UTF-16BE with a mark", Buffer.concat([mark(0xfe, 0xff), bigEndian(LDIF)]), "utf-16be", []],
  ["UTF-16LE without a mark", utf16(LDIF), "utf-16le", []],
  ["UTF-16BE without a mark", bigEndian(LDIF), "utf-16be", []],
  ["Windows-1252", windows1252(LDIF), "windows-1252", ["ldif-encoding-guessed"]],
];

describe("encodings", () => {
  const files = Object.fromEntries(ENCODED.map(([name, bytes]) => [`${name}.ldf`, bytes]));
  const crlf = Object.fromEntries(
    ENCODED.map(([name, , encoding]) => [`${name} crlf.ldf`, encodeWith(encoding, LDIF.replaceAll("\n", "\r\n"))]),
  );
  const folder = folderWith({ ...files, ...crlf });
  for (const [name, bytes, encoding, rules] of ENCODED) {
    test(`${name} is found out, and places count characters`, () => {
      const lines = report(folder, [`${name}.ldf`]);
      assert.equal(lines[0]?.encoding, encoding);
      const own = rulesOf(lines).filter((rule) => String(rule).startsWith("ldif-") && rule !== "ldif-value-not-ascii");
      assert.deepEqual(own, rules);
      const [finding] = findingsOf(lines).filter(({ rule }) => rule === "proxyaddresses-no-primary");
      assert.deepEqual(finding?.range, { start: { line: 9, character: 16 }, end: { line: 9, character: 20 } });
      const text = decodeBytes(bytes).text.replace("description: ab", "description: é€");
      assert.equal(text, LDIF);
    });

    test(`${name} with CRLF`, () => {
      const [finding] = findingsOf(report(folder, [`${name} crlf.ldf`])).filter(
        ({ rule }) => rule === "proxyaddresses-no-primary",
      );
      assert.deepEqual(finding?.range, { start: { line: 9, character: 16 }, end: { line: 9, character: 20 } });
    });
  }

  test("what the encoding says stands at the file's beginning", () => {
    const [finding] = findingsOf(report(folder, ["Windows-1252.ldf"]));
    assert.equal(finding?.rule, "ldif-encoding-guessed");
    assert.deepEqual(finding?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  });

  test("a single byte at the end of a large file makes it Windows-1252 from its beginning", async () => {
    const head = user("Jane", "description: é").repeat(4000);
    const path = join(folderWith({ "large.ldf": Buffer.concat([Buffer.from(head), mark(0xe9)]) }), "large.ldf");
    const file = await ExportFile.open(path);
    assert.equal(await textOf(file), `${head.replaceAll("é", "Ã©")}é`);
    assert.equal(file.encoding.encoding, "windows-1252");
  });

  for (const end of [2 ** 16, 2 ** 18]) {
    test(`a character at the end of what is read at once makes no other encoding: ${end} bytes`, async () => {
      const text = (before: number) => user("Jane", `description: ${"a".repeat(before)}é${"a".repeat(3 * end)}`);
      const at = Buffer.from(text(0)).indexOf("é");
      const path = join(folderWith({ "large.ldf": text(end - 1 - at) }), "large.ldf");
      const file = await ExportFile.open(path);
      assert.equal(await textOf(file), text(end - 1 - at));
      assert.equal(file.encoding.encoding, "utf-8");
    });
  }

  test("text that is cut into pieces anywhere is the same text", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "é", "中", "😀", "\ufeff", "\n"), maxLength: 40 });
    const encodings = fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be");
    fc.assert(
      fc.property(texts, encodings, fc.boolean(), fc.integer({ min: 1, max: 9 }), (text, encoding, marked, length) => {
        const bytes = encodeWith(encoding, (marked ? "\ufeff" : "") + text);
        const decoder = new StreamDecoder({ encoding, guessed: false, byteOrderMark: marked });
        let decoded = "";
        for (let at = 0; at < bytes.length; at += length) decoded += decoder.push(bytes.subarray(at, at + length));
        assert.equal(decoded + decoder.end(), text);
      }),
    );
  });
});

function encodeWith(encoding: Encoding, text: string): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "windows-1252") return windows1252(text);
  return encoding === "utf-16le" ? utf16(text) : bigEndian(text);
}

async function textOf(file: ExportFile): Promise<string> {
  let text = "";
  for await (const chunk of file.chunks()) text += chunk;
  return text;
}

describe("files that are no exports", () => {
  const folder = folderWith({
    "empty.ldf": "",
    "binary.ldf": Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
    "nul.ldf": new Uint8Array(5000),
    "one.ldf": "d",
  });
  const rows: [file: string, rules: string[], status: number][] = [
    ["empty.ldf", ["ldif-empty"], 0],
    ["binary.ldf", ["ldif-not-ldif"], 1],
    ["nul.ldf", ["ldif-not-ldif"], 1],
    ["one.ldf", ["ldif-not-ldif"], 1],
  ];
  for (const [file, rules, status] of rows) {
    test(file, () => {
      assert.deepEqual(rulesOf(report(folder, [file])), rules);
      assert.equal(syncready(["check", file], { cwd: folder }).status, status);
    });
  }
});

describe("pipes", { skip: onWindows }, () => {
  const twice = user("Jane") + user("Joe").replace("joe@", "jane@");
  const folder = folderWith({ "a.ldf": twice });

  test("standard input is read, and searched for duplicates as a file is", () => {
    for (const name of ["-", "/dev/stdin"]) {
      const lines = report(folder, [name], { input: twice });
      assert.deepEqual(rulesOf(lines), ["duplicate-userprincipalname", "duplicate-userprincipalname"]);
      assert.equal(lines[0]?.path, name);
    }
  });

  test("what is too long for the memory is kept in a file, of which nothing is left", () => {
    const temporary = folderWith();
    const padding = `description: ${"x".repeat(100_000)}\n`;
    const input = Array.from({ length: 700 }, (_, n) => user(`U${n}`, padding.trim())).join("") + twice;
    assert.ok(input.length > 2 ** 26);
    const lines = report(folder, ["-"], { input, env: { ...process.env, TMPDIR: temporary } });
    assert.deepEqual(
      rulesOf(lines).filter((rule) => String(rule).startsWith("duplicate")),
      ["duplicate-userprincipalname", "duplicate-userprincipalname"],
    );
    assert.deepEqual(readdirSync(temporary), []);
  });

  test("an encoding in pieces", () => {
    const { stdout, status } = shell(
      `(printf '\\377'; sleep 0.1; printf '\\376'; sleep 0.1; printf 'd\\0n\\0') | "$NODE" "$SYNCREADY" check --format jsonl -`,
      folder,
    );
    assert.match(stdout, /"encoding":"utf-16le"/);
    assert.equal(status, 1);
  });

  test("a named pipe", () => {
    const { stdout } = shell(`mkfifo pipe; cat a.ldf > pipe & "$NODE" "$SYNCREADY" check --format jsonl pipe`, folder);
    assert.equal(stdout.match(/duplicate-userprincipalname"/g)?.length, 3);
  });

  test("a reader that stops early ends the program quietly", () => {
    const many = Array.from({ length: 3000 }, (_, at) => user(`U${at}`, `proxyAddresses: smtp:u${at}@contoso.com`));
    writeFileSync(join(folder, "many.ldf"), many.join(""));
    for (const format of ["text", "jsonl"]) {
      const { stdout, stderr } = shell(`"$NODE" "$SYNCREADY" check --format ${format} many.ldf | head -n 1`, folder);
      assert.equal(stdout.split("\n").length, 2);
      assert.equal(stderr, "");
    }
  });

  test("output to a full disk", { skip: !existsSync("/dev/full") }, () => {
    const { stderr, status } = shell(`"$NODE" "$SYNCREADY" check a.ldf > /dev/full`, folder);
    assert.equal(stderr, "syncready: standard output: no space is left on the disk\n");
    assert.equal(status, 2);
  });
});

describe("files that cannot be read", () => {
  test("one that changes while it is read", async () => {
    const path = join(folderWith({ "a.ldf": LDIF }), "a.ldf");
    const file = await ExportFile.open(path);
    appendFileSync(path, user("Joe"));
    await assert.rejects(
      textOf(file),
      (error) => error instanceof FileError && /was changed while/.test(error.message),
    );
  });

  test("one that grows between two pieces", async () => {
    const path = join(folderWith({ "a.ldf": LDIF.repeat(4000) }), "a.ldf");
    const file = await ExportFile.open(path);
    const reading = (async () => {
      for await (const _ of file.chunks()) appendFileSync(path, "x");
    })();
    await assert.rejects(reading, /was changed while/);
  });

  test("one that goes", async () => {
    const folder = folderWith({ "a.ldf": LDIF });
    const file = await ExportFile.open(join(folder, "a.ldf"));
    const { rmSync } = await import("node:fs");
    rmSync(join(folder, "a.ldf"));
    await assert.rejects(textOf(file), /there is no such file/);
  });

  const skip = onWindows || process.getuid?.() === 0;
  test("one without permission", { skip: skip && "root may read everything" }, () => {
    const folder = folderWith({ "a.ldf": LDIF });
    execFileSync("chmod", ["000", join(folder, "a.ldf")]);
    const { stderr, status } = syncready(["check", "a.ldf"], { cwd: folder });
    assert.equal(stderr, "syncready: a.ldf: no permission\n");
    assert.equal(status, 2);
  });

  test("a part of the path is a file", () => {
    const { stderr } = syncready(["check", "a.ldf/b.ldf"], { cwd: folderWith({ "a.ldf": LDIF }) });
    assert.equal(stderr, "syncready: a.ldf/b.ldf: a part of the path is no folder\n");
  });
});
