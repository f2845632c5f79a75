import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "./protocol.ts";

/** What the client can do, as far as it makes a difference here. */
export interface ClientFeatures {
  readonly options: InitializationOptions;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watching: boolean;
  readonly relativePatterns: boolean;
  readonly relatedInformation: boolean;
  readonly documentChanges: boolean;
  readonly createFile: boolean;
  readonly changeAnnotations: boolean;
  readonly resolvesEdits: boolean;
  /** Hovers may be in Markdown. */
  readonly markdown: boolean;
  readonly showDocument: boolean;
  readonly refreshesCodeLenses: boolean;
  /** Outlines may be trees. */
  readonly symbolTrees: boolean;
  /** Definitions may say what they are the definition of. */
  readonly definitionLinks: boolean;
  /** So many ranges to fold the client takes. */
  readonly mostFoldingRanges: number;
  /** What is about LDIF alone can be registered for LDIF alone. */
  readonly ldifRegistration: boolean;
  /** Inlay hints can be asked for again. */
  readonly inlayHintRefresh: boolean;
  /** Completions may have placeholders. */
  readonly snippets: boolean;
}

export function clientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window }: ClientCapabilities = capabilities ?? {};
  const edit = workspace?.workspaceEdit;
  const documentChanges = edit?.documentChanges === true;
  return {
    options: readOptions(initializationOptions),
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watching: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    documentChanges,
    createFile: documentChanges && edit.resourceOperations?.includes("create") === true,
    changeAnnotations: documentChanges && edit.changeAnnotationSupport !== undefined,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    showDocument: window?.showDocument?.support === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    mostFoldingRanges: limit(textDocument?.foldingRange?.rangeLimit, MOST_FOLDING_RANGES),
    ldifRegistration: [
      textDocument?.completion,
      textDocument?.inlayHint,
      textDocument?.semanticTokens,
      textDocument?.formatting,
      textDocument?.rangeFormatting,
    ].every((feature) => feature?.dynamicRegistration === true),
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}

/** As many as VS Code takes. */
const MOST_FOLDING_RANGES = 5000;

function limit(wanted: unknown, otherwise: number): number {
  return typeof wanted === "number" && wanted > 0 ? Math.floor(wanted) : otherwise;
}

/** Whatever a client sends there, only what is meant for us and of the right type counts. */
function readOptions(sent: unknown): InitializationOptions {
  if (typeof sent !== "object" || sent === null) return {};
  const options = sent as Readonly<Record<keyof InitializationOptions, unknown>>;
  const { storageFolder } = options;
  return {
    ...(typeof storageFolder === "string" && storageFolder !== "" && { storageFolder }),
    ownCommands: options.ownCommands === true,
    typesNewValues: options.typesNewValues === true,
    changesSeverities: options.changesSeverities === true,
    givesReasons: options.givesReasons === true,
    opensRulePages: options.opensRulePages === true,
    showsText: options.showsText === true,
    checksFromDisk: options.checksFromDisk === true,
    showsStatus: options.showsStatus === true,
    ownSnippets: options.ownSnippets === true,
  };
}
