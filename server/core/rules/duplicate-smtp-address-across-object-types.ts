import { defineRule } from "../engine/rule.ts";
import { SMTP_ADDRESS_ACROSS_TYPES } from "./address-uniqueness.ts";
import { DUPLICATE_RESILIENCY, SCOPING_ARTICLE, SYNC_ERRORS, USERS_GROUPS_CONTACTS } from "./sources.ts";

export default defineRule({
  id: "duplicate-smtp-address-across-object-types",
  title: "Objects of different types have the same SMTP address",
  severity: "error",
  effect: "export-error",
  message:
    "{value} is an address of {others} too, an object of another type: the export to Entra ID fails in every cycle",
  why: `An SMTP address belongs to one object, and between a user, a group and a contact Entra ID does not even quarantine it: the
export fails with ObjectTypeMismatch or a proxy address conflict, again in every cycle. A contact and a user with the same mail are
joined only where matching by mail was chosen when Connect Sync was set up.

Decide which object keeps the address, and remove it from the other.`,
  sources: [DUPLICATE_RESILIENCY, SYNC_ERRORS, USERS_GROUPS_CONTACTS, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses", "mail"],
  suppresses: ["duplicate-smtp-address", "duplicate-mail", "duplicate-userprincipalname-equals-smtp-address"],
  unique: SMTP_ADDRESS_ACROSS_TYPES,
  examples: [
    {
      bad: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: «smtp:tax@contoso.com»\n\nobjectClass: group\ngroupType: -2147483646\nproxyAddresses: «SMTP:tax@contoso.com»",
    },
    { bad: "objectClass: group\ngroupType: 8\nmail: «x@contoso.com»\n\nobjectClass: contact\nmail: «x@contoso.com»" },
    { good: "mail: a@contoso.com\n\nobjectClass: contact\nmail: b@contoso.com" },
    {
      good: "mail: x@contoso.com\n\nobjectClass: contact\ndisplayName: (MSOL)\nmail: x@contoso.com\nmsExchHideFromAddressLists: TRUE",
    },
  ],
});
