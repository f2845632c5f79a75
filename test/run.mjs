// `npm test`: builds, packages, and runs everything that can be wrong. The last line is "N passed, N failed, N skipped".
//   node test/run.mjs [--only core,lsp,cli,grammar,directory,types,lint,vscode] [--no-e2e]
//   node test/run.mjs --update    writes the generated files instead of comparing them
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { missingDirectoriesBox, missingForDirectories, prepareDomain } from "./directory/prepare.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const rooms = ["core", "lsp", "cli", "grammar", "directory"];
const { values: options } = parseArgs({
  options: { update: { type: "boolean" }, "no-e2e": { type: "boolean" }, only: { type: "string" } },
});

const unknown = (options.only?.split(",") ?? []).find((name) => ![...rooms, "types", "lint", "vscode"].includes(name));
if (unknown !== undefined) {
  console.error(`--only ${unknown}: say core, lsp, cli, grammar, directory, types, lint or vscode`);
  process.exit(1);
}

/** One row of the summary for each step. */
const steps = [];

function record(name, { passed = 0, failed = 0, skipped = 0, note = "" }) {
  steps.push({ name, passed, failed, skipped, note });
}

function heading(text) {
  console.log(`\n== ${text}`);
}

/** Whether `--only` leaves this step in. */
function wanted(step) {
  return options.only === undefined || options.only.split(",").includes(step);
}

/** Runs a command that writes to this terminal, and answers whether it succeeded. */
function succeeds(command, args) {
  const shell = process.platform === "win32" && command === "npm";
  return spawnSync(command, args, { stdio: "inherit", shell }).status === 0;
}

/** A check that counts as one test. */
function check(step, name, script, args = []) {
  if (!wanted(step)) return;
  heading(name);
  const passed = succeeds("npm", ["run", "--silent", script, ...args]);
  record(name, passed ? { passed: 1 } : { failed: 1, note: `npm run ${script}` });
}

function build() {
  heading("Build");
  if (succeeds(process.execPath, ["esbuild.mjs", "--production", "--tests"])) return true;
  record("Build", { failed: 1, note: "node esbuild.mjs --production --tests" });
  return false;
}

/** Answers the path of the .vsix, or undefined. Counts only when it fails: what it made is tested in VS Code. */
async function pack() {
  heading("Package");
  try {
    const { packageVsix } = await import("./vscode/vsix.mjs");
    const vsix = await packageVsix();
    console.log(vsix);
    return vsix;
  } catch (error) {
    console.error(error.message);
    record("Package", { failed: 1, note: "npm run package" });
    return undefined;
  }
}

function testFiles() {
  if (options.update) return ["out/test/core/generated.test.js"];
  return rooms
    .filter(wanted)
    .map((room) => join("out/test", room))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith(".test.js"))
    .sort();
}

/** Makes the domain that the tests with directories copy. What is missing for them is said here, once, and answered. */
function prepareDirectories() {
  if (options.update || !wanted("directory")) return undefined;
  const missing = missingForDirectories();
  if (missing === undefined) {
    process.env.SYNCREADY_DOMAIN = prepareDomain();
    return undefined;
  }
  console.error(missingDirectoriesBox(missing));
  process.env.SYNCREADY_DOMAIN = "";
  return missing.what;
}

/** Runs the bundled tests with node's own runner, and counts the tests without the suites around them. */
async function unitTests() {
  if (!options.update && !rooms.some(wanted)) return;
  const name = options.update ? "Generated files" : "Unit, property, protocol and grammar tests";
  heading(name);
  const files = testFiles();
  // A runner that finds nothing to run must not look like success.
  if (files.length === 0) return record(name, { failed: 1, note: "no test found" });
  const missing = prepareDirectories();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  // Two at a time: the property tests keep a processor busy each, and some tests have a time limit.
  const events = run({ files: files.map((file) => resolve(file)), concurrency: 2, timeout: 600_000 });
  const count = (outcome) => (event) => {
    if (event.details.type === "suite") return;
    counts[event.skip !== undefined || event.todo !== undefined ? "skipped" : outcome] += 1;
  };
  events.on("test:pass", count("passed")).on("test:fail", count("failed"));
  const report = events.compose(new spec());
  for await (const text of report) process.stdout.write(text);
  record(name, { ...counts, note: missing ? `directories NOT RUN, missing: ${missing}` : "" });
}

/** The suite in a real VS Code. What is missing for it is said, and counted: as skipped, or as failed where CI is set. */
function vscodeTests(vsix) {
  if (!wanted("vscode") || options["no-e2e"]) return;
  heading("Tests in VS Code");
  const name = "Tests in VS Code";
  const file = "out/vscode-results.json";
  const ended = succeeds(process.execPath, ["test/vscode/e2e.mjs", "--vsix", vsix]);
  if (!existsSync(file)) return record(name, { failed: 1, note: "ended without results" });
  const { passed, failed, skipped, missing } = JSON.parse(readFileSync(file, "utf8"));
  const counts = { passed: passed.length, failed: failed.length, skipped: skipped.length };
  if (!ended && failed.length === 0) counts.failed = 1;
  record(name, { ...counts, note: missing ? `NOT RUN, missing: ${missing}` : "" });
}

function summarize() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  heading("Summary");
  for (const step of steps) {
    for (const outcome of Object.keys(total)) total[outcome] += step[outcome];
    const sign = step.failed > 0 ? "✖" : step.skipped > 0 ? "﹣" : "✔";
    const note = step.note && `  ${step.note}`;
    console.log(`${sign} ${step.name}: ${step.passed} passed, ${step.failed} failed, ${step.skipped} skipped${note}`);
  }
  const line = `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
  if (!options.update) {
    mkdirSync("out", { recursive: true });
    writeFileSync("out/summary.json", JSON.stringify({ ...total, line, steps }, null, 2));
  }
  console.log(`\n${line}`);
  return total;
}

async function everything() {
  if (!existsSync("node_modules/esbuild")) {
    console.error("The tools are not installed. Run: npm ci");
    record("Tools", { failed: 1, note: "npm ci" });
    return;
  }
  if (options.update) {
    process.env.SYNCREADY_UPDATE = "1";
    if (build()) await unitTests();
    return;
  }
  const built = build();
  check("types", "Type check", "check-types");
  // Where CI is set, biome colors a log file too.
  check("lint", "Lint", "lint", process.stdout.isTTY ? [] : ["--", "--colors=off"]);
  if (!built) return;
  await unitTests();
  const vsix = wanted("vscode") && !options["no-e2e"] ? await pack() : undefined;
  if (vsix) vscodeTests(vsix);
}

await everything();
process.exitCode = summarize().failed > 0 ? 1 : 0;
