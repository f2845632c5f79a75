import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { COMMANDS, type InitializationOptions } from "../server/lsp/protocol.ts";
import { registerDiskChecks } from "./check-from-disk.ts";
import { registerCommands } from "./commands.ts";
import { registerOriginals } from "./original.ts";
import { showRulePages } from "./rule-page.ts";
import { showStatus } from "./status.ts";
import { showTexts } from "./text.ts";

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const module = context.asAbsolutePath("dist/server.js");
  const initializationOptions: InitializationOptions = {
    storageFolder: vscode.Uri.joinPath(context.globalStorageUri, "originals").fsPath,
    ownCommands: true,
    typesNewValues: true,
    changesSeverities: true,
    givesReasons: true,
    opensRulePages: true,
    showsText: true,
    checksFromDisk: true,
    showsStatus: true,
  };
  client = new LanguageClient(
    "syncready",
    "Syncready",
    { module, transport: TransportKind.ipc },
    {
      // Not the originals that are compared with, nor what version control shows.
      documentSelector: ["file", "untitled", "vscode-vfs"].flatMap((scheme) => [
        { scheme, language: "ldif" },
        { scheme, pattern: "**/{.syncready,.syncready-baseline}.json" },
      ]),
      initializationOptions,
      // Hovers link to the pages of rules.
      markdown: { isTrusted: { enabledCommands: [COMMANDS.openRulePage] } },
    },
  );
  context.subscriptions.push(
    ...registerCommands(client),
    ...registerDiskChecks(client),
    ...registerOriginals(client),
    ...showRulePages(client),
    ...showStatus(client),
    ...showTexts(client),
  );
  // The commands wait for the server; nothing else has to.
  void client.start();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}
