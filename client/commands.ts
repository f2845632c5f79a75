import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, State } from "vscode-languageclient/node";
import {
  CHECK_NEW_VALUE,
  type CheckNewValueParams,
  COMMANDS,
  type NewValueObjection,
  type RecordTarget,
  type ValueTarget,
} from "../server/lsp/protocol.ts";
import { compareEntryWithOriginal, compareWithOriginal } from "./original.ts";
import type { Tables } from "./tables.ts";

export function registerCommands(client: LanguageClient, tables: Tables, memory: vscode.Memento): vscode.Disposable[] {
  const register = (command: string, run: (...args: readonly never[]) => unknown) =>
    vscode.commands.registerCommand(command, run as (...args: unknown[]) => unknown);
  /** A command of the server about one export, with `more` besides the options that it is called with. */
  const ofServer =
    (command: string, more: object = {}) =>
    (uri: unknown, options: unknown) => {
      const target = exportUri(uri, tables);
      if (target === undefined) return tellNoExport();
      const all = Object.assign({}, optionsOf(uri, options), more);
      return execute(client, command, client.code2ProtocolConverter.asUri(target), all);
    };
  return [
    ...[COMMANDS.writeModifyFile, COMMANDS.previewModifyFile, COMMANDS.fixAllSafe, COMMANDS.takeAsOriginal].map(
      (command) => register(command, ofServer(command)),
    ),
    register(COMMANDS.writePowerShellScript, ofServer(COMMANDS.writeModifyFile, { format: "powershell" })),
    register(COMMANDS.compareWithOriginal, (uri: unknown) => {
      const target = exportUri(uri, tables);
      return target === undefined ? tellNoExport() : compareWithOriginal(client, target);
    }),
    register(COMMANDS.reviewFixes, (uri: unknown, options: unknown) =>
      groupedByRule(memory, async () => ofServer(COMMANDS.reviewFixes)(uri, options)),
    ),
    register(COMMANDS.compareEntryWithOriginal, (uri: unknown) => {
      const target = exportUri(uri, tables);
      return target === undefined ? tellNoExport() : compareEntryWithOriginal(client, target);
    }),
    register(COMMANDS.typeNewValue, (target: ValueTarget) => typeNewValue(client, target)),
    register(COMMANDS.copyGroup, (target: RecordTarget) => execute(client, COMMANDS.copyGroup, target)),
    register(COMMANDS.changeSeverity, (uri: string, rule: string) => changeSeverity(client, uri, rule)),
    register(COMMANDS.acceptWithReason, (uri: string, finding: unknown) => acceptWithReason(client, uri, finding)),
    register(COMMANDS.restartServer, () => (client.state === State.Running ? client.restart() : client.start())),
  ];
}

async function execute(client: LanguageClient, command: string, ...args: unknown[]): Promise<unknown> {
  const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  return answer ?? undefined;
}

const GROUPED = "syncready.groupedByRule";

/** So often, and in such intervals in milliseconds, the preview is looked for. */
const TRIES = 30;
const TRY_MS = 200;

/**
 * Shows the refactor preview by rule, and not by file, which there is only one of. VS Code keeps that for other edits with annotations, so it
 * is done for the first preview only: from then on it is as the person leaves it. Where no preview is shown yet, its command does nothing.
 */
async function groupedByRule<Answer>(memory: vscode.Memento, review: () => Promise<Answer>): Promise<Answer> {
  if (memory.get(GROUPED) === true) return review();
  let isOver = false;
  const answer = review().finally(() => {
    isOver = true;
  });
  for (let left = TRIES; left > 0 && !isOver; left--) {
    await new Promise((resolve) => setTimeout(resolve, TRY_MS));
    if (!isOver) await vscode.commands.executeCommand("refactorPreview.groupByType");
  }
  if (!isOver) await memory.update(GROUPED, true);
  return answer;
}

/** The export that a command is about: the one that is named, else the one in the editor. */
export function exportUri(named: unknown, tables: Tables): vscode.Uri | undefined {
  if (named instanceof vscode.Uri) return exportOf(named);
  if (typeof named === "string") return vscode.Uri.parse(named);
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return undefined;
  return document.languageId === "ldif" || tables.has(document) ? exportOf(document.uri) : undefined;
}

/** Documents of ours, such as the preview of a modify file, name in their query the export that they are about. */
function exportOf(uri: vscode.Uri): vscode.Uri {
  return uri.scheme.startsWith("syncready-") && uri.query !== "" ? vscode.Uri.parse(uri.query) : uri;
}

/** Options may come alone, without the export before them. */
function optionsOf(first: unknown, second: unknown): unknown {
  const isOptions = typeof first === "object" && first !== null && !(first instanceof vscode.Uri);
  return isOptions ? first : second;
}

function tellNoExport(): undefined {
  void vscode.window.showWarningMessage("Open an export first.");
  return undefined;
}

async function typeNewValue(client: LanguageClient, target: ValueTarget): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: target.attribute,
    prompt: `The new value of ${target.attribute}`,
    value: target.current,
    ignoreFocusOut: true,
    async validateInput(text) {
      const params: CheckNewValueParams = { target, text };
      const objection = await client.sendRequest<NewValueObjection | null>(CHECK_NEW_VALUE, params);
      return objection?.message;
    },
  });
  if (text !== undefined) await execute(client, COMMANDS.setValue, target, text);
}

async function acceptWithReason(client: LanguageClient, uri: string, finding: unknown): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: "Accept this finding",
    prompt: "Why is it accepted? The reason stands in the baseline for others to read; it may be empty.",
    ignoreFocusOut: true,
  });
  if (reason !== undefined) await execute(client, COMMANDS.acceptFinding, uri, finding, reason);
}

const SEVERITIES: readonly vscode.QuickPickItem[] = [
  { label: "off", description: "The rule says nothing" },
  { label: "hint" },
  { label: "information" },
  { label: "warning" },
  { label: "error" },
];

async function changeSeverity(client: LanguageClient, uri: string, rule: string): Promise<void> {
  const title = `The severity of ${rule}, for all exports in this folder`;
  const severity = await vscode.window.showQuickPick(SEVERITIES, { title });
  if (severity !== undefined) await execute(client, COMMANDS.setSeverity, uri, rule, severity.label);
}
