import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { isLdifName } from "../server/core/formats/table.ts";
import { COMMANDS, type ShownImportResult } from "../server/lsp/protocol.ts";

/** The commands about the result of an import. A log is read where somebody asks for it: most files of that name are of other programs. */
export function registerImportResults(client: LanguageClient): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(COMMANDS.showImportResult, (named: unknown, modifyFile: unknown) =>
      showImportResult(client, uriOf(named) ?? activeUri(), uriOf(modifyFile)),
    ),
    vscode.commands.registerCommand(COMMANDS.clearImportResult, () =>
      client.sendRequest(ExecuteCommandRequest.type, { command: COMMANDS.clearImportResult }),
    ),
  ];
}

/** `named` is a log, or the modify file that was imported; what is missing is asked for. */
async function showImportResult(
  client: LanguageClient,
  named: vscode.Uri | undefined,
  modifyFile: vscode.Uri | undefined,
): Promise<ShownImportResult | undefined> {
  const isModifyFile = named !== undefined && isLdifName(named.path);
  const log = named !== undefined && !isModifyFile ? named : await choose("The log of the import", named, LOGS);
  if (log === undefined) return undefined;
  const modify = modifyFile ?? (isModifyFile ? named : undefined);
  const shown = await show(client, log, modify);
  if (shown === undefined || shown.modifyFile !== undefined || modify !== undefined) return shown;
  const chosen = await choose("The modify file that was imported", log, { LDIF: ["ldf", "ldif"] });
  return chosen === undefined ? undefined : show(client, log, chosen);
}

async function show(
  client: LanguageClient,
  log: vscode.Uri,
  modifyFile: vscode.Uri | undefined,
): Promise<ShownImportResult | undefined> {
  const uris = [log, ...(modifyFile === undefined ? [] : [modifyFile])];
  const named = uris.map((uri) => client.code2ProtocolConverter.asUri(uri));
  const params = { command: COMMANDS.showImportResult, arguments: named };
  const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, params);
  return (answer as ShownImportResult | null) ?? undefined;
}

const LOGS = { Logs: ["log", "err", "txt", "ldif"], "All files": ["*"] };

async function choose(
  title: string,
  beside: vscode.Uri | undefined,
  filters: Readonly<Record<string, string[]>>,
): Promise<vscode.Uri | undefined> {
  const defaultUri = beside && vscode.Uri.joinPath(beside, "..");
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: "Show the Result",
    filters,
    ...(defaultUri && { defaultUri }),
  });
  return chosen?.[0];
}

/** The log or the modify file in the editor. */
function activeUri(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === "file" && /\.(?:log|err|txt|modify\.ldf)$/i.test(uri.path) ? uri : undefined;
}

/** The URI that an argument is or names. */
function uriOf(named: unknown): vscode.Uri | undefined {
  if (named instanceof vscode.Uri) return named;
  return typeof named === "string" ? vscode.Uri.parse(named) : undefined;
}
