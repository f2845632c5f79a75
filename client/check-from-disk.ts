import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, WorkDoneProgress } from "vscode-languageclient/node";
import { isLdifName } from "../server/core/formats/table.ts";
import { type CheckedFromDisk, COMMANDS } from "../server/lsp/protocol.ts";
import type { Tables } from "./tables.ts";

/** The commands that check exports as they lie on disk: VS Code gives no document over 50 MB to extensions. */
export function registerDiskChecks(client: LanguageClient, tables: Tables): vscode.Disposable[] {
  /** In the explorer's menu the clicked item comes first, then all that are selected. */
  const register = (command: string, choose: () => Promise<readonly vscode.Uri[]>) =>
    vscode.commands.registerCommand(command, async (clicked: unknown, selected: unknown) => {
      const named = (Array.isArray(selected) && selected.length > 0 ? selected : [clicked]).flatMap(uriOf);
      const uris = named.length > 0 ? named : await choose();
      return uris.length === 0 ? undefined : checkFromDisk(client, command, uris);
    });
  return [
    register(COMMANDS.checkExport, () => chooseExport(tables)),
    register(COMMANDS.checkFolder, chooseFolder),
    vscode.commands.registerCommand(COMMANDS.clearChecked, () =>
      client.sendRequest(ExecuteCommandRequest.type, { command: COMMANDS.clearChecked }),
    ),
  ];
}

let checks = 0;

/** Has the server check, and shows how far it is with a button that ends it. */
function checkFromDisk(
  client: LanguageClient,
  command: string,
  uris: readonly vscode.Uri[],
): Thenable<CheckedFromDisk | undefined> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, cancellable: true }, async (progress, token) => {
    const workDoneToken = `syncready-check-${checks++}`;
    let title = "";
    let before = 0;
    const following = client.onProgress(WorkDoneProgress.type, workDoneToken, (now) => {
      if (now.kind === "begin") title = now.title;
      if (now.kind === "end") return;
      const percentage = now.percentage ?? before;
      progress.report({ message: [title, now.message].filter(Boolean).join(": "), increment: percentage - before });
      before = percentage;
    });
    try {
      const named = uris.map((uri) => client.code2ProtocolConverter.asUri(uri));
      const params = { command, arguments: named, workDoneToken };
      const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, params, token);
      return (answer as CheckedFromDisk | null) ?? undefined;
    } finally {
      following.dispose();
    }
  });
}

/** The URI that an argument is or names. */
function uriOf(named: unknown): vscode.Uri[] {
  if (named instanceof vscode.Uri) return [named];
  return typeof named === "string" ? [vscode.Uri.parse(named)] : [];
}

/** The export in the active tab, whether VS Code has made a document of it or not; otherwise one that is chosen. */
async function chooseExport(tables: Tables): Promise<readonly vscode.Uri[]> {
  const uri = activeTabUri();
  if (uri !== undefined && (isLdifName(uri.path) || (await tables.isExport(uri)))) return [uri];
  const options = {
    title: "Check Export",
    openLabel: "Check",
    canSelectMany: true,
    filters: { Exports: ["ldf", "ldif", "csv", "tsv"] },
  };
  return (await vscode.window.showOpenDialog(options)) ?? [];
}

/** The file in the active tab, whether VS Code has made a document of it or not. */
export function activeTabUri(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return hasUri ? input.uri : vscode.window.activeTextEditor?.document.uri;
}

async function chooseFolder(): Promise<readonly vscode.Uri[]> {
  const options = {
    title: "Check All Exports in Folder",
    openLabel: "Check",
    canSelectFiles: false,
    canSelectFolders: true,
  };
  return (await vscode.window.showOpenDialog(options)) ?? [];
}
