import type { CancellationToken } from "vscode-languageserver";
import type { PieceSearch, SourceRecord } from "../core/index.ts";
import type { Context } from "./context.ts";
import type { ExportDocument } from "./export-document.ts";
import { PlacedPiece } from "./placed-records.ts";
import { inSlices } from "./slices.ts";
import { uriKey } from "./uri.ts";

/** A record of an export, and the piece in which it stands. */
export interface PlacedRecord {
  readonly placed: PlacedPiece;
  readonly record: SourceRecord;
}

/** The exports in which something is looked for: the one in which somebody asks, all others that are open, and those checked together with them. */
export async function searchedExports(
  { exports }: Context,
  first?: ExportDocument,
): Promise<readonly ExportDocument[]> {
  const open = exports.uris().map((uri) => exports.document(uri));
  const searched = new Map<string, ExportDocument>();
  for (const document of [first, ...open]) if (document !== undefined) searched.set(uriKey(document.uri), document);
  for (const { uri, document } of await exports.companions()) {
    const key = uriKey(uri);
    if (!searched.has(key)) searched.set(key, document);
  }
  return [...searched.values()];
}

/**
 * Walks through exports with pauses. An edit meanwhile makes it begin anew, since places are good until then only; `undefined` where
 * nobody wants the answer any more.
 */
export async function walk<Answer>(
  documents: readonly ExportDocument[],
  token: CancellationToken | undefined,
  steps: () => Generator<undefined, Answer>,
): Promise<Answer | undefined> {
  const isWanted = () => token?.isCancellationRequested !== true;
  for (;;) {
    const versions = documents.map(({ version }) => version);
    const isSame = () => documents.every(({ version }, at) => version === versions[at]);
    const answer = await inSlices(steps(), () => isWanted() && isSame());
    if (answer !== undefined || !isWanted()) return answer;
  }
}

/** The records in those pieces of an export that may hold what is looked for; `undefined` between two pieces, for a pause. */
export function* recordsFor(document: ExportDocument, search: PieceSearch): Generator<PlacedRecord | undefined, void> {
  for (const piece of document.text.pieces) {
    if (search.mayHold(piece.text)) {
      const placed = new PlacedPiece(document, piece);
      for (const record of placed.records) yield { placed, record };
    }
    yield undefined;
  }
}
