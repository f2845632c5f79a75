import { defineRule } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION, PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "upn-differs-from-primary-smtp",
  title: "The user principal name is not the primary address",
  severity: "information",
  effect: "none",
  message:
    "The user principal name is not the primary address {primary}: people sign in with one and get mail at the other",
  why: `This is allowed, and everything synchronizes. People find it confusing, though, and Microsoft advises to make the two the
same. A licensed user gets the user principal name as a further SMTP address.

Whether to change anything is a decision for the organization, not for one user.`,
  sources: [PREPARATION, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName", "proxyAddresses"],
  unless: "alternateLoginId",
  checkEntry({ entry }, report) {
    const primaries = smtpAddresses(entry).filter(({ isPrimary }) => isPrimary);
    const primary = primaries[0]?.address.trim();
    if (primaries.length !== 1 || !primary) return;
    for (const value of entry.values("userPrincipalName")) {
      const differs = value.text.trim() !== "" && addressKey(value.text) !== addressKey(primary);
      if (differs) report({ value }, { primary: quoted(primary) });
    }
  },
  examples: [
    { bad: "userPrincipalName: «jdoe@contoso.com»\nproxyAddresses: SMTP:jane.doe@contoso.com" },
    { good: "userPrincipalName: JDoe@contoso.com\nproxyAddresses: SMTP:jdoe@contoso.com" },
    { good: "userPrincipalName: jdoe@contoso.com\nproxyAddresses: smtp:jane.doe@contoso.com" },
    { good: "userPrincipalName: jdoe@contoso.com" },
  ],
});
