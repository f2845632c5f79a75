import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { importResultPage, RULES, rulePage, rulePageUrl } from "../../core/index.ts";
import type { Context } from "../context.ts";
import { COMMANDS, type RuleName, type RulePage } from "../protocol.ts";
import type { ActionSite } from "./code-actions.ts";

/** Opens the page of the finding's rule, in clients that can. */
export function rulePageAction({ context: { client }, finding: { rule }, diagnostic }: ActionSite): CodeAction[] {
  if (client.options.ownCommands !== true && !client.showDocument) return [];
  const title = `Open the page of rule ${rule.id}`;
  const command = { title, command: COMMANDS.openRulePage, arguments: [rule.id] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
}

/** The command `syncready.openRulePage` of clients that do not have it themselves. */
export async function openRulePage({ connection }: Context, id: unknown): Promise<boolean> {
  if (typeof id !== "string" || !RULES.some((rule) => rule.id === id)) return false;
  const { success } = await connection.window.showDocument({ uri: rulePageUrl(id), external: true });
  return success;
}

export function ruleList(): readonly RuleName[] {
  return RULES.map(({ id, title }) => ({ id, title }));
}

/** The request `syncready/rulePage`. What an import can fail with has pages of the same kind. */
export function rulePageText(id: string): RulePage | undefined {
  const rule = RULES.find((one) => one.id === id);
  const text = rule === undefined ? importResultPage(id) : rulePage(rule);
  return text === undefined ? undefined : { text };
}
