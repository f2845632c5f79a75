import { defineRule } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import type { Entry } from "../model/entry.ts";
import { type HeldAddress, smtpAddresses } from "../model/mail.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION, RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-duplicate-on-object",
  title: "The object has an SMTP address twice",
  severity: "information",
  effect: "none",
  message: "The object has {address} more than once: synchronization keeps one of them",
  why: `SMTP addresses are compared without their type's capitals, without outer white space and without regard to case. Active
Directory refuses two values that differ only in case, so this is mostly seen in files that were edited.

Remove the copy that is not the primary address.`,
  sources: [RULE_EXPORT, PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkEntry({ entry }, report) {
    for (const { value, address } of copies(entry)) report({ value }, { address: quoted(address.trim()) });
  },
  fix() {
    return { title: "Remove this copy", safety: "safe", deterministic: true, newValue: undefined };
  },
  examples: [
    {
      bad: "proxyAddresses: «smtp:a@contoso.com»\nproxyAddresses: SMTP:A@contoso.com",
      fixed: "proxyAddresses: SMTP:A@contoso.com",
    },
    {
      bad: "proxyAddresses: SMTP:b@contoso.com\nproxyAddresses: «smtp:a@contoso.com »\nproxyAddresses: smtp:a@contoso.com",
    },
    { good: "mail: a@contoso.com\nproxyAddresses: SMTP:a@contoso.com\nproxyAddresses: sip:a@contoso.com" },
  ],
});

/** All but one of the values with the same address: the primary one stays, or the first that has no white space around it. */
function copies(entry: Entry): HeldAddress[] {
  const addresses = smtpAddresses(entry);
  const kept = new Map<string, HeldAddress>();
  for (const one of addresses) {
    const key = addressKey(one.address);
    const other = kept.get(key);
    if (other === undefined || rank(one) < rank(other)) kept.set(key, one);
  }
  return addresses.filter((one) => addressKey(one.address) !== "" && kept.get(addressKey(one.address)) !== one);
}

function rank({ isPrimary, value }: HeldAddress): number {
  return isPrimary ? 0 : value.text === value.text.trim() ? 1 : 2;
}
