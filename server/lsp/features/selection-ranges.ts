import type { Position, Range, SelectionRange, SelectionRangeParams } from "vscode-languageserver";
import {
  type AttributeValue,
  attributeType,
  domainStart,
  lineOfValue,
  namedDn,
  namesDns,
  parseDn,
  parseProxyAddress,
  recordContent,
  type SourceValue,
  type Span,
} from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { includes, type RecordPlace, recordAt, valueAt } from "../placed-records.ts";

/** What a selection grows through at each place: a part of a value, an RDN, a DN, the value, its line, the entry, the file. */
export function selectionRanges(
  { exports }: Context,
  { textDocument: { uri }, positions }: SelectionRangeParams,
): SelectionRange[] | null {
  const document = exports.document(uri);
  return document === undefined ? null : positions.map((position) => selectionRange(document, position));
}

function selectionRange(document: ExportDocument, position: Position): SelectionRange {
  const { text } = document;
  const file: Range = { start: { line: 0, character: 0 }, end: text.positionAt(text.length) };
  const place = recordAt(document, position);
  const ranges = place === undefined ? [] : spansAt(place).map((span) => place.placed.range(place.record, span));
  let selection: SelectionRange = { range: file };
  for (const range of ranges.reverse()) {
    if (!isSame(range, selection.range)) selection = { range, parent: selection };
  }
  return selection;
}

function isSame(one: Range, other: Range): boolean {
  return samePosition(one.start, other.start) && samePosition(one.end, other.end);
}

function samePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

/** The spans of the record that hold a place, from the least on, each in the next. */
function spansAt(place: RecordPlace): Span[] {
  const { record, offset } = place;
  const found = valueAt(place);
  const parts =
    found === undefined ? [] : partsOf(found.value, found.isDn).map(([start, end]) => found.value.slice(start, end));
  const outer = found === undefined ? [] : [found.value.span, lineOfValue(found.value)];
  const all = [...parts, ...outer, physicalLine(record.text, offset), recordContent(record)];
  const spans: Span[] = [];
  for (const span of all) {
    const last = spans.at(-1);
    const grows = last === undefined || (span.start <= last.start && span.end >= last.end);
    if (includes(span, offset) && grows) spans.push(span);
  }
  return spans;
}

/** Parts of a value's text that people mean by themselves, the least first. */
function partsOf(value: SourceValue, isDn: boolean): readonly (readonly [start: number, end: number])[] {
  if (isDn) return partsOfDn(value.text, 0);
  const attribute = value as AttributeValue;
  if (namesDns(attributeType(attribute.description))) {
    const dn = namedDn(attribute);
    return dn === undefined ? [] : partsOfDn(dn.text, dn.start);
  }
  return partsOfAddress(value.text);
}

/** The values of RDNs, the RDNs, and the DN from each of them on. */
function partsOfDn(dn: string, from: number): readonly (readonly [number, number])[] {
  const { rdns } = parseDn(dn);
  const values = rdns.map(({ start, end }) => [dn.indexOf("=", start) + 1, end] as const);
  const all = [...values, ...rdns.map(({ start, end }) => [start, end] as const), [0, dn.length] as const];
  return all.map(([start, end]) => [from + start, from + end]);
}

/** The two sides of an address, and the address without its type. */
function partsOfAddress(text: string): readonly (readonly [number, number])[] {
  const domain = domainStart(text);
  if (domain < 0) return [];
  const { prefix, start } = parseProxyAddress(text);
  const address = /^[A-Za-z0-9]+$/.test(prefix) ? start : 0;
  return [
    [address, domain - 1],
    [domain, text.length],
    [address, text.length],
  ];
}

/** The line of the text at a place, without its line end. */
function physicalLine(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && !isLineEnd(text, start - 1)) start--;
  while (end < text.length && !isLineEnd(text, end)) end++;
  return { start, end };
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}
