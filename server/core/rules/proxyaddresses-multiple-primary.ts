import { defineRule } from "../engine/rule.ts";
import type { Entry } from "../model/entry.ts";
import { addressOfMail, smtpAddresses } from "../model/mail.ts";
import { EMAIL_ADDRESSES, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-multiple-primary",
  title: "There are several primary addresses",
  severity: "error",
  effect: "export-error",
  message: `{count} values begin with "SMTP:", but only one address can be the primary one: Entra ID refuses the object or picks one`,
  why: `The primary SMTP address is the one whose type is written in capitals ("SMTP:"); all others are "smtp:". With several in
capitals the export to Entra ID fails, or one is picked; which one is not documented.

Write all but one in lower case. Where mail is one of them, that is the one to keep.`,
  sources: [EMAIL_ADDRESSES, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkEntry({ entry }, report) {
    const all = primaries(entry);
    if (all.length < 2) return;
    const keeper = addressOfMail(entry, all);
    for (const { value } of all) {
      if (value !== keeper?.value) report({ value, span: value.slice(0, "SMTP".length) }, { count: `${all.length}` });
    }
  },
  fix({ entry, value }) {
    if (value === undefined) return undefined;
    const certain = addressOfMail(entry, primaries(entry)) !== undefined;
    return {
      title: "Make this address a secondary one",
      safety: certain ? "safe" : "review",
      deterministic: certain,
      newValue: `smtp${value.text.slice("SMTP".length)}`,
    };
  },
  examples: [
    {
      bad: "mail: b@contoso.com\nproxyAddresses: «SMTP»:a@contoso.com\nproxyAddresses: SMTP:b@contoso.com",
      fixed: "mail: b@contoso.com\nproxyAddresses: smtp:a@contoso.com\nproxyAddresses: SMTP:b@contoso.com",
    },
    { bad: "proxyAddresses: «SMTP»:a@contoso.com\nproxyAddresses: «SMTP»:b@contoso.com" },
    { good: "proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: smtp:b@contoso.com" },
    { good: "proxyAddresses: SMTP:a@contoso.com\nproxyAddresses: X500:/o=Contoso/cn=a" },
  ],
});

function primaries(entry: Entry) {
  return smtpAddresses(entry).filter(({ isPrimary }) => isPrimary);
}
