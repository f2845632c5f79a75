import { defineRule, type FixContext } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";
import { isSmtpAddress } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { isHeldBeside } from "./rewrite-smtp-address.ts";
import { PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

const TYPE = /^[A-Za-z][A-Za-z0-9.-]*:/;

export default defineRule({
  id: "proxyaddresses-missing-prefix",
  title: "A value of proxyAddresses has no address type",
  severity: "error",
  effect: "attribute-dropped",
  message: `{value} does not begin with an address type such as "smtp:": Entra ID discards it`,
  why: `Every value of proxyAddresses begins with its type and a colon: "SMTP:" for the primary address, "smtp:" for others, "X500:",
"sip:" and so on. Entra ID discards a value without a type as malformed.

Write the type before the address. The fix takes "smtp:" for a mail address, and "SMTP:" for the one that mail names or that is the
only one.`,
  sources: [PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    if (!TYPE.test(value.text.trim())) report({ value }, { value: quoted(value.text) });
  },
  fix(context) {
    const { entry, value } = context;
    const address = value?.text.trim() ?? "";
    if (value === undefined || !isSmtpAddress(address) || isHeldBeside(entry, value, address)) return undefined;
    const type = isMeantAsPrimary(context, address) ? "SMTP" : "smtp";
    return { title: `Write ${type}: before it`, safety: "safe", deterministic: true, newValue: `${type}:${address}` };
  },
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: «jd@contoso.com»",
      fixed: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: smtp:jd@contoso.com",
    },
    {
      bad: "mail: jane@contoso.com\nproxyAddresses: smtp:jd@contoso.com\nproxyAddresses: «jane@contoso.com»",
      fixed: "mail: jane@contoso.com\nproxyAddresses: smtp:jd@contoso.com\nproxyAddresses: SMTP:jane@contoso.com",
    },
    { bad: "proxyAddresses: «jane@contoso.com»", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
    { bad: "proxyAddresses: «/o=contoso/cn=jane»" },
    { bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: «jane@contoso.com»" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: x400:c=us;a= ;p=contoso;" },
  ],
});

/** The entry has no primary address, and this is the one that mail names, or the only one there is. */
function isMeantAsPrimary({ entry, value }: FixContext, address: string): boolean {
  const addresses = smtpAddresses(entry);
  if (addresses.some(({ isPrimary }) => isPrimary)) return false;
  const mail = entry.values("mail")[0]?.text;
  if (mail !== undefined) return addressKey(mail) === addressKey(address);
  const untyped = entry.values("proxyAddresses").filter(({ text }) => !TYPE.test(text.trim()));
  return addresses.length === 0 && untyped.length === 1 && untyped[0] === value;
}
