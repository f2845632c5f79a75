import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { Checker, DEFAULT_SETTINGS, RULES, scanPlan } from "../../server/core/index.ts";
import { ExportScanner } from "../../server/node/export-scanner.ts";
import { checkExports, ExportFile, type ScanThreads, settingsBeside } from "../../server/node/index.ts";
import { damagedFile } from "../core/damaged-file.ts";
import fc from "../property.ts";
import { folderWith, syncready, user } from "./program.ts";

/** Every file is scanned in a thread, however small. */
const always: ScanThreads = { script: resolve("dist/scan-worker.js"), leastSize: 0 };

/** There is no such thread. */
const none: ScanThreads = { script: resolve("dist/no-worker.js"), leastSize: 1000 };

interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: () => void;
}

function checkWith(threads: ScanThreads | undefined, paths: readonly string[], watch: Watch = {}) {
  const baselineFor = async () => undefined;
  return checkExports(paths, { settingsFor: settingsBeside, baselineFor, withEdits: true, threads, ...watch });
}

async function assertSame(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith(files);
  const paths = Object.keys(files).map((name) => join(folder, name));
  const found = await checkWith(undefined, paths);
  assert.deepEqual(await checkWith(always, paths), found);
  return found.files;
}

const users = (count: number, attributes: (n: number) => readonly string[] = () => []) =>
  Array.from({ length: count }, (_, n) => user(`U${n}`, ...attributes(n))).join("");

/** Values that are wrong, doubled or fine, more of them than fit into the windows on the way. */
const many = users(60_000, (n) => [
  `mail: u${n % 59_990}@contoso.com`,
  `proxyAddresses: ${n % 500 ? "SMTP" : "smtp"}:u${n}@contoso.com`,
]);

describe("What is scanned in a thread gives the same findings in the same order", () => {
  test("in a file of many windows", async () => {
    const [file] = await assertSame({ "a.ldf": many });
    assert.equal(file!.entries, 60_000);
    assert.ok(file!.findings.length > 100, `${file!.findings.length}`);
  });

  test("in several files with keys in common", async () => {
    const one = users(3000, (n) => [`mail: u${n}@contoso.com`]);
    const files = await assertSame({ "a.ldf": one, "b.ldf": one.replaceAll("U1", "V1"), "c.ldf": "" });
    assert.ok(files.every(({ path, findings }) => path.endsWith("c.ldf") || findings.length > 100));
  });

  test("with CRLF, with a byte order mark, and in UTF-16", async () => {
    const text = users(4000, (n) => [`mail: ${n % 9 ? "u" : "ü"}${n}@contoso.com`]);
    const lines = text.replaceAll("\n", "\r\n");
    const files = await assertSame({
      "a.ldf": lines,
      "b.ldf": `\ufeff${text}`,
      "c.ldf": Buffer.from(`\ufeff${lines}`, "utf16le"),
    });
    assert.deepEqual(
      files.map(({ encoding, entries }) => [encoding, entries]),
      [
        ["utf-8", 4000],
        ["utf-8", 4000],
        ["utf-16le", 4000],
      ],
    );
  });

  test("in tables, of which what came twice is found again by its place", async () => {
    const row = (n: number) => {
      const note = n % 11 ? "" : '"two\r\nlines, and ""quotes"""';
      const name = n % 7 ? `U${n}` : `Zoë ${n}`;
      const type = n % 500 ? "SMTP" : "smtp";
      return `"CN=${name},DC=contoso,DC=com",user,${name},u${n % 29_990}@contoso.com,${type}:u${n}@contoso.com;sip:u${n},${note}`;
    };
    const rows = Array.from({ length: 30_000 }, (_, n) => row(n));
    const table = ["DN,objectClass,displayName,mail,proxyAddresses,info", ...rows, ""].join("\r\n");
    const [file] = await assertSame({ "a.csv": table });
    assert.equal(file!.entries, 30_000);
    const duplicates = file!.findings.filter(({ related }) => related !== undefined);
    assert.ok(duplicates.length >= 20, `${duplicates.length}`);
    // Of UTF-16 nothing can be read by its place: the reader takes all of it again.
    const [wide] = await assertSame({ "a.csv": Buffer.from(`\ufeff${table}`, "utf16le") });
    const shown = ({ findings }: typeof wide & object) =>
      findings.map(({ rule, dn, range, value }) => ({ rule, dn, range, value }));
    assert.deepEqual(shown(file!), shown(wide!));
  });

  for (const encoding of ["utf8", "latin1"] as const) {
    test(`where the first character beyond ASCII comes late: ${encoding}`, async () => {
      const text = `${users(5000)}${user("Zoë", "mail: zoë@contoso.com")}${users(5000)}`;
      const [file] = await assertSame({ "a.ldf": Buffer.from(text, encoding) });
      assert.equal(file!.encoding, encoding === "utf8" ? "utf-8" : "windows-1252");
      assert.ok(file!.findings.some(({ value }) => value === "zoë@contoso.com"));
    });

    test(`where it comes late in a record that is longer than a window: ${encoding}`, async () => {
      const description = `description: ${"x".repeat(3_000_000)}ß`;
      const text = `${users(100)}${user("Long", description, "mail: zoë@contoso.com")}${users(100)}`;
      const [file] = await assertSame({ "a.ldf": Buffer.from(text, encoding) });
      assert.ok(file!.findings.some(({ value }) => value === "zoë@contoso.com"));
      assert.equal(file!.entries, 201);
    });
  }

  test("in files that something has happened to", async () => {
    for (const sample of fc.sample(fc.array(damagedFile, { minLength: 100, maxLength: 100 }), {
      numRuns: 4,
      seed: 7,
    })) {
      await assertSame({ "a.ldf": `${many.slice(0, 100_000)}\n\n${sample.join("")}` });
    }
  });

  test("and the program prints the same", () => {
    const text = many.repeat(2);
    assert.ok(text.length > 20e6, `${text.length} bytes are too few for a thread`);
    const folder = folderWith({ "a.ldf": text });
    const [one, two] = ["1", "2"].map((workers) => {
      const run = syncready(["check", "--format", "csv", "--workers", workers, "a.ldf"], { cwd: folder });
      return { status: run.status, stdout: run.stdout, stderr: run.stderr };
    });
    assert.deepEqual(two, one);
    assert.ok(one!.stdout.split("\n").length > 100);
    assert.equal(syncready(["check", "--workers", "3", "a.ldf"], { cwd: folder }).status, 2);
  });
});

describe("A thread", () => {
  test("is not started for a small file, and its failure is no finding", async () => {
    const folder = folderWith({ "small.ldf": user("Jane"), "large.ldf": users(100) });
    const { files } = await checkWith(none, [join(folder, "small.ldf")]);
    assert.equal(files[0]!.entries, 1);
    await assert.rejects(checkWith(none, [join(folder, "large.ldf")]), /no-worker/);
  });

  test("ends with a check that is aborted at any moment", async () => {
    const folder = folderWith({ "a.ldf": users(20_000) });
    const paths = [join(folder, "a.ldf")];
    let steps = 0;
    const whole = await checkWith(always, paths, { onProgress: () => steps++ });
    assert.ok(steps > 8, `${steps}`);
    for (let at = 0; at < steps; at += 5) {
      const controller = new AbortController();
      let left = at;
      const reason = new Error(`at step ${at}`);
      const onProgress = () => left-- === 0 && controller.abort(reason);
      await assert.rejects(checkWith(always, paths, { signal: controller.signal, onProgress }), reason);
    }
    assert.deepEqual(await checkWith(always, paths), whole);
  });

  test("ends with a file that is changed while it is read", async () => {
    const folder = folderWith({ "a.ldf": many, "b.ldf": user("Jane") });
    const paths = ["a.ldf", "b.ldf"].map((name) => join(folder, name));
    let left = 5;
    const onProgress = () => left-- === 0 && appendFileSync(paths[0]!, user("Late"));
    const { files, failures } = await checkWith(always, paths, { onProgress });
    assert.deepEqual(failures, [`${paths[0]}: the file was changed while it was read`]);
    assert.deepEqual(
      files.map(({ path }) => path),
      [paths[1]],
    );
  });

  test("hands on no record after the sink has failed", async () => {
    const folder = folderWith({ "a.ldf": users(5000) });
    const file = await ExportFile.open(join(folder, "a.ldf"));
    const scanner = new ExportScanner(scanPlan(new Checker(RULES, DEFAULT_SETTINGS)));
    let count = 0;
    const sink = () => {
      if (++count === 1000) throw new Error("enough");
    };
    await assert.rejects(file.scanRecords(scanner, sink, always), /enough/);
    assert.equal(count, 1000);
  });
});
