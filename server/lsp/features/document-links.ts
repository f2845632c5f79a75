import type { CancellationToken, DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { dnKey, namedDn, namesDns, recordDn, recordValues } from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { PlacedPiece } from "../placed-records.ts";
import { walk } from "../searched-exports.ts";
import { locationSteps } from "./references.ts";

/** Longer texts, in UTF-16 units, have no links: editors want those of a whole document at once, and after every edit. */
export const LONGEST_LINKED = 2 ** 21;

/** More links a document does not get. "Go to Definition" leads everywhere. */
export const MOST_LINKS = 5000;

/** What a link leads to. */
interface LinkData {
  readonly uri: string;
  readonly dn: string;
}

/** Links from the DNs that values name to their entries in the same export. No other value becomes a link, whatever it looks like. */
export async function documentLinks(
  { exports }: Context,
  { textDocument: { uri } }: DocumentLinkParams,
  token?: CancellationToken,
): Promise<DocumentLink[] | null> {
  const document = exports.document(uri);
  if (document === undefined || document.text.length > LONGEST_LINKED) return null;
  return (await walk([document], token, () => linkSteps(document))) ?? null;
}

function* linkSteps(document: ExportDocument): Generator<undefined, DocumentLink[]> {
  const links: { readonly key: string; readonly link: DocumentLink }[] = [];
  const entries = new Set<string>();
  for (const piece of document.text.pieces) {
    const placed = new PlacedPiece(document, piece);
    for (const record of placed.records) {
      const own = recordDn(record);
      if (own === undefined) continue;
      const ownKey = dnKey(own.text);
      if (record.entry !== undefined) entries.add(ownKey);
      for (const value of recordValues(record, namesDns)) {
        const dn = namedDn(value);
        const key = dn && dnKey(dn.text);
        if (dn === undefined || key === undefined || key === ownKey) continue;
        const data: LinkData = { uri: document.uri, dn: dn.text };
        const range = placed.range(record, value.slice(dn.start, value.text.length));
        links.push({ key, link: { range, tooltip: "Go to the entry", data } });
      }
    }
    yield;
  }
  const known = links.filter(({ key }) => entries.has(key));
  return known.slice(0, MOST_LINKS).map(({ link }) => link);
}

/** Where a link leads to is found out when somebody follows it: its entry may have moved since. */
export async function resolveDocumentLink(
  { exports }: Context,
  link: DocumentLink,
  token?: CancellationToken,
): Promise<DocumentLink> {
  const { uri, dn } = (link.data ?? {}) as Partial<Record<keyof LinkData, unknown>>;
  const document = typeof uri === "string" && typeof dn === "string" ? exports.document(uri) : undefined;
  if (document === undefined) return link;
  const locations = await walk([document], token, () => locationSteps([document], dn as string));
  const entry = locations?.find(({ isChange }) => !isChange);
  if (entry === undefined) return link;
  const { line, character } = entry.own.start;
  return { ...link, target: `${document.uri}#L${line + 1},${character + 1}` };
}
