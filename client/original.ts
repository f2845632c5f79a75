import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { ORIGINAL, type OriginalText, type UriParams } from "../server/lsp/protocol.ts";

const SCHEME = "syncready-original";

/** An original that is still shown may be out of date. */
const changed = new vscode.EventEmitter<vscode.Uri>();

/** Shows originals as documents that cannot be edited. Their query is the URI of the export. */
export function registerOriginals(client: LanguageClient): vscode.Disposable[] {
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async ({ query }) => (await originalOf(client, query))?.text,
  };
  return [changed, vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider)];
}

export async function compareWithOriginal(client: LanguageClient, uri: vscode.Uri): Promise<void> {
  const query = client.code2ProtocolConverter.asUri(uri);
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  if ((await originalOf(client, query)) === null) {
    void vscode.window.showWarningMessage(`There is no original of ${name}.`);
    return;
  }
  const original = uri.with({ scheme: SCHEME, query });
  changed.fire(original);
  await vscode.commands.executeCommand("vscode.diff", original, uri, `${name} (original ↔ now)`);
}

function originalOf(client: LanguageClient, uri: string): Promise<OriginalText | null> {
  const params: UriParams = { uri };
  return client.sendRequest<OriginalText | null>(ORIGINAL, params);
}
