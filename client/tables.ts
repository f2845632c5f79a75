import { type FileHandle, open } from "node:fs/promises";
import * as vscode from "vscode";
import { FORMAT_HEAD, isPlainExport, isTableName, tableHeader } from "../server/core/formats/table.ts";
import { PLAIN_TEXT, TABLE_LANGUAGES } from "../server/lsp/protocol.ts";

/** Where exports are looked for: not in originals that are compared with, nor in what version control shows. */
export const SCHEMES: readonly string[] = ["file", "untitled", "vscode-vfs"];

/** A header ends within so many lines. */
const HEAD_LINES = 50;

/** So many bytes of a file that VS Code gives no document of are read for its header. */
const HEAD_BYTES = 2 ** 16;

/** The key of `when` clauses: the tables that are exports, by URI. */
const CONTEXT_KEY = "syncready.exports";

/**
 * The tables and plain texts that somebody looks at, and which of them are exports of a directory: most are not, and those are none of
 * our business.
 * Only their headers are looked at, when they are opened and when an edit touches them.
 */
export class Tables implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** Exports by URI: documents, and tabs of files that are too large to become documents. */
  readonly #documents = new Map<string, vscode.Uri>();
  readonly #tabs = new Map<string, vscode.Uri>();
  #looked = new Set<string>();

  /** Another table is an export, or is none any more. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const { workspace, window } = vscode;
    this.#subscriptions = [
      this.#changed,
      workspace.onDidOpenTextDocument((document) => this.#lookAt(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.some(({ range }) => range.start.line < HEAD_LINES)) this.#lookAt(document);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#note(this.#documents, uri, false)),
      window.tabGroups.onDidChangeTabs(() => this.#lookAtTabs()),
    ];
    for (const document of workspace.textDocuments) this.#lookAt(document);
    this.#lookAtTabs();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Whether this is a table that is an export, as its header is now. */
  has({ uri }: { readonly uri: vscode.Uri }): boolean {
    const key = uri.toString();
    return this.#documents.has(key) || this.#tabs.has(key);
  }

  /** Whether this is a table that is an export, in a document or as it lies on disk. */
  async isExport(uri: vscode.Uri): Promise<boolean> {
    return this.has({ uri }) || (uri.scheme === "file" && isTableName(uri.path) && isExportFile(uri));
  }

  /** Whether a document is a table and no export. */
  isOther(document: vscode.TextDocument): boolean {
    return isTable(document) && !this.has(document);
  }

  #lookAt(document: vscode.TextDocument): void {
    if (!isTable(document)) return;
    this.#note(this.#tabs, document.uri, false);
    const head = document.getText(new vscode.Range(0, 0, HEAD_LINES, 0)).slice(0, FORMAT_HEAD);
    const isExport = isNamedTable(document) ? tableHeader(head) !== undefined : isPlainExport(head);
    this.#note(this.#documents, document.uri, isExport);
  }

  /** Files whose tabs VS Code has no document of are looked at on disk, each once as long as its tab is open. */
  #lookAtTabs(): void {
    const documents = openDocuments();
    const uris = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
      .filter((uri) => uri.scheme === "file" && isTableName(uri.path) && !documents.has(uri.toString()));
    const open = new Map(uris.map((uri) => [uri.toString(), uri]));
    for (const [key, uri] of this.#tabs) if (!open.has(key)) this.#note(this.#tabs, uri, false);
    const before = this.#looked;
    this.#looked = new Set(open.keys());
    for (const [key, uri] of open) if (!before.has(key)) void this.#lookAtFile(uri);
  }

  async #lookAtFile(uri: vscode.Uri): Promise<void> {
    const isExport = await isExportFile(uri);
    const key = uri.toString();
    if (this.#looked.has(key) && !openDocuments().has(key)) this.#note(this.#tabs, uri, isExport);
  }

  #note(exports: Map<string, vscode.Uri>, uri: vscode.Uri, isExport: boolean): void {
    const key = uri.toString();
    if (exports.has(key) === isExport) return;
    if (isExport) exports.set(key, uri);
    else exports.delete(key);
    const all = [...new Map([...this.#documents, ...this.#tabs]).values()];
    void vscode.commands.executeCommand("setContext", CONTEXT_KEY, all);
    this.#changed.fire();
  }
}

function openDocuments(): ReadonlySet<string> {
  return new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
}

/** A table, or a plain text, which may be one. */
function isTable(document: vscode.TextDocument): boolean {
  const { uri, languageId } = document;
  const mayBe = isNamedTable(document) || languageId === PLAIN_TEXT;
  return mayBe && languageId !== "ldif" && SCHEMES.includes(uri.scheme);
}

function isNamedTable({ uri, languageId }: vscode.TextDocument): boolean {
  return isTableName(uri.path) || TABLE_LANGUAGES.includes(languageId);
}

/** A file that cannot be read is none. */
async function isExportFile({ fsPath }: vscode.Uri): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(fsPath);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return tableHeader(new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes)) !== undefined;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}
