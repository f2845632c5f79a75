import { defineRule } from "../engine/rule.ts";
import { isSmtpAddress, smtpFault } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { withoutInvisible } from "../text/invisible.ts";
import { DEFAULT_CONFIGURATION, PREPARATION, PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "mail-format",
  title: "mail is not an SMTP address",
  severity: "warning",
  effect: "attribute-dropped",
  message: "{value} is not an SMTP address, {reason}: Entra ID discards it where it would make an address of mail",
  why: `Where proxyAddresses holds no SMTP address, Entra ID makes the primary address of mail, and discards one that is not
local-part@domain in plain letters, digits and the marks that RFC 5322 allows. A contact or distribution group whose only address
has no "@" does not synchronize at all. Connect Sync removes white space at the ends of mail; what else reads the directory may not.

Correct the address. Where the address is right but for characters that cannot be seen, the fix removes them.`,
  sources: [PROXY_ADDRESSES_ARTICLE, DEFAULT_CONFIGURATION, PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mail"],
  checkValue({ value }, report) {
    const fault = smtpFault(value.text);
    if (fault === undefined) return;
    const span = value.slice(fault.span.start, fault.span.end);
    report({ value, span }, { value: quoted(value.text), reason: fault.reason });
  },
  fix({ value }) {
    const newValue = value && withoutInvisible(value.text);
    if (newValue === undefined || newValue === value?.text || !isSmtpAddress(newValue)) return undefined;
    return { title: `Remove what cannot be seen: ${newValue}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    { bad: "mail: holly« »@contoso.com", fixed: "mail: holly@contoso.com" },
    { bad: "mail: «jane»" },
    { bad: "mail: «ja\n ne»" },
    { bad: "mail: jane«@»contoso.com;jd@contoso.com" },
    { bad: "mail: j«ü»rgen@contoso.com" },
    { bad: "mail: jane«..»doe@contoso.com" },
    { bad: "mail: jane@«contoso»" },
    { bad: "mail: jane@«10.0.0.1»" },
    { bad: "mail: jane@«-contoso.com»" },
    { good: "mail: jane+o'neil@contoso.com" },
    { good: "mail: jane@contoso.xn--p1ai" },
  ],
});
