import type { CancellationToken, SymbolInformation, WorkspaceSymbolParams } from "vscode-languageserver";
import { type EntryRecord, PieceSearch, parseProxyAddress } from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { type PlacedRecord, recordsFor, searchedExports, walk } from "../searched-exports.ts";
import { entryKind, entryName, shown } from "./outline.ts";

/** More are not answered: whoever wants to see others types more. */
export const MOST_ANSWERED = 100;

/** So many that fit are ranked; a text that stands in more of them says nearly nothing. */
const MOST_RANKED = 1000;

/** So many of the values that fit are shown. */
const MOST_SHOWN = 3;

/** The attributes by which entries are found, besides their DN, by types in lower case: those that people know. */
const SEARCHED: readonly string[] = [
  "userprincipalname",
  "mail",
  "samaccountname",
  "proxyaddresses",
  "cn",
  "displayname",
];

const isSearched = (type: string) => type === "dn" || SEARCHED.includes(type);

interface Found extends PlacedRecord {
  readonly entry: EntryRecord;
  /** 0 is the best. */
  readonly rank: number;
  /** The values that fit, besides the name. */
  readonly values: readonly string[];
}

/** The entries that people mean by some words: in any case and order, each in some value that names the entry. The best come first. */
export async function workspaceSymbols(
  context: Context,
  { query }: WorkspaceSymbolParams,
  token?: CancellationToken,
): Promise<SymbolInformation[]> {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  const documents = await searchedExports(context);
  const symbols = await walk(documents, token, function* () {
    const found: Found[] = [];
    for (const document of documents) yield* find(document, wanted, words, found);
    found.sort((one, other) => one.rank - other.rank);
    return found.slice(0, MOST_ANSWERED).map(symbolOf);
  });
  return symbols ?? [];
}

function* find(
  document: ExportDocument,
  wanted: string,
  words: readonly string[],
  found: Found[],
): Generator<undefined, void> {
  const search = new PieceSearch(words, isSearched);
  for (const one of recordsFor(document, search)) {
    if (one === undefined) yield;
    else {
      const { entry } = one.record;
      const fit = entry && fitOf(entry, wanted, words);
      if (fit !== undefined) found.push({ ...one, entry: entry!, ...fit });
    }
    if (found.length >= MOST_RANKED) return;
  }
}

/** How an entry fits; `undefined` where it does not. */
function fitOf(
  entry: EntryRecord,
  wanted: string,
  words: readonly string[],
): Pick<Found, "rank" | "values"> | undefined {
  const dn = entry.dn.text.toLowerCase();
  const { name } = entryName(entry.dn.text);
  const values = SEARCHED.flatMap((type) => entry.values(type)).map(({ text }) => text);
  const texts = [dn, ...values.map((value) => value.toLowerCase())];
  if (!words.every((word) => texts.some((text) => text.includes(word)))) return undefined;
  const lowerName = name.toLowerCase();
  const rest = words.filter((word) => !lowerName.includes(word));
  const telling = new Map<string, string>();
  for (const value of values) {
    const lower = value.toLowerCase();
    const address = addressIn(lower);
    if (rest.some((word) => lower.includes(word)) && !telling.has(address)) telling.set(address, value);
  }
  return { rank: rankOf(wanted, [lowerName, ...texts]), values: [...telling.values()] };
}

/** What is meant as a whole comes before what begins so, that before what holds a word that begins so, and that before all else. */
function rankOf(wanted: string, texts: readonly string[]): number {
  let rank = 4;
  for (const text of texts) {
    const named = addressIn(text);
    if (text === wanted || named === wanted) return 0;
    const at = named.indexOf(wanted);
    const here = at === 0 ? 1 : at < 0 ? 4 : /[\p{L}\p{N}]/u.test(named[at - 1]!) ? 3 : 2;
    rank = Math.min(rank, here);
  }
  return rank;
}

/** What stands behind the type of an address, or in the first RDN of a DN behind its type. */
function addressIn(text: string): string {
  const { isSmtp, address } = parseProxyAddress(text);
  return isSmtp ? address : text.replace(/^[a-z]+=/, "");
}

/**
 * Clients look for the words again, in the name that is shown and in the container: so the name has the values that fit, and the
 * container is the whole DN. VS Code asks for the first word only, and looks for the others in the container itself: there they find an
 * entry by its DN alone.
 */
function symbolOf({ placed, record, entry, values }: Found): SymbolInformation {
  const { name } = entryName(entry.dn.text);
  return {
    name: [name, ...values.slice(0, MOST_SHOWN).map(shown)].join(" \u00b7 "),
    kind: entryKind(entry),
    containerName: shown(entry.dn.text),
    location: { uri: placed.document.uri, range: placed.range(record, entry.dn.span) },
  };
}
