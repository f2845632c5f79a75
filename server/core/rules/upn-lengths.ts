import { defineRule, type Example, type Rule } from "../engine/rule.ts";
import { domainStart, localPart } from "../model/address.ts";
import { PREPARATION, USERNAME_POLICIES } from "./sources.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly most: number;
  /** What a message calls the part that is measured. */
  readonly part: string;
  /** Where the part starts and ends in a user principal name. */
  range(text: string): readonly [start: number, end: number];
  readonly remedy: string;
  readonly suppresses?: readonly string[];
  readonly examples: readonly Example[];
}

const ROWS: readonly Row[] = [
  {
    id: "upn-length",
    title: "The user principal name is too long",
    most: 113,
    part: "The user principal name",
    range: (text) => [0, text.length],
    remedy: "Shorten the name, or give the user a shorter suffix.",
    suppresses: ["upn-local-part-length", "upn-domain-length"],
    examples: [
      { bad: `userPrincipalName: ${"a".repeat(64)}@${"b".repeat(44)}.com«m»` },
      { good: `userPrincipalName: ${"a".repeat(64)}@${"b".repeat(44)}.com` },
    ],
  },
  {
    id: "upn-local-part-length",
    title: "The user principal name is too long before its @",
    most: 64,
    part: `The part before the "@"`,
    range: (text) => [0, localPart(text).length],
    remedy: "Shorten the name.",
    examples: [
      { bad: `userPrincipalName: ${"a".repeat(64)}«a»@contoso.com` },
      { good: `userPrincipalName: ${"a".repeat(64)}@contoso.com` },
      { good: `userPrincipalName: ${"a".repeat(65)}` },
    ],
  },
  {
    id: "upn-domain-length",
    title: "The suffix of the user principal name is too long",
    most: 48,
    part: `The part after the "@"`,
    range: (text) => (text.includes("@") ? [domainStart(text), text.length] : [0, 0]),
    remedy: "Give the user a shorter suffix that is verified.",
    examples: [
      { bad: `userPrincipalName: jane@${"b".repeat(44)}.com«mm»` },
      { good: `userPrincipalName: jane@${"b".repeat(44)}.com` },
      { good: `userPrincipalName: ${"a".repeat(49)}` },
    ],
  },
];

/** The lengths that Entra ID takes: 64 characters, "@" and 48 characters. */
export const UPN_LENGTH_RULES: readonly Rule[] = ROWS.map((row) =>
  defineRule({
    id: row.id,
    title: row.title,
    severity: "error",
    effect: "export-error",
    message: `${row.part} has {count} characters, but Entra ID takes at most ${row.most} and refuses the object`,
    why: `Entra ID takes user principal names of at most 113 characters: 64 before the "@" and 48 after it. The export of a longer one
fails with IdentityDataValidationFailed.

${row.remedy} It is what the user signs in with, so tell the user.`,
    sources: [PREPARATION, USERNAME_POLICIES],
    objectTypes: ["user", "inetOrgPerson"],
    attributes: ["userPrincipalName"],
    unless: "alternateLoginId",
    ...(row.suppresses && { suppresses: row.suppresses }),
    checkValue({ value }, report) {
      const [start, end] = row.range(value.text);
      if (end - start <= row.most) return;
      report({ value, span: value.slice(start + row.most, end) }, { count: `${end - start}` });
    },
    examples: row.examples,
  }),
);
