import { defineRule } from "../engine/rule.ts";
import { SMTP_ADDRESS_OF_ONE_TYPE } from "./address-uniqueness.ts";
import { DUPLICATE_RESILIENCY, SCOPING_ARTICLE, SYNC_ERRORS } from "./sources.ts";

export default defineRule({
  id: "duplicate-smtp-address",
  title: "Two objects of one type have the same SMTP address",
  severity: "error",
  effect: "quarantined",
  message: "{value} is an address of {others} too: Entra ID quarantines it and one of the objects goes without it",
  why: `An SMTP address belongs to one object. Entra ID quarantines the address of the object that comes second and synchronizes the
object without it; of two new groups the second fails once before that. Addresses are compared without their type, without outer
blanks and without regard to case: "SMTP:" and "smtp:" are alike. mail counts only for objects without SMTP proxy addresses, since
these mask it.

Decide which object keeps the address, and remove it from the other.`,
  sources: [DUPLICATE_RESILIENCY, SYNC_ERRORS, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses", "mail"],
  suppresses: ["duplicate-mail", "proxyaddresses-duplicate-on-object"],
  unique: SMTP_ADDRESS_OF_ONE_TYPE,
  examples: [
    {
      bad: "proxyAddresses: «SMTP:x@contoso.com»\n\nproxyAddresses: SMTP:y@contoso.com\nproxyAddresses: «smtp:X@contoso.com»",
    },
    { bad: "mail: «x@contoso.com»\n\nmail: «X@CONTOSO.COM»" },
    { good: "proxyAddresses: SMTP:x@contoso.com\n\nproxyAddresses: sip:x@contoso.com" },
    { good: "proxyAddresses: SMTP:x@contoso.com\n\nproxyAddresses: SMTP:y@contoso.com\nmail: x@contoso.com" },
    { good: "proxyAddresses: SMTP:x@contoso.com\nproxyAddresses: smtp:x@contoso.com\nmail: x@contoso.com" },
  ],
});
