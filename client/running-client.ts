import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type Middleware, TransportKind } from "vscode-languageclient/node";
import {
  COMMANDS,
  type InitializationOptions,
  PLAIN_TEXT,
  STATUS,
  type Status,
  TABLE_LANGUAGES,
} from "../server/lsp/protocol.ts";
import { registerDiskChecks } from "./check-from-disk.ts";
import { exportUri, registerCommands } from "./commands.ts";
import { registerImportResults } from "./import-result.ts";
import { hintsAsSet, registerLayout } from "./layout.ts";
import { registerOriginals } from "./original.ts";
import { showRulePages } from "./rule-page.ts";
import { showStatus } from "./status.ts";
import { SCHEMES, type Tables } from "./tables.ts";
import { showTexts } from "./text.ts";
import { showFindings } from "./view/show-findings.ts";

/** The client of the language server, from the first export on. */
export class RunningClient {
  readonly #client: LanguageClient;

  constructor(context: vscode.ExtensionContext, tables: Tables) {
    const module = context.asAbsolutePath("dist/server.js");
    const initializationOptions: InitializationOptions = {
      storageFolder: vscode.Uri.joinPath(context.globalStorageUri, "originals").fsPath,
      ownCommands: true,
      typesNewValues: true,
      changesSeverities: true,
      givesReasons: true,
      opensRulePages: true,
      showsText: true,
      checksFromDisk: true,
      showsStatus: true,
      ownSnippets: true,
    };
    const options: LanguageClientOptions = {
      documentSelector: SCHEMES.flatMap((scheme) => [
        ...["ldif", ...TABLE_LANGUAGES, PLAIN_TEXT].map((language) => ({ scheme, language })),
        { scheme, pattern: "**/*.{[cC][sS][vV],[tT][sS][vV],[tT][aA][bB]}" },
        { scheme, pattern: "**/{.syncready,.syncready-baseline}.json" },
      ]),
      initializationOptions,
      middleware: { ...withholdOthers(tables), provideInlayHints: hintsAsSet },
      // Hovers link to the pages of rules.
      markdown: { isTrusted: { enabledCommands: [COMMANDS.openRulePage] } },
    };
    const client = new LanguageClient("syncready", "Syncready", { module, transport: TransportKind.ipc }, options);
    this.#client = client;
    // The client knows one listener for each notification.
    const statuses = new vscode.EventEmitter<Status>();
    context.subscriptions.push(
      statuses,
      client.onNotification(STATUS, (status: Status) => statuses.fire(status)),
      ...registerCommands(client, tables, context.globalState),
      ...registerDiskChecks(client, tables),
      ...registerImportResults(client),
      ...registerLayout(client),
      ...registerOriginals(client),
      ...showRulePages(client),
      ...showFindings(client, context, (named) => exportUri(named, tables), statuses.event),
      ...showStatus(client, tables, statuses.event),
      ...showTexts(client),
    );
    // The commands wait for the server; nothing else has to.
    void client.start();
  }

  dispose(): Promise<void> {
    return this.#client.dispose();
  }
}

/** Keeps from the server the tables that are no exports, as long as they are none: it has no use for megabytes of anything else. */
function withholdOthers(tables: Tables): Middleware {
  /** How each is told to the server when it has become an export. */
  const withheld = new Map<string, (document: vscode.TextDocument) => Promise<void>>();
  const isWithheld = ({ uri }: vscode.TextDocument) => withheld.has(uri.toString());
  return {
    async didOpen(document, next) {
      const key = document.uri.toString();
      if (tables.isOther(document)) {
        withheld.set(key, next);
        return;
      }
      withheld.delete(key);
      await next(document);
    },
    async didChange(event, next) {
      const { document } = event;
      const key = document.uri.toString();
      const open = withheld.get(key);
      if (open === undefined) await next(event);
      else if (!tables.isOther(document)) {
        withheld.delete(key);
        await open(document);
      }
    },
    async didClose(document, next) {
      if (!withheld.delete(document.uri.toString())) await next(document);
    },
    async willSave(event, next) {
      if (!isWithheld(event.document)) await next(event);
    },
    async didSave(document, next) {
      if (!isWithheld(document)) await next(document);
    },
    provideHover: (document, position, token, next) =>
      isWithheld(document) ? undefined : next(document, position, token),
    provideCodeActions: (document, range, context, token, next) =>
      isWithheld(document) ? undefined : next(document, range, context, token),
  };
}
