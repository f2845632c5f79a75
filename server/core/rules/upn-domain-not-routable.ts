import { defineRule } from "../engine/rule.ts";
import { domainStart } from "../model/address.ts";
import { isSingleLabel, isSpecialUse } from "../model/domain.ts";
import { replaceDomain } from "./replace-domain.ts";
import { PREPARATION, SCOPING_ARTICLE, UPN_POPULATION } from "./sources.ts";

export default defineRule({
  id: "upn-domain-not-routable",
  title: "The suffix of the user principal name is not routable",
  severity: "warning",
  effect: "value-changed",
  message: `"{domain}" can never be a verified domain: in Entra ID the user principal name becomes the alias with the initial domain`,
  why: `The part after "@" of a user principal name must be a domain that is verified in the tenant. Names with a single label,
and those under local, lan, corp, internal and other labels that the internet keeps free, can never be verified. The user
synchronizes, but signs in as alias@contoso.onmicrosoft.com.

Give the user a suffix that is verified. Add it as a UPN suffix of the forest first, and tell the users: it is what they sign in
with. With \`domainReplacements\` in the settings ("contoso.local": "contoso.com") the fix knows the suffix to take.`,
  sources: [UPN_POPULATION, PREPARATION, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["upn-domain-not-verified"],
  checkValue({ value }, report) {
    const start = domainStart(value.text);
    const end = value.text.trimEnd().length;
    if (start < 0 || start >= end) return;
    const domain = value.text.slice(start, end);
    if (isSingleLabel(domain) || isSpecialUse(domain)) report({ value, span: value.slice(start, end) }, { domain });
  },
  fix({ value, settings }) {
    return value && replaceDomain(value.text, domainStart(value.text), settings);
  },
  examples: [
    {
      bad: "userPrincipalName: jane@«contoso.local»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { domainReplacements: { "contoso.local": "contoso.com" } },
    },
    { bad: "userPrincipalName: jane@«corp.lan»" },
    { bad: "userPrincipalName: jane@«contoso»" },
    { good: "userPrincipalName: jane@contoso.swiss" },
    { good: "userPrincipalName: jane@contoso.ad" },
  ],
});
