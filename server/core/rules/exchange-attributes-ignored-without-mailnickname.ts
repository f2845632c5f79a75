import { defineRule } from "../engine/rule.ts";
import { suggestedAlias } from "../model/alias.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

const EXCHANGE_ATTRIBUTES = [
  "msExchHideFromAddressLists",
  "targetAddress",
  "msExchRecipientTypeDetails",
  "msExchRemoteRecipientType",
  "msExchMailboxGuid",
  "legacyExchangeDN",
];

export default defineRule({
  id: "exchange-attributes-ignored-without-mailnickname",
  title: "Exchange attributes are ignored because mailNickname is missing",
  severity: "warning",
  effect: "attribute-dropped",
  message: "mailNickname is missing, so Exchange attributes are not synchronized; the object has {attributes}",
  why: `The synchronization rules for Exchange apply only to users that have a mailNickname. Without one, what else Exchange keeps with
the user does not reach Entra ID: a user that should be hidden from address lists is shown, for example.

Give the user a mailNickname that no other object has. The fix suggests the prefix of the user principal name or the account name.`,
  sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["mailNickname", ...EXCHANGE_ATTRIBUTES],
  requires: ["mailNickname"],
  countsOnly: true,
  checkEntry({ entry }, report) {
    if (entry.values("mailNickname").length > 0) return;
    const present = EXCHANGE_ATTRIBUTES.filter((attribute) => entry.values(attribute).length > 0);
    if (present.length > 0) report({ attribute: "mailNickname" }, { attributes: present.join(", ") });
  },
  fix({ entry }) {
    const newValue = suggestedAlias(entry);
    if (newValue === undefined) return undefined;
    return { title: `Set mailNickname to ${newValue}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    {
      bad: "dn: «CN=Jane,DC=contoso,DC=com»\nuserPrincipalName: jane@contoso.com\nmsExchHideFromAddressLists: TRUE",
      fixed:
        "dn: CN=Jane,DC=contoso,DC=com\nuserPrincipalName: jane@contoso.com\nmsExchHideFromAddressLists: TRUE\nmailNickname: jane",
    },
    { bad: "dn: «CN=Jane,DC=contoso,DC=com»\nmsExchRecipientTypeDetails: 2147483648" },
    { good: "mailNickname: jane\nmsExchHideFromAddressLists: TRUE" },
    { good: "mail: jane@contoso.com" },
  ],
});
