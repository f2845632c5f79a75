import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { COMMANDS, type Status } from "../../server/lsp/protocol.ts";
import { activeTabUri } from "../check-from-disk.ts";
import { KeptDecisions } from "./decisions.ts";
import { FindingsPanel } from "./findings-panel.ts";

/** Shows the findings of exports as tables, one tab for each export. */
export function showFindings(
  client: LanguageClient,
  context: vscode.ExtensionContext,
  choose: (named: unknown) => vscode.Uri | undefined,
  onStatus: vscode.Event<Status>,
): vscode.Disposable[] {
  const decisions = new KeptDecisions(context.workspaceState);
  const panels = new Set<FindingsPanel>();
  const show = (named: unknown) => {
    const uri = choose(named) ?? activeTabUri();
    if (uri === undefined) {
      void vscode.window.showWarningMessage("Open an export first.");
      return;
    }
    const key = client.code2ProtocolConverter.asUri(uri);
    const shown = [...panels].find((panel) => panel.isOf(key));
    if (shown !== undefined) return shown.panel.reveal();
    const panel = new FindingsPanel(client, uri, decisions, context.extensionUri);
    panels.add(panel);
    panel.panel.onDidDispose(() => panels.delete(panel));
  };
  return [
    decisions,
    vscode.commands.registerCommand(COMMANDS.showFindings, show),
    onStatus(({ uri, checked }) => {
      if (checked !== undefined) for (const panel of panels) if (panel.isOf(uri)) panel.changed();
    }),
    { dispose: () => [...panels].map(({ panel }) => panel.dispose()) },
  ];
}
