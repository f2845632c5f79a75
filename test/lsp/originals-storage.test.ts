import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import type { Host, Storage } from "../../server/lsp/host.ts";
import { Originals } from "../../server/lsp/originals.ts";
import { user } from "./exports.ts";

const first = user("Jane", "description: one");
const newer = user("Jane", "description: newer");

/** A disk that can be full, and an export on it. */
class Disk implements Storage {
  readonly files = new Map<string, string>();
  readonly told: string[] = [];
  isFull = false;
  export = first;

  read = async (name: string) => this.files.get(name);

  /** What is small still has room. */
  async write(name: string, text: string) {
    if (this.isFull && name.endsWith(".txt")) throw new Error("no space left on device");
    this.files.set(name, text);
  }

  async remove(name: string) {
    this.files.delete(name);
  }

  names(): string[] {
    return [...this.files.keys()].map((name) => name.slice(name.lastIndexOf(".") + 1)).sort();
  }

  /** What a server that has just been started knows. */
  originals(): Originals {
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    const readFile = async () => ({ text: this.export, hash: hash(this.export) });
    return new Originals({ hash, readFile } as Partial<Host> as Host, this, {
      replaced: () => this.told.push("replaced"),
      notStored: () => this.told.push("not stored"),
    });
  }
}

describe("On a full disk the original", () => {
  const uri = "file:///export.ldf";
  const edited = first.replace("one", "two");

  test("is in memory together with its record, and saving the export does not store the record alone", async () => {
    const disk = new Disk();
    const originals = disk.originals();
    disk.isFull = true;
    await originals.settle(uri, first);
    disk.export = edited;
    await originals.saved(uri);
    assert.equal(await originals.text(uri), first);
    assert.deepEqual(disk.names(), []);
    assert.deepEqual(disk.told, ["not stored"]);
  });

  test("is stored when there is room again", async () => {
    const disk = new Disk();
    const originals = disk.originals();
    disk.isFull = true;
    await originals.settle(uri, first);
    disk.isFull = false;
    disk.export = edited;
    await originals.saved(uri);
    assert.deepEqual(disk.names(), ["json", "txt"]);
    assert.equal(await disk.originals().text(uri), first);
  });

  test("does not push out the one that is stored", async () => {
    const disk = new Disk();
    const originals = disk.originals();
    await originals.settle(uri, first);
    disk.isFull = true;
    disk.export = newer;
    await originals.settle(uri, newer);
    assert.equal(await originals.text(uri), newer);
    assert.deepEqual(disk.told, ["not stored", "replaced"]);
    assert.equal(await disk.originals().text(uri), first);
    assert.equal(await originals.takePrevious(uri), true);
    assert.equal(await originals.text(uri), first);
    assert.deepEqual(disk.names(), ["json", "txt"]);
  });

  test("leaves no text behind that no record names", async () => {
    const disk = new Disk();
    const originals = disk.originals();
    await originals.settle(uri, first);
    disk.isFull = true;
    for (const text of ["a", "b", "c"].map((letter) => first.replace("one", letter))) {
      await originals.take(uri, text);
      assert.equal(await originals.text(uri), text);
    }
    disk.isFull = false;
    await originals.take(uri, edited);
    assert.deepEqual(disk.names(), ["json", "txt"]);
    assert.equal(await disk.originals().text(uri), edited);
  });
});

test("A save that is never told to have ended is over after a while", ({ mock }) => {
  mock.timers.enable({ apis: ["Date"] });
  const originals = new Disk().originals();
  const isSaving = () => [originals.isSaving("file:///export.ldf"), originals.isSaving("untitled:export.ldf")];
  originals.willSave("file:///export.ldf");
  originals.willSave("untitled:export.ldf");
  assert.deepEqual(isSaving(), [true, false]);
  mock.timers.tick(29_000);
  assert.deepEqual(isSaving(), [true, false]);
  mock.timers.tick(2000);
  assert.deepEqual(isSaving(), [false, false]);
});
