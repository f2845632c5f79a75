import { defineRule, type Effect, type Example, type Rule } from "../engine/rule.ts";
import type { Severity } from "../engine/settings.ts";
import { domainStart, parseProxyAddress } from "../model/address.ts";
import { MOST_ALIAS_LENGTH } from "../model/alias.ts";
import type { Span } from "../text/span.ts";
import { ALIAS, PREPARATION, RFC_5321, SCHEMA_MAIL, SCHEMA_PROXY_ADDRESSES } from "./sources.ts";

interface Row {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly effect: Effect;
  readonly attribute: string;
  /** What is measured, and what Entra ID makes of it. */
  readonly what: string;
  readonly outcome: string;
  readonly most: number;
  readonly why: string;
  readonly sources: readonly string[];
  /** The part of the value that is measured; the whole value where it is not given. */
  readonly part?: (text: string) => Span | undefined;
  readonly examples: readonly Example[];
}

const ROWS: readonly Row[] = [
  {
    id: "mail-length",
    title: "mail is longer than 256 characters",
    severity: "error",
    effect: "export-error",
    attribute: "mail",
    what: "mail",
    outcome: "the export to Entra ID fails with ExceededAllowedLength",
    most: 256,
    why: `Active Directory itself keeps mail to 256 characters, so a longer one comes from an altered schema or an edited file.
Shorten it.`,
    sources: [SCHEMA_MAIL],
    examples: [
      { bad: `mail: ${"a".repeat(246)}@contoso.c«om»` },
      { bad: `mail: ${"a".repeat(256)}«aaa»` },
      { good: `mail: ${"a".repeat(244)}@contoso.com` },
    ],
  },
  {
    id: "mailnickname-length",
    title: "mailNickname is longer than 64 characters",
    severity: "error",
    effect: "export-error",
    attribute: "mailNickname",
    what: "mailNickname",
    outcome: "the export to Entra ID fails",
    most: MOST_ALIAS_LENGTH,
    why: `An alias has 64 characters at most, in Exchange and in Entra ID. Shorten it by hand: mail addresses are made of it, and two
objects may not end up with the same.`,
    sources: [ALIAS],
    examples: [
      { bad: `mailNickname: ${"a".repeat(64)}«a»` },
      { bad: `mailNickname: ${"a".repeat(60)}\n aaaa«aaa»` },
      { good: `mailNickname: ${"a".repeat(64)}` },
    ],
  },
  {
    id: "proxyaddresses-value-length",
    title: "A value of proxyAddresses is longer than 256 characters",
    severity: "error",
    effect: "export-error",
    attribute: "proxyAddresses",
    what: "the value, its address type included,",
    outcome: "the export to Entra ID fails",
    most: 256,
    why: `Entra ID takes values of up to 256 characters, the address type and the colon included, while Active Directory stores up to
1,123. Long X500 addresses, which Exchange Online writes back, are the usual case.

Remove the value where nothing needs it any more, or shorten the address.`,
    sources: [PREPARATION, SCHEMA_PROXY_ADDRESSES],
    examples: [
      { bad: `proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: x500:/o=${"a".repeat(248)}«b»` },
      { bad: `proxyAddresses: SMTP:${"a".repeat(240)}@contoso.com`.replace("so.com", "so.co«m»") },
      { good: `proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: x500:/o=${"a".repeat(248)}` },
    ],
  },
  {
    id: "proxyaddresses-local-part-length",
    title: "An SMTP address has more than 64 characters before the @",
    severity: "warning",
    effect: "attribute-dropped",
    attribute: "proxyAddresses",
    what: `the part before "@"`,
    outcome: "Entra ID may discard the address",
    most: 64,
    why: `RFC 5321 allows 64 characters before the "@", and mail servers refuse addresses with more. Give the object a shorter
address.`,
    sources: [RFC_5321],
    part: smtpLocalPart,
    examples: [
      { bad: `proxyAddresses: SMTP:${"a".repeat(64)}«a»@contoso.com` },
      { good: `proxyAddresses: SMTP:${"a".repeat(64)}@contoso.com` },
      { good: `proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: x500:/o=${"a".repeat(100)}@b` },
    ],
  },
];

/** Lengths that Entra ID or mail servers do not take. What is too much is marked. */
export const ADDRESS_LENGTH_RULES: readonly Rule[] = ROWS.map(
  ({ attribute, what, outcome, most, part = wholeText, ...row }) =>
    defineRule({
      ...row,
      message: `{length} characters: ${what} can have ${most}, or ${outcome}`,
      objectTypes: ["user", "inetOrgPerson", "contact", "group"],
      attributes: [attribute],
      checkValue({ value }, report) {
        const measured = part(value.text);
        if (measured === undefined) return;
        const { start, end } = measured;
        if (end - start > most) report({ value, span: value.slice(start + most, end) }, { length: `${end - start}` });
      },
    }),
);

function wholeText(text: string): Span {
  return { start: 0, end: text.length };
}

function smtpLocalPart(text: string): Span | undefined {
  const { isSmtp, start } = parseProxyAddress(text);
  const end = domainStart(text) - 1;
  return isSmtp && end >= start ? { start, end } : undefined;
}
