import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { SHOW_TEXT, type ShowTextParams } from "../server/lsp/protocol.ts";

const SCHEME = "syncready-text";

/** Shows texts of the server in editors of their own. Their query is the URI of the export that they are about. */
export function showTexts(client: LanguageClient): vscode.Disposable[] {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  };
  return [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    client.onNotification(SHOW_TEXT, async ({ title, text, uri: about = "" }: ShowTextParams) => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: title.replaceAll("/", " "), query: about });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await vscode.window.showTextDocument(uri, { preview: true });
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  ];
}
