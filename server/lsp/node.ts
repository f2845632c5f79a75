// The language server as a program of node: `--stdio` for any editor, `--node-ipc` for VS Code.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "vscode-languageserver";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { decodeBytes, proveModifyFiles, writeFilesSafely } from "../node/index.ts";
import { messageEncoder } from "./encoder.ts";
import type { Host, Storage } from "./host.ts";
import { startServer } from "./server.ts";
import { isFile } from "./uri.ts";

const host: Host = {
  async readFile(uri) {
    if (!isFile(uri)) return undefined;
    try {
      const bytes = await readFile(URI.parse(uri).fsPath);
      const { text, encoding, guessed, byteOrderMark } = decodeBytes(bytes);
      const isCertain = !guessed && (byteOrderMark || encoding === "utf-8") && !text.includes("\ufffd");
      return { text, hash: hashOf(bytes), isCertain };
    } catch {
      return undefined;
    }
  },
  async fileState(uri) {
    if (!isFile(uri)) return undefined;
    try {
      const stats = await stat(URI.parse(uri).fsPath);
      return stats.isFile() ? { stamp: `${stats.mtimeMs} ${stats.size}`, size: stats.size } : undefined;
    } catch {
      return undefined;
    }
  },
  async writeFiles(files, options) {
    const toWrite = files.map(({ uri, text }) => ({ path: URI.parse(uri).fsPath, content: text }));
    const result = await writeFilesSafely(toWrite, options);
    if (result.written || result.existing === undefined) return result;
    return { ...result, existing: URI.file(result.existing).toString() };
  },
  proveModifyFiles,
  hash: hashOf,
  storage: storageIn,
};

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function storageIn(folder: string): Storage {
  return {
    async read(name) {
      try {
        return await readFile(join(folder, name), "utf8");
      } catch (error) {
        if (["ENOENT", "ENOTDIR"].includes((error as { code?: string }).code ?? "")) return undefined;
        throw error;
      }
    },
    async write(name, text) {
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `${name}.${randomBytes(4).toString("hex")}.tmp`);
      try {
        await writeFile(temporary, text, { flush: true });
        await rename(temporary, join(folder, name));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

// A mistake of ours must not take the server down while somebody works with it.
process.on("uncaughtException", (error) => console.error(error));
process.on("unhandledRejection", (reason) => console.error(reason));

startServer(process.argv.includes("--stdio") ? stdioConnection() : createConnection(), host);

/** What `--stdio` gives, with an encoder of our own. Nothing but messages may go to the standard output. */
function stdioConnection(): Connection {
  console.log = console.error;
  process.stdin.once("end", () => process.exit(1)).once("close", () => process.exit(1));
  const reader = new StreamMessageReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout, { contentTypeEncoder: messageEncoder() });
  return createConnection(reader, writer);
}
