// Where things lie.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** Exports, reports and results; not kept in the repository. */
export const folder = join(root, "out/bench");
/** The programs that are measured. */
export const cli = join(root, "dist/cli.js");
export const server = join(root, "dist/server.js");
