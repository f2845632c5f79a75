import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { CheckedStatus, Status } from "../server/lsp/protocol.ts";
import type { Tables } from "./tables.ts";

/** Shows how the check of the export in the editor stands. */
export function showStatus(
  client: LanguageClient,
  tables: Tables,
  onStatus: vscode.Event<Status>,
): vscode.Disposable[] {
  const item = vscode.languages.createLanguageStatusItem("syncready.check", { language: "ldif" });
  item.name = "Syncready";
  item.command = { command: "workbench.actions.view.problems", title: "Show Problems" };
  const statuses = new Map<string, Status>();
  const show = () => {
    const document = vscode.window.activeTextEditor?.document;
    // Extensions give tables languages of many names, and most tables are no exports.
    item.selector = { language: document !== undefined && tables.has(document) ? document.languageId : "ldif" };
    const status = document && statuses.get(client.code2ProtocolConverter.asUri(document.uri));
    item.busy = status !== undefined && status.checked === undefined;
    item.text = status?.checked === undefined ? "Syncready: checking" : `Syncready: ${findings(status.checked)}`;
    item.detail = status?.checked === undefined ? "" : details(status.checked);
    item.severity = vscode.LanguageStatusSeverity.Information;
  };
  show();
  return [
    item,
    onStatus((status) => {
      statuses.set(status.uri, status);
      show();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
    tables.onDidChange(show),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => statuses.delete(client.code2ProtocolConverter.asUri(uri))),
  ];
}

function findings({ entries, errors, warnings, others }: CheckedStatus): string {
  return `${counted(errors + warnings + others, "finding")} in ${entries === 1 ? "1 entry" : `${entries} entries`}`;
}

/** Short: the line that VS Code shows of it has no end on a small screen. */
function details({ profile, errors, warnings, accepted, together = [], milliseconds }: CheckedStatus): string {
  const tool = profile === "connect" ? "Connect Sync" : "Cloud Sync";
  const counts = `${counted(errors, "error")}, ${counted(warnings, "warning")}${accepted === 0 ? "" : `, ${accepted} accepted`}`;
  const others = together.length === 0 ? [] : [`with ${together.join(", ")}`];
  return [counts, tool, ...others, `${milliseconds} ms`].join("; ");
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
