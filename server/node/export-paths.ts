import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { formatOf, isLdifName, isTableName } from "../core/index.ts";
import { decodeBytes } from "./decode.ts";
import { FileError, fileError } from "./file-error.ts";

export interface ExportPaths {
  /** In the order of their names, those of a folder before those of its sub-folders. */
  readonly paths: readonly string[];
  /** Folders that could not be read. */
  readonly failures: readonly FileError[];
}

/**
 * The exports that a path names: itself, or, where it is a folder, all `*.ldf` and `*.ldif` in it and in its sub-folders, and those
 * tables (`*.csv`, `*.tsv`) whose header is that of a directory's export. As linters do, it leaves out `node_modules` and folders whose names begin with a dot, and follows no link to a folder. Rejects with
 * the signal's reason.
 */
export async function exportPaths(path: string, signal?: AbortSignal): Promise<ExportPaths> {
  if (!(await isFolder(path))) return { paths: [path], failures: [] };
  const paths: string[] = [];
  const failures: FileError[] = [];
  const folders = [path];
  for (const folder of folders) {
    signal?.throwIfAborted();
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      entries.sort(({ name: one }, { name: other }) => (one < other ? -1 : one > other ? 1 : 0));
      for (const entry of entries) {
        if (entry.isDirectory()) {
          if (!isLeftOut(entry.name)) folders.push(join(folder, entry.name));
        } else if (await isExport(folder, entry)) paths.push(join(folder, entry.name));
      }
    } catch (error) {
      failures.push(fileError(folder, error));
    }
  }
  if (paths.length === 0 && failures.length === 0) {
    failures.push(
      new FileError(path, "there is no export (*.ldf, *.ldif, or *.csv with a header of attributes) in this folder"),
    );
  }
  return { paths, failures };
}

function isLeftOut(folder: string): boolean {
  return folder.startsWith(".") || folder === "node_modules";
}

async function isExport(folder: string, entry: Dirent): Promise<boolean> {
  const isTable = isTableName(entry.name);
  if (!isTable && !isLdifName(entry.name)) return false;
  const path = join(folder, entry.name);
  // A link that leads nowhere is told when it is to be read; a device or a pipe would be waited for.
  if (entry.isSymbolicLink() ? await isFolder(path) : !entry.isFile()) return false;
  return !isTable || (await isDirectoryTable(path));
}

/** Whether the header of a table is that of an export. One that cannot be read is told when it is to be read. */
async function isDirectoryTable(path: string): Promise<boolean> {
  let file: Awaited<ReturnType<typeof open>> | undefined;
  try {
    file = await open(path, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_HEADER_BYTES), 0, MOST_HEADER_BYTES, 0);
    return formatOf(path, decodeBytes(buffer.subarray(0, bytesRead)).text) !== undefined;
  } catch {
    return true;
  } finally {
    await file?.close();
  }
}

/** A header of several hundred columns takes a tenth of it. */
const MOST_HEADER_BYTES = 2 ** 17;

async function isFolder(path: string): Promise<boolean> {
  if (path === "-") return false;
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
