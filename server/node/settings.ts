import {
  type JsonProblem,
  mergeSettings,
  RULE_IDS,
  readSettingsFile,
  SETTINGS_FILE,
  type Settings,
} from "../core/index.ts";
import { besideExport, isMissing, problemMessages, readText } from "./json-file.ts";

export interface SettingsOfFile {
  /** The settings file; `undefined` where there is none. */
  readonly path: string | undefined;
  readonly settings: Settings;
  /** What is wrong with the settings file; the settings are those that the rest of it gives. */
  readonly problems: readonly JsonProblem[];
  /** The problems for a person: `path:line:column: what is wrong`, counting from 1. */
  readonly messages: readonly string[];
}

/** The settings in a file that was named. Throws a FileError where it cannot be read. */
export async function readSettings(path: string): Promise<SettingsOfFile> {
  const text = await readText(path);
  const { settings, problems } = readSettingsFile(text, RULE_IDS);
  return { path, settings: mergeSettings(settings), problems, messages: problemMessages(path, text, problems) };
}

/** The settings that stand beside an export, or the default ones. Throws a FileError where there is a file that cannot be read. */
export async function settingsBeside(exportPath: string): Promise<SettingsOfFile> {
  try {
    return await readSettings(besideExport(exportPath, SETTINGS_FILE));
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { path: undefined, settings: mergeSettings(), problems: [], messages: [] };
  }
}
