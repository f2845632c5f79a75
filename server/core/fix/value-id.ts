import { CsvValue } from "../csv/value.ts";
import { attributeFacts, type Syntax } from "../model/attribute-facts.ts";
import { dnKey } from "../model/dn.ts";
import type { AttributeValue } from "../model/entry.ts";
import { ANY_BOOLEAN, instantOf, integerText, parseDnWithBytes } from "../model/value-syntax.ts";

/** Values that are written alike have equal ids; text and bytes never have. */
export function exactId(value: AttributeValue): string {
  // Editors give all line ends of a table one form, those within values, too.
  if (value instanceof CsvValue && !value.binary) return `text ${value.text.replaceAll("\r\n", "\n")}`;
  return value.binary ? `bytes ${value.base64}` : `text ${value.text}`;
}

/** What a text says, by the syntaxes that let it be said in several ways; `undefined` where it says nothing in this syntax. */
const MEANING: Partial<Readonly<Record<Syntax, (text: string) => string | undefined>>> = {
  Boolean: (text) => (ANY_BOOLEAN.test(text) ? text.toUpperCase() : undefined),
  DN: dnKey,
  DNBinary: (text) => {
    const parts = parseDnWithBytes(text);
    return parts && `${parts.digits.toLowerCase()} ${dnKey(parts.dn)}`;
  },
  GeneralizedTime: instantOf,
  Integer: integerText,
  LargeInteger: integerText,
};

/** Whether values of the attribute type, in lower case, that are written in two ways can be equal. */
export function hasMeaning(type: string): boolean {
  const syntax = attributeFacts(type)?.syntax;
  return syntax !== undefined && MEANING[syntax] !== undefined;
}

/**
 * Values of an attribute type, in lower case, that are the same to a directory have equal ids: DNs and times however they are spelled,
 * numbers, booleans in any capitals. Text is the same where every letter is: a change of capitals is a change.
 */
export function valueId(type: string, value: AttributeValue): string {
  const syntax = attributeFacts(type)?.syntax;
  const meaning = syntax === undefined || value.binary ? undefined : MEANING[syntax]?.(value.text);
  return meaning === undefined ? exactId(value) : `${syntax} ${meaning}`;
}

/** Values with equal ids cannot be in one attribute at a time: of text, those that differ in capitals, accents or width. */
export function matchingId(type: string, value: AttributeValue): string {
  const syntax = attributeFacts(type)?.syntax;
  if (value.binary || syntax === "OctetString" || hasMeaning(type)) return valueId(type, value);
  return `text ${matchingKey(value.text)}`;
}

/** Active Directory compares text without regard to case, accents and width (MS-ADTS 6.5.1). */
export function matchingKey(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
