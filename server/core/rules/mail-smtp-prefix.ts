import { defineRule } from "../engine/rule.ts";
import { PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

const PREFIX = "smtp:";

export default defineRule({
  id: "mail-smtp-prefix",
  title: "mail begins with an address type",
  severity: "warning",
  effect: "attribute-dropped",
  message: `mail begins with "{prefix}", which belongs into proxyAddresses only: Entra ID discards the address as malformed`,
  why: `The values of proxyAddresses begin with an address type ("SMTP:", "smtp:"). mail holds the bare address; with a type
before it, it is not an address.

Remove the type.`,
  sources: [PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mail"],
  suppresses: ["mail-format"],
  checkValue({ value }, report) {
    const prefix = value.text.slice(0, PREFIX.length);
    if (prefix.toLowerCase() === PREFIX) report({ value, span: value.slice(0, PREFIX.length) }, { prefix });
  },
  fix({ value }) {
    const newValue = value?.text.slice(PREFIX.length);
    if (!newValue) return undefined;
    return { title: "Remove the address type", safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "mail: «SMTP:»jane@contoso.com", fixed: "mail: jane@contoso.com" },
    { bad: "mail: «Smtp:»jane@contoso.com" },
    { bad: "mail: «smtp:»jane" },
    { good: "mail: jane@smtp.contoso.com" },
  ],
});
