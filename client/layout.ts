import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, type Middleware } from "vscode-languageclient/node";
import { COMMANDS } from "../server/lsp/protocol.ts";

/** The commands that lay out lines and values; they are about the editor's selection. */
export function registerLayout(client: LanguageClient): vscode.Disposable[] {
  const { code2ProtocolConverter } = client;
  const register = (command: string, placeIn: (editor: vscode.TextEditor) => unknown) =>
    vscode.commands.registerCommand(command, async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.languageId !== "ldif") {
        void vscode.window.showWarningMessage("Open an export in LDIF first.");
        return undefined;
      }
      const uri = code2ProtocolConverter.asUri(editor.document.uri);
      const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
        command,
        arguments: [uri, placeIn(editor)],
      });
      return answer;
    });
  const selection = (editor: vscode.TextEditor) => code2ProtocolConverter.asRange(editor.selection);
  return [
    register(COMMANDS.foldLines, selection),
    register(COMMANDS.unfoldLines, selection),
    register(COMMANDS.convertValue, (editor) => code2ProtocolConverter.asPosition(editor.selection.active)),
  ];
}

/** Hints are asked for only where the settings want them. */
export const hintsAsSet: NonNullable<Middleware["provideInlayHints"]> = (document, range, token, next) =>
  vscode.workspace.getConfiguration("syncready", document).get<boolean>("inlayHints.base64", true)
    ? next(document, range, token)
    : undefined;
