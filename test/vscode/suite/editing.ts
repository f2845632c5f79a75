import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { until } from "./until.ts";

/** The absolute path of a file of the workspace, which is a copy of samples/ with fixtures/ in it. */
export function workspacePath(name: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder, "the window has a workspace folder");
  return join(folder.uri.fsPath, name);
}

/** Opens an export in the editor. */
export async function openExport(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(workspacePath(name)), { preview: false });
}

/** The id of the rule that a diagnostic reports. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return typeof code === "object" ? String(code.value) : String(code);
}

/** Our diagnostics of a file, in the order of the text. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "syncready")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** A diagnostic as one line, "rule-id 3:10-3:20 text", which a test can compare as a whole. Lines and columns count from 1. */
export function describe(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): string {
  const place = ({ line, character }: vscode.Position) => `${line + 1}:${character + 1}`;
  const { range } = diagnostic;
  return `${ruleOf(diagnostic)} ${place(range.start)}-${place(range.end)} ${document.getText(range)}`;
}

/** Waits until exactly these diagnostics are shown; the error of a timeout says which ones there are instead. */
export async function untilDiagnostics(document: vscode.TextDocument, expected: readonly string[]): Promise<void> {
  const actual = () => diagnosticsOf(document.uri).map((diagnostic) => describe(document, diagnostic));
  const same = () => JSON.stringify(actual()) === JSON.stringify(expected);
  await until("the diagnostics", same).catch(() => assert.deepEqual(actual(), expected));
}

/** The quick fixes at a place, by title. Asks until there is one: the server may still be reading. */
export async function quickFixesAt(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return until(`a quick fix at line ${range.start.line + 1}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      // Actions whose edit is computed late come with it.
      20,
    );
    return actions.length > 0 && actions;
  });
}

/** Does what choosing the action in the menu does. */
export async function applyAction(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert(await vscode.workspace.applyEdit(action.edit), `"${action.title}" applied`);
  const { command } = action;
  if (command) await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}
