import { defineRule } from "../engine/rule.ts";
import { domainStart } from "../model/address.ts";
import { isUnverified } from "../model/domain.ts";
import { replaceDomain } from "./replace-domain.ts";
import { SCOPING_ARTICLE, UPN_POPULATION } from "./sources.ts";

export default defineRule({
  id: "upn-domain-not-verified",
  title: "The suffix of the user principal name is not verified",
  severity: "warning",
  effect: "value-changed",
  message: `"{domain}" is not among the verified domains: in Entra ID the user principal name becomes the alias with the initial domain`,
  why: `The part after "@" of a user principal name must be a domain that is verified in the tenant, exactly: a verified
contoso.com does not verify sub.contoso.com here. The user synchronizes, but signs in as alias@contoso.onmicrosoft.com.

Verify the domain, or give the user a suffix that is verified. The rule is silent until the settings name the verified domains
(\`verifiedDomains\`).`,
  sources: [UPN_POPULATION, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value, settings }, report) {
    const start = domainStart(value.text);
    const end = value.text.trimEnd().length;
    if (start < 0 || start >= end) return;
    const domain = value.text.slice(start, end);
    if (isUnverified(domain, settings)) report({ value, span: value.slice(start, end) }, { domain });
  },
  fix({ value, settings }) {
    return value && replaceDomain(value.text, domainStart(value.text), settings);
  },
  examples: [
    {
      bad: "userPrincipalName: jane@«sub.contoso.com»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["fabrikam.com", "contoso.com"] },
    },
    { bad: "userPrincipalName: jane@«contoso.org»", settings: { verifiedDomains: ["contoso.com", "fabrikam.com"] } },
    { good: "userPrincipalName: jane@CONTOSO.com", settings: { verifiedDomains: ["contoso.com"] } },
    {
      good: "userPrincipalName: jane@contoso.onmicrosoft.com",
      settings: { verifiedDomains: ["contoso.com"], initialDomain: "contoso.onmicrosoft.com" },
    },
    { good: "userPrincipalName: jane@anything.org" },
  ],
});
