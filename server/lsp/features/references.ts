import type {
  CancellationToken,
  DefinitionParams,
  Location,
  LocationLink,
  Range,
  ReferenceParams,
} from "vscode-languageserver";
import {
  attributeType,
  dnKey,
  namedDn,
  namesDns,
  PieceSearch,
  parseDn,
  recordContent,
  recordDn,
  referencesIn,
  type Span,
  textOfDn,
} from "../../core/index.ts";
import { type Context, tell } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { includes, type RecordPlace, recordAt, valueAt } from "../placed-records.ts";
import { type PlacedRecord, recordsFor, searchedExports, walk } from "../searched-exports.ts";

/** More references are not shown: a schema class or a large group has as many as there are entries. */
export const MOST_REFERENCES = 5000;

/** A DN that stands at a place of an export, and where it stands in its record. */
export interface DnAt {
  readonly dn: string;
  readonly span: Span;
  /** It is the entry's own. */
  readonly isOwn: boolean;
}

/** The DN at a place: the entry's own, or one that a value names. */
export function dnAt(place: RecordPlace): DnAt | undefined {
  const found = valueAt(place);
  if (found === undefined) return undefined;
  const { value } = found;
  // The rootDSE has no name that anybody could refer to.
  if (value.text === "") return undefined;
  if (found.isDn) return { dn: value.text, span: value.span, isOwn: true };
  if (!namesDns(attributeType(found.value.description))) return undefined;
  const dn = namedDn(found.value);
  return dn && { dn: dn.text, span: value.slice(dn.start, value.text.length), isOwn: false };
}

/** The DN that is meant at a place: in an entry's own DN, behind its first RDN, it is that of a container. */
function meantAt(place: RecordPlace): DnAt | undefined {
  const at = dnAt(place);
  const own = recordDn(place.record);
  if (at?.isOwn !== true || own === undefined) return at;
  const { rdns, error } = parseDn(at.dn);
  if (error !== undefined) return at;
  const rdn = rdns.slice(1).find(({ start, end }) => includes(own.slice(start, end), place.offset));
  if (rdn === undefined) return at;
  return { dn: at.dn.slice(rdn.start), span: own.slice(rdn.start, at.dn.length), isOwn: false };
}

/** Where the entries are that a DN names: in the export in which it stands, or else in the others. */
export async function definition(
  context: Context,
  { textDocument: { uri }, position }: DefinitionParams,
  token?: CancellationToken,
): Promise<Location[] | LocationLink[] | null> {
  const document = context.exports.document(uri);
  const place = document && recordAt(document, position);
  const at = place && meantAt(place);
  if (document === undefined || place === undefined || at === undefined) return null;
  const origin = place.placed.range(place.record, at.span);
  const found = await entriesNamed(context, document, at.dn, token);
  if (found === undefined) return null;
  if (!context.client.definitionLinks) return found.map(({ uri, own }) => ({ uri, range: own }));
  return found.map(({ uri, own, whole }) => {
    return { originSelectionRange: origin, targetUri: uri, targetRange: whole, targetSelectionRange: own };
  });
}

/** Where an entry stands: its DN, and all of it. */
export interface EntryLocation {
  readonly uri: string;
  readonly own: Range;
  readonly whole: Range;
  /** It is no entry, but a change of one. */
  readonly isChange: boolean;
}

/** The entries of a DN in an export, or else in the others. Where there is none, changes of it count. */
async function entriesNamed(
  context: Context,
  document: ExportDocument,
  dn: string,
  token: CancellationToken | undefined,
): Promise<readonly EntryLocation[] | undefined> {
  const here = await walk([document], token, () => locationSteps([document], dn));
  if (here === undefined || here.some(isEntry)) return here?.filter(isEntry);
  const others = (await searchedExports(context, document)).slice(1);
  const there = await walk(others, token, () => locationSteps(others, dn));
  return there?.some(isEntry) ? there.filter(isEntry) : there && [...here, ...there];
}

function isEntry({ isChange }: EntryLocation): boolean {
  return !isChange;
}

/** Where entries of a DN stand, and changes of them. */
export function* locationSteps(
  documents: readonly ExportDocument[],
  dn: string,
): Generator<undefined, EntryLocation[]> {
  const key = dnKey(dn);
  const search = new PieceSearch([textOfDn(dn)], (type) => type === "dn");
  const locations: EntryLocation[] = [];
  for (const document of documents) {
    for (const one of recordsFor(document, search)) {
      if (one === undefined) yield;
      else if (isNamed(one, key)) locations.push(locationOf(one));
    }
  }
  return locations;
}

function isNamed({ record }: PlacedRecord, key: string): boolean {
  const dn = recordDn(record);
  return dn !== undefined && dnKey(dn.text) === key;
}

function locationOf({ placed, record }: PlacedRecord): EntryLocation {
  const own = placed.range(record, recordDn(record)!.span);
  const whole = placed.range(record, recordContent(record));
  return { uri: placed.document.uri, own, whole, isChange: record.entry === undefined };
}

/** All values that name the entry whose DN stands at a place, in all exports that are known; and, where it is asked for, the entry. */
export async function references(
  context: Context,
  { textDocument: { uri }, position, context: wanted }: ReferenceParams,
  token?: CancellationToken,
): Promise<Location[] | null> {
  const document = context.exports.document(uri);
  const place = document && recordAt(document, position);
  const at = place && dnAt(place);
  if (at === undefined) return null;
  const documents = await searchedExports(context, document);
  const found = await walk(documents, token, () => referenceSteps(documents, at.dn, wanted.includeDeclaration));
  if (found !== undefined && found.length > MOST_REFERENCES) {
    const most = MOST_REFERENCES.toLocaleString("en-US");
    tell(context, "info", `Only the first ${most} of the values that name this entry are shown.`);
  }
  return found?.slice(0, MOST_REFERENCES) ?? null;
}

/** One more than are shown tells that there are more. */
function* referenceSteps(
  documents: readonly ExportDocument[],
  dn: string,
  withEntries: boolean,
): Generator<undefined, Location[]> {
  const locations: Location[] = [];
  for (const document of documents) {
    for (const range of rangesOfDn(document, dn, withEntries)) {
      if (range === undefined) yield;
      else locations.push({ uri: document.uri, range });
      if (locations.length > MOST_REFERENCES) return locations;
    }
  }
  return locations;
}

/** Where an export names an entry, with or without the entry's own DN; `undefined` between two pieces. */
export function* rangesOfDn(
  document: ExportDocument,
  dn: string,
  withEntries: boolean,
): Generator<Range | undefined, void> {
  const key = dnKey(dn);
  const search = new PieceSearch([textOfDn(dn)], (type) => type === "dn" || namesDns(type));
  for (const one of recordsFor(document, search)) {
    if (one === undefined) {
      yield undefined;
      continue;
    }
    const { placed, record } = one;
    if (withEntries && isNamed(one, key)) yield placed.range(record, recordDn(record)!.span);
    for (const { value, dn: named } of referencesIn(record, key)) {
      yield placed.range(record, value.slice(named.start, value.text.length));
    }
  }
}
