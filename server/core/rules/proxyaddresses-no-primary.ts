import { defineRule } from "../engine/rule.ts";
import { domainStart } from "../model/address.ts";
import { isReserved, isSpecialUse } from "../model/domain.ts";
import type { Entry } from "../model/entry.ts";
import { addressOfMail, smtpAddresses } from "../model/mail.ts";
import { FUNCTIONS_REFERENCE, SCOPING_ARTICLE, USERS_GROUPS_CONTACTS } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-no-primary",
  title: "There is no primary address",
  severity: "warning",
  effect: "value-changed",
  message: `No address begins with "SMTP:" in capitals: Entra ID makes alias@initial domain the primary address and this one a secondary`,
  why: `The primary SMTP address is the one whose type is written in capitals. Where only "smtp:" values exist, Entra ID makes up a
primary address of the alias and the initial domain (user1@contoso.onmicrosoft.com), and people outside see that one. For groups
and contacts without mail the documents even disagree whether they synchronize.

Write "SMTP:" in capitals at the address that should be the primary one: the only one there is, or the one that mail names.`,
  sources: [SCOPING_ARTICLE, USERS_GROUPS_CONTACTS, FUNCTIONS_REFERENCE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkEntry({ entry }, report) {
    const addresses = smtpAddresses(entry);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ isPrimary }) => isPrimary)) return;
    const { value, prefix } = candidate(entry) ?? first;
    report({ value, span: value.slice(0, prefix.length) });
  },
  fix({ entry, value }) {
    const address = smtpAddresses(entry).find((one) => one.value === value);
    if (address === undefined) return undefined;
    const domain = address.address.slice(domainStart(address.address)).trimEnd();
    // An address that Entra drops is no primary address.
    if (isReserved(domain) || isSpecialUse(domain)) return undefined;
    const certain = candidate(entry)?.value === value;
    return {
      title: "Make it the primary address",
      safety: certain ? "safe" : "review",
      deterministic: certain,
      newValue: `SMTP:${address.address}`,
    };
  },
  examples: [
    { bad: "proxyAddresses: «smtp»:a@contoso.com", fixed: "proxyAddresses: SMTP:a@contoso.com" },
    {
      bad: "mail: b@contoso.com\nproxyAddresses: smtp:a@contoso.com\nproxyAddresses: «smtp»:b@contoso.com",
      fixed: "mail: b@contoso.com\nproxyAddresses: smtp:a@contoso.com\nproxyAddresses: SMTP:b@contoso.com",
    },
    { bad: "proxyAddresses: «smtp»:a@contoso.com\nproxyAddresses: smtp:b@contoso.com" },
    { bad: "proxyAddresses: «s\n mtp»:a@contoso.com" },
    { good: "proxyAddresses: SMTP:a@contoso.com" },
    { good: "proxyAddresses: X500:/o=Contoso/cn=a" },
  ],
});

/** The address that must be meant: the only one, or the one that mail names. */
function candidate(entry: Entry) {
  const addresses = smtpAddresses(entry);
  return addresses.length === 1 ? addresses[0] : addressOfMail(entry, addresses);
}
