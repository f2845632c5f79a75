import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "scope-useraccountcontrol-missing",
  title: "userAccountControl is missing",
  severity: "information",
  effect: "excluded",
  message:
    "userAccountControl is missing: Connect Sync leaves a user out whose state it cannot tell; perhaps the export lacks the right to read it",
  why: `Connect Sync exports a user only when it knows whether the account is enabled, and that stands in userAccountControl. In Active
Directory every account has the attribute, so the export was most likely made by an account that may not read it, or the entry is not
complete.

Export again with an account that may read it.`,
  sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userAccountControl"],
  requires: ["userAccountControl"],
  profiles: ["connect"],
  checkEntry({ entry }, report) {
    const [value] = entry.values("userAccountControl");
    if (value === undefined) report({ attribute: "userAccountControl" });
    else if (value.text === "") report({ value });
  },
  examples: [
    { bad: "dn: «CN=John,DC=contoso,DC=com»\nsAMAccountName: jdoe" },
    { good: "sAMAccountName: jdoe\nuserAccountControl: 512" },
  ],
});
