import {
  type CancellationToken,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
} from "vscode-languageserver";
import {
  type AttributeValue,
  addressKey,
  attributeType,
  PieceSearch,
  parseProxyAddress,
  recordValues,
  type Span,
} from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { recordAt, valueAt } from "../placed-records.ts";
import { recordsFor, walk } from "../searched-exports.ts";
import { dnAt, rangesOfDn } from "./references.ts";

/** More places are not marked: they are looked for whenever the cursor moves. */
export const MOST_HIGHLIGHTS = 1000;

/** Attributes that hold addresses, by types in lower case. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "mail",
  "othermailbox",
  "proxyaddresses",
  "targetaddress",
  "userprincipalname",
]);

const isAddress = (type: string) => ADDRESSES.has(type);

/** The places of the export that hold the same address, or the same DN, as the one at the cursor. Of all else the editor knows as much. */
export async function documentHighlights(
  { exports }: Context,
  { textDocument: { uri }, position }: DocumentHighlightParams,
  token?: CancellationToken,
): Promise<DocumentHighlight[] | null> {
  const document = exports.document(uri);
  const place = document && recordAt(document, position);
  if (document === undefined || place === undefined) return null;
  const at = dnAt(place);
  if (at !== undefined) return (await walk([document], token, () => highlightsOfDn(document, at.dn))) ?? null;
  const found = valueAt(place);
  if (found === undefined || found.isDn || !isAddress(attributeType(found.value.description))) return null;
  const { key, text } = addressIn(found.value);
  if (text === "") return null;
  return (await walk([document], token, () => highlightsOfAddress(document, key, text))) ?? null;
}

function* highlightsOfDn(document: ExportDocument, dn: string): Generator<undefined, DocumentHighlight[]> {
  const highlights: DocumentHighlight[] = [];
  for (const range of rangesOfDn(document, dn, true)) {
    if (range === undefined) yield;
    else highlights.push({ range, kind: DocumentHighlightKind.Text });
    if (highlights.length === MOST_HIGHLIGHTS) break;
  }
  return highlights;
}

function* highlightsOfAddress(
  document: ExportDocument,
  key: string,
  text: string,
): Generator<undefined, DocumentHighlight[]> {
  const highlights: DocumentHighlight[] = [];
  for (const one of recordsFor(document, new PieceSearch([text], isAddress))) {
    if (one === undefined) {
      yield;
      continue;
    }
    const { placed, record } = one;
    for (const value of recordValues(record, isAddress)) {
      const address = addressIn(value);
      if (address.key !== key) continue;
      if (highlights.length === MOST_HIGHLIGHTS) return highlights;
      highlights.push({ range: placed.range(record, address.span), kind: DocumentHighlightKind.Text });
    }
  }
  return highlights;
}

/** The address in a value without the type of an SMTP address, where it stands, and what equal ones have in common. */
function addressIn(value: AttributeValue): { readonly key: string; readonly text: string; readonly span: Span } {
  const { isSmtp, start, address } = parseProxyAddress(value.text);
  const text = isSmtp ? address : value.text;
  return {
    key: addressKey(text),
    text: text.trim(),
    span: isSmtp ? value.slice(start, value.text.length) : value.span,
  };
}
