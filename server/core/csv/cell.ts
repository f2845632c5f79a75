import { isSingleValued } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import type { Span } from "../text/span.ts";
import { FIELD } from "./fields.ts";
import type { CsvColumn } from "./header.ts";
import { joinedValues } from "./joined-values.ts";
import { CODING, CsvValue, HEX_VALUE, type RowSource } from "./value.ts";

/** The values in a field of a row. None where it is empty. */
export function valuesOf(source: RowSource, column: CsvColumn, start: number, end: number, kind: number): CsvValue[] {
  if (start === end) return [];
  const raw = source.text.slice(start, end);
  const quotes = kind === FIELD.doubled || kind === FIELD.misplaced ? CODING.doubledQuotes : 0;
  const value = (from: number, to: number, coding: number) =>
    new CsvValue(source, column.attribute, column.number, { start: from, end: to }, coding);
  if (isLost(raw)) return [];
  switch (column.cells) {
    case "single":
      return [value(start, end, quotes)];
    case "csvde":
      return separated(raw, isSingleValued(attributeType(column.attribute))).map((one) =>
        value(start + one.start, start + one.end, codingOf(raw.slice(one.start, one.end)) | quotes),
      );
    case "semicolons":
      if (isSingleValued(attributeType(column.attribute))) return [value(start, end, quotes)];
      return plainlySeparated(raw).map((one) => value(start + one.start, start + one.end, quotes));
    case "joined": {
      // What is joined is what the field says: where quotes are doubled, places have to be led back.
      const whole = value(start, end, quotes);
      const spans = joinedValues(whole.text, column.look).values;
      if (quotes === 0) return spans.map((one) => value(start + one.start, start + one.end, 0));
      return spans.map((one) => {
        const span = whole.slice(one.start, one.end);
        return value(span.start, span.end, quotes);
      });
    }
  }
}

function codingOf(source: string): number {
  if (source.startsWith("X'") && HEX_VALUE.test(source)) return CODING.hex;
  return source.includes("\\") ? CODING.backslashes : 0;
}

/** At semicolons that are not escaped. An attribute that takes one value has one, whatever is in it. */
function separated(raw: string, isSingle: boolean): Span[] {
  if (isSingle || !raw.includes(";")) return [{ start: 0, end: raw.length }];
  const values: Span[] = [];
  let start = 0;
  for (let at = 0; at <= raw.length; at++) {
    if (raw[at] === "\\" && (raw[at + 1] === ";" || raw[at + 1] === "\\")) at++;
    else if (at === raw.length || raw[at] === ";") {
      if (at > start) values.push({ start, end: at });
      start = at + 1;
    }
  }
  return values;
}

function plainlySeparated(raw: string): Span[] {
  const values: Span[] = [];
  let start = 0;
  for (const piece of raw.split(";")) {
    if (piece !== "") values.push({ start, end: start + piece.length });
    start += piece.length + 1;
  }
  return values;
}

/** What stands in the place of values that are not in the file: the name of their type, or a list that the console has cut short. */
export function isLost(cell: string): boolean {
  return isTypeName(cell) || (cell.startsWith("{") && /(?:\.\.\.|\u2026)\}$/.test(cell));
}

/**
 * The name of a .NET type: what Export-Csv writes of a property that is no single value. The values themselves are not in the file.
 * Source: CsvCommands.cs of PowerShell writes what ToString() gives.
 */
function isTypeName(text: string): boolean {
  return text.length < 120 && TYPE_NAME.test(text);
}

const TYPE_NAME =
  /^(?:Microsoft\.ActiveDirectory\.Management\.\w+|Microsoft\.Graph\.[\w.]+|Microsoft\.Exchange\.Data\.[\w.]+(?:\[[\w.]+\])?|System\.[A-Z]\w*\[\]|System\.Collections\.[\w.]+(?:`\d+\[.*\])?|System\.Management\.Automation\.\w+)$/;
