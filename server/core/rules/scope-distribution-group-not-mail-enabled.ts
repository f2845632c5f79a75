import { defineRule } from "../engine/rule.ts";
import { isSecurityGroup } from "../model/group.ts";
import { isMailEnabled } from "../model/mail.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE, USERS_GROUPS_CONTACTS } from "./sources.ts";

export default defineRule({
  id: "scope-distribution-group-not-mail-enabled",
  title: "The distribution group has no e-mail address",
  severity: "error",
  effect: "excluded",
  message: `Neither mail nor an SMTP proxy address of this distribution group contains "@": Connect Sync leaves it out without an error`,
  why: `Connect Sync sends a group to Entra ID when it is security-enabled or mail-enabled. A distribution group is not
security-enabled, so it needs an address: an SMTP value of proxyAddresses, or mail, with "@". A security group without an
address does synchronize, although the support article lists it.

Set mail, or give the group an SMTP proxy address.`,
  sources: [USERS_GROUPS_CONTACTS, DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE],
  objectTypes: ["group"],
  attributes: ["groupType", "proxyAddresses", "mail"],
  requires: ["groupType", "proxyAddresses", "mail"],
  profiles: ["connect"],
  suppresses: ["proxyaddresses-no-primary"],
  exact: ["groupType"],
  checkEntry({ entry }, report) {
    if (isSecurityGroup(entry) !== false || isMailEnabled(entry)) return;
    const [value] = entry.values("mail");
    report(value === undefined ? { attribute: "mail" } : { value });
  },
  examples: [
    { bad: "dn: «CN=DL,DC=contoso,DC=com»\nsAMAccountName: DL\ngroupType: 8" },
    { bad: "sAMAccountName: DL\ngroupType: 8\nmail: «dl»" },
    { good: "sAMAccountName: DL\ngroupType: 8\nmail: dl@contoso.com" },
    { good: "sAMAccountName: Team\ngroupType: -2147483646" },
  ],
});
