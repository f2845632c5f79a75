import { defineRule } from "../engine/rule.ts";
import { domainStart, parseProxyAddress } from "../model/address.ts";
import { isHybridRoutingDomain, isReserved, isSingleLabel, isSpecialUse, isUnverified } from "../model/domain.ts";
import { removeAddress } from "./remove-address.ts";
import { PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-domain-not-verified",
  title: "An SMTP address is in a domain that is not verified",
  severity: "information",
  effect: "attribute-dropped",
  message: `"{domain}" is not among the verified domains: Entra ID drops the address when the user gets an Exchange Online licence`,
  why: `Entra ID keeps an address in a domain that is not verified as long as the user has no Exchange Online licence, and removes it
when one is assigned. Contacts point outside by nature, so theirs are not looked at.

Verify the domain, or remove the address. The rule is silent until the settings name the verified domains (\`verifiedDomains\`).`,
  sources: [PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["proxyAddresses"],
  checkValue({ value, settings }, report) {
    if (!parseProxyAddress(value.text).isSmtp) return;
    const start = domainStart(value.text);
    const end = value.text.trimEnd().length;
    if (start < 0 || start >= end) return;
    const domain = value.text.slice(start, end);
    if (isSingleLabel(domain) || isSpecialUse(domain) || isReserved(domain) || isHybridRoutingDomain(domain)) return;
    if (isUnverified(domain, settings)) report({ value, span: value.slice(start, end) }, { domain });
  },
  fix: removeAddress,
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@«sub.contoso.com»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    { good: "proxyAddresses: SMTP:jane@Contoso.com", settings: { verifiedDomains: ["contoso.com"] } },
    {
      good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@contoso.mail.onmicrosoft.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    { good: "proxyAddresses: SMTP:jane@fabrikam.com" },
  ],
});
