import type { Connection } from "vscode-languageserver";
import {
  mergeSettings,
  RULE_IDS,
  readSettingsFile,
  SETTING_NAMES,
  SETTINGS_FILE,
  type Settings,
} from "../core/index.ts";
import type { ClientFeatures } from "./capabilities.ts";
import { jsonDiagnostic, LineIndex } from "./convert.ts";
import { FilesBeside, type FileText } from "./files-beside.ts";
import type { Host } from "./host.ts";
import { problemsOfNamedExports } from "./named-exports.ts";
import { uriKey } from "./uri.ts";

/** The settings of exports: those of the editor, and over them those of the file beside the export. Tells what is wrong in it. */
export class SettingsSource extends FilesBeside {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #client: ClientFeatures;
  readonly #ofEditor = new Map<string, Promise<Partial<Settings>>>();
  /** The last reading of each settings file, by key: only that one may tell what it finds. */
  readonly #readings = new Map<string, object>();

  constructor(connection: Connection, host: Host, client: ClientFeatures) {
    super(SETTINGS_FILE, connection, host);
    this.#connection = connection;
    this.#host = host;
    this.#client = client;
  }

  async of(exportUri: string): Promise<Settings> {
    const ofEditor = await this.#settingsOfEditor(exportUri);
    const file = await this.fileBeside(exportUri);
    return file === undefined ? mergeSettings(ofEditor) : mergeSettings(ofEditor, await this.read(file));
  }

  configurationChanged(): void {
    this.#ofEditor.clear();
  }

  protected override async read({ uri, text = "" }: FileText): Promise<Partial<Settings>> {
    const { settings, problems } = readSettingsFile(text, RULE_IDS);
    const reading = {};
    this.#readings.set(uriKey(uri), reading);
    const ofNames = await problemsOfNamedExports(this.#host, uri, text, settings.checkedTogether);
    if (this.#readings.get(uriKey(uri)) !== reading) return settings;
    const lines = new LineIndex(text);
    this.tell(
      uri,
      [...problems, ...ofNames].map((problem) => jsonDiagnostic(lines, problem, this.#client)),
    );
    return settings;
  }

  protected override forgotten(key: string): void {
    this.#readings.delete(key);
  }

  #settingsOfEditor(uri: string): Promise<Partial<Settings>> {
    if (!this.#client.configuration) return Promise.resolve({});
    let settings = this.#ofEditor.get(uri);
    if (settings === undefined) {
      settings = this.#connection.workspace.getConfiguration({ scopeUri: uri, section: "syncready" }).then(
        (answer) => this.#readEditorSettings(answer),
        (error: Error) => {
          this.#connection.console.error(`The settings of the editor could not be read: ${error.message}`);
          return {};
        },
      );
      this.#ofEditor.set(uri, settings);
    }
    return settings;
  }

  /** The editor's settings are read like a settings file, so that no wrong value gets any further. */
  #readEditorSettings(answer: unknown): Partial<Settings> {
    if (typeof answer !== "object" || answer === null) return {};
    const given = Object.entries(answer).filter(([name, value]) => {
      // VS Code sends the default of every setting, and an empty domain is the default of one.
      return SETTING_NAMES.includes(name) && value !== null && value !== "";
    });
    const text = JSON.stringify(Object.fromEntries(given));
    const { settings, problems } = readSettingsFile(text, RULE_IDS);
    for (const { message, span } of problems) {
      const at = text.slice(span.start, span.end);
      this.#connection.console.warn(`A setting of the editor is passed over: ${message} (${at})`);
    }
    return settings;
  }
}
