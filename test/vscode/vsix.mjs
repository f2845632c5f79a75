// dist/syncready.vsix, made new only when something that goes into it has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const vsix = join(root, "dist/syncready.vsix");
const stamp = join(root, "out/vsix.sha256");

async function contentHash() {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const hash = createHash("sha256");
  for (const file of files.filter((name) => !name.endsWith(".vsix")).sort())
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Packages what is in dist/ now and answers the path of the .vsix. Throws with vsce's output when it refuses. */
export async function packageVsix() {
  const before = await contentHash();
  if (existsSync(vsix) && existsSync(stamp) && readFileSync(stamp, "utf8") === before) return vsix;
  const run = spawnSync("npm", ["run", "--silent", "package"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error(`npm run package failed:\n${run.stdout}\n${run.stderr}`);
  mkdirSync(dirname(stamp), { recursive: true });
  // Packaging runs the production build again; what it packed is what is there now.
  writeFileSync(stamp, await contentHash());
  return vsix;
}

/** The production build, then `packageVsix`. */
export async function buildVsix() {
  const run = spawnSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`The build failed:\n${run.stderr}`);
  return packageVsix();
}

/** Packages the extension in a folder that stands for one of somebody else, and answers the path of the .vsix. */
export async function packageOther(folder, packagePath) {
  const options = { allowMissingRepository: true, skipLicense: true, dependencies: false };
  await createVSIX({ cwd: folder, packagePath, ...options });
  return packagePath;
}
