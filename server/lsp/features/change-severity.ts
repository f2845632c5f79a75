import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import {
  type JsonChange,
  jsonChanges,
  memberOf,
  parseJsonText,
  RULES,
  SETTINGS_FILE,
  SEVERITIES,
  type Severity,
} from "../../core/index.ts";
import { type Context, tell } from "../context.ts";
import { jsonEdit } from "../json-edit.ts";
import { COMMANDS } from "../protocol.ts";
import type { ActionSite } from "./code-actions.ts";

/** Switches the finding's rule off, or gives it another severity, for all exports in the folder. */
export async function severityActions({ context, analysis, finding, diagnostic }: ActionSite): Promise<CodeAction[]> {
  const { client, settings } = context;
  const { id } = finding.rule;
  const file = await settings.fileBeside(analysis.uri);
  if (file === undefined) return [];
  const action = (title: string) => ({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] });
  const set = (severity: Severity | "off", title: string): CodeAction[] => {
    const edit = jsonEdit(file, severityChanges(file.text ?? "", id, severity), client);
    return edit === undefined ? [] : [{ ...action(title), edit }];
  };
  const off = set("off", `Switch off rule ${id} in ${SETTINGS_FILE}`);
  if (client.options.changesSeverities === true) {
    const title = `Change the severity of rule ${id}...`;
    const command = { title, command: COMMANDS.changeSeverity, arguments: [analysis.uri, id] };
    return off.length === 0 ? [] : [...off, { ...action(title), command }];
  }
  const others = SEVERITIES.filter((severity) => severity !== finding.severity);
  return [...off, ...others.flatMap((one) => set(one, `Make rule ${id} ${WORDS[one]} in ${SETTINGS_FILE}`))];
}

const WORDS: Readonly<Record<Severity, string>> = {
  error: "an error",
  warning: "a warning",
  information: "an information",
  hint: "a hint",
};

/** The command `syncready.setSeverity`. */
export async function setSeverity(
  context: Context,
  exportUri: string,
  rule: string,
  severity: string,
): Promise<boolean> {
  const { connection, settings, client } = context;
  const choice = [...SEVERITIES, "off" as const].find((one) => one === severity);
  const file = await settings.fileBeside(exportUri);
  if (choice === undefined || file === undefined || !RULES.some(({ id }) => id === rule)) return false;
  const edit = jsonEdit(file, severityChanges(file.text ?? "", rule, choice), client);
  if (edit === undefined) {
    tell(context, "warning", `The severity was not changed, because ${SETTINGS_FILE} cannot be read.`);
    return false;
  }
  const { applied } = await connection.workspace.applyEdit({ label: `Severity of ${rule}`, edit });
  return applied;
}

/** The changes of a settings file's text, comments and all; `undefined` in a file that is no JSON: nobody knows where to write. */
function severityChanges(text: string, rule: string, severity: Severity | "off"): JsonChange[] | undefined {
  const { tree, problems } = parseJsonText(text);
  const rules = tree && memberOf(tree, "rules");
  const isObject = [tree, rules].every((node) => node === undefined || node.type === "object");
  return problems.length === 0 && isObject ? jsonChanges(text, ["rules", rule], severity) : undefined;
}
