import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  createProtocolConnection,
  type Diagnostic,
  InitializeRequest,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type TextEdit,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { InitializationOptions, Status } from "../../server/lsp/protocol.ts";
import { rangeOfText, START } from "./exports.ts";

/** What an editor like VS Code can do. */
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    applyEdit: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create"],
      changeAnnotationSupport: {},
    },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true },
  },
  window: { showDocument: { support: true }, workDoneProgress: true },
};

export interface SessionOptions {
  readonly capabilities?: ClientCapabilities;
  readonly options?: InitializationOptions;
  /** The editor's settings below `syncready`. */
  readonly configuration?: unknown;
  /** Which action of a message is chosen; without it none is. */
  readonly choose?: (message: string, actions: readonly string[]) => string | undefined;
  /** The editor cannot ask. */
  readonly cannotAsk?: boolean;
  /** A person discards every edit that is shown. */
  readonly discardsEdits?: boolean;
}

export interface SessionProgress {
  readonly token: string | number;
  readonly value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;
}

/** An editor at the other end of the wire: it keeps documents, applies edits, and remembers what it was told. */
export class Session {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly messages: string[] = [];
  readonly log: string[] = [];
  readonly texts: { readonly title: string; readonly text: string }[] = [];
  readonly statuses: Status[] = [];
  readonly progress: SessionProgress[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly watchers: unknown[] = [];
  /** What the server has registered, and for what. */
  readonly registrations: Registration[] = [];
  readonly shown: string[] = [];
  /** The edits that the editor was asked to make. */
  readonly edits: WorkspaceEdit[] = [];
  /** The files that edits have created. */
  readonly created = new Map<string, string>();
  readonly documents = new Map<string, TextDocument>();
  capabilities: ServerCapabilities = {};
  configuration: unknown;
  #news: (() => void)[] = [];

  private constructor(process: ChildProcess, settings: SessionOptions) {
    this.process = process;
    this.configuration = settings.configuration ?? {};
    const reader = new StreamMessageReader(process.stdout!);
    // Where a server is killed in the middle of a message, the reader would wait for the rest and keep the test running for ever.
    reader.partialMessageTimeout = 0;
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(process.stdin!));
    this.#listen(settings);
    this.connection.listen();
  }

  static async start(settings: SessionOptions = {}): Promise<Session> {
    const child = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    const session = new Session(child, settings);
    child.stderr.on("data", (data) => session.log.push(String(data)));
    const { capabilities } = await session.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: settings.capabilities ?? CAPABILITIES,
      initializationOptions: settings.options ?? {},
    });
    session.capabilities = capabilities;
    await session.connection.sendNotification("initialized", {});
    return session;
  }

  async stop(): Promise<number> {
    const exit = once(this.process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const [code] = await exit;
    return code as number;
  }

  async open(uri: string, text: string, languageId = /\.[ct]sv$/i.test(uri) ? "csv" : "ldif"): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, edits: readonly TextEdit[]): Promise<void> {
    const document = this.documents.get(uri)!;
    const contentChanges = edits.map(({ range, newText }) => ({ range, text: newText }));
    TextDocument.update(document, contentChanges, document.version + 1);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges,
    });
  }

  /** Puts another text in place of a document's. */
  async replace(uri: string, text: string): Promise<void> {
    const document = this.documents.get(uri)!;
    const end = document.positionAt(document.getText().length);
    await this.change(uri, [{ range: { start: { line: 0, character: 0 }, end }, newText: text }]);
  }

  async save(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/willSave", { textDocument: { uri }, reason: 1 });
    writeFileSync(new URL(uri), this.text(uri));
    await this.connection.sendNotification("textDocument/didSave", { textDocument: { uri } });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  text(uri: string): string {
    return this.documents.get(uri)!.getText();
  }

  /** The diagnostics of the document as it is now. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    // Diagnostics that have not changed are not sent again. What is answered now belongs to the document as it is now.
    await this.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: START.start });
    return [...(await this.until(`diagnostics of ${uri}`, () => this.latest(uri)))];
  }

  /** What was last published for a document, of whatever version. */
  latest(uri: string): readonly Diagnostic[] | undefined {
    return this.published.filter((one) => one.uri === uri).at(-1)?.diagnostics;
  }

  /** Diagnostics as lines, `rule-id the text they are at`. */
  async found(uri: string): Promise<string[]> {
    const document = this.documents.get(uri)!;
    const diagnostics = await this.diagnostics(uri);
    return diagnostics.map(({ code, range }) => `${code} ${document.getText(range)}`);
  }

  /** The actions at a place, with their edits. */
  async actions(uri: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const context: CodeActionContext = { diagnostics: [], ...(only !== undefined && { only }) };
    const params = { textDocument: { uri }, range, context };
    const actions = (await this.connection.sendRequest("textDocument/codeAction", params)) as CodeAction[];
    return Promise.all(
      actions.map(async (action) =>
        action.data === undefined ? action : this.connection.sendRequest<CodeAction>("codeAction/resolve", action),
      ),
    );
  }

  /** The titles of the actions at the first occurrence of a text. */
  async titles(uri: string, place: string): Promise<string[]> {
    const actions = await this.actions(uri, rangeOfText(this.documents.get(uri)!, place));
    return actions.map(({ title }) => title);
  }

  /** The action whose title begins so, at the first occurrence of a text; fails where there is none. */
  async offered(uri: string, place: string, title: string): Promise<CodeAction> {
    const actions = await this.actions(uri, rangeOfText(this.documents.get(uri)!, place));
    const action = actions.find((one) => one.title.startsWith(title));
    if (action === undefined) {
      throw new Error(`${title} is not offered, only: ${actions.map((one) => one.title).join(" | ")}`);
    }
    return action;
  }

  command(command: string, ...args: unknown[]): Promise<unknown> {
    return this.connection.sendRequest("workspace/executeCommand", { command, arguments: args });
  }

  async apply(edit: WorkspaceEdit): Promise<void> {
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) await this.#applyTo(uri, null, edits);
    for (const change of edit.documentChanges ?? []) {
      if ("kind" in change) this.created.set((change as { uri: string }).uri, "");
      else {
        const { textDocument, edits } = change as TextDocumentEdit;
        await this.#applyTo(textDocument.uri, textDocument.version, edits as TextEdit[]);
      }
    }
  }

  async until<Answer>(what: string, condition: () => Answer | undefined | false): Promise<Answer> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const answer = condition();
      if (answer !== undefined && answer !== false) return answer;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`waited in vain for ${what}; the server says:\n${this.log.join("\n")}`);
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#news.push(resolve);
        timer = setTimeout(resolve, Math.min(left, 100));
      });
      clearTimeout(timer);
    }
  }

  async #applyTo(uri: string, version: number | null, edits: readonly TextEdit[]): Promise<void> {
    const document = this.documents.get(uri);
    if (document === undefined) {
      const text = this.created.get(uri) ?? "";
      this.created.set(uri, TextDocument.applyEdits(TextDocument.create(uri, "", 0, text), [...edits]));
      return;
    }
    if (version !== null && version !== document.version) throw new Error("the edit is out of date");
    await this.replace(uri, TextDocument.applyEdits(document, [...edits]));
  }

  #listen({ choose, cannotAsk = false, discardsEdits = false }: SessionOptions): void {
    const { connection } = this;
    const remember = <Item>(list: Item[], item: Item) => {
      list.push(item);
      for (const wake of this.#news.splice(0)) wake();
    };
    connection.onNotification("textDocument/publishDiagnostics", (params) => remember(this.published, params));
    connection.onNotification("window/logMessage", ({ message }) => remember(this.log, message));
    connection.onNotification("window/showMessage", ({ message }) => remember(this.messages, message));
    connection.onNotification("syncready/showText", (params) => remember(this.texts, params));
    connection.onNotification("syncready/status", (params) => remember(this.statuses, params));
    connection.onRequest("window/workDoneProgress/create", ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => remember(this.progress, { token, value }));
      return null;
    });
    if (!cannotAsk) {
      connection.onRequest("window/showMessageRequest", ({ message, actions = [] }) => {
        remember(this.messages, message);
        const titles = actions.map(({ title }: { title: string }) => title);
        const chosen = choose?.(message, titles);
        return chosen === undefined ? null : { title: chosen };
      });
    }
    connection.onRequest("window/showDocument", ({ uri }) => {
      remember(this.shown, uri);
      return { success: true };
    });
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => this.configuration));
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      for (const registration of registrations) {
        const { method, registerOptions } = registration;
        remember(this.registrations, registration);
        if (method === "workspace/didChangeWatchedFiles") remember(this.watchers, registerOptions.watchers[0]);
      }
      return null;
    });
    connection.onRequest("client/unregisterCapability", () => null);
    connection.onRequest("workspace/applyEdit", async ({ edit }) => {
      remember(this.edits, edit);
      if (discardsEdits) return { applied: false };
      try {
        await this.apply(edit);
        return { applied: true };
      } catch {
        return { applied: false };
      }
    });
  }
}

/** Runs a test with a session that is stopped afterwards. */
export function withSession(settings: SessionOptions, work: (session: Session) => Promise<void>) {
  return async () => {
    const session = await Session.start(settings);
    try {
      await work(session);
    } finally {
      session.process.kill();
      session.connection.dispose();
    }
  };
}

/** Opens a text in which `«»` mark what must be found, and compares. */
export async function expectMarked(session: Session, uri: string, marked: string): Promise<Diagnostic[]> {
  const text = marked.replace(/[«»]/g, "");
  const document = TextDocument.create(uri, "ldif", 1, text);
  const expected: { start: number; end: number }[] = [];
  let removed = 0;
  for (const { index, 0: mark } of marked.matchAll(/[«»]/g)) {
    if (mark === "«") expected.push({ start: index - removed, end: -1 });
    else expected.at(-1)!.end = index - removed;
    removed++;
  }
  await session.open(uri, text);
  const diagnostics = await session.diagnostics(uri);
  assert.deepEqual(
    diagnostics.map(({ range }) => range),
    expected.map(({ start, end }) => ({ start: document.positionAt(start), end: document.positionAt(end) })),
    JSON.stringify(diagnostics.map(({ code, range }) => [code, range, document.getText(range)])),
  );
  return diagnostics;
}

/** Opens a text, takes the action with a title at a place, and answers the text afterwards. */
export async function taken(
  session: Session,
  uri: string,
  text: string,
  place: string,
  title: string,
): Promise<string> {
  await session.open(uri, text);
  const action = await session.offered(uri, place, title);
  await session.apply(action.edit!);
  return session.text(uri);
}
