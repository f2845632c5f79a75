import { defineRule } from "../engine/rule.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { isSecurityGroup } from "../model/group.ts";
import { isMailEnabled } from "../model/mail.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE, USERS_GROUPS_CONTACTS } from "./sources.ts";

/** msExchRecipientTypeDetails of a mail-enabled universal security group. */
const MAIL_ENABLED_SECURITY_GROUP = "1024";

export default defineRule({
  id: "security-group-not-mail-enabled",
  title: "The security group will not be mail-enabled in Entra ID",
  severity: "warning",
  effect: "value-changed",
  message: `This group is meant for mail, but neither mail nor an SMTP proxy address contains "@": it becomes a plain security group`,
  why: `A security group synchronizes without an address, but then as a plain security group. This one shows that it is meant
to receive mail (it has a mailNickname, proxyAddresses, a legacyExchangeDN, or Exchange knows it as a mail-enabled security
group), yet no address of it can be used. The support article calls this a failed synchronization; only the mail part fails.

Set mail, or give the group an SMTP proxy address.`,
  sources: [USERS_GROUPS_CONTACTS, DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE],
  objectTypes: ["group"],
  attributes: ["groupType", "proxyAddresses", "mail", "mailNickname", "legacyExchangeDN", "msExchRecipientTypeDetails"],
  requires: ["groupType", "proxyAddresses", "mail"],
  exact: ["groupType", "msExchRecipientTypeDetails"],
  checkEntry({ entry }, report) {
    if (isSecurityGroup(entry) !== true || isMailEnabled(entry)) return;
    const value = mailIntent(entry);
    if (value !== undefined) report({ value });
  },
  examples: [
    { bad: "sAMAccountName: Team\ngroupType: -2147483646\nproxyAddresses: «X500:/o=contoso.com/ou=users/cn=team»" },
    { bad: "sAMAccountName: Team\ngroupType: -2147483646\nmsExchRecipientTypeDetails: «1024»" },
    { good: "sAMAccountName: Team\ngroupType: -2147483646" },
    { good: "sAMAccountName: Team\ngroupType: -2147483646\nmailNickname: team\nproxyAddresses: SMTP:team@contoso.com" },
  ],
});

/** The value that shows that the group is meant to receive mail. */
function mailIntent(entry: Entry): AttributeValue | undefined {
  for (const attribute of ["mailNickname", "proxyAddresses", "legacyExchangeDN"]) {
    const value = entry.values(attribute).find(({ text }) => text.trim() !== "");
    if (value !== undefined) return value;
  }
  return entry.values("msExchRecipientTypeDetails").find(({ text }) => text.trim() === MAIL_ENABLED_SECURITY_GROUP);
}
