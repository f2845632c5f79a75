import { type AttributeFacts, attributeFacts, type Syntax } from "./attribute-facts.ts";
import { synchronizationOf } from "./synchronization.ts";

const SYNTAXES: Partial<Readonly<Record<Syntax, string>>> = {
  Boolean: "TRUE or FALSE",
  DN: "DN",
  DNBinary: "DN with bytes",
  GeneralizedTime: "time",
  IA5String: "text in ASCII",
  Integer: "integer of 32 bits",
  LargeInteger: "integer of 64 bits",
  NTSecurityDescriptor: "security descriptor",
  NumericString: "digits",
  OctetString: "bytes",
  Teletex: "text, upper and lower case alike",
  UnicodeString: "text",
};

/** What the schema and synchronization make of an attribute type, in lower case: sentences without a full stop, in words of ours only. */
export function explainAttribute(type: string): string[] {
  const facts = attributeFacts(type);
  return [...(facts === undefined ? [] : [schemaSentence(facts), ...linkSentence(facts)]), syncSentence(type)];
}

function schemaSentence(facts: AttributeFacts): string {
  const { syntax, isSingleValued, isSystemOnly, isConstructed } = facts;
  const said = [
    SYNTAXES[syntax] ?? syntax,
    ...rangeText(facts),
    isSingleValued ? "one value" : "several values",
    ...(isConstructed ? ["computed when it is read"] : isSystemOnly ? ["written by the system only"] : []),
  ].join(", ");
  return said[0]!.toUpperCase() + said.slice(1);
}

function linkSentence({ link }: AttributeFacts): string[] {
  if (link === "back") return ["Back link: the directory keeps it, and changes go to the other side"];
  return link === "forward" ? ["Link: the directory keeps the other side of it"] : [];
}

function rangeText({ syntax, rangeLower = 0, rangeUpper }: AttributeFacts): string[] {
  const isNumber = syntax === "Integer" || syntax === "LargeInteger";
  const isBytes = syntax === "NTSecurityDescriptor" || syntax === "SID";
  // What is called bytes needs no unit.
  const unit = isNumber || syntax === "OctetString" ? "" : isBytes ? " bytes" : " characters";
  const number = (value: number) => value.toLocaleString("en-US");
  // The schema's way to say that there is no limit.
  if (rangeUpper === undefined || rangeUpper >= 2 ** 31 - 1) {
    return rangeLower > 0 ? [`at least ${number(rangeLower)}${unit}`] : [];
  }
  if (rangeLower === rangeUpper) return [`exactly ${number(rangeUpper)}${unit}`];
  return [
    rangeLower > 1 || isNumber
      ? `${number(rangeLower)} to ${number(rangeUpper)}${unit}`
      : `at most ${number(rangeUpper)}${unit}`,
  ];
}

function syncSentence(type: string): string {
  const { objects, becomes } = synchronizationOf(type);
  if (becomes !== undefined) return `Not synchronized under its own name: Connect Sync makes of it ${becomes}`;
  if (objects.length === 0) return "Not among the attributes that Connect Sync synchronizes by default";
  const last = objects.at(-1)!;
  const list = objects.length === 1 ? last : `${objects.slice(0, -1).join(", ")} and ${last}`;
  return `Synchronized to Microsoft Entra ID for ${list}, by default`;
}
