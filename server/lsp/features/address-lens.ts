import type { CancellationToken, CodeLens, CodeLensParams } from "vscode-languageserver";
import { type EntryRecord, type ExchangeAddresses, visible } from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import type { Context } from "../context.ts";
import { inSlices } from "../slices.ts";
import { addressesOf } from "./hover-sections.ts";

/** An editor asks for all lenses of a document, with every edit: more of them it does not get. */
const MOST_LENSES = 1000;

/** A lens is one line above an entry, in UTF-16 units. */
const MOST_SHOWN = 120;

/** What Exchange Online will show of each recipient, above its entry, where the editor's settings want that. */
export async function addressLenses(
  context: Context,
  { textDocument: { uri } }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[]> {
  if (context.exports.document(uri) === undefined || !(await areWanted(context, uri))) return [];
  const analysis = await context.exports.current(uri, token);
  if (analysis === undefined) return [];
  const { version } = analysis.document;
  const isWanted = () => !token.isCancellationRequested && analysis.document.version === version;
  return (await inSlices(lenses(analysis), isWanted)) ?? [];
}

async function areWanted({ connection, client }: Context, uri: string): Promise<boolean> {
  if (!client.configuration) return false;
  const settings = await connection.workspace.getConfiguration({ scopeUri: uri, section: "syncready" });
  return settings?.codeLens?.addresses === true;
}

function* lenses(analysis: Analysis): Generator<undefined, CodeLens[]> {
  const found: CodeLens[] = [];
  for (const entry of analysis.entries()) {
    const addresses = addressesOf(analysis, entry);
    if (addresses !== undefined) {
      if (found.length === MOST_LENSES) {
        found.push(lensAt(analysis, entry, "The addresses of this entry and those below are in the hover only"));
        break;
      }
      found.push(lensAt(analysis, entry, titleOf(addresses)));
    }
    yield;
  }
  return found;
}

function lensAt(analysis: Analysis, entry: EntryRecord, title: string): CodeLens {
  // Without the name of a command it is a text.
  return { range: analysis.rangeIn(entry, entry.dn.span), command: { title, command: "" } };
}

function titleOf({ primary, secondary, unused }: ExchangeAddresses): string {
  const first = primary === undefined ? "no primary address" : shown(primary.address);
  const parts = [`Exchange Online: ${first}`];
  if (secondary.length > 0) parts.push(`${secondary.length} secondary`);
  if (unused.length > 0) parts.push(`${unused.length} not used`);
  return parts.join(", ");
}

/** VS Code makes icons of `$(name)`. */
function shown(address: string): string {
  const cut = address.length > MOST_SHOWN ? `${address.slice(0, MOST_SHOWN)}...` : address;
  return visible(cut).replace(/\$\(/g, "\\$(");
}
