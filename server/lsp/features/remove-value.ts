import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { proposeFix, withoutOptions } from "../../core/index.ts";
import { valueEdit } from "../convert.ts";
import type { ActionSite } from "./code-actions.ts";
import { refusalOf } from "./refusal.ts";

/** Removes the finding's value, where it is one of several or others hold it too. */
export function removeValueAction({ context, analysis, finding, entry, diagnostic }: ActionSite): CodeAction[] {
  const { attribute, value, key } = finding;
  if (entry === undefined || attribute === undefined || value === undefined) return [];
  const type = withoutOptions(attribute).toLowerCase();
  const isOneOfSeveral = type === "proxyaddresses" || entry.values(type).length > 1;
  if (!isOneOfSeveral && key === undefined) return [];
  const change = { attribute, old: value };
  if (refusalOf(analysis, entry, change) !== undefined) return [];
  const proposed = proposeFix(analysis.checker, finding);
  // The rule proposes the same.
  if (proposed !== undefined && proposed.newValue === undefined) return [];
  const edit = valueEdit(analysis, entry, change, context.client);
  if (edit === undefined) return [];
  const title = value.binary ? "Remove this value" : `Remove this value: ${shortened(value.text)}`;
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }];
}

/** A value as a menu can show it. */
export function shortened(text: string, most = 60): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "\ufffd");
  return visible.length > most ? `${visible.slice(0, most)}...` : visible;
}
