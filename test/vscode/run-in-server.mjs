// Runs the suite in the extension host of a VS Code window in Chromium, and takes the pictures that the suite asks for.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { launchChromium } from "./chromium.mjs";
import { answerScreenshots } from "./screenshots.mjs";
import { installVsix, remotePath, startServer, windowUrl } from "./server.mjs";

const patience = 300_000;

/** What VS Code's window calls when it is told to run tests: they must be there before the page is. */
async function exposeTestRunner(page, log) {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  await page.exposeFunction("codeAutomationLog", (_type, args) => void log.push(format(...args)));
  await page.exposeFunction("codeAutomationExit", (code) => resolve(code));
  page.once("crash", () => resolve("none: the page crashed"));
  page.once("close", () => resolve("none: Chromium ended"));
  setTimeout(() => resolve(`none after ${patience / 1000} s`), patience).unref();
  // In an object, or the caller's await would wait for the end of the suite.
  return { ended: promise };
}

/** Runs the suite and answers everything that the window and the extension host logged. */
export async function runInServer({ vsixes, host, workspace, temporary, out, environment }) {
  const dataFolder = join(temporary, "data");
  const pictures = { requests: join(temporary, "pictures"), folder: join(out, "screenshots") };
  for (const folder of [dataFolder, ...Object.values(pictures)]) mkdirSync(folder, { recursive: true });
  for (const vsix of vsixes) installVsix(dataFolder, vsix);
  const browser = await launchChromium();
  const server = await startServer({
    dataFolder,
    // Without this flag a built VS Code ignores extensionTestsPath, and says nothing.
    args: ["--enable-smoke-test-driver"],
    environment: { ...environment, SYNCREADY_PICTURES: pictures.requests },
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const log = [];
    page.on("pageerror", (error) => log.push(`[page] ${error.message}`));
    const { ended } = await exposeTestRunner(page, log);
    const stopAnswering = answerScreenshots(page, pictures);
    const payload = [
      ["extensionDevelopmentPath", remotePath(server.url, host)],
      ["extensionTestsPath", remotePath(server.url, join(host, "index.js"))],
    ];
    await page.goto(windowUrl(server.url, workspace, payload));
    const code = await ended;
    stopAnswering();
    if (code !== 0) await page.screenshot({ path: join(pictures.folder, "failure.png") }).catch(() => undefined);
    return `${log.join("\n")}\n[vscode] exit code ${code}\n`;
  } finally {
    await browser.close();
    await server.stop();
  }
}
