import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver";
import { type AttributeFacts, attributeFacts, attributeNames, mayHold } from "../../core/index.ts";
import { addressAttributes, namingAttributes } from "../attribute-classes.ts";
import type { WritingSite } from "./completion.ts";

/** So many are offered at once; who types on gets others. */
const MOST = 200;

/** Attributes for what is typed; `isFree` says which may be written, `colon` follows the name. */
export function attributeItems(
  typed: string,
  range: Range,
  colon: string,
  isFree: (type: string) => boolean = () => true,
): { readonly items: CompletionItem[]; readonly isIncomplete: boolean } {
  const names = attributeNames().filter((name) => isLike(name, typed) && isFree(name.toLowerCase()));
  const sorted = names
    .map((name) => ({ name, order: orderOf(name, typed) }))
    .sort((one, other) => one.order - other.order)
    .slice(0, MOST);
  const items = sorted.map(({ name, order }) => attributeItem(name, order, range, colon));
  return { items, isIncomplete: names.length > MOST };
}

/** Those that a line of an entry may begin with: not what the entry has, where it takes a single value, nor what its class cannot have. */
export function entryAttributeItems({ lines, line: own }: WritingSite, typed: string, range: Range, colon: string) {
  const present = new Set(lines.filter((one) => one !== own).map(({ line }) => line?.type));
  const classes = lines.flatMap(({ line }) => (line?.type === "objectclass" ? [line.text] : []));
  const mayBeHeld = (type: string) => classes.length === 0 || classes.some((one) => mayHold(one, type) !== false);
  return attributeItems(
    typed,
    range,
    colon,
    (type) => (!present.has(type) || attributeFacts(type)?.isSingleValued !== true) && mayBeHeld(type),
  );
}

/** Those that are a value, as behind `add:`. */
export function attributeNameItems(typed: string, range: Range, fill: string) {
  const { items, isIncomplete } = attributeItems(typed, range, "");
  return {
    isIncomplete,
    items: items.map((item) => ({ ...item, textEdit: { range, newText: `${fill}${item.label}` } })),
  };
}

/** Those that begin as it is typed come first, behind others what nobody can write, and of the rest what most entries have. */
function orderOf(name: string, typed: string): number {
  const type = name.toLowerCase();
  const { isSystemOnly = false, isConstructed = false } = attributeFacts(type) ?? {};
  const isUsual = namingAttributes.has(type) || addressAttributes.has(type);
  return (type.startsWith(typed.toLowerCase()) ? 0 : 4) + (isSystemOnly || isConstructed ? 2 : 0) + (isUsual ? 0 : 1);
}

/** Whether the letters of `typed` are those of a name, in their order: as editors filter. */
export function isLike(name: string, typed: string): boolean {
  let at = 0;
  const letters = name.toLowerCase();
  for (const letter of typed.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function attributeItem(name: string, order: number, range: Range, colon: string): CompletionItem {
  const facts = attributeFacts(name.toLowerCase())!;
  const fill = colon !== "" && BINARY.has(facts.syntax) ? ":: " : colon;
  return {
    label: name,
    kind: CompletionItemKind.Property,
    detail: describeFacts(facts),
    sortText: `1${order}${name.toLowerCase()}`,
    textEdit: { range, newText: `${name}${fill}` },
  };
}

/** Their values are bytes. */
const BINARY: ReadonlySet<AttributeFacts["syntax"]> = new Set(["OctetString", "SID", "NTSecurityDescriptor"]);

/** The facts of an attribute in a line: `UnicodeString, single-valued, 1..64`. */
function describeFacts(facts: AttributeFacts): string {
  const { syntax, isSingleValued, isSystemOnly, isConstructed, link, rangeLower, rangeUpper } = facts;
  return [
    syntax,
    isSingleValued ? "single-valued" : "multi-valued",
    ...(rangeLower === undefined && rangeUpper === undefined ? [] : [`${rangeLower ?? ""}..${rangeUpper ?? ""}`]),
    ...(link === undefined ? [] : [`${link} link`]),
    ...(isConstructed ? ["constructed"] : isSystemOnly ? ["written by the system only"] : []),
  ].join(", ");
}
