import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import {
  type AttributeValue,
  type Entry,
  LdifChange,
  type LivePiece,
  parentDn,
  parseDn,
  type Range,
  rdnValue,
  recordContent,
  recordDn,
  runOfValues,
  type SourceRecord,
  visible,
} from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { PlacedPiece } from "../placed-records.ts";
import { walk } from "../searched-exports.ts";

/** More entries an outline does not list: editors make a row of each after every edit. */
export const MOST_ENTRIES = 20_000;

/** Longer texts, in UTF-16 units, have no attributes in their outline: ten times as many rows as entries. */
export const LONGEST_WITH_ATTRIBUTES = 2 ** 21;

/** So much of a name or a value is shown, in UTF-16 units. */
const LONGEST_SHOWN = 120;

/** What the outline shows of a piece, with lines that count from the piece's first: it stays good as long as the piece does. */
const outlines = new WeakMap<LivePiece, readonly DocumentSymbol[]>();

/** The entries of an export, each with its attributes; what it leaves out, its last symbol says. */
export async function documentSymbols(
  { exports, client }: Context,
  { textDocument: { uri } }: DocumentSymbolParams,
  token?: CancellationToken,
): Promise<DocumentSymbol[] | SymbolInformation[] | null> {
  const document = exports.document(uri);
  if (document === undefined) return null;
  const symbols = await walk([document], token, () => outlineSteps(document));
  if (symbols === undefined || client.symbolTrees) return symbols ?? null;
  return symbols.map(({ name, detail, kind, range }) => {
    return { name, kind, location: { uri, range }, ...(detail && { containerName: detail }) };
  });
}

function* outlineSteps(document: ExportDocument): Generator<undefined, DocumentSymbol[]> {
  const { pieces } = document.text;
  const hasAttributes = document.text.length <= LONGEST_WITH_ATTRIBUTES;
  const symbols: DocumentSymbol[] = [];
  let more = 0;
  for (const piece of pieces) {
    const firstLine = pieces.firstLineOf(piece);
    for (const symbol of outlineOf(document, piece, hasAttributes)) {
      if (symbols.length < MOST_ENTRIES) symbols.push(moved(symbol, firstLine));
      else more++;
    }
    yield;
  }
  const note = noteOf(more, hasAttributes || symbols.length === 0);
  if (note !== undefined) {
    const end = document.text.positionAt(document.text.length);
    const range = { start: end, end };
    symbols.push({ ...note, kind: SymbolKind.Null, range, selectionRange: range });
  }
  return symbols;
}

function noteOf(more: number, isWhole: boolean): { name: string; detail: string } | undefined {
  const detail = isWhole ? "" : "attributes are left out, since the export is long";
  if (more > 0) return { name: `... and ${more.toLocaleString("en-US")} more entries`, detail };
  return isWhole ? undefined : { name: "... without attributes", detail };
}

function outlineOf(document: ExportDocument, piece: LivePiece, hasAttributes: boolean): readonly DocumentSymbol[] {
  let outline = outlines.get(piece);
  // A text may have grown or shrunk over the limit.
  if (outline === undefined || outline.some(({ children }) => (children !== undefined) !== hasAttributes)) {
    const placed = new PlacedPiece(document, piece);
    const firstLine = document.text.pieces.firstLineOf(piece);
    outline = placed.records.flatMap((record) => {
      const symbol = symbolOf(placed, record, hasAttributes);
      return symbol === undefined ? [] : [moved(symbol, -firstLine)];
    });
    outlines.set(piece, outline);
  }
  return outline;
}

function moved(symbol: DocumentSymbol, lines: number): DocumentSymbol {
  const { range, selectionRange, children } = symbol;
  return {
    ...symbol,
    range: movedRange(range, lines),
    selectionRange: movedRange(selectionRange, lines),
    ...(children && { children: children.map((child) => moved(child, lines)) }),
  };
}

function movedRange({ start, end }: Range, lines: number): Range {
  return { start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } };
}

/** Of what is neither an entry nor a change there is none. */
function symbolOf(placed: PlacedPiece, record: SourceRecord, hasAttributes: boolean): DocumentSymbol | undefined {
  const dn = recordDn(record);
  if (dn === undefined) return undefined;
  const { name, detail } = entryName(dn.text);
  const change = record instanceof LdifChange ? (record.change.type ?? "change") : undefined;
  return {
    name,
    detail: change === undefined ? detail : `${change} ${detail}`.trim(),
    kind: record.entry === undefined ? SymbolKind.Event : entryKind(record.entry),
    range: placed.range(record, recordContent(record)),
    selectionRange: placed.range(record, dn.span),
    ...(hasAttributes && { children: attributesOf(placed, record) }),
  };
}

/** What an entry is called, and where it is. No name is empty: editors take none that is. */
export function entryName(dn: string): { readonly name: string; readonly detail: string } {
  return { name: shown(rdnValue(dn) || dn).trim() || "(no name)", detail: shown(parentDn(dn)) };
}

const KINDS: Readonly<Record<Entry["objectType"], SymbolKind>> = {
  user: SymbolKind.Class,
  inetOrgPerson: SymbolKind.Class,
  contact: SymbolKind.Interface,
  group: SymbolKind.Enum,
  computer: SymbolKind.Struct,
  other: SymbolKind.Object,
};

/** Classes of entries that hold others. */
const CONTAINERS: ReadonlySet<string> = new Set([
  "organizationalunit",
  "container",
  "organization",
  "domain",
  "domaindns",
  "builtindomain",
]);

/** Editors have no icons of people and groups, but icons that differ. */
export function entryKind(entry: Entry): SymbolKind {
  const { objectType } = entry;
  return objectType === "other" && isContainer(entry) ? SymbolKind.Namespace : KINDS[objectType];
}

/** Where an export has no classes, the names of organizational units and domains tell. */
function isContainer(entry: Entry): boolean {
  const classes = entry.values("objectClass");
  if (classes.length > 0) return classes.some(({ text }) => CONTAINERS.has(text.toLowerCase()));
  const type = parseDn(entry.dn.text).rdns[0]?.attributes[0]?.type.toLowerCase();
  return type === "ou" || type === "dc";
}

function attributesOf(placed: PlacedPiece, record: SourceRecord): DocumentSymbol[] {
  const { entry } = record;
  if (entry === undefined) return [];
  return [...entry.attributeTypes()].flatMap((type) => {
    const values = entry.values(type);
    const [first] = values;
    if (first === undefined) return [];
    return {
      name: shown(first.description) || "(no name)",
      detail: values.length > 1 ? `${values.length.toLocaleString("en-US")} values` : valueDetail(first),
      kind: values.length > 1 ? SymbolKind.Array : SymbolKind.Property,
      range: placed.range(record, runOfValues(values)),
      selectionRange: placed.range(record, first.span),
    };
  });
}

/** A value in short. What is no text says how long it is, where that is known. */
function valueDetail(value: AttributeValue): string {
  if (!value.binary) return shown(value.text);
  const { base64 } = value;
  const count = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  return base64 === "" ? "bytes" : `${count.toLocaleString("en-US")} bytes`;
}

/** A text as a list shows it: cut, and without what nobody can see. */
export function shown(text: string): string {
  return visible(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text);
}
