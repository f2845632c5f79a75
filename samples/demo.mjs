// `npm run demo`: checks the sample export, writes its modify file and undo file beside it, and proves that they are right.
//   node samples/demo.mjs [EXPORT]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sample = process.argv[2] === undefined ? join(root, "samples/contoso.ldf") : resolve(process.argv[2]);
process.chdir(root);
const original = relative(root, sample);
const stem = original.replace(/\.[^.]*$/, "");
const modify = `${stem}.modify.ldf`;
const undo = `${stem}.undo.ldf`;
const folder = "out/demo";
const fixed = join(folder, `${basename(stem)}.fixed.ldf`);
/** The fixed export stands in another folder, and is to be checked by the same settings. */
const settingsFile = join(dirname(original), ".syncready.json");
const settings = existsSync(settingsFile) ? ["--config", settingsFile] : [];
const isTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;

function heading(text) {
  console.log(isTerminal ? `\n\x1b[1m${text}\x1b[0m` : `\n${text}`);
}

function command(args) {
  console.log(isTerminal ? `\x1b[90m$ syncready ${args.join(" ")}\x1b[0m` : `$ syncready ${args.join(" ")}`);
}

/** Runs the program as a user would; its output goes to this terminal. Exit code 1 only says that errors were found. */
function show(...args) {
  command(args);
  const { status } = spawnSync(process.execPath, ["dist/cli.js", ...args], { stdio: "inherit" });
  if (status !== 0 && status !== 1) process.exit(1);
}

/** Runs the program and answers what it prints. */
function ask(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status === 0 || status === 1) return stdout;
  console.error(stderr);
  process.exit(1);
}

function findings(file) {
  const lines = ask("check", "--format", "jsonl", ...settings, file)
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "finding");
}

/** The findings of `some` that `others` does not have, however the lines have moved. */
function without(some, others) {
  const left = others.map(key);
  return some.filter((finding) => {
    const at = left.indexOf(key(finding));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function key({ rule, dn, attribute, value }) {
  return JSON.stringify([rule, dn, attribute, value]);
}

/** What a modify file says: everything but the comments at its head, which name the files. */
function records(file) {
  return readFileSync(file, "utf8").replace(/^(?:#.*\r\n)*/, "");
}

let failed = false;
function prove(holds, text) {
  console.log(`  ${holds ? "✔" : "✖"} ${text}`);
  failed ||= !holds;
}

const built = spawnSync(process.execPath, ["esbuild.mjs"], { stdio: "inherit" });
if (built.status !== 0) process.exit(1);
mkdirSync(folder, { recursive: true });

heading(`1. What will keep objects of ${original} from synchronizing?`);
show("check", original);

heading("2. Fix what there is only one way to fix");
show("fix", original, "--out", modify, "--undo", undo, "--edited", fixed, "--force");
console.log(`\nThe first record of ${modify}:\n`);
console.log((records(modify).split("\r\n\r\n")[0] ?? "").replaceAll("\r", "").replace(/^/gm, "    "));

heading("3. Proof");
ask(
  "diff",
  original,
  fixed,
  "--out",
  join(folder, "diff.modify.ldf"),
  "--undo",
  join(folder, "diff.undo.ldf"),
  "--force",
);
const count = records(modify).split("\r\n\r\n").length - 1;
prove(
  records(modify) === records(join(folder, "diff.modify.ldf")),
  `The difference of the export and the fixed export is the same ${count} records`,
);
prove(records(undo) === records(join(folder, "diff.undo.ldf")), "The undo file of that difference is the same, too");
const before = findings(original);
const after = findings(fixed);
const gone = without(before, after);
const added = without(after, before);
prove(
  gone.length > 0 && after.length < before.length,
  `${before.length} findings before, ${after.length} after: ${gone.length} are gone, ${added.length} are new`,
);
prove(
  added.every(({ severity }) => severity !== "error"),
  "None of the new ones is an error",
);
const again = ask(
  "fix",
  fixed,
  "--out",
  join(folder, "again.ldf"),
  "--undo",
  join(folder, "again.undo.ldf"),
  "--force",
);
prove(again.includes("nothing to change"), "The fixed export needs no further fix of this kind");

console.log(`\nOpen ${original} in VS Code to see the same findings in place, and the fixes that need a person's eye.`);
process.exitCode = failed ? 1 : 0;
