import { defineRule } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";
import { PROXY_ADDRESSES_ARTICLE, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "mail-masked-by-proxyaddresses",
  title: "proxyAddresses masks mail",
  severity: "information",
  effect: "value-changed",
  message: "mail is not the primary address: in Entra ID it becomes {primary}",
  why: `As soon as proxyAddresses holds SMTP addresses, Entra ID no longer looks at mail: the primary address ("SMTP:" in
capitals) is shown instead. A mail that says something else misleads people and programs that read it in Active Directory.

Set mail to the primary address or, where mail is right, make its address the primary one.`,
  sources: [SCOPING_ARTICLE, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mail", "proxyAddresses"],
  checkEntry({ entry }, report) {
    const primary = onlyPrimary(entry);
    if (primary === undefined) return;
    for (const value of entry.values("mail")) {
      const differs = value.text.trim() !== "" && addressKey(value.text) !== addressKey(primary);
      if (differs) report({ value }, { primary });
    }
  },
  fix({ entry, value }) {
    const primary = onlyPrimary(entry);
    if (primary === undefined || value === undefined) return undefined;
    // After a rename mail is often right and the primary address old: then only a person can say which of them goes.
    const isSecondary = smtpAddresses(entry).some(({ address }) => addressKey(address) === addressKey(value.text));
    return {
      title: `Set mail to the primary address ${primary}`,
      safety: "review",
      deterministic: !isSecondary,
      newValue: primary,
    };
  },
  examples: [
    {
      bad: "mail: «a@contoso.com»\nproxyAddresses: SMTP:b@contoso.com",
      fixed: "mail: b@contoso.com\nproxyAddresses: SMTP:b@contoso.com",
    },
    { good: "mail: a@contoso.com\nproxyAddresses: SMTP:A@contoso.com" },
    { good: "proxyAddresses: SMTP:b@contoso.com" },
  ],
});

function onlyPrimary(entry: Parameters<typeof smtpAddresses>[0]): string | undefined {
  const primaries = smtpAddresses(entry).filter(({ isPrimary }) => isPrimary);
  return primaries.length === 1 ? primaries[0]?.address.trim() : undefined;
}
