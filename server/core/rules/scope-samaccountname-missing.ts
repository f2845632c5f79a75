import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "scope-samaccountname-missing",
  title: "sAMAccountName is missing",
  severity: "error",
  effect: "excluded",
  message: "sAMAccountName is missing: Connect Sync leaves the object out without an error",
  why: `Connect Sync asks whether sAMAccountName is present, and leaves users and inetOrgPersons out that have none. No
error is shown anywhere.

Give the account a sAMAccountName: at most 20 characters, none of \`" / \\ [ ] : ; | = , + * ? < >\`, unique in its domain.
The rule is silent where the export has no sAMAccountName at all. Active Directory gives every account one, so a missing one may
also mean that the export was made without the right to read it.`,
  sources: [SCOPING_ARTICLE, DEFAULT_CONFIGURATION, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["sAMAccountName"],
  requires: ["sAMAccountName"],
  profiles: ["connect"],
  checkEntry({ entry }, report) {
    const [value] = entry.values("sAMAccountName");
    if (value === undefined) report({ attribute: "sAMAccountName" });
    else if (value.text === "") report({ value });
  },
  examples: [
    { bad: "dn: «CN=Jane,DC=contoso,DC=com»\nuserPrincipalName: jane@contoso.com" },
    { bad: "sAMAccountName:«»" },
    { good: "sAMAccountName: jane" },
    { good: "objectClass: contact\nmail: partner@fabrikam.com" },
  ],
});
