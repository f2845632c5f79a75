// The language server as a program of node: `--stdio` for any editor, `--node-ipc` for VS Code.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "vscode-languageserver";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import {
  type CheckProgress,
  checkInWorker,
  type DiskFindings,
  decodeBytes,
  exportPaths,
  LdifPieceScanner,
  proveModifyFiles,
  writeFilesSafely,
} from "../node/index.ts";
import { messageEncoder } from "./encoder.ts";
import type { Host, Storage } from "./host.ts";
import { startServer } from "./server.ts";
import { isFile } from "./uri.ts";

/** More than these nobody reads in a list, and every one of them is kept by the editor. */
const MOST_DISK_FINDINGS = 50_000;

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
  pieceScanner: (checker, { kind }) => (kind === "ldif" ? new LdifPieceScanner(checker) : undefined),
  async exportsAt(uri, signal) {
    const path = URI.parse(uri).fsPath;
    const { paths, failures } = await exportPaths(path, signal);
    const uris = paths.map((one) => (one === path ? uri : URI.file(one).toString()));
    return { uris, failures: failures.map(({ message }) => message) };
  },
  async checkFromDisk(folders, mostOfFile, listener, signal) {
    // Under the spelling that the client knows.
    const uris = new Map(folders.flatMap((folder) => folder.uris.map((uri) => [URI.parse(uri).fsPath, uri])));
    const uriOf = (path: string) => uris.get(path) ?? URI.file(path).toString();
    const job = {
      folders: folders.map(({ uris, settings, baseline }) => {
        return { paths: uris.map((uri) => URI.parse(uri).fsPath), settings, accepted: baseline.rows };
      }),
      mostOfFile,
      mostInAll: MOST_DISK_FINDINGS,
    };
    const own = {
      progress: ({ path, ...progress }: CheckProgress) => listener.progress({ ...progress, uri: uriOf(path) }),
      findings: (files: readonly DiskFindings[]) => {
        for (const { path, findings, count } of files) {
          const shown = findings.map((finding) => {
            const related = finding.related.map(({ file, ...other }) => ({ ...other, file: uriOf(file) }));
            return { ...finding, related };
          });
          listener.found(uriOf(path), shown, count);
        }
      },
    };
    return checkInWorker(join(__dirname, "check-worker.js"), job, own, signal);
  },
  hash: hashOf,
  localOffset: (milliseconds) => -new Date(milliseconds).getTimezoneOffset(),
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
