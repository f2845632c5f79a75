import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { proposeFix } from "../../core/index.ts";
import { valueEdit } from "../convert.ts";
import type { ActionSite } from "./code-actions.ts";

/** The fix that the finding's rule proposes, where it does no harm and takes nothing from another entry. */
export function proposedFixAction({ context, analysis, finding, entry, diagnostic }: ActionSite): CodeAction[] {
  if (entry === undefined) return [];
  const fix = proposeFix(analysis.checker, finding);
  if (fix === undefined || fix.newKeys.some((key) => analysis.isTaken(key))) return [];
  const edit = valueEdit(analysis, entry, fix.change, context.client);
  if (edit === undefined) return [];
  return [
    {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix.deterministic && { isPreferred: true }),
      edit,
    },
  ];
}
