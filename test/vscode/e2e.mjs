// Runs the suite in a real VS Code and says in which: VSCODE_E2E=desktop|server|auto (default auto).
//   node test/vscode/e2e.mjs [--vsix FILE] [--samples FOLDER] [--grep TEXT]
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { MissingComponent, missingBox } from "../missing.mjs";
import { findDesktop, runOnDesktop } from "./desktop.mjs";
import { install } from "./install.mjs";
import { buildVsix, packageOther } from "./vsix.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../../out");
const host = join(out, "test/vscode");
const resultsFile = join(out, "vscode-results.json");
const { values: options } = parseArgs({
  options: { vsix: { type: "string" }, samples: { type: "string" }, grep: { type: "string" } },
});

/** Bundles the suite into the extension that holds it: VS Code takes a suite only from inside a development extension. */
async function buildSuite() {
  rmSync(host, { recursive: true, force: true });
  await esbuild.build({
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    charset: "utf8",
    sourcemap: "inline",
    logLevel: "warning",
    external: ["vscode", "mocha"],
    outdir: host,
    entryPoints: [join(here, "suite/index.ts"), join(here, "suite/*.suite.ts")],
  });
  cpSync(join(here, "host/package.json"), join(host, "package.json"));
}

/** The folder that VS Code opens: a copy of the samples and of the fixtures, so that no test writes into the repository. */
function copyWorkspace(temporary) {
  const workspace = join(temporary, "exports");
  cpSync(options.samples ?? resolve(here, "../../samples"), workspace, { recursive: true });
  cpSync(join(here, "fixtures"), join(workspace, "fixtures"), { recursive: true });
  return workspace;
}

/** An export beside the workspace, of a size of which VS Code gives no document to extensions. */
function generateLargeExport(temporary) {
  mkdirSync(join(temporary, "large"));
  const options = ["--size", "55M", "--out", join(temporary, "large/Large.LDF")];
  execFileSync(process.execPath, [resolve(here, "../bench/generate-export.mjs"), ...options]);
}

/** The way to run the suite here: a function, and its name for the log. */
async function choose() {
  const wanted = process.env.VSCODE_E2E || "auto";
  if (!["desktop", "server", "auto"].includes(wanted))
    throw new Error(`VSCODE_E2E=${wanted}: say desktop, server or auto`);
  if (wanted !== "server") {
    const desktop = await findDesktop();
    if (desktop.executable) return { name: "the desktop VS Code", run: (job) => runOnDesktop(desktop.executable, job) };
    if (wanted === "desktop")
      throw new MissingComponent(
        `the desktop VS Code: ${desktop.reason}`,
        "VSCODE_E2E=server npm test   (or VSCODE_EXECUTABLE=/path/to/code)",
      );
    console.log(`[vscode] not on the desktop: ${desktop.reason}`);
  }
  if (process.platform === "win32")
    throw new MissingComponent(
      "the desktop VS Code; its server runs on Linux and macOS only",
      "VSCODE_E2E=desktop npm test",
    );
  install();
  // Only now: what it imports has just been installed.
  const { runInServer } = await import("./run-in-server.mjs");
  return { name: "the VS Code server, driven by Chromium", run: runInServer };
}

function print({ vscode, passed, failed, skipped }) {
  console.log(`[vscode] VS Code ${vscode}`);
  for (const test of passed) console.log(`  ✔ ${test.name} (${test.ms} ms)`);
  for (const test of skipped) console.log(`  ﹣ ${test.name} # skipped`);
  for (const test of failed) console.log(`  ✖ ${test.name}\n${test.error.replaceAll(/^/gm, "      ")}`);
}

/** Runs the suite and answers its results, which the suite itself has written from inside VS Code. */
async function runSuite() {
  const way = await choose();
  const vsix = options.vsix ? resolve(options.vsix) : await buildVsix();
  await buildSuite();
  // A short name: the server opens sockets in this folder, and a socket's path must stay under about 100 characters.
  const temporary = mkdtempSync(join(tmpdir(), "syncready-"));
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
  const workspace = copyWorkspace(temporary);
  generateLargeExport(temporary);
  console.log(`[vscode] running the suite in ${way.name}`);
  const environment = { SYNCREADY_RESULTS: resultsFile, ...(options.grep ? { SYNCREADY_GREP: options.grep } : {}) };
  const csvLanguage = await packageOther(join(here, "csv-language"), join(temporary, "csv-language.vsix"));
  const log = await way.run({ vsixes: [vsix, csvLanguage], host, workspace, temporary, out, environment });
  writeFileSync(join(out, "vscode.log"), log);
  if (existsSync(resultsFile)) return JSON.parse(readFileSync(resultsFile, "utf8"));
  throw new Error(
    `VS Code ended without results. The end of out/vscode.log:\n${log.split("\n").slice(-30).join("\n")}`,
  );
}

/** Results that stand for the whole suite when it did not run. */
function withoutResults(error) {
  const missing = error instanceof MissingComponent;
  const counted = missing && !process.env.CI ? "skipped" : "failed";
  console.error(missing ? missingBox("THE TESTS IN VS CODE", error, counted) : error.message);
  const test = { name: "The suite in VS Code", error: error.message, ms: 0 };
  const results = { vscode: "none", passed: [], failed: [], skipped: [], missing: missing ? error.what : undefined };
  results[counted].push(test);
  return results;
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
mkdirSync(out, { recursive: true });
rmSync(resultsFile, { force: true });
let results;
try {
  results = await runSuite();
  print(results);
} catch (error) {
  results = withoutResults(error);
  writeFileSync(resultsFile, JSON.stringify(results, null, 2));
}
process.exit(results.failed.length === 0 ? 0 : 1);
