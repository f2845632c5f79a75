// The VS Code server from the npm package code-server, started without its command.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findServerNode, serverMain } from "./install.mjs";

/** Settings that keep everything off the screen and off the network but the editor. */
export const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "window.restoreWindows": "none",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "editor.minimap.enabled": false,
};

/** This process's environment without what a VS Code around it (its terminal, its debugger) would hand on. */
export function cleanEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Installs a packaged extension the way a user would. */
export function installVsix(dataFolder, vsix) {
  const args = [serverMain, "--server-data-dir", dataFolder, "--install-extension", vsix, "--force"];
  execFileSync(findServerNode(), args, { env: cleanEnvironment(), stdio: ["ignore", "ignore", "pipe"] });
}

/** Signals the server with its extension hosts, which are its children: the whole group. */
function signal(server, name) {
  if (server.exitCode === null && server.signalCode === null) process.kill(-server.pid, name);
}

async function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((done) => server.once("exit", done));
  signal(server, "SIGTERM");
  const impatience = setTimeout(() => signal(server, "SIGKILL"), 4000);
  await exited;
  clearTimeout(impatience);
}

/** Starts the server on 127.0.0.1 and waits until it serves. Without a `token` every local user may connect. */
export async function startServer({ dataFolder, port = 0, token, settings = {}, args = [], environment = {} }) {
  mkdirSync(join(dataFolder, "data/User"), { recursive: true });
  writeFileSync(
    join(dataFolder, "data/User/settings.json"),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  const all = ["--host", "127.0.0.1", "--port", String(port), "--server-data-dir", dataFolder];
  all.push(...(token ? ["--connection-token", token] : ["--without-connection-token"]));
  all.push("--accept-server-license-terms", "--telemetry-level", "off", "--disable-workspace-trust");
  all.push("--disable-getting-started-override", ...args);
  // Without a gallery nothing asks for one. Sockets and caches go where the data is, and go with it.
  const own = { EXTENSIONS_GALLERY: "{}", HOME: dataFolder, TMPDIR: dataFolder, XDG_RUNTIME_DIR: dataFolder };
  const server = spawn(findServerNode(), [serverMain, ...all], {
    env: { ...cleanEnvironment(), ...own, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  // A group of its own does not get this terminal's Ctrl+C. Before others clean up what the server would write again.
  process.prependOnceListener("exit", () => signal(server, "SIGKILL"));
  return { url: await serving(server), stop: () => stop(server) };
}

/** The URL that the server prints when it is ready. */
function serving(server) {
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The VS Code server ${why}:\n${output}`));
    const patience = setTimeout(() => fail("did not start in 60 s"), 60_000);
    const read = (chunk) => {
      output += chunk;
      const port = /Web UI available at http:\/\/localhost:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(patience);
      resolve(`http://127.0.0.1:${port}/`);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("exit", (code) => {
      clearTimeout(patience);
      fail(`ended with code ${code}`);
    });
  });
}

/** The address of a window on `folder`. `payload` are VS Code's window options, as in `code --openFile=...`. */
export function windowUrl(server, folder, payload, token) {
  const url = new URL(server);
  if (token) url.searchParams.set("tkn", token);
  url.searchParams.set("folder", folder);
  const options = [...payload, ["skipWelcome", "true"], ["skipReleaseNotes", "true"]];
  url.searchParams.set("payload", JSON.stringify(options));
  return url.href;
}

/** How a window of the server at `url` names a path of the server's disk. */
export function remotePath(url, path) {
  return `vscode-remote://${new URL(url).host}${path}`;
}
