import { defineRule } from "../engine/rule.ts";
import { domainStart } from "../model/address.ts";
import { isDomainName } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { replaceDomain } from "./replace-domain.ts";
import { PREPARATION, UPN_POPULATION } from "./sources.ts";
import { UPN_REFUSED } from "./user-principal-name.ts";

export default defineRule({
  id: "upn-domain-malformed",
  title: "The suffix of the user principal name is no domain name",
  severity: "error",
  effect: "export-error",
  message: `After the "@" stands {domain}, which is no domain name and can never be verified: ${UPN_REFUSED}`,
  why: `The part after the "@" of a user principal name must be a domain that is verified in the tenant: labels of letters, digits
and inner hyphens, with a period between them. What is no domain name cannot be verified. Microsoft's articles disagree about what
happens: the export fails with IdentityDataValidationFailed, or the user gets alias@contoso.onmicrosoft.com.

Give the user one of the verified domains as suffix. The fix knows the one to take if the settings name exactly one of your own
(\`verifiedDomains\`).`,
  sources: [PREPARATION, UPN_POPULATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["upn-domain-not-routable", "upn-domain-not-verified"],
  checkValue({ value }, report) {
    const start = domainStart(value.text);
    const domain = value.text.slice(start);
    if (start < 0 || isDomainName(domain, 1)) return;
    // Nothing cannot be marked.
    const span = value.slice(domain === "" ? start - 1 : start, value.text.length);
    report({ value, span }, { domain: domain === "" ? "nothing" : quoted(domain) });
  },
  fix({ value, settings }) {
    return value && replaceDomain(value.text, domainStart(value.text), settings);
  },
  examples: [
    {
      bad: "userPrincipalName: jane@«-contoso.com»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    {
      bad: "userPrincipalName: jane«@»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    { bad: "userPrincipalName: jane@«contoso..com»" },
    { bad: "userPrincipalName: jane@«contoso.com,org»" },
    { good: "userPrincipalName: jane@contoso" },
    { good: "userPrincipalName: jane@xn--mller-kva.example" },
  ],
});
