import { defineRule } from "../engine/rule.ts";
import { attributeType } from "../model/attribute-type.ts";
import { GRAPH_USER, PREPARATION, RULE_EXPORT } from "./sources.ts";

/**
 * The most characters that Entra ID takes. The preparation article has displayName, givenName and sn; the others are Microsoft
 * Graph's for a user or, where it gives none, those of Active Directory's schema (rangeUpper), which has the same for all.
 */
const LIMITS: Readonly<Record<string, number>> = {
  displayName: 256,
  givenName: 64,
  sn: 64,
  title: 128,
  department: 64,
  company: 64,
  l: 128,
  st: 128,
  co: 128,
  postalCode: 40,
  streetAddress: 1024,
  mobile: 64,
  telephoneNumber: 64,
  physicalDeliveryOfficeName: 128,
};

const BY_TYPE: ReadonlyMap<string, number> = new Map(
  Object.entries(LIMITS).map(([attribute, limit]) => [attribute.toLowerCase(), limit]),
);

function limitOf(description: string): number {
  return BY_TYPE.get(attributeType(description)) ?? Number.POSITIVE_INFINITY;
}

export default defineRule({
  id: "attribute-length-exceeded",
  title: "A value is longer than Entra ID takes",
  severity: "error",
  effect: "export-error",
  message: "{attribute} has {count} characters, but Entra ID takes at most {limit} and refuses the object",
  why: `Entra ID takes so many characters and no more:
${Object.entries(LIMITS)
  .map(([attribute, limit]) => `${attribute} ${limit}`)
  .join(", ")}.
The export of a longer value fails with ExceededAllowedLength. Active Directory has the same limits, so this happens where its
schema was changed, or where the file was edited.

Shorten the value. The fix cuts it off at the limit.`,
  sources: [PREPARATION, GRAPH_USER, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: Object.keys(LIMITS),
  checkValue({ value }, report) {
    const count = value.text.length;
    const limit = limitOf(value.description);
    if (count <= limit) return;
    const args = { attribute: value.description, count: `${count}`, limit: `${limit}` };
    report({ value, span: value.slice(limit, count) }, args);
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const limit = limitOf(value.description);
    // Half of a surrogate pair is no character.
    const newValue = value.text
      .slice(0, limit)
      .replace(/[\ud800-\udbff]$/, "")
      .trimEnd();
    if (newValue === "") return undefined;
    return { title: `Cut it off after ${limit} characters`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    { bad: `sn: ${"s".repeat(64)}«t»`, fixed: `sn: ${"s".repeat(64)}` },
    { bad: `department: ${"d".repeat(63)} «and more»`, fixed: `department: ${"d".repeat(63)}` },
    {
      bad: `objectClass: group\ndisplayName: ${"n".repeat(256)}«n»`,
      fixed: `objectClass: group\ndisplayName: ${"n".repeat(256)}`,
    },
    { good: `givenName: ${"g".repeat(64)}\nstreetAddress: ${"s".repeat(1024)}` },
    { good: `info: ${"i".repeat(400)}` },
  ],
});
