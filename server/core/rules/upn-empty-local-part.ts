import { defineRule } from "../engine/rule.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION } from "./sources.ts";
import { UPN_REFUSED } from "./user-principal-name.ts";

export default defineRule({
  id: "upn-empty-local-part",
  title: "The user principal name begins with @",
  severity: "error",
  effect: "export-error",
  message: `There is nothing before the "@" of the user principal name: ${UPN_REFUSED}`,
  why: `A user principal name needs a name before the "@". Microsoft's articles disagree about one without it: the export fails with
IdentityDataValidationFailed, or the user gets alias@contoso.onmicrosoft.com.

Write the name. The fix suggests the sAMAccountName.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value }, report) {
    if (value.text.startsWith("@")) report({ value, span: value.slice(0, 1) });
  },
  fix({ entry, value }) {
    const name = entry.values("sAMAccountName")[0]?.text.trim();
    if (!name || value === undefined) return undefined;
    const newValue = name + value.text;
    return { title: `Change it to ${quoted(newValue)}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    {
      bad: "sAMAccountName: jane\nuserPrincipalName: «@»contoso.com",
      fixed: "sAMAccountName: jane\nuserPrincipalName: jane@contoso.com",
    },
    { bad: "userPrincipalName: «@»contoso.com" },
    { good: "userPrincipalName: jane@contoso.com" },
    { good: "userPrincipalName: jane" },
  ],
});
