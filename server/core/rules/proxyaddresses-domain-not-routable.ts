import { defineRule } from "../engine/rule.ts";
import { addressKey, domainStart, parseProxyAddress } from "../model/address.ts";
import { isSingleLabel, isSpecialUse } from "../model/domain.ts";
import { smtpAddresses } from "../model/mail.ts";
import { removeAddress } from "./remove-address.ts";
import { replaceDomain } from "./replace-domain.ts";
import { PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-domain-not-routable",
  title: "An SMTP address is in a domain that is not routable",
  severity: "warning",
  effect: "attribute-dropped",
  message: `"{domain}" can never be a verified domain: Entra ID drops the address from an object with an Exchange Online licence`,
  why: `Addresses in domains under local, lan, corp, internal and other labels that the internet keeps free can never be verified.
Entra ID keeps such an address for an unlicensed object and removes it as soon as an Exchange Online licence is assigned.

Remove the address, or change its domain. With \`domainReplacements\` in the settings ("contoso.local": "contoso.com") the fix
knows the domain to take.`,
  sources: [PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  suppresses: ["proxyaddresses-domain-not-verified"],
  checkValue({ value }, report) {
    if (!parseProxyAddress(value.text).isSmtp) return;
    const start = domainStart(value.text);
    const end = value.text.trimEnd().length;
    const domain = value.text.slice(start, end);
    if (start < 0 || isSingleLabel(domain) || !isSpecialUse(domain)) return;
    report({ value, span: value.slice(start, end) }, { domain });
  },
  fix({ entry, value, settings }) {
    const fix = value && replaceDomain(value.text, domainStart(value.text), settings);
    if (fix?.deterministic !== true) return removeAddress();
    // The object may have the address in the other domain already: then this one is one too many.
    const replaced = addressKey(parseProxyAddress(fix.newValue ?? "").address);
    const isThere = smtpAddresses(entry).some(({ address }) => addressKey(address) === replaced);
    return isThere ? { ...removeAddress(), deterministic: true } : fix;
  },
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@«contoso.local»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
    },
    {
      bad: "proxyAddresses: SMTP:jane@«contoso.local»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
      settings: { domainReplacements: { "contoso.local": "contoso.com" } },
    },
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:Jane@«contoso.local»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
      settings: { domainReplacements: { "contoso.local": "contoso.com" } },
    },
    { bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jane@«x.internal»" },
    { good: "proxyAddresses: SMTP:jane@contoso.com" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: sip:jane@contoso.local" },
  ],
});
