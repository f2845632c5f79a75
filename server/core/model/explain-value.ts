import { decodeBase64 } from "../text/base64.ts";
import { characterName } from "../text/characters.ts";
import { INVISIBLE_IN_TEXT } from "../text/invisible.ts";
import { attributeFacts, isDnValued } from "./attribute-facts.ts";
import { attributeType } from "./attribute-type.ts";
import { contentKind } from "./content-type.ts";
import { parseDn } from "./dn.ts";
import type { AttributeValue } from "./entry.ts";
import { guidForms } from "./guid.ts";
import { durationText, isoText, momentOf } from "./moment.ts";
import { sidText } from "./sid.ts";
import { namesOfNumber } from "./value-names.ts";

/** What a value says to people. Labels are ours; texts may be the export's, with whatever stands in it. */
export interface ValueExplanation {
  /** Facts of one line each. */
  readonly lines: readonly ExplainedText[];
  /** Texts that may have several lines. */
  readonly blocks: readonly ExplainedText[];
  readonly picture?: ExplainedPicture;
}

export interface ExplainedText {
  readonly label: string;
  readonly text: string;
}

/** A picture that can hold no script. */
export interface ExplainedPicture {
  /** `image/jpeg` */
  readonly mediaType: string;
  readonly base64: string;
}

/** How many minutes local time is ahead of UTC at a moment, in milliseconds since 1970. */
export type LocalOffset = (milliseconds: number) => number;

/** What can be said of a value of an attribute; of the plainest values nothing. Where the export rendered the value, only what it shows. */
export function explainValue(value: AttributeValue, localOffset: LocalOffset): ValueExplanation {
  if (value.isRendered === true) return { lines: [], blocks: [] };
  const type = attributeType(value.description);
  const known = identifier(type, value);
  if (known !== undefined) return { lines: known, blocks: [] };
  if (value.binary) return explainBytes(value.base64);
  return {
    lines: [...numberLines(type, value.text), ...timeLines(type, value.text, localOffset), ...invisible(value.text)],
    blocks: textBlocks(type, value),
  };
}

/** What can be said of a DN as the name of an object. */
export function explainDn(dn: Pick<AttributeValue, "text" | "isEncoded">): ValueExplanation {
  return { lines: invisible(dn.text), blocks: [...decoded(dn), ...dnBlocks(dn.text)] };
}

function identifier(type: string, value: AttributeValue): ExplainedText[] | undefined {
  if (attributeFacts(type)?.syntax === "SID" || /sid$|^sidhistory$/.test(type)) {
    const sid = sidText(value);
    if (sid !== undefined) return [{ label: "SID", text: sid }];
  }
  if (!type.endsWith("guid")) return undefined;
  const guid = guidForms(value);
  if (guid === undefined) return undefined;
  return [
    { label: "GUID", text: guid.text },
    { label: "Its bytes in base64", text: guid.base64 },
  ];
}

function explainBytes(base64: string): ValueExplanation {
  const bytes = decodeBase64(base64);
  const kind = contentKind(bytes);
  const size = `${bytes.length.toLocaleString("en-US")} ${bytes.length === 1 ? "byte" : "bytes"}`;
  const text = kind === undefined ? size : `${size}, ${kind.name}`;
  const lines = [{ label: "Holds", text }];
  return kind?.picture === undefined
    ? { lines, blocks: [] }
    : { lines, blocks: [], picture: { mediaType: kind.picture, base64 } };
}

function numberLines(type: string, text: string): ExplainedText[] {
  const names = namesOfNumber(type, text);
  if (names === undefined) return [];
  return [{ label: "Means", text: names.length === 0 ? "no flag" : names.join(", ") }];
}

function timeLines(type: string, text: string, localOffset: LocalOffset): ExplainedText[] {
  const duration = durationText(type, text);
  if (duration !== undefined) return [{ label: "Duration", text: duration }];
  const moment = momentOf(type, text);
  if (moment === undefined) return [];
  if (moment.milliseconds === undefined) return [{ label: "Means", text: moment.meaning }];
  const { milliseconds } = moment;
  return [
    { label: "UTC", text: isoText(milliseconds) },
    { label: "Local time", text: isoText(milliseconds, localOffset(milliseconds)) },
  ].filter(({ text }) => text !== "");
}

/** More of them are only counted. */
const MOST_NAMED = 10;

/** What stands in a text unseen, with its place, which counts UTF-16 units from 1. */
function invisible(text: string): ExplainedText[] {
  const found: string[] = [];
  const outer = /^\s/.test(text) ? ["white space at the beginning"] : [];
  if (/\s$/.test(text) && text.trim() !== "") outer.push("white space at the end");
  let more = 0;
  for (const { index, 0: character } of text.matchAll(INVISIBLE_IN_TEXT)) {
    // Line ends are part of addresses and notes.
    if (character === "\n" || (character === "\r" && text[index + 1] === "\n")) continue;
    if (found.length < MOST_NAMED) found.push(`${characterName(character)} at ${index + 1}`);
    else more++;
  }
  const told = [...outer, ...found, ...(more > 0 ? [`and ${more.toLocaleString("en-US")} more`] : [])];
  return told.length === 0 ? [] : [{ label: "Invisible", text: told.join(", ") }];
}

function textBlocks(type: string, value: AttributeValue): ExplainedText[] {
  const { text } = value;
  if (isDnValued(type)) return [...decoded(value), ...dnBlocks(text)];
  const x500 = x500Parts(type, text);
  return x500 === undefined ? decoded(value) : [...decoded(value), { label: "Part by part", text: x500.join("\n") }];
}

function decoded({ text, isEncoded }: Pick<AttributeValue, "text" | "isEncoded">): ExplainedText[] {
  return isEncoded && text !== "" ? [{ label: "Text", text }] : [];
}

/** Shorter DNs are read as quickly as they stand. */
const LONG_DN = 60;

/** Nobody reads further, and nobody has deeper trees. */
const MOST_PARTS = 50;

/** A DN without its escapes, one RDN a line, where it is long or has escapes. */
function dnBlocks(text: string): ExplainedText[] {
  if (text.length < LONG_DN && !/[\\"]/.test(text)) return [];
  const { rdns, error } = parseDn(text);
  if (error !== undefined || rdns.length < 2) return [];
  const lines = rdns
    .slice(0, MOST_PARTS)
    .map(({ attributes }) => attributes.map((one) => `${one.type} = ${one.value.replace(/\s/g, " ")}`).join(" + "));
  const more = rdns.length - lines.length;
  return [{ label: "Part by part", text: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n") }];
}

/** `/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=jane`, with or without `X500:` before it. */
function x500Parts(type: string, text: string): string[] | undefined {
  if (type !== "proxyaddresses" && type !== "legacyexchangedn" && type !== "targetaddress") return undefined;
  const address = text.replace(/^x500:/i, "");
  if (!/^\/(?:o|c)=[^/]*\//i.test(address)) return undefined;
  const parts = address.slice(1).split(/\/(?=[A-Za-z]+=)/, MOST_PARTS);
  return parts.map((part) => part.replace("=", " = ").replace(/\s/g, " "));
}
