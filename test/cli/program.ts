import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";

/** The bundled program, as users run it. */
export const PROGRAM = resolve("dist/cli.js");

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `syncready` with arguments and waits for its end. */
export function syncready(args: readonly string[], { cwd, input, env }: RunOptions = {}): Run {
  return runProgram(process.execPath, [PROGRAM, ...args], { cwd, input, env: { ...process.env, ...env } });
}

/** Runs a shell script in which `$NODE` and `$SYNCREADY` are the program. */
export function shell(script: string, cwd: string): Run {
  return runProgram("/bin/sh", ["-c", script], {
    cwd,
    env: { ...process.env, NODE: process.execPath, SYNCREADY: PROGRAM },
  });
}

function runProgram(file: string, args: readonly string[], options: object): Run {
  const result: SpawnSyncReturns<string> = spawnSync(file, args, {
    ...options,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  });
  if (result.error !== undefined) throw result.error;
  return result;
}

/** A new folder with files in it, which goes when the tests of the file have run. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "syncready-test-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export interface JsonLine {
  readonly type: "file" | "finding" | "baseline" | "summary";
  readonly [name: string]: unknown;
}

/** Checks files and answers the lines of the report; the program must not fail. */
export function report(folder: string, args: readonly string[], options: RunOptions = {}): JsonLine[] {
  const { stdout, stderr, status } = syncready(["check", "--format", "jsonl", ...args], { cwd: folder, ...options });
  if (status === 2 || stderr !== "") throw new Error(`exit code ${status}: ${stderr}`);
  return jsonLines(stdout).filter(({ rule }) => rule !== ATTRIBUTES_MISSING);
}

/** Small exports have few attributes, which is told once for each of them; tests of the core are about that. */
const ATTRIBUTES_MISSING = "export-attributes-missing";

export function jsonLines(stdout: string): JsonLine[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JsonLine);
}

export function findingsOf(lines: readonly JsonLine[]): JsonLine[] {
  return lines.filter(({ type }) => type === "finding");
}

export function rulesOf(lines: readonly JsonLine[]): unknown[] {
  return findingsOf(lines).map(({ rule }) => rule);
}

/** A user without findings; lines of `more` are put to it. */
export function user(name: string, ...more: readonly string[]): string {
  const lines = [
    `dn: CN=${name},OU=Users,DC=contoso,DC=com`,
    "objectClass: top",
    "objectClass: user",
    `cn: ${name}`,
    `displayName: ${name}`,
    `sAMAccountName: ${name.toLowerCase()}`,
    "userAccountControl: 512",
    `userPrincipalName: ${name.toLowerCase()}@contoso.com`,
    ...more,
  ];
  return `${lines.join("\n")}\n\n`;
}
