import type { LdifLine } from "../ldif/line.ts";
import { UNTRUSTWORTHY } from "../ldif/problem.ts";
import { LdifChange, LdifEntry, type LdifRecord } from "../ldif/record.ts";
import { fold, isSafeString, type LineStyle, writeLine } from "../ldif/writer.ts";
import { base64Of } from "../text/base64.ts";
import { characterName } from "../text/characters.ts";
import { lineEndOf } from "./ldif-edit.ts";
import { layoutStyle } from "./ldif-layout.ts";
import type { TextChange } from "./text-change.ts";

/** A value written in the other way, or why it cannot be. */
export type Conversion =
  | { readonly change: TextChange; readonly to: "base64" | "text"; readonly refusal?: undefined }
  | { readonly refusal: string };

/** Writes the value at an offset of a record in base64 where it is text, and as text where it is in base64. It stays the same value. */
export function convertValue(record: LdifRecord, at: number, style: LineStyle): Conversion {
  const line = valuesOf(record).find(({ start, end }) => start <= at && at <= end);
  if (line === undefined) return { refusal: "There is no value here." };
  const refusal = refusalOf(record, line);
  if (refusal !== undefined) return { refusal };
  const { description, valueSpec, text, start, end, next } = line;
  const own = {
    ...layoutStyle("format", style),
    lineEnd: lineEndOf(record.text.slice(start, next)) ?? lineEndOf(record.text) ?? style.lineEnd,
  };
  const written =
    valueSpec === "base64" ? writeLine(description, { text }, own) : fold(`${description}:: `, base64Of(text), own);
  return { change: { span: { start, end }, text: written }, to: valueSpec === "base64" ? "text" : "base64" };
}

/** The lines that hold values: not those that say what is to be done. */
function valuesOf(record: LdifRecord): readonly LdifLine[] {
  if (record instanceof LdifEntry) return [record.dn, ...record.lines];
  if (!(record instanceof LdifChange)) return [];
  const { modSpecs, rename } = record.change;
  const names = [rename?.newRdn, rename?.newSuperior].filter((line) => line !== undefined);
  return [record.dn, ...modSpecs.flatMap(({ values }) => values), ...names];
}

function refusalOf({ problems }: LdifRecord, line: LdifLine): string | undefined {
  const { valueSpec, text, start, end } = line;
  if (valueSpec === "url") return "The value is in another file, which is never opened.";
  const isDoubtful = problems.some(({ id, span }) => UNTRUSTWORTHY.has(id) && span.start <= end && span.end >= start);
  if (isDoubtful) return "What this value is meant to be is not certain: see what is reported of it.";
  if (valueSpec === "base64") return line.binary ? "The value is no text: its bytes are not UTF-8." : unsafe(text);
  if (text === "") return "The value is empty.";
  return /\p{Cs}/u.test(text) ? "The value holds one half of a surrogate pair, which has no bytes." : undefined;
}

/** Why a text cannot stand in LDIF as it is (RFC 2849, SAFE-STRING); `undefined` where it can. */
function unsafe(text: string): string | undefined {
  if (isSafeString(text)) return undefined;
  const character = /[^\x01-\x09\x0b\x0c\x0e-\x7f]/u.exec(text)?.[0];
  if (character !== undefined) return `The value must be in base64: it holds ${characterName(character)}.`;
  if (/^[ :<]/.test(text)) return `The value must be in base64: it begins with ${characterName(text)}.`;
  return "The value must be in base64: a blank at its end would be lost.";
}
