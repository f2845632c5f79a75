import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  mergeSettings,
  positionAt,
  RULES,
  readSettingsFile,
  SETTINGS_FILE,
  type Settings,
  type SettingsProblem,
} from "../core/index.ts";
import { decodeBytes } from "./decode.ts";
import { fileError } from "./file-error.ts";

export interface SettingsOfFile {
  /** The settings file; `undefined` where there is none. */
  readonly path: string | undefined;
  readonly settings: Settings;
  /** What is wrong with the settings file; the settings are those that the rest of it gives. */
  readonly problems: readonly SettingsProblem[];
  /** The problems for a person: `path:line:column: what is wrong`, counting from 1. */
  readonly messages: readonly string[];
}

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** The settings in a file that was named. Throws a FileError where it cannot be read. */
export async function readSettings(path: string): Promise<SettingsOfFile> {
  let text: string;
  try {
    ({ text } = decodeBytes(await readFile(path)));
  } catch (error) {
    throw fileError(path, error);
  }
  const { settings, problems } = readSettingsFile(text, RULE_IDS);
  const messages = problems.map(({ span, message }) => {
    const { line, character } = positionAt(text, span.start);
    return `${path}:${line + 1}:${character + 1}: ${message}`;
  });
  return { path, settings: mergeSettings(settings), problems, messages };
}

/** The settings that stand beside an export, or the default ones. Throws a FileError where there is a file that cannot be read. */
export async function settingsBeside(exportPath: string): Promise<SettingsOfFile> {
  // What comes through a pipe stands nowhere: it is checked where the program was started.
  const folder = exportPath === "-" || exportPath === "/dev/stdin" ? "." : dirname(exportPath);
  const path = join(folder, SETTINGS_FILE);
  try {
    return await readSettings(path);
  } catch (error) {
    const { code } = (error as { cause?: { code?: string } }).cause ?? {};
    // What is wrong with the path of the export will be told of the export.
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    return { path: undefined, settings: mergeSettings(), problems: [], messages: [] };
  }
}
