// Starts Chromium: the system's, else the one in the npm package @sparticuz/chromium. No root, no download.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MissingComponent } from "../missing.mjs";
import { findSystemChromium } from "./install.mjs";

const remedy = "apt-get install chromium   (or CHROMIUM_PATH=/path/to/chrome npm test)";

/** The system's fonts, and the package's: this Chromium crashes where it finds none. */
function writeFontConfiguration(folder) {
  const file = join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts/fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`,
  );
  return file;
}

async function unpackedChromium() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new MissingComponent("Chromium is not installed, and the npm package holds one for linux-x64 only", remedy);
  // The package unpacks into the temporary folder, and asks for its place when it is loaded.
  const folder = join(dirname(fileURLToPath(import.meta.url)), "node_modules/.chromium");
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const path = await chromium.executablePath();
  // It brings NSS, NSPR and Expat too, for machines that lack them, but unpacks them by itself on one cloud's machines only.
  await inflate(join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../bin/al2023.tar.br"));
  process.env.LD_LIBRARY_PATH = join(folder, "al2023/lib");
  process.env.FONTCONFIG_FILE = writeFontConfiguration(folder);
  return path;
}

/** A headless browser, started. */
export async function launchChromium() {
  const { chromium } = await import("playwright-core");
  const temporary = process.env.TMPDIR;
  const executablePath = findSystemChromium() ?? (await unpackedChromium());
  try {
    return await chromium.launch({
      executablePath,
      // Chromium refuses to sandbox root, and containers with a small /dev/shm.
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
    });
  } catch (error) {
    throw new MissingComponent(`Chromium (${executablePath}) does not start`, remedy, error.message);
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}
