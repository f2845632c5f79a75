import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { checkExports, settingsBeside, writeFilesSafely } from "../../server/node/index.ts";
import { folderWith, PROGRAM, user } from "./program.ts";

interface Running {
  readonly child: ChildProcess;
  /** A pipe from which the program is reading: it can be interrupted. */
  readonly pipe: FileHandle;
  readonly output: () => string;
  /** See {@link exitCode}. */
  readonly ended: Promise<number>;
}

/** Starts a command on the pipe `begin.ldf` of a folder and waits until it reads. */
async function start(folder: string, args: readonly string[], stdin: "ignore" | "pipe" = "ignore"): Promise<Running> {
  const path = join(folder, "begin.ldf");
  if (!existsSync(path)) execFileSync("mkfifo", [path]);
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: [stdin, "pipe", "pipe"] });
  const ended = exitCode(child);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (data) => (output += data));
  // Whoever opens a pipe waits until there is somebody at its other end.
  return { child, pipe: await open(path, "w"), output: () => output, ended };
}

/** The exit code as a shell has it: of a program that a signal has ended, 128 and the number of the signal. */
async function exitCode(child: ChildProcess): Promise<number> {
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + constants.signals[signal!];
}

describe("Ctrl+C", { skip: process.platform === "win32" }, () => {
  for (const [name, args] of Object.entries({
    check: ["check", "begin.ldf"],
    fix: ["fix", "begin.ldf", "--out", "m.ldf", "--undo", "u.ldf"],
    diff: ["diff", "a.ldf", "begin.ldf", "--out", "m.ldf", "--undo", "u.ldf"],
  })) {
    test(`${name} that waits for its input ends with 130`, async () => {
      const folder = folderWith({ "a.ldf": user("Jane") });
      const { child, pipe, output, ended } = await start(folder, args);
      await pipe.write(user("Jane"));
      child.kill("SIGINT");
      assert.equal(await ended, 130);
      await pipe.close();
      assert.equal(output(), "");
      assert.deepEqual(readdirSync(folder).sort(), ["a.ldf", "begin.ldf"]);
    });
  }

  test("check that waits for standard input after another export ends with 130", async () => {
    const folder = folderWith();
    const { child, pipe, output, ended } = await start(folder, ["check", "begin.ldf", "-"], "pipe");
    await pipe.write(user("Jane"));
    await pipe.close();
    // Nobody can tell from outside when it has come to standard input; before that it ends as well.
    await setTimeout(200);
    child.kill("SIGINT");
    assert.equal(await ended, 130);
    assert.equal(output(), "");
  });

  test("whenever it comes, the baseline is written as a whole or not at all", async () => {
    const users = Array.from({ length: 2000 }, (_, n) => user(`U${n}`, `proxyAddresses: smtp:u${n}@contoso.com`));
    const folder = folderWith({ "a.ldf": users.join("") });
    let whole: string | undefined;
    for (let delay = 0; delay < 900; delay += 150) {
      const { child, pipe, ended } = await start(folder, ["check", "--update-baseline", "begin.ldf", "a.ldf"]);
      await pipe.write(user("Jane"));
      await pipe.close();
      await setTimeout(delay);
      child.kill("SIGINT");
      const code = await ended;
      const baseline = join(folder, ".syncready-baseline.json");
      const text = existsSync(baseline) ? readFileSync(baseline, "utf8") : undefined;
      if (text !== undefined) assert.ok(JSON.parse(text).accepted.length >= 2000);
      whole ??= text;
      assert.equal(text, whole);
      assert.ok([0, 130].includes(code), `exit code ${code}`);
      const others = readdirSync(folder).filter((name) => name !== ".syncready-baseline.json");
      assert.deepEqual(others.sort(), ["a.ldf", "begin.ldf"]);
    }
  });
});

describe("a check that is aborted", () => {
  test("rejects at any moment, and the next one is whole", async () => {
    const folder = folderWith({
      "a.ldf": Array.from({ length: 12_000 }, (_, n) => user(`U${n}`)).join(""),
      "b.ldf": Array.from({ length: 500 }, (_, n) => user(`V${n}`, `mail: u${n}@contoso.com`)).join(""),
    });
    const paths = ["a.ldf", "b.ldf"].map((name) => join(folder, name));
    const check = (signal?: AbortSignal, onProgress?: () => void) =>
      checkExports(paths, {
        settingsFor: settingsBeside,
        baselineFor: async () => undefined,
        withEdits: false,
        signal,
        onProgress,
      });
    let steps = 0;
    const whole = await check(undefined, () => steps++);
    assert.ok(steps > 8, `${steps}`);
    for (let at = 0; at < steps; at++) {
      const controller = new AbortController();
      let left = at;
      const reason = new Error(`at step ${at}`);
      const aborting = check(controller.signal, () => left-- === 0 && controller.abort(reason));
      await assert.rejects(aborting, reason);
    }
    await assert.rejects(check(AbortSignal.abort("before")), (reason) => reason === "before");
    assert.deepEqual(await check(), whole);
  });
});

describe("writing that is aborted", () => {
  for (const overwrite of [false, true]) {
    test(`leaves all as it was: overwrite ${overwrite}`, async () => {
      const folder = folderWith(overwrite ? { a: "mine" } : {});
      const before = readdirSync(folder);
      const controller = new AbortController();
      const content = (async function* () {
        yield Buffer.from("x");
        controller.abort("enough");
        yield Buffer.from("y");
      })();
      const files = [
        { path: join(folder, "a"), content: "new" },
        { path: join(folder, "b"), content },
      ];
      const writing = writeFilesSafely(files, { overwrite, signal: controller.signal });
      await assert.rejects(writing, (reason) => reason === "enough");
      assert.deepEqual(readdirSync(folder), before);
      if (overwrite) assert.equal(readFileSync(join(folder, "a"), "utf8"), "mine");
    });
  }
});
