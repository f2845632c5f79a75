import { defineRule, type Fix, type FixContext } from "../engine/rule.ts";
import { parseProxyAddress } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE, USERS_GROUPS_CONTACTS } from "./sources.ts";

export default defineRule({
  id: "scope-contact-mail-missing",
  title: "The contact has no mail",
  severity: "error",
  effect: "excluded",
  message: "The contact has no mail: Connect Sync leaves it out without an error, even if it has a proxy address",
  why: `Connect Sync finds contacts by their mail: the one criterion of the rule that projects them is mail = mail, and that
needs a value. A contact without mail never reaches Entra ID, whatever its proxyAddresses are. The support article asks for an
SMTP address or a mail and does not tell this.

If the contact has exactly one primary address ("SMTP:" in capitals), that is what mail should be.`,
  sources: [USERS_GROUPS_CONTACTS, DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE],
  objectTypes: ["contact"],
  attributes: ["mail"],
  requires: ["mail"],
  profiles: ["connect"],
  suppresses: ["scope-contact-not-mail-enabled", "mail-format"],
  checkEntry({ entry }, report) {
    const [value] = entry.values("mail");
    if (value === undefined) report({ attribute: "mail" });
    else if (value.text.trim() === "") report({ value });
  },
  fix(context) {
    const primaries = smtpAddresses(context.entry).filter(({ isPrimary }) => isPrimary);
    const [primary] = primaries;
    if (primaries.length !== 1 || primary === undefined) return mailFromTargetAddress(context);
    const newValue = primary.address.trim();
    if (!newValue.includes("@")) return undefined;
    return { title: `Set mail to the primary address ${newValue}`, safety: "safe", deterministic: true, newValue };
  },
  examples: [
    {
      bad: `dn: «CN=Partner,OU=Contacts,DC=contoso,DC=com»
displayName: Partner
proxyAddresses: SMTP:partner@fabrikam.com
proxyAddresses: smtp:p2@fabrikam.com`,
      fixed: `dn: CN=Partner,OU=Contacts,DC=contoso,DC=com
displayName: Partner
proxyAddresses: SMTP:partner@fabrikam.com
proxyAddresses: smtp:p2@fabrikam.com
mail: partner@fabrikam.com`,
    },
    {
      bad: "dn: «CN=Partner,DC=contoso,DC=com»\ntargetAddress: SMTP:partner@fabrikam.com",
      fixed: "dn: CN=Partner,DC=contoso,DC=com\ntargetAddress: SMTP:partner@fabrikam.com\nmail: partner@fabrikam.com",
    },
    { bad: "displayName: Partner\nmail:«»" },
    { good: "displayName: Partner\nmail: partner@fabrikam.com" },
    { good: "objectClass: user\ndisplayName: John Doe" },
  ],
});

/** Where mail to the contact goes is most likely its address too, but nobody has said so. */
export function mailFromTargetAddress({ entry }: FixContext): Fix | undefined {
  const target = parseProxyAddress(entry.values("targetAddress")[0]?.text ?? "");
  const newValue = target.address.trim();
  if (!target.isSmtp || !newValue.includes("@")) return undefined;
  return { title: `Set mail to the target address ${newValue}`, safety: "review", deterministic: false, newValue };
}
