import { type AttributeValue, LdifChange, LdifEntry, type SourceRecord, type Span } from "../../core/index.ts";

/** What stands at a place of a record. */
export interface HoverPlace {
  /** The attribute description as it is written; `undefined` at the DN. */
  readonly description?: string;
  /** `undefined` at an attribute description, and where the value is not in the export. */
  readonly value?: AttributeValue;
  /** The DN itself, where it is that. */
  readonly dn?: Pick<AttributeValue, "text" | "isEncoded">;
  readonly span: Span;
}

type Line = LdifEntry["lines"][number];

/** What stands at an offset of a record; `undefined` where that is nothing to speak of, such as a comment. */
export function hoverPlace(record: SourceRecord, offset: number): HoverPlace | undefined {
  if (record instanceof LdifEntry) return linePlace([record.dn, ...record.lines], record.dn, offset);
  if (record instanceof LdifChange) {
    const lines = record.change.modSpecs.flatMap(({ values }) => values);
    return linePlace([record.dn, ...lines], record.dn, offset);
  }
  const { entry } = record;
  if (entry === undefined) return undefined;
  for (const type of entry.attributeTypes()) {
    const value = entry.values(type).find(({ span }) => holds(span, offset));
    if (value !== undefined) return { description: value.description, value, span: value.span };
  }
  const { dn } = entry;
  return holds(dn.span, offset) ? { dn: { text: dn.text, isEncoded: false }, span: dn.span } : undefined;
}

function linePlace(lines: readonly Line[], dn: Line, offset: number): HoverPlace | undefined {
  const line = lines.find(({ start, end }) => holds({ start, end }, offset));
  if (line === undefined) return undefined;
  const { start, descriptionEnd, span, description, valueSpec } = line;
  if (line === dn) return { dn, span };
  if (offset <= descriptionEnd) return { description, span: { start, end: descriptionEnd } };
  return valueSpec === "url" ? { description, span } : { description, value: line, span };
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
