import { defineRule } from "../engine/rule.ts";
import { smtpFault } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { hasRuledCharacter } from "./proxyaddresses-characters.ts";
import { rewriteSmtpAddress, smtpPart } from "./rewrite-smtp-address.ts";
import { PREPARATION, PROXY_ADDRESSES_ARTICLE, RFC_5321, RFC_5322 } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-smtp-format",
  title: "An SMTP address is malformed",
  severity: "error",
  effect: "attribute-dropped",
  message: "{value} is not an SMTP address, {reason}: Entra ID discards it",
  why: `An SMTP address is a local part, "@" and a domain of two labels or more. The local part consists of letters, digits and the
marks that RFC 5322 allows, with periods only between them. Entra ID discards what is not.

Correct the address, or remove it. Where periods are too many, the fix removes them.`,
  sources: [PROXY_ADDRESSES_ARTICLE, PREPARATION, RFC_5321, RFC_5322],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    const part = smtpPart(value.text);
    if (part === undefined) return;
    const address = value.text.slice(part.start, part.end);
    const fault = smtpFault(address);
    // A colon and other characters have rules of their own.
    if (fault === undefined || address.includes(":") || hasRuledCharacter(value.text)) return;
    const { start, end } = fault.span;
    const span = address === "" ? value.span : value.slice(part.start + start, part.start + end);
    report({ value, span }, { value: quoted(address), reason: fault.reason });
  },
  fix(context) {
    return rewriteSmtpAddress(context, withoutStrayPeriods, { safety: "review", deterministic: false });
  },
  examples: [
    { bad: "proxyAddresses: SMTP:«.»jane@contoso.com", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
    { bad: "proxyAddresses: SMTP:j«..»d.@contoso.com.", fixed: "proxyAddresses: SMTP:j.d@contoso.com" },
    { bad: "proxyAddresses: SMTP:«jane»" },
    { bad: "proxyAddresses: «SMTP:»" },
    { bad: "proxyAddresses: SMTP:«@»contoso.com" },
    { bad: "proxyAddresses: SMTP:j«@»doe@contoso.com" },
    { bad: "proxyAddresses: SMTP:jane@«10.0.0.1»" },
    { good: "proxyAddresses: SMTP:a.b.c@sub.contoso.com\nproxyAddresses: smtp:jane@contoso.xn--p1ai" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: sip:jane" },
  ],
});

/** Periods that do not stand between other characters, before "@" and after it. */
function withoutStrayPeriods(address: string): string {
  return address
    .replace(/\.{2,}/g, ".")
    .replace(/^\.|\.$/g, "")
    .replace(/\.?@\.?/g, "@");
}
