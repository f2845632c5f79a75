// Opens samples/ in VS Code in the browser, with the packaged extension installed. Runs until Ctrl+C.
//   npm start [-- --port 8080]
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { MissingComponent } from "../missing.mjs";
import { install } from "./install.mjs";
import { installVsix, remotePath, startServer, windowUrl } from "./server.mjs";
import { buildVsix } from "./vsix.mjs";

const samples = resolve(dirname(fileURLToPath(import.meta.url)), "../../samples");
const { values: options } = parseArgs({ options: { port: { type: "string", default: "0" } } });

async function start(dataFolder) {
  install();
  console.log("[start] building and packaging the extension");
  installVsix(dataFolder, await buildVsix());
  // Whoever knows the address can run programs as this user; the token keeps others on this machine out.
  const token = randomBytes(16).toString("hex");
  const settings = { "editor.minimap.enabled": true };
  const server = await startServer({ dataFolder, port: Number(options.port), token, settings });
  const file = remotePath(server.url, join(samples, "contoso.ldf"));
  console.log(
    `\n  VS Code with the sample exports:\n\n  ${windowUrl(server.url, samples, [["openFile", file]], token)}\n`,
  );
  console.log("  Open it in a browser on this machine. Ctrl+C ends it.\n");
  return server;
}

const dataFolder = mkdtempSync(join(tmpdir(), "syncready-"));
// On every way out, also when starting fails.
process.on("exit", () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
try {
  const server = await start(dataFolder);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.stop().then(() => process.exit(0)));
} catch (error) {
  console.error(
    error instanceof MissingComponent ? `${error.what}\n${error.detail.trim()}\n${error.remedy}` : error.message,
  );
  process.exit(1);
}
