import { defineRule } from "../engine/rule.ts";
import { domainStart, parseProxyAddress } from "../model/address.ts";
import { isReserved } from "../model/domain.ts";
import { removeAddress } from "./remove-address.ts";
import { PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-reserved-domain",
  title: "An SMTP address is in a domain of Microsoft's",
  severity: "information",
  effect: "attribute-dropped",
  message: `Entra ID gives out the addresses of "{domain}" itself and discards this one`,
  why: `Addresses under onmicrosoft.com and microsoftonline.com are managed by Entra ID: each object gets its own, made of its alias
and the initial domain, and those that come from Active Directory are discarded. The routing domain of a hybrid deployment
(contoso.mail.onmicrosoft.com) is an exception and is not reported.

Remove the address. If it is the primary one, choose another primary address first.`,
  sources: [PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE],
  notInCloud: true,
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    if (!parseProxyAddress(value.text).isSmtp) return;
    const start = domainStart(value.text);
    const end = value.text.trimEnd().length;
    const domain = value.text.slice(start, end);
    if (start >= 0 && isReserved(domain)) report({ value, span: value.slice(start, end) }, { domain });
  },
  fix: removeAddress,
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@«contoso.onmicrosoft.com»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
    },
    { bad: "proxyAddresses: SMTP:jane@«contoso.onmicrosoft.com»" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@contoso.mail.onmicrosoft.com" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: sip:jane@contoso.onmicrosoft.com" },
  ],
});
