import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  COMPARED_ENTRY,
  type ComparedEntry,
  type ComparedEntryParams,
  ORIGINAL,
  type OriginalText,
  type UriParams,
} from "../server/lsp/protocol.ts";

const SCHEME = "syncready-original";

/** An original that is still shown may be out of date. */
const changed = new vscode.EventEmitter<vscode.Uri>();

/** Entries that are compared, by URI, as long as they are shown. */
const entries = new Map<string, string>();

/** Shows originals as documents that cannot be edited. Their query is the URI of the export, and entries have a fragment. */
export function registerOriginals(client: LanguageClient): vscode.Disposable[] {
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) =>
      uri.fragment === "" ? (await originalOf(client, uri.query))?.text : entries.get(uri.toString()),
  };
  return [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => entries.delete(uri.toString())),
  ];
}

export async function compareWithOriginal(client: LanguageClient, uri: vscode.Uri): Promise<void> {
  const query = client.code2ProtocolConverter.asUri(uri);
  const name = nameOf(uri);
  if ((await originalOf(client, query)) === null) {
    tellNoOriginal(name);
    return;
  }
  const original = uri.with({ scheme: SCHEME, query });
  changed.fire(original);
  await vscode.commands.executeCommand("vscode.diff", original, uri, `${name} (original ↔ now)`);
}

/** Compares the entry at the cursor, each of its states in a document of its own: the rows of tables are laid out for that. */
export async function compareEntryWithOriginal(client: LanguageClient, uri: vscode.Uri): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document.uri.toString() === uri.toString());
  if (editor === undefined) {
    void vscode.window.showWarningMessage("Put the cursor into an entry of an open export first.");
    return;
  }
  const query = client.code2ProtocolConverter.asUri(uri);
  const { line, character } = editor.selection.active;
  const params: ComparedEntryParams = { uri: query, position: { line, character } };
  const compared = await client.sendRequest<ComparedEntry | null>(COMPARED_ENTRY, params);
  if (compared === null) {
    tellNoOriginal(nameOf(uri));
    return;
  }
  const { dn, original, now } = compared;
  if (dn === undefined) void vscode.window.showWarningMessage("There is no entry at the cursor.");
  else if (original === now) void vscode.window.showInformationMessage(`${dn} is as it was.`);
  else await showEntries(query, compared, dn);
}

async function showEntries(query: string, { original, now }: ComparedEntry, dn: string): Promise<void> {
  const document = (fragment: string, text: string) => {
    // The name ends as those of LDIF files do, so that it is coloured like one.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${dn.replaceAll("/", " ")}.ldif`, query, fragment });
    entries.set(uri.toString(), text);
    changed.fire(uri);
    return uri;
  };
  const title = original === "" ? `${dn} (added)` : `${dn} (original ↔ now)`;
  await vscode.commands.executeCommand("vscode.diff", document("original", original), document("now", now), title);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function tellNoOriginal(name: string): void {
  void vscode.window.showWarningMessage(`There is no original of ${name}.`);
}

function originalOf(client: LanguageClient, uri: string): Promise<OriginalText | null> {
  const params: UriParams = { uri };
  return client.sendRequest<OriginalText | null>(ORIGINAL, params);
}
