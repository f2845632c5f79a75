// The desktop VS Code, through @vscode/test-electron.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { cleanEnvironment, quietSettings } from "./server.mjs";

const self = fileURLToPath(import.meta.url);
const updateServer = "https://update.code.visualstudio.com";

function needsDisplay() {
  return process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/** Whether the download can work at all: test-electron would try for a minute. Behind a proxy only it can tell. */
async function unreachable() {
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy) return undefined;
  try {
    await fetch(`${updateServer}/api/releases/stable`, { signal: AbortSignal.timeout(5000) });
    return undefined;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

/** The executable of a desktop VS Code, downloaded if need be, or the reason why there is none. */
export async function findDesktop() {
  if (needsDisplay() && spawnSync("xvfb-run", ["--help"]).error) return { reason: "no display, and no xvfb-run" };
  if (process.env.VSCODE_EXECUTABLE) return { executable: process.env.VSCODE_EXECUTABLE };
  const refused = await unreachable();
  if (refused) return { reason: `VS Code cannot be downloaded (${refused})` };
  try {
    const cachePath = join(dirname(self), ".vscode-test");
    return { executable: await downloadAndUnzipVSCode({ version: process.env.VSCODE_VERSION ?? "stable", cachePath }) };
  } catch (error) {
    return { reason: `VS Code cannot be downloaded (${error.message})` };
  }
}

function installVsix(executable, vsix, profile) {
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const all = [...args, ...profile, "--install-extension", vsix, "--force"];
  // Electron refuses to run as root in its sandbox.
  if (process.getuid?.() === 0) all.push("--no-sandbox");
  const shell = process.platform === "win32";
  const run = spawnSync(shell ? `"${cli}"` : cli, all, { encoding: "utf8", env: cleanEnvironment(), shell });
  if (run.status !== 0) throw new Error(`VS Code did not install ${vsix}:\n${run.stdout}\n${run.stderr}`);
}

/** Runs the suite and answers what VS Code printed. */
export async function runOnDesktop(executable, { vsixes, host, workspace, temporary, environment }) {
  const profile = [`--user-data-dir=${join(temporary, "data")}`, `--extensions-dir=${join(temporary, "extensions")}`];
  mkdirSync(join(temporary, "data/User"), { recursive: true });
  writeFileSync(join(temporary, "data/User/settings.json"), JSON.stringify(quietSettings, null, 2));
  for (const vsix of vsixes) installVsix(executable, vsix, profile);
  const job = { executable, host, launchArgs: [workspace, ...profile, "--disable-gpu"] };
  // A process of its own, because xvfb-run wraps processes, and its output belongs into the log.
  const command = [process.execPath, self, JSON.stringify(job)];
  const [file, ...args] = needsDisplay() ? ["xvfb-run", "--auto-servernum", ...command] : command;
  const env = { ...cleanEnvironment(), ...environment };
  const run = spawnSync(file, args, { encoding: "utf8", env, timeout: 600_000, maxBuffer: 2 ** 28 });
  return `${run.error?.message ?? ""}${run.stdout}${run.stderr}`;
}

if (process.argv[1] === self) {
  const { executable, host, launchArgs } = JSON.parse(process.argv[2]);
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: host,
    extensionTestsPath: join(host, "index.js"),
    launchArgs,
  }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
