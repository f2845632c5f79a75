import { defineRule } from "../engine/rule.ts";
import { commonName } from "../model/common-name.ts";
import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import { DEFAULT_CONFIGURATION, PREPARATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

/** AD FS keeps its secrets in contacts below this container. They are no people and need no name. */
const ADFS_CONTAINER = ",cn=adfs,cn=microsoft,cn=program data,";

export default defineRule({
  id: "displayname-missing",
  title: "displayName is missing",
  severity: "information",
  effect: "value-changed",
  message: "displayName is missing: Entra ID shows the cn instead",
  why: `Synchronization sends the cn where an object has no displayName, so nothing fails; IdFix called this "Blank" and an error.
People see the cn, which is often a technical name.

Set displayName. The fix takes the cn, which is what Entra ID would show. The rule is silent where the export has no displayName
at all.`,
  sources: [RULE_EXPORT, DEFAULT_CONFIGURATION, PREPARATION, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["displayName"],
  requires: ["displayName"],
  // Contacts of AD FS are known by their DNs.
  everyEntry: ["contact"],
  checkEntry({ entry }, report) {
    if (entry.values("displayName").length === 0 && !isAdfsContact(entry)) report({ attribute: "displayName" });
  },
  fix({ entry }) {
    const newValue = commonName(entry);
    if (newValue === undefined) return undefined;
    return { title: `Set displayName to the cn, ${newValue}`, safety: "safe", deterministic: true, newValue };
  },
  examples: [
    {
      bad: "dn: «CN=John Doe,DC=contoso,DC=com»\ncn: John Doe",
      fixed: "dn: CN=John Doe,DC=contoso,DC=com\ncn: John Doe\ndisplayName: John Doe",
    },
    {
      bad: "dn: «CN=Doe\\, John,DC=contoso,DC=com»\nsn: Doe",
      fixed: "dn: CN=Doe\\, John,DC=contoso,DC=com\nsn: Doe\ndisplayName: Doe, John",
    },
    { good: "displayName: John Doe" },
    {
      good: "dn: CN=CryptoPolicy,CN=1b2c,CN=ADFS,CN=Microsoft,CN=Program Data,DC=contoso,DC=com\nobjectClass: contact\nmail: x@fabrikam.com",
    },
  ],
});

function isAdfsContact(entry: Entry): boolean {
  return entry.objectType === "contact" && dnKey(entry.dn.text).includes(ADFS_CONTAINER);
}
