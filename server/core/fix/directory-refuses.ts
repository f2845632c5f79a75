import { type AttributeFacts, attributeFacts } from "../model/attribute-facts.ts";
import { lowerCase } from "../model/attribute-type.ts";
import type { AttributeValue } from "../model/entry.ts";
import { mayHold, neededOf } from "../model/object-classes.ts";
import type { ObjectType } from "../model/object-type.ts";
import {
  ANY_BOOLEAN,
  BOOLEAN,
  fitsInto,
  instantOf,
  integerText,
  namesObject,
  parseDnWithBytes,
} from "../model/value-syntax.ts";
import type { Objection } from "../model/writable.ts";
import { characterName, quoted } from "../text/characters.ts";
import { utf8Length } from "../text/utf8.ts";

/** What is to become of the values of one attribute. */
export interface AttributeChange {
  /** The attribute type, in lower case. */
  readonly type: string;
  readonly removed: readonly AttributeValue[];
  readonly added: readonly AttributeValue[];
  /** All that the attribute holds. */
  readonly before: readonly AttributeValue[];
  /** All that the attribute would hold. */
  readonly now: readonly AttributeValue[];
  readonly objectType: ObjectType;
  /** The object classes of the entry, in any capitals; none where the export does not show them. */
  readonly classes: readonly string[];
  /** The directory is known to let such an object have the attribute. */
  readonly isShown: () => boolean;
  /** It is a table's: `True` is how Export-Csv shows a boolean, and becomes `TRUE`. */
  readonly isOfTable: boolean;
}

/**
 * Why Active Directory would refuse the new values of an attribute that can be written; `undefined` where nothing is known to speak
 * against them. What is removed may be as wrong as it likes.
 */
export function whyRefused(change: AttributeChange): Objection | undefined {
  const { type, added } = change;
  const facts = attributeFacts(type);
  if (type === "samaccountname") {
    const objection = whyNoAccountName(change);
    if (objection !== undefined) return objection;
  }
  if (added.length === 0) return undefined;
  const notHeld = whyNotHeld(change);
  if (notHeld !== undefined && !change.isShown()) return { reason: notHeld };
  if (change.now.length > 1 && takesOneValue(type, change.objectType, facts)) {
    const rule = type === "description" ? { rule: "attribute-first-value-only" } : {};
    return { reason: `would hold ${change.now.length} values: the directory keeps one`, ...rule };
  }
  if (facts === undefined) return undefined;
  for (const value of added) {
    const malformed = whyMalformed(value, facts, change.isOfTable);
    if (malformed !== undefined) return { reason: `would get ${malformed}` };
    const reason = whyOutOfRange(value, facts);
    const rule = LENGTH_RULES.get(type);
    if (reason !== undefined) return { reason: `would get ${reason}`, ...(rule && { rule }) };
  }
  return undefined;
}

/** Where one of the classes is unknown, or may have been extended, it may be the one that holds the attribute. */
function whyNotHeld({ type, classes }: AttributeChange): string | undefined {
  // Everything is of the class top, which alone says nothing.
  if (classes.every((name) => lowerCase(name) === "top")) return undefined;
  if (classes.some((name) => mayHold(name, type) !== false)) return undefined;
  return `is no attribute that an object of the class ${classes.at(-1)!} can have`;
}

/** Attributes that every object of a class has, and that the directory fills in where an import does not name them (tried on Samba). */
const FILLED_IN: ReadonlySet<string> = new Set([
  "grouptype",
  "instancetype",
  "ntsecuritydescriptor",
  "objectcategory",
  "objectclass",
  "samaccountname",
]);

/**
 * The attributes that objects of these classes must have, that the directory does not fill in, and that are not among `types`, in lower
 * case. It gives a SID to accounts and groups, and to nothing else.
 */
export function neededBesides(classes: readonly string[], types: ReadonlySet<string>): string[] {
  const needed = new Set(classes.flatMap(neededOf));
  const isFilledIn = (type: string) =>
    FILLED_IN.has(type) || (type === "objectsid" && needed.has("sAMAccountName")) || types.has(type);
  return [...needed].filter((name) => !isFilledIn(lowerCase(name)));
}

/** For accounts and groups the description is a single value, whatever the schema says (tried on Samba). */
function takesOneValue(type: string, objectType: ObjectType, facts: AttributeFacts | undefined): boolean {
  if (type === "description") return objectType !== "contact" && objectType !== "other";
  return facts?.isSingleValued === true;
}

/** The rules about lengths, by the attribute types that they are about, in lower case. */
const LENGTH_RULES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "attribute-length-exceeded":
      "displayName givenName sn title department company l st co postalCode streetAddress mobile telephoneNumber physicalDeliveryOfficeName",
    "mail-length": "mail",
    "mailnickname-length": "mailNickname",
    "proxyaddresses-value-length": "proxyAddresses",
    "targetaddress-length": "targetAddress",
    "thumbnailphoto-too-large": "thumbnailPhoto",
    "upn-length": "userPrincipalName",
  }).flatMap(([rule, types]) => types.split(" ").map((type) => [type.toLowerCase(), rule] as const)),
);

/** What MS-SAMR 3.1.1.6 lets no sAMAccountName have. */
const FORBIDDEN = /[\x00-\x1f"/\\[\]:|<>+=;?,*]/;

/** The most characters of a user's or computer's sAMAccountName (MS-SAMR 3.1.1.6); the schema has room for a group's 256. */
const MOST_ACCOUNT_NAME = 20;

function whyNoAccountName({ added, now, objectType }: AttributeChange): Objection | undefined {
  if (now.length === 0) {
    return { reason: "cannot be removed: an account or a group always has one", rule: "scope-samaccountname-missing" };
  }
  const isUser = objectType === "user" || objectType === "inetOrgPerson";
  for (const { text } of added) {
    const forbidden = FORBIDDEN.exec(text)?.[0];
    if (forbidden !== undefined) {
      const rule = isUser && forbidden >= " " ? { rule: "samaccountname-invalid-characters" } : {};
      return { reason: `would get ${characterName(forbidden)}, which no account name has`, ...rule };
    }
    if (text.trim() === "") return { reason: "would get nothing but blanks" };
    if (text.endsWith(".")) return { reason: 'would end with ".", which no account name does' };
    if ((isUser || objectType === "computer") && text.length > MOST_ACCOUNT_NAME) {
      const rule = isUser ? { rule: "samaccountname-length" } : {};
      return { reason: `would get ${text.length} characters: ${atMost(MOST_ACCOUNT_NAME)} for an account`, ...rule };
    }
  }
  return undefined;
}

/** What a value is instead of what its attribute's syntax asks for. */
function whyMalformed(value: AttributeValue, { syntax }: AttributeFacts, isOfTable: boolean): string | undefined {
  if (syntax === "OctetString" || syntax === "SID") return undefined;
  if (value.binary) return "bytes that are no text";
  const { text } = value;
  switch (syntax) {
    case "Boolean":
      if ((isOfTable ? ANY_BOOLEAN : BOOLEAN).test(text)) return undefined;
      return `${quoted(text)}, and the directory takes TRUE and FALSE, in capitals`;
    case "DN":
      return namesObject(text) ? undefined : `${quoted(text)}, which is no DN`;
    case "DNBinary":
      return namesObject(parseDnWithBytes(text)?.dn ?? "") ? undefined : `${quoted(text)}, which is no DN with bytes`;
    case "GeneralizedTime":
      return instantOf(text) === undefined ? `${quoted(text)}, which is no time such as 20260131120000.0Z` : undefined;
    case "Integer":
    case "LargeInteger": {
      if (integerText(text) !== text) return `${quoted(text)}, which is no integer`;
      const bits = syntax === "Integer" ? 32 : 64;
      return fitsInto(bits, text) ? undefined : `${quoted(text)}, which needs more than ${bits} bits`;
    }
    default:
      return undefined;
  }
}

/** What of a value its attribute has no room for, or asks more of. */
function whyOutOfRange(value: AttributeValue, facts: AttributeFacts): string | undefined {
  const { rangeLower = Number.NEGATIVE_INFINITY, rangeUpper = Number.POSITIVE_INFINITY } = facts;
  const [size, unit] = sizeOf(value, facts);
  if (size === undefined || (size >= rangeLower && size <= rangeUpper)) return undefined;
  const limit = size > rangeUpper ? atMost(rangeUpper) : `the directory takes at least ${rangeLower}`;
  return `${size}${unit}: ${limit}`;
}

function atMost(limit: number): string {
  return `the directory takes at most ${limit}`;
}

/** What a range of the schema counts: UTF-16 units of text, bytes of octets, and of an integer what it says. */
function sizeOf(value: AttributeValue, { syntax }: AttributeFacts): readonly [size: number | undefined, unit: string] {
  switch (syntax) {
    case "IA5String":
    case "NumericString":
    case "Teletex":
    case "UnicodeString":
      return [value.text.length, " characters"];
    case "OctetString":
      return [value.binary ? bytesIn(value.base64) : utf8Length(value.text, value.text.length), " bytes"];
    case "Integer":
    case "LargeInteger":
      return [Number(value.text), ""];
    default:
      return [undefined, ""];
  }
}

function bytesIn(base64: string): number {
  const digits = base64.replace(/=+$/, "").length;
  return Math.floor((digits * 3) / 4);
}

/** In the names of objects only a directory itself writes these: of conflicts and of what was deleted. */
const MANGLED = /\n(?:CNF|DEL):/i;

/**
 * Why Active Directory would refuse an object of this name, as the end of a sentence that begins with the object's DN; `undefined` where
 * nothing is known to speak against it. `type` is an attribute type in any capitals, `value` what the RDN says without its escapes.
 */
export function whyNotNameable(type: string, value: string): string | undefined {
  if (value.trim() === "") return "would have a name of nothing but blanks";
  if (UNWRITABLE.test(value))
    return "would have a character in its name that stands for one that was lost, or that no directory keeps";
  if (MANGLED.test(value))
    return "would have a mark in its name that only the directory writes, of a conflict or of a deleted object";
  // The name of every object is one of 255 characters at most.
  const most = Math.min(attributeFacts(type.toLowerCase())?.rangeUpper ?? Number.POSITIVE_INFINITY, 255);
  if (value.length > most) return `would have a ${type} of ${value.length} characters: ${atMost(most)}`;
  return undefined;
}

/** A replacement character, NUL, or half a surrogate pair: none of them is what somebody meant to write. */
export const UNWRITABLE = /[\0\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
