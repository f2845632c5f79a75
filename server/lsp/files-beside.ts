import type { Connection, Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Host } from "./host.ts";
import { beside, uriKey } from "./uri.ts";

/** A file as it stands: in the editor where it is open there, on disk otherwise. */
export interface FileText {
  readonly uri: string;
  /** `undefined` where there is no such file. */
  readonly text: string | undefined;
  /** The version of the open document. */
  readonly version: number | null;
}

/** The files of one name that stand beside exports and say how these are checked. Tells what is wrong in them. */
export abstract class FilesBeside {
  readonly #name: string;
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #open = new Map<string, TextDocument>();
  /** The files about which something has been told, by key: under which URI, and what, as JSON. */
  readonly #told = new Map<string, { readonly uri: string; readonly json: string }>();

  constructor(name: string, connection: Connection, host: Host) {
    this.#name = name;
    this.#connection = connection;
    this.#host = host;
  }

  /** Whether a URI is that of a file of this name. */
  isOne(uri: string): boolean {
    return beside(uri, this.#name) === uriKey(uri);
  }

  /** The URI of the file that belongs to an export, whether it exists or not; `undefined` where none can. */
  uriBeside(exportUri: string): string | undefined {
    return beside(exportUri, this.#name);
  }

  /** The file that belongs to an export, whether it exists or not; `undefined` where none can. */
  async fileBeside(exportUri: string): Promise<FileText | undefined> {
    const uri = this.uriBeside(exportUri);
    return uri === undefined ? undefined : this.#file(uri);
  }

  /** A file has been opened or changed in the editor. */
  async changed(document: TextDocument): Promise<void> {
    this.#open.set(uriKey(document.uri), document);
    await this.read(await this.#file(document.uri));
  }

  /** A file has been closed. What is wrong in it stays told as long as an export needs it. */
  async closed({ uri }: TextDocument, isNeeded: boolean): Promise<void> {
    this.#open.delete(uriKey(uri));
    if (isNeeded) await this.read(await this.#file(uri));
    else this.forget(uri);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uriKey(uri));
  }

  /** No export needs a file any more. */
  forget(uri: string): void {
    if (this.isOpen(uri)) return;
    this.forgotten(uriKey(uri));
    const told = this.#told.get(uriKey(uri));
    if (told === undefined) return;
    this.#told.delete(uriKey(uri));
    this.#send(told.uri, []);
  }

  /** Reads a file and tells what is wrong in it. */
  protected abstract read(file: FileText): Promise<unknown>;

  /** Nothing that is known of the file with this key is needed any more. */
  protected abstract forgotten(key: string): void;

  /** Tells what is wrong in a file, in place of what was told before. */
  protected tell(uri: string, diagnostics: Diagnostic[]): void {
    const before = this.#told.get(uriKey(uri));
    if (diagnostics.length === 0 && before === undefined) return;
    const json = JSON.stringify(diagnostics);
    if (before?.uri === uri && before.json === json) return;
    if (before !== undefined && before.uri !== uri) this.#send(before.uri, []);
    if (diagnostics.length === 0) this.#told.delete(uriKey(uri));
    else this.#told.set(uriKey(uri), { uri, json });
    this.#send(uri, diagnostics);
  }

  async #file(uri: string): Promise<FileText> {
    const document = this.#open.get(uriKey(uri));
    if (document !== undefined) return { uri: document.uri, text: document.getText(), version: document.version };
    const onDisk = await this.#host.readFile(uri);
    return { uri, text: onDisk?.text, version: null };
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    void this.#connection.sendDiagnostics({ uri, diagnostics });
  }
}
