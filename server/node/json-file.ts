import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type JsonProblem, positionAt } from "../core/index.ts";
import { decodeBytes } from "./decode.ts";
import { fileError } from "./file-error.ts";

/** The text of a file, in whatever encoding. Throws a FileError where it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return decodeBytes(await readFile(path)).text;
  } catch (error) {
    throw fileError(path, error);
  }
}

/** The path of a file of ours that stands beside an export. */
export function besideExport(exportPath: string, name: string): string {
  // What comes through a pipe stands nowhere: it is checked where the program was started.
  const folder = exportPath === "-" || exportPath === "/dev/stdin" ? "." : dirname(exportPath);
  return join(folder, name);
}

/** Whether a FileError says that there is no such file. What is wrong with the path of an export will be told of the export. */
export function isMissing(error: unknown): boolean {
  const { code } = (error as { cause?: { code?: string } }).cause ?? {};
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Problems for a person: `path:line:column: what is wrong`, counting from 1. */
export function problemMessages(path: string, text: string, problems: readonly JsonProblem[]): string[] {
  return problems.map(({ span, message }) => {
    const { line, character } = positionAt(text, span.start);
    return `${path}:${line + 1}:${character + 1}: ${message}`;
  });
}
