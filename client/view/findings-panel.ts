import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  CHECK_DECISION,
  DECIDE,
  type Decided,
  EXPORT_FINDINGS,
  type ExportedFindings,
  FINDING_PLACE,
  FINDINGS,
  FINDINGS_CLOSED,
  RESTORE_DECISIONS,
  WRITE_DECISIONS,
} from "../../server/lsp/findings-protocol.ts";
import { COMMANDS } from "../../server/lsp/protocol.ts";
import type { KeptDecisions } from "./decisions.ts";
import type { Ask, Question, ToPage } from "./messages.ts";
import { pageOf } from "./page-html.ts";

type Range = Parameters<LanguageClient["protocol2CodeConverter"]["asRange"]>[0];

/** The findings of one export in an editor tab. The page asks, and the server answers; nothing of either is kept here. */
export class FindingsPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #client: LanguageClient;
  readonly #export: vscode.Uri;
  readonly #uri: string;
  readonly #decisions: KeptDecisions;
  readonly #restored: Promise<unknown>;

  constructor(client: LanguageClient, uri: vscode.Uri, decisions: KeptDecisions, extension: vscode.Uri) {
    this.#client = client;
    this.#export = uri;
    this.#uri = client.code2ProtocolConverter.asUri(uri);
    this.#decisions = decisions;
    const root = vscode.Uri.joinPath(extension, "dist");
    const title = `Findings: ${uri.path.slice(uri.path.lastIndexOf("/") + 1)}`;
    this.panel = vscode.window.createWebviewPanel("syncready.findings", title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [root],
      retainContextWhenHidden: true,
    });
    this.#restored = client.sendRequest(RESTORE_DECISIONS, { uri: this.#uri, decisions: decisions.of(this.#uri) });
    const { webview } = this.panel;
    webview.onDidReceiveMessage((question: Question) => this.#answer(question));
    webview.html = pageOf(webview, root, title);
    // What is open the server follows; of a file that is not, it must be told.
    const folder = vscode.Uri.joinPath(uri, "..");
    const pattern = new vscode.RelativePattern(folder, uri.path.slice(uri.path.lastIndexOf("/") + 1));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidChange(() => this.changed());
    this.panel.onDidDispose(() => {
      watcher.dispose();
      void client.sendRequest(FINDINGS_CLOSED, { uri: this.#uri }).catch(() => undefined);
    });
  }

  /** There may be other findings now. */
  changed(): void {
    this.#post({ changed: true });
  }

  isOf(uri: string): boolean {
    return this.#uri === uri;
  }

  async #answer({ id, ask }: Question): Promise<void> {
    let answer: unknown = null;
    try {
      answer = await this.#ask(ask);
    } catch (error) {
      this.#client.error(`The findings view failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#post({ id, answer: answer ?? null });
  }

  #post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  async #ask(ask: Ask): Promise<unknown> {
    await this.#restored;
    const { kind, ...params } = ask;
    const whole = { uri: this.#uri, ...params };
    switch (kind) {
      case "findings":
        return this.#client.sendRequest(FINDINGS, whole);
      case "check":
        return this.#client.sendRequest(CHECK_DECISION, whole);
      case "decide":
        return this.#decide(ask);
      case "place":
        return this.#open(await this.#client.sendRequest<Range | null>(FINDING_PLACE, whole));
      case "rule":
        return vscode.commands.executeCommand(COMMANDS.openRulePage, ask.rule);
      case "write":
        return this.#client.sendRequest(WRITE_DECISIONS, whole);
      case "export":
        return this.#save(await this.#client.sendRequest<ExportedFindings | null>(EXPORT_FINDINGS, whole), ask.format);
    }
  }

  async #decide(ask: Extract<Ask, { kind: "decide" }>): Promise<Decided> {
    const { kind: _, ...params } = ask;
    // A token that is undefined would be sent as a second parameter.
    const send = (...token: readonly vscode.CancellationToken[]) =>
      this.#client.sendRequest<Decided | null>(DECIDE, { uri: this.#uri, ...params }, ...token);
    const decided = (await (ask.rows === undefined ? withProgress(send) : send())) ?? { changes: [], count: 0 };
    this.#decisions.change(this.#uri, decided.changes);
    // The page asks for what it shows anew; a hundred thousand changes are none of its business.
    return { ...decided, changes: [] };
  }

  /** Shows the place of a finding, in large files too, of which extensions get no document. */
  async #open(range: Range | null): Promise<boolean> {
    if (range === null) return false;
    const selection = this.#client.protocol2CodeConverter.asRange(range);
    await vscode.commands.executeCommand("vscode.open", this.#export, { selection, preview: false });
    return true;
  }

  async #save(exported: ExportedFindings | null, format: "csv" | "idfix"): Promise<boolean> {
    if (exported === null) return false;
    const ending = format === "idfix" ? ".idfix.csv" : ".findings.csv";
    const defaultUri = this.#export.with({ path: this.#export.path.replace(/(?<=[^/])\.[^./]*$/, "") + ending });
    const target = await vscode.window.showSaveDialog({ defaultUri, filters: { CSV: ["csv"] } });
    if (target === undefined) return false;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(exported.text));
    return true;
  }
}

/** Thousands of suggestions are tried one after the other: a person sees that, and can give up. */
function withProgress(work: (token: vscode.CancellationToken) => Promise<Decided | null>): Thenable<Decided | null> {
  const location = vscode.ProgressLocation.Notification;
  const title = "Looking at the suggestions";
  return vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => work(token));
}
