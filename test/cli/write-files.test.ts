import assert from "node:assert/strict";
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { writeFilesSafely } from "../../server/node/index.ts";
import { folderWith } from "./program.ts";

const NEW = { overwrite: false };
const REPLACE = { overwrite: true };

async function* failingAfter(...pieces: readonly string[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
  throw new Error("the source has gone");
}

async function* inPieces(...pieces: readonly string[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

describe("writeFilesSafely", () => {
  test("text, bytes and pieces", async () => {
    const folder = folderWith();
    const files = [
      { path: join(folder, "a"), content: "é" },
      { path: join(folder, "b"), content: Uint8Array.of(1, 2) },
      { path: join(folder, "c"), content: inPieces("x", "", "y") },
    ];
    assert.deepEqual(await writeFilesSafely(files, NEW), { written: true });
    assert.deepEqual(
      ["a", "b", "c"].map((name) => readFileSync(join(folder, name)).toString("hex")),
      ["c3a9", "0102", "7879"],
    );
    assert.equal(readdirSync(folder).length, 3);
  });

  test("an existing file is named", async () => {
    const folder = folderWith({ b: "mine" });
    const paths = [join(folder, "a"), join(folder, "b")];
    const result = await writeFilesSafely(
      paths.map((path) => ({ path, content: "x" })),
      NEW,
    );
    assert.deepEqual(result, { written: false, existing: paths[1], reason: `${paths[1]}: the file exists already` });
    assert.deepEqual(readdirSync(folder), ["b"]);
  });

  test("of many who write at the same time, one succeeds, and its files belong together", async () => {
    const folder = folderWith();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        writeFilesSafely(
          ["a", "b"].map((name) => ({ path: join(folder, name), content: `${at}` })),
          NEW,
        ),
      ),
    );
    assert.equal(results.filter(({ written }) => written).length, 1);
    const winner = `${results.findIndex(({ written }) => written)}`;
    assert.equal(readFileSync(join(folder, "a"), "utf8"), winner);
    assert.equal(readFileSync(join(folder, "b"), "utf8"), winner);
    assert.deepEqual(readdirSync(folder).sort(), ["a", "b"]);
  });

  for (const options of [NEW, REPLACE]) {
    test(`a source that fails half-way leaves all as it was: overwrite ${options.overwrite}`, async () => {
      const folder = folderWith(options.overwrite ? { a: "old", b: "old" } : {});
      const files = [
        { path: join(folder, "a"), content: "new" },
        { path: join(folder, "b"), content: failingAfter("n", "e") },
      ];
      const result = await writeFilesSafely(files, options);
      assert.equal(result.written, false);
      assert.match(result.written ? "" : result.reason, /the source has gone/);
      const left = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
      assert.deepEqual(left, options.overwrite ? ["old", "old"] : []);
    });
  }

  test("what a symbolic link leads to is replaced, not the link", { skip: process.platform === "win32" }, async () => {
    const folder = folderWith({ real: "old" });
    symlinkSync("real", join(folder, "link"));
    await writeFilesSafely([{ path: join(folder, "link"), content: "new" }], REPLACE);
    assert.ok(lstatSync(join(folder, "link")).isSymbolicLink());
    assert.equal(readFileSync(join(folder, "real"), "utf8"), "new");
    assert.deepEqual(readdirSync(folder).sort(), ["link", "real"]);
  });

  test("two files of one name are refused", async () => {
    const path = join(folderWith(), "a");
    const result = await writeFilesSafely(
      [
        { path, content: "1" },
        { path, content: "2" },
      ],
      NEW,
    );
    assert.equal(result.written, false);
    assert.ok(!existsSync(path));
  });
});
