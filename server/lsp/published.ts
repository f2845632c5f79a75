import type { Connection, Diagnostic } from "vscode-languageserver";
import { uriKey } from "./uri.ts";

/** The diagnostics of each file are those of its check and those of an import; a client takes only all of them together. */
export class PublishedDiagnostics {
  readonly #connection: Pick<Connection, "sendDiagnostics">;
  readonly #checked = new Map<string, readonly Diagnostic[]>();
  readonly #results = new Map<string, readonly Diagnostic[]>();

  constructor(connection: Pick<Connection, "sendDiagnostics">) {
    this.#connection = connection;
  }

  /** What the check of a file has found. */
  checked(uri: string, diagnostics: Diagnostic[], version?: number): void {
    put(this.#checked, uri, diagnostics);
    this.#publish(uri, version);
  }

  /** What has become of its records in an import. */
  results(uri: string, diagnostics: readonly Diagnostic[]): void {
    put(this.#results, uri, diagnostics);
    this.#publish(uri);
  }

  #publish(uri: string, version?: number): void {
    const key = uriKey(uri);
    const diagnostics = [...(this.#results.get(key) ?? []), ...(this.#checked.get(key) ?? [])];
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }
}

function put(lists: Map<string, readonly Diagnostic[]>, uri: string, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) lists.delete(uriKey(uri));
  else lists.set(uriKey(uri), diagnostics);
}
