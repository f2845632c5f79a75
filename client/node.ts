import * as vscode from "vscode";
import type { RunningClient } from "./running-client.ts";
import { Tables } from "./tables.ts";

let running: Promise<RunningClient> | undefined;

/**
 * Waits until there is an export: VS Code activates extensions for whole languages, and most tables and plain texts are no exports. Until
 * then nothing is loaded but what tells exports from others.
 */
export function activate(context: vscode.ExtensionContext): void {
  const tables = new Tables();
  const isExport = (document: vscode.TextDocument) => document.languageId === "ldif" || tables.has(document);
  const placeholders: vscode.Disposable[] = [];
  const start = async () => {
    running ??= import("./running-client.ts").then(({ RunningClient }) => {
      for (const waiting of placeholders) waiting.dispose();
      return new RunningClient(context, tables);
    });
    await running;
  };
  const startForExports = () => {
    if (running === undefined && vscode.workspace.textDocuments.some(isExport)) void start();
  };
  const { commands } = context.extension.packageJSON.contributes as Contributions;
  for (const { command } of commands) {
    const run = async (...args: unknown[]) => {
      await start();
      return vscode.commands.executeCommand(command, ...args);
    };
    placeholders.push(vscode.commands.registerCommand(command, run));
  }
  context.subscriptions.push(
    tables,
    tables.onDidChange(startForExports),
    vscode.workspace.onDidOpenTextDocument(startForExports),
    { dispose: () => placeholders.map((waiting) => waiting.dispose()) },
  );
  startForExports();
}

export async function deactivate(): Promise<void> {
  await (await running)?.dispose();
}

interface Contributions {
  readonly commands: readonly { readonly command: string }[];
}
