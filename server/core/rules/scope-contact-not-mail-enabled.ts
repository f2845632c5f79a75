import { defineRule } from "../engine/rule.ts";
import { isMailEnabled } from "../model/mail.ts";
import { mailFromTargetAddress } from "./scope-contact-mail-missing.ts";
import { DEFAULT_CONFIGURATION, FUNCTIONS_REFERENCE, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "scope-contact-not-mail-enabled",
  title: "The contact has no usable e-mail address",
  severity: "error",
  effect: "excluded",
  message: `Neither mail nor an SMTP proxy address of this contact contains "@": Connect Sync leaves it out without an error`,
  why: `Connect Sync sends a contact to Entra ID only when it is mail-enabled: an SMTP value of proxyAddresses, or mail,
contains "@". The documents disagree whether "smtp:" in lower case counts as an SMTP value; here it does.

Set mail to the contact's e-mail address.`,
  sources: [DEFAULT_CONFIGURATION, RULE_EXPORT, FUNCTIONS_REFERENCE, SCOPING_ARTICLE],
  objectTypes: ["contact"],
  attributes: ["mail", "proxyAddresses"],
  requires: ["proxyAddresses", "mail"],
  profiles: ["connect"],
  checkEntry({ entry }, report) {
    const [value] = entry.values("mail");
    if (!isMailEnabled(entry)) report(value === undefined ? { attribute: "mail" } : { value });
  },
  fix: mailFromTargetAddress,
  examples: [
    {
      bad: "mail: «partner»\ntargetAddress: SMTP:partner@fabrikam.com",
      fixed: "mail: partner@fabrikam.com\ntargetAddress: SMTP:partner@fabrikam.com",
    },
    { bad: "mail: «partner»\nproxyAddresses: x500:/o=Contoso/cn=partner" },
    { good: "mail: partner@fabrikam.com\nproxyAddresses: x500:/o=Contoso/cn=p" },
    { good: "mail: partner\nproxyAddresses: smtp:partner@fabrikam.com" },
  ],
});
