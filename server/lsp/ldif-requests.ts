import {
  CompletionRequest,
  type Connection,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  InlayHintRequest,
  SemanticTokensRegistrationType,
  type ServerCapabilities,
} from "vscode-languageserver";
import type { Context } from "./context.ts";
import { COMPLETION, completion } from "./features/completion.ts";
import { inlayHints } from "./features/inlay-hints.ts";
import { format, formatRange } from "./features/layout.ts";
import { LEGEND, semanticTokens } from "./features/semantic-tokens.ts";
import type { Guard } from "./requests.ts";

const SEMANTIC_TOKENS = { legend: LEGEND, range: true };

/** What the server can be asked for about LDIF alone, for a client that registers nothing by language: about tables it is silent. */
export const LDIF_PROVIDERS: Partial<ServerCapabilities> = {
  completionProvider: COMPLETION,
  inlayHintProvider: true,
  semanticTokensProvider: SEMANTIC_TOKENS,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
};

/** Tables belong to other extensions: a client that can is told that their colours and their layout are none of our business. */
export async function registerForLdif({ client }: Connection): Promise<void> {
  const documentSelector = [{ language: "ldif" }];
  await Promise.all([
    client.register(CompletionRequest.type, { documentSelector, ...COMPLETION }),
    client.register(InlayHintRequest.type, { documentSelector }),
    client.register(SemanticTokensRegistrationType.type, { documentSelector, ...SEMANTIC_TOKENS }),
    client.register(DocumentFormattingRequest.type, { documentSelector }),
    client.register(DocumentRangeFormattingRequest.type, { documentSelector }),
  ]);
}

export function answerLdifRequests(connection: Connection, context: Context, guarded: Guard): void {
  connection.onCompletion(guarded("completions", null, (params, token) => completion(context, params, token)));
  connection.languages.inlayHint.on(guarded("inlay hints", [], (params) => inlayHints(context, params)));
  connection.languages.semanticTokens.onRange(
    guarded("semantic tokens", { data: [] }, (params) => semanticTokens(context, params)),
  );
  connection.onDocumentFormatting(guarded("the formatting", null, (params, token) => format(context, params, token)));
  connection.onDocumentRangeFormatting(
    guarded("the formatting of a range", null, (params, token) => formatRange(context, params, token)),
  );
}
