import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeWatchedFilesParams,
  type ExecuteCommandParams,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import type { Analysis } from "./analysis.ts";
import { BaselineSource } from "./baselines.ts";
import { clientFeatures } from "./capabilities.ts";
import { CheckedExports } from "./checked-exports.ts";
import { executeCommand } from "./commands.ts";
import { Companions } from "./companions.ts";
import { type Context, fileName, tell } from "./context.ts";
import { OpenExports } from "./documents.ts";
import { DOCUMENTS, ExportDocument } from "./export-document.ts";
import { ShownDiagnostics, statusOf } from "./features/diagnostics.ts";
import { tellReplaced } from "./features/original.ts";
import type { FilesBeside } from "./files-beside.ts";
import { FindingTables } from "./finding-tables.ts";
import type { Host } from "./host.ts";
import { ImportResults } from "./import-results.ts";
import { LDIF_PROVIDERS, registerForLdif } from "./ldif-requests.ts";
import { Originals } from "./originals.ts";
import { DISK_COMMANDS, SERVER_COMMANDS, STATUS, type Status } from "./protocol.ts";
import { PublishedDiagnostics } from "./published.ts";
import { answerRequests, type Guard, PROVIDERS } from "./requests.ts";
import { SettingsSource } from "./settings.ts";
import { folderOf, stand, uriKey } from "./uri.ts";
import { FolderWatch } from "./watching.ts";

/** Serves one client. The connection is not listening yet. */
export function startServer(connection: Connection, host: Host): void {
  let server: Server | undefined;
  connection.onInitialize((params) => {
    server = new Server(connection, host, params);
    return server.initializeResult();
  });
  connection.onInitialized(() => server?.initialized());
  connection.listen();
}

/** A file that has changed on disk is looked at when it has come to rest, and after a save of our own has been reported. */
const REST_MS = 500;

class Server {
  readonly #connection: Connection;
  readonly #context: Context;
  readonly #documents = new TextDocuments(DOCUMENTS);
  readonly #watch: FolderWatch;
  readonly #published: PublishedDiagnostics;
  readonly #resting = new Map<string, ReturnType<typeof setTimeout>>();
  /** By the URI of the export. */
  readonly #shown = new Map<string, ShownDiagnostics>();

  constructor(connection: Connection, host: Host, params: InitializeParams) {
    this.#connection = connection;
    const client = clientFeatures(params);
    const published = new PublishedDiagnostics(connection);
    this.#published = published;
    const settings = new SettingsSource(connection, host, client);
    const baselines = new BaselineSource(connection, host, client);
    const { storageFolder } = client.options;
    const storage = storageFolder === undefined ? undefined : host.storage(storageFolder);
    const originals = new Originals(host, storage, {
      replaced: (uri) => this.#inBackground("the message", () => tellReplaced(this.#context, uri)),
      notStored: (uri, error) => this.#tellNotStored(uri, error),
    });
    const companions = new Companions(host, (message) => connection.console.warn(message));
    const sources = {
      settings: (uri: string) => settings.of(uri),
      baseline: (uri: string) => baselines.of(uri),
      scanner: host.pieceScanner,
    };
    const exports = new OpenExports(sources, companions, {
      checking: (uri) => this.#status({ uri }),
      checked: (analysis, milliseconds) => this.#checked(analysis, milliseconds),
      gone: (uri) => this.#gone(uri),
      failed: (uri, error) => this.#log(`the check of ${uri}`, error),
    });
    const checked = new CheckedExports(host, {
      show: (uri, diagnostics) => published.checked(uri, diagnostics),
      changed: () => this.#watchFolders(),
      cleared: (uris) => this.#forgetBeside(uris),
    });
    const results = new ImportResults(host, {
      show: (uri, diagnostics) => published.results(uri, diagnostics),
      changed: () => this.#watchFolders(),
    });
    const findings = new FindingTables(exports, host);
    this.#context = { connection, host, client, exports, checked, settings, baselines, originals, results, findings };
    this.#watch = new FolderWatch(connection, client);
    this.#followDocuments();
    this.#answer();
  }

  initializeResult(): InitializeResult {
    return {
      serverInfo: { name: "Syncready" },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          willSave: true,
          save: { includeText: false },
        },
        ...PROVIDERS,
        ...(!this.#context.client.ldifRegistration && LDIF_PROVIDERS),
        // A client that has the commands itself cannot have them registered a second time.
        ...(this.#context.client.options.ownCommands !== true && {
          executeCommandProvider: { commands: [...SERVER_COMMANDS, ...this.#diskCommands()] },
        }),
      },
    };
  }

  #diskCommands(): readonly string[] {
    return this.#context.client.options.checksFromDisk === true ? DISK_COMMANDS : [];
  }

  initialized(): void {
    if (this.#context.client.ldifRegistration) {
      this.#inBackground("the registration for LDIF", () => registerForLdif(this.#connection));
    }
    if (!this.#context.client.configurationRegistration) return;
    this.#inBackground("the registration for settings", () =>
      this.#connection.client.register(DidChangeConfigurationNotification.type, { section: "syncready" }),
    );
  }

  #followDocuments(): void {
    const { client, exports, settings, originals, results } = this.#context;
    this.#documents.onDidOpen(({ document }) => {
      if (document instanceof ExportDocument && document.isExport) this.#opened(document);
    });
    this.#documents.onDidChangeContent(({ document }) => {
      if (document instanceof ExportDocument) {
        results.edited(document.uri, document.lastChanges);
        if (exports.document(document.uri) === document) exports.changed(document);
        else if (document.isExport) this.#opened(document);
        return;
      }
      const beside = this.#filesBeside(document.uri);
      if (beside === undefined) return;
      this.#inBackground(fileName(document.uri), () => beside.changed(document));
      this.#recheckBeside(document.uri);
    });
    this.#documents.onDidClose(({ document }) => {
      const beside = document instanceof ExportDocument ? undefined : this.#filesBeside(document.uri);
      if (beside !== undefined && !(document instanceof ExportDocument)) {
        const isNeeded = exports.uris().some((uri) => stand(uri, document.uri));
        this.#inBackground(fileName(document.uri), () => beside.closed(document, isNeeded));
        this.#recheckBeside(document.uri);
      } else exports.closed(document.uri);
    });
    this.#documents.onWillSave(({ document }) => {
      if (exports.document(document.uri) !== undefined) originals.willSave(document.uri);
    });
    this.#documents.onDidSave(({ document }) => {
      if (exports.document(document.uri) === undefined) return;
      this.#inBackground("the original", () => originals.saved(document.uri));
    });
    this.#documents.listen(this.#connection);
    this.#connection.onDidChangeConfiguration(() => {
      settings.configurationChanged();
      exports.recheck();
      if (client.refreshesCodeLenses)
        void this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
      // The client itself looks at the setting whether there are any.
      if (this.#context.client.inlayHintRefresh) void this.#connection.languages.inlayHint.refresh();
    });
    this.#connection.onDidChangeWatchedFiles((params) => this.#filesChanged(params));
  }

  /** An export has been opened, or a table has become one. */
  #opened(document: ExportDocument): void {
    const { exports, checked, originals, results } = this.#context;
    const { uri, version } = document;
    this.#shown.set(uri, new ShownDiagnostics());
    checked.opened(uri);
    const text = document.getText();
    results.opened(uri, () => text);
    exports.opened(document);
    this.#watchFolders();
    const isUntouched = () => document.version === version && !originals.isSaving(uri);
    this.#inBackground("the original", () => originals.settle(uri, text, isUntouched));
  }

  #answer(): void {
    const context = this.#context;
    const guarded: Guard =
      <Params, Answer, Empty>(name: string, empty: Empty, work: (params: Params, token: CancellationToken) => Answer) =>
      async (params: Params, token: CancellationToken): Promise<Awaited<Answer> | Empty> => {
        try {
          const answer = await work(params, token);
          return token.isCancellationRequested ? empty : answer;
        } catch (error) {
          this.#log(name, error);
          return empty;
        }
      };
    const connection = this.#connection;
    // A window that is closed right after a save must not make the server forget that the change of the file was the editor's.
    connection.onShutdown(() => {
      context.checked.clear();
      return context.originals.stored();
    });
    connection.onExecuteCommand((params, token, progress) => {
      const execute = guarded("a command", null, (one: ExecuteCommandParams) =>
        executeCommand(context, one, token, progress),
      );
      return execute(params, token);
    });
    answerRequests(connection, context, guarded);
  }

  #checked(analysis: Analysis, milliseconds: number): void {
    const { client, originals, baselines } = this.#context;
    const { uri, version } = analysis;
    const diagnostics = this.#shown.get(uri)?.update(analysis, client);
    if (diagnostics !== undefined) this.#published.checked(uri, diagnostics, version);
    this.#status({ uri, checked: statusOf(analysis, milliseconds) });
    baselines.checked(analysis);
    if (originals.isUndecided(uri)) this.#lookAtFile(uri);
  }

  #gone(uri: string): void {
    this.#context.results.closed(uri);
    this.#published.checked(uri, []);
    this.#shown.delete(uri);
    this.#context.baselines.gone(uri);
    this.#forgetBeside([uri]);
    this.#watchFolders();
  }

  /** What is known of the files beside exports is needed no more, unless there are others in their folders. */
  #forgetBeside(uris: readonly string[]): void {
    const { exports, checked, settings, baselines } = this.#context;
    const needed = new Set([...exports.uris(), ...checked.uris()].map(folderOf));
    const unneeded = new Map(uris.map((uri) => [folderOf(uri), uri]));
    for (const [folder, uri] of unneeded) {
      for (const files of needed.has(folder) ? [] : [settings, baselines]) {
        const file = files.uriBeside(uri);
        if (file !== undefined) files.forget(file);
      }
    }
  }

  #watchFolders(): void {
    const { exports, checked, results } = this.#context;
    this.#watch.watch([...exports.uris(), ...checked.files, ...results.uris()], checked.folders);
  }

  /** Those that a file is one of, where it says how the exports beside it are checked. */
  #filesBeside(uri: string): FilesBeside | undefined {
    const { settings, baselines } = this.#context;
    return [settings, baselines].find((files) => files.isOne(uri));
  }

  #recheckBeside(file: string): void {
    this.#context.exports.recheck((uri) => stand(uri, file));
  }

  #filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    const uris = changes.map(({ uri }) => uri);
    this.#inBackground("changed exports", () => this.#context.checked.changed(uris));
    this.#inBackground("the result of an import", () => this.#context.results.changed(uris));
    for (const { uri } of changes) {
      const beside = this.#filesBeside(uri);
      if (beside !== undefined) {
        if (!beside.isOpen(uri)) this.#recheckBeside(uri);
        continue;
      }
      const open = this.#context.exports.uris().find((one) => uriKey(one) === uriKey(uri));
      if (open === undefined) this.#context.exports.companionChanged(uri);
      else this.#lookAtFile(open);
    }
  }

  /** Looks, when an export's file has come to rest, whether it is still the one that was opened. */
  #lookAtFile(uri: string): void {
    clearTimeout(this.#resting.get(uri));
    const { exports, originals } = this.#context;
    const timer = setTimeout(() => {
      this.#resting.delete(uri);
      const document = exports.document(uri);
      if (document === undefined) return;
      if (originals.isSaving(uri)) this.#lookAtFile(uri);
      else this.#inBackground("the original", () => originals.settle(uri, document.getText()));
    }, REST_MS);
    this.#resting.set(uri, timer);
  }

  #status(status: Status): void {
    if (this.#context.client.options.showsStatus !== true) return;
    void this.#connection.sendNotification(STATUS, status);
  }

  #tellNotStored(uri: string, error: unknown): void {
    this.#log(`the original of ${uri}`, error);
    tell(
      this.#context,
      "warning",
      `The original of ${fileName(uri)} cannot be stored, so it is known only until this window is closed.`,
    );
  }

  #inBackground(name: string, work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.#log(name, error));
  }

  #log(name: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`This failed: ${name}. ${details}`);
  }
}
