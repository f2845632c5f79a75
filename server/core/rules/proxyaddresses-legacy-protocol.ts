import { defineRule } from "../engine/rule.ts";
import { isLegacyProtocol, parseProxyAddress } from "../model/address.ts";
import { removeAddress } from "./remove-address.ts";
import { PROXY_ADDRESSES_ARTICLE, SYNC_ERRORS } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-legacy-protocol",
  title: "An address is of a type that Entra ID does not keep",
  severity: "information",
  effect: "attribute-dropped",
  message: `Addresses of the type "{type}" do not reach Entra ID: it discards them`,
  why: `Addresses of mail systems of the past (X400, MSMAIL, CCMAIL, NOTES, GWISE) are discarded. That does no harm, and they need not be
removed. Where an object is too large to be exported, it may help.`,
  sources: [PROXY_ADDRESSES_ARTICLE, SYNC_ERRORS],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    const { prefix } = parseProxyAddress(value.text);
    if (isLegacyProtocol(prefix)) {
      report({ value, span: value.slice(0, prefix.length) }, { type: prefix.trim() });
    }
  },
  fix: removeAddress,
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: «X400»:c=US;a= ;p=Contoso;s=Doe;",
      fixed: "proxyAddresses: SMTP:jane@contoso.com",
    },
    { bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: «notes»:Jane Doe/Contoso@Contoso" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: X500:/o=contoso/cn=jane" },
  ],
});
