import type { Connection, ServerCapabilities } from "vscode-languageserver";
import type { Context } from "../context.ts";
import type { Guard } from "../requests.ts";
import { documentLinks, resolveDocumentLink } from "./document-links.ts";
import { foldingRanges } from "./folding.ts";
import { documentHighlights } from "./highlights.ts";
import { documentSymbols } from "./outline.ts";
import { definition, references } from "./references.ts";
import { selectionRanges } from "./selection-ranges.ts";
import { workspaceSymbols } from "./workspace-symbols.ts";

/** What helps to find one's way in exports. */
export const NAVIGATION_PROVIDERS: Partial<ServerCapabilities> = {
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  workspaceSymbolProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentLinkProvider: { resolveProvider: true },
  selectionRangeProvider: true,
  documentHighlightProvider: true,
};

/** Where there is nothing to tell, `null` lets the editor do what it does of itself, such as marking equal words. */
export function answerNavigation(connection: Connection, context: Context, guarded: Guard): void {
  connection.onDocumentSymbol(guarded("the outline", null, (params, token) => documentSymbols(context, params, token)));
  connection.onFoldingRanges(guarded("folding", null, (params, token) => foldingRanges(context, params, token)));
  connection.onWorkspaceSymbol(guarded("a search", [], (params, token) => workspaceSymbols(context, params, token)));
  connection.onDefinition(guarded("a definition", null, (params, token) => definition(context, params, token)));
  connection.onReferences(guarded("references", null, (params, token) => references(context, params, token)));
  connection.onDocumentLinks(guarded("links", null, (params, token) => documentLinks(context, params, token)));
  connection.onDocumentLinkResolve(async (link, token) => {
    const resolved = await guarded("a link", link, () => resolveDocumentLink(context, link, token))(link, token);
    return resolved;
  });
  connection.onSelectionRanges(guarded("selections", null, (params) => selectionRanges(context, params)));
  connection.onDocumentHighlight(
    guarded("highlights", null, (params, token) => documentHighlights(context, params, token)),
  );
}
