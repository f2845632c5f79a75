import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  COMMANDS,
  RULE_LIST,
  RULE_PAGE,
  RULE_SCHEME,
  type RuleName,
  type RulePage,
  type RulePageParams,
} from "../server/lsp/protocol.ts";

/** Rendered Markdown; package.json says the same for those who open a page by its URI. */
const PREVIEW = "vscode.markdown.preview.editor";

/** Shows the pages of rules, which come from the server: they are there without a network. */
export function showRulePages(client: LanguageClient): vscode.Disposable[] {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ path }) => (await pageOf(client, path.slice(1, -".md".length)))?.text,
  };
  return [
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, provider),
    vscode.commands.registerCommand(COMMANDS.openRulePage, (rule: unknown) => openRulePage(client, rule)),
  ];
}

async function openRulePage(client: LanguageClient, rule: unknown): Promise<void> {
  const id = typeof rule === "string" ? rule : await pickRule(client);
  if (id === undefined) return;
  if ((await pageOf(client, id)) === null) {
    void vscode.window.showWarningMessage(`There is no rule ${id}.`);
    return;
  }
  const page = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${id}.md` });
  await vscode.commands.executeCommand("vscode.openWith", page, PREVIEW);
}

async function pickRule(client: LanguageClient): Promise<string | undefined> {
  const rules = await client.sendRequest<readonly RuleName[]>(RULE_LIST);
  const items = rules.map(({ id, title }) => ({ label: id, description: title }));
  const picked = await vscode.window.showQuickPick(items, { title: "The rule", matchOnDescription: true });
  return picked?.label;
}

function pageOf(client: LanguageClient, id: string): Promise<RulePage | null> {
  const params: RulePageParams = { id };
  return client.sendRequest<RulePage | null>(RULE_PAGE, params);
}
