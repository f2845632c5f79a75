import { defineRule } from "../engine/rule.ts";
import { MAIL } from "./address-uniqueness.ts";
import { PREPARATION, PROXY_ADDRESSES_ARTICLE, SYNC_ERRORS } from "./sources.ts";

export default defineRule({
  id: "duplicate-mail",
  title: "Two objects have the same mail",
  severity: "warning",
  effect: "value-changed",
  message: "{value} is the mail of {others} too: in Entra ID one of the objects goes without it, or its export fails",
  why: `Microsoft's documents disagree about what happens: one says that mail must be unique and the export fails with
AttributeValueMustBeUnique, another that the first object is synchronized and later ones do not appear. In Entra ID mail is the
primary SMTP address, so it matters most where proxyAddresses is empty; that case has a rule of its own, which then speaks instead.

Decide which object keeps the mail, and change the other.`,
  sources: [SYNC_ERRORS, PREPARATION, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mail"],
  unique: MAIL,
  examples: [
    {
      bad: "mail: «x@contoso.com»\nproxyAddresses: SMTP:p@contoso.com\n\nmail: «X@contoso.com»\nproxyAddresses: SMTP:q@contoso.com",
    },
    {
      bad: "mail: «x@contoso.com»\nproxyAddresses: SMTP:p@contoso.com\n\nobjectClass: contact\nmail: «x@contoso.com»",
    },
    { good: "mail: x@contoso.com\n\nmail: y@contoso.com" },
    { good: "mail: x@contoso.com\nproxyAddresses: SMTP:x@contoso.com\n\nproxyAddresses: smtp:x@contoso.com" },
    { good: "mail: x@contoso.com\n\nmail: x@contoso.com" },
    { good: "mail: x@contoso.com\n\nmail: x@contoso.com\nisCriticalSystemObject: TRUE" },
  ],
});
