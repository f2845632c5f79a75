import type { InlayHint, InlayHintParams } from "vscode-languageserver";
import { type LdifLine, type LdifRecord, quoted } from "../../core/index.ts";
import type { Context } from "../context.ts";
import { ldifDocument, linesIn } from "../ldif-places.ts";

/** The longest text that is shown, in UTF-16 units; what is longer has the hover. */
const LONGEST = 60;

/** The text of short values in base64, behind them. */
export function inlayHints(context: Context, { textDocument, range }: InlayHintParams): InlayHint[] {
  const document = ldifDocument(context, textDocument.uri);
  if (document === undefined) return [];
  const hints: InlayHint[] = [];
  for (const { line, record, placed } of linesIn(document, range)) {
    if (line === undefined || !isReadable(line, record)) continue;
    hints.push({
      position: placed.range(record, { start: line.end, end: line.end }).end,
      label: quoted(line.text),
      paddingLeft: true,
      tooltip: `The text of ${line.description}, which stands here in base64: ${line.text.length} characters`,
    });
  }
  return hints;
}

/** It is short, and text that a person can read; characters that cannot be seen among others are shown by their code. */
function isReadable(line: LdifLine, { problems }: LdifRecord): boolean {
  const { valueSpec, start, end, valueStart } = line;
  // Folds take room, and a character takes up to four bytes.
  if (valueSpec !== "base64" || end - valueStart > LONGEST * 8) return false;
  const { text, binary } = line;
  if (binary || text === "" || text.length > LONGEST || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u.test(text)) return false;
  return !problems.some(({ id, span }) => BROKEN.has(id) && span.start <= end && span.end >= start);
}

const BROKEN: ReadonlySet<string> = new Set(["ldif-base64-illegal-character", "ldif-base64-incomplete"]);
