import { defineRule } from "../engine/rule.ts";
import { USER_PRINCIPAL_NAME_AND_SMTP_ADDRESS } from "./address-uniqueness.ts";
import { DUPLICATE_RESILIENCY, PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "duplicate-userprincipalname-equals-smtp-address",
  title: "A user principal name is an SMTP address of another object",
  severity: "warning",
  effect: "export-error",
  message:
    "{value} is the user principal name of one object and an SMTP address of another, {others}: assigning a licence fails",
  why: `A licensed user gets its user principal name as an SMTP address, whatever proxyAddresses says. Where another object has that
address already, assigning the licence or the export fails; with a group this is the first known issue of duplicate attribute
resiliency.

Decide which object keeps the address: change the user principal name, or remove the address from the other object.`,
  sources: [DUPLICATE_RESILIENCY, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["userPrincipalName", "proxyAddresses", "mail"],
  unique: USER_PRINCIPAL_NAME_AND_SMTP_ADDRESS,
  examples: [
    {
      bad: "userPrincipalName: «joe@contoso.com»\n\nobjectClass: group\ngroupType: -2147483646\nproxyAddresses: «SMTP:Joe@contoso.com»",
    },
    { bad: "userPrincipalName: «p@contoso.com»\n\nobjectClass: contact\nmail: «p@contoso.com»" },
    {
      good: "userPrincipalName: joe@contoso.com\nproxyAddresses: SMTP:joe@contoso.com\n\nuserPrincipalName: b@contoso.com",
    },
    { good: "userPrincipalName: joe@contoso.com\n\nproxyAddresses: sip:joe@contoso.com" },
    { good: "userPrincipalName: joe@contoso.com\n\nproxyAddresses: SMTP:b@contoso.com\nmail: joe@contoso.com" },
  ],
});
