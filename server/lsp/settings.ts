import type { Connection } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { mergeSettings, RULES, readSettingsFile, SETTING_NAMES, SETTINGS_FILE, type Settings } from "../core/index.ts";
import type { ClientFeatures } from "./capabilities.ts";
import { LineIndex, settingsDiagnostic } from "./convert.ts";
import type { Host } from "./host.ts";
import { beside, uriKey } from "./uri.ts";

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** A settings file as it stands: in the editor where it is open there, on disk otherwise. */
export interface SettingsText {
  readonly uri: string;
  /** `undefined` where there is no such file. */
  readonly text: string | undefined;
  /** The version of the open document. */
  readonly version: number | null;
}

export function isSettingsFile(uri: string): boolean {
  return beside(uri, SETTINGS_FILE) === uriKey(uri);
}

/** The settings of exports: those of the editor, and over them those of the file beside the export. Tells what is wrong in it. */
export class SettingsSource {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #client: ClientFeatures;
  readonly #open = new Map<string, TextDocument>();
  readonly #ofEditor = new Map<string, Promise<Partial<Settings>>>();
  /** The settings files about which something has been told, by key, with the URI under which it was. */
  readonly #told = new Map<string, string>();

  constructor(connection: Connection, host: Host, client: ClientFeatures) {
    this.#connection = connection;
    this.#host = host;
    this.#client = client;
  }

  async of(exportUri: string): Promise<Settings> {
    const ofEditor = await this.#settingsOfEditor(exportUri);
    const file = await this.fileBeside(exportUri);
    return file === undefined ? mergeSettings(ofEditor) : mergeSettings(ofEditor, this.#read(file));
  }

  /** The settings file that belongs to an export, whether it exists or not; `undefined` where none can. */
  async fileBeside(exportUri: string): Promise<SettingsText | undefined> {
    const uri = beside(exportUri, SETTINGS_FILE);
    return uri === undefined ? undefined : this.#file(uri);
  }

  /** A settings file has been opened or changed in the editor. */
  async changed(document: TextDocument): Promise<void> {
    this.#open.set(uriKey(document.uri), document);
    this.#read(await this.#file(document.uri));
  }

  /** A settings file has been closed. What is wrong in it stays told as long as an export needs it. */
  async closed({ uri }: TextDocument, isNeeded: boolean): Promise<void> {
    this.#open.delete(uriKey(uri));
    if (isNeeded) this.#read(await this.#file(uri));
    else this.forget(uri);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uriKey(uri));
  }

  /** No export needs a settings file any more. */
  forget(uri: string): void {
    const told = this.#told.get(uriKey(uri));
    if (told === undefined || this.isOpen(uri)) return;
    this.#told.delete(uriKey(uri));
    this.#send(told, []);
  }

  configurationChanged(): void {
    this.#ofEditor.clear();
  }

  async #file(uri: string): Promise<SettingsText> {
    const document = this.#open.get(uriKey(uri));
    if (document !== undefined) return { uri: document.uri, text: document.getText(), version: document.version };
    const onDisk = await this.#host.readFile(uri);
    return { uri, text: onDisk?.text, version: null };
  }

  #read({ uri, text = "" }: SettingsText): Partial<Settings> {
    const { settings, problems } = readSettingsFile(text, RULE_IDS);
    const lines = new LineIndex(text);
    this.#tell(
      uri,
      problems.map((problem) => settingsDiagnostic(lines, problem)),
    );
    return settings;
  }

  #tell(uri: string, diagnostics: ReturnType<typeof settingsDiagnostic>[]): void {
    const before = this.#told.get(uriKey(uri));
    if (diagnostics.length === 0 && before === undefined) return;
    if (before !== undefined && before !== uri) this.#send(before, []);
    if (diagnostics.length === 0) this.#told.delete(uriKey(uri));
    else this.#told.set(uriKey(uri), uri);
    this.#send(uri, diagnostics);
  }

  #send(uri: string, diagnostics: ReturnType<typeof settingsDiagnostic>[]): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics });
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
