import { applyEdits, modify, type Node, type ParseError, parseTree } from "jsonc-parser";
import { type CodeAction, CodeActionKind, type TextDocumentEdit, type WorkspaceEdit } from "vscode-languageserver";
import { RULES, SETTINGS_FILE, SEVERITIES, type Severity } from "../../core/index.ts";
import type { ClientFeatures } from "../capabilities.ts";
import { type Context, tell } from "../context.ts";
import { LineIndex, textEdits, workspaceEdit } from "../convert.ts";
import { COMMANDS } from "../protocol.ts";
import type { SettingsText } from "../settings.ts";
import type { ActionSite } from "./code-actions.ts";

/** Switches the finding's rule off, or gives it another severity, for all exports in the folder. */
export async function severityActions({ context, analysis, finding, diagnostic }: ActionSite): Promise<CodeAction[]> {
  const { client, settings } = context;
  const { id } = finding.rule;
  const file = await settings.fileBeside(analysis.uri);
  if (file === undefined) return [];
  const action = (title: string) => ({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] });
  const set = (severity: Severity | "off", title: string): CodeAction[] => {
    const edit = severityEdit(file, id, severity, client);
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
  const edit = severityEdit(file, rule, choice, client);
  if (edit === undefined) {
    tell(context, "warning", `The severity was not changed, because ${SETTINGS_FILE} cannot be read.`);
    return false;
  }
  const { applied } = await connection.workspace.applyEdit({ label: `Severity of ${rule}`, edit });
  return applied;
}

/** The edit of the settings file, comments and all; `undefined` where the file is broken or the client cannot create it. */
function severityEdit(
  file: SettingsText,
  rule: string,
  severity: Severity | "off",
  client: ClientFeatures,
): WorkspaceEdit | undefined {
  const text = file.text ?? "";
  if (!canBeEdited(text)) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: indentOf(text), eol };
  const changes = modify(text, ["rules", rule], severity, { formattingOptions });
  if (file.text === undefined) return createFile(file.uri, `${applyEdits(text, changes)}${eol}`, client);
  const edits = changes.map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    text: content,
  }));
  return workspaceEdit(file, textEdits(new LineIndex(text), edits), client);
}

function createFile(uri: string, content: string, client: ClientFeatures): WorkspaceEdit | undefined {
  if (!client.createFile) return undefined;
  const start = { line: 0, character: 0 };
  const edit: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText: content }],
  };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, edit] };
}

/** In a file that is no JSON nobody knows where to write. */
function canBeEdited(text: string): boolean {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) return false;
  if (tree === undefined) return true;
  const rules = memberOf(tree, "rules");
  return tree.type === "object" && (rules === undefined || rules.type === "object");
}

function memberOf(object: Node, name: string): Node | undefined {
  return object.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

function indentOf(text: string): number {
  return /^( +)\S/m.exec(text)?.[1]?.length ?? 2;
}
