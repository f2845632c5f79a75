import type {
  CancellationToken,
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from "vscode-languageserver";
import {
  convertValue as convert,
  type Layout,
  type LivePiece,
  layOut,
  layoutStyle,
  type Range,
  type Span,
} from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import { type Context, tell } from "../context.ts";
import { LineIndex, textEdits, workspaceEdit } from "../convert.ts";
import { ldifDocument, ldifRecordAt, piecesIn } from "../ldif-places.ts";
import { inSlices } from "../slices.ts";

/** The edits that format an export in LDIF. */
export function format(
  context: Context,
  { textDocument }: DocumentFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[] | null> {
  return laidOut(context, textDocument.uri, "format", undefined, token);
}

/** The edits that format the records that a range touches: never a part of one. */
export function formatRange(
  context: Context,
  { textDocument, range }: DocumentRangeFormattingParams,
  token: CancellationToken,
): Promise<TextEdit[] | null> {
  return laidOut(context, textDocument.uri, "format", range, token);
}

/** The commands `syncready.foldLines` and `syncready.unfoldLines`. */
export async function layOutLines(
  context: Context,
  uri: string,
  layout: Exclude<Layout, "format">,
  range: Range | undefined,
): Promise<boolean> {
  const edits = await laidOut(context, uri, layout, range);
  if (edits === null) {
    tell(context, "warning", "Lines are folded in exports in LDIF only.");
    return false;
  }
  if (edits.length === 0) {
    tell(context, "info", layout === "fold" ? "There is no line to be folded here." : "There is no folded line here.");
    return false;
  }
  return applied(context, uri, layout === "fold" ? "Fold lines" : "Unfold lines", edits);
}

/** The command `syncready.convertValue`. */
export async function convertValue(context: Context, uri: string, position: Range["start"]): Promise<boolean> {
  const analysis = await analysisOf(context, uri);
  const place = analysis && ldifRecordAt(analysis.document, position);
  if (analysis === undefined || place === undefined) {
    tell(context, "warning", "Put the cursor into a value of an export in LDIF.");
    return false;
  }
  const { record, offset, placed } = place;
  const conversion = convert(record, offset, analysis.style);
  if (conversion.refusal !== undefined) {
    tell(context, "warning", conversion.refusal);
    return false;
  }
  const { span, text } = conversion.change;
  const edit = { range: placed.range(record, span), newText: text };
  return applied(context, uri, conversion.to === "text" ? "Write as text" : "Write in base64", [edit]);
}

async function applied(context: Context, uri: string, label: string, edits: TextEdit[]): Promise<boolean> {
  const { connection, client } = context;
  const document = ldifDocument(context, uri);
  if (document === undefined) return false;
  const edit = workspaceEdit(document, edits, client);
  const { applied } = await connection.workspace.applyEdit({ label, edit });
  return applied;
}

/** The check knows the style of the export's lines. `undefined` where it is none in LDIF. */
async function analysisOf(context: Context, uri: string, token?: CancellationToken): Promise<Analysis | undefined> {
  return ldifDocument(context, uri) && context.exports.current(uri, token);
}

/** Null where there is no such export, or where it has changed meanwhile. */
async function laidOut(
  context: Context,
  uri: string,
  layout: Layout,
  range: Range | undefined,
  token?: CancellationToken,
): Promise<TextEdit[] | null> {
  const analysis = await analysisOf(context, uri, token);
  if (analysis === undefined) return null;
  const { version } = analysis.document;
  const isWanted = () => token?.isCancellationRequested !== true && analysis.document.version === version;
  return (await inSlices(editsOf(analysis, layout, range), isWanted)) ?? null;
}

function* editsOf(analysis: Analysis, layout: Layout, range: Range | undefined): Generator<undefined, TextEdit[]> {
  const { document } = analysis;
  const { pieces } = document.text;
  const style = layoutStyle(layout, analysis.style);
  const edits: TextEdit[] = [];
  for (const piece of range === undefined ? pieces : piecesIn(document, range)) {
    const wanted = range === undefined || layout === "format" ? undefined : wantedIn(analysis, piece, range);
    const block = { text: piece.text, isLast: piece === pieces.last, ...(wanted !== undefined && { wanted }) };
    const changes = layOut(block, layout, style);
    if (changes.length > 0) {
      const firstLine = pieces.firstLineOf(piece);
      edits.push(...textEdits(new LineIndex(piece.text), changes, firstLine));
    }
    yield;
  }
  return edits;
}

/** What of a piece is in a range; where that is empty, the record at its place. */
function wantedIn({ document }: Analysis, piece: LivePiece, { start, end }: Range): Span {
  const { text } = document;
  const from = text.pieces.startOf(piece);
  const span = { start: text.offsetAt(start) - from, end: text.offsetAt(end) - from };
  const record = span.start === span.end ? ldifRecordAt(document, start)?.record : undefined;
  return record === undefined ? span : { start: record.start, end: record.start + record.text.length };
}
