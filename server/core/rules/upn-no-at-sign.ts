import { defineRule } from "../engine/rule.ts";
import { quoted } from "../text/characters.ts";
import { onlyOwnDomain } from "./replace-domain.ts";
import { PREPARATION, SYNC_ERRORS, UPN_POPULATION } from "./sources.ts";
import { UPN_REFUSED } from "./user-principal-name.ts";

export default defineRule({
  id: "upn-no-at-sign",
  title: "The user principal name has no @",
  severity: "error",
  effect: "export-error",
  message: `{value} has no "@": ${UPN_REFUSED}`,
  why: `A user principal name is a name, an "@" and a verified domain. Microsoft's articles disagree about one that has another
form: the export fails with IdentityDataValidationFailed, or the user gets alias@contoso.onmicrosoft.com.

Add "@" and a verified domain. The fix knows the domain if the settings name exactly one of your own (\`verifiedDomains\`).`,
  sources: [PREPARATION, SYNC_ERRORS, UPN_POPULATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value }, report) {
    if (!value.text.includes("@")) report({ value }, { value: quoted(value.text) });
  },
  fix({ value, settings }) {
    const domain = onlyOwnDomain(settings.verifiedDomains);
    const text = value?.text.trim();
    if (!text || domain === undefined) return undefined;
    // Someone may have typed a period in place of the "@".
    const hasDomain = text.toLowerCase().endsWith(`.${domain}`);
    const name = hasDomain ? text.slice(0, -domain.length - 1) : text;
    if (name === "") return undefined;
    return { title: `Add @${domain}`, safety: "review", deterministic: false, newValue: `${name}@${domain}` };
  },
  examples: [
    {
      bad: "userPrincipalName: «jane»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    {
      bad: "userPrincipalName: «jane.contoso.com»",
      fixed: "userPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com"] },
    },
    { bad: "userPrincipalName: «jane.contoso.com»" },
    { good: "userPrincipalName: jane@contoso.com" },
    { good: "userPrincipalName: jane", settings: { alternateLoginId: true } },
  ],
});
