import { defineRule } from "../engine/rule.ts";
import { quoted } from "../text/characters.ts";
import { onlyOwnDomain } from "./replace-domain.ts";
import { PREPARATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "upn-missing",
  title: "userPrincipalName is missing",
  severity: "warning",
  effect: "value-changed",
  message:
    "userPrincipalName is missing: synchronization sends sAMAccountName with the name of the Active Directory domain instead",
  why: `Users sign in with the user principal name. Where there is none, synchronization sends sAMAccountName@ and the DNS name of
the Active Directory domain; if that is contoso.local or another domain that is not verified, the user signs in as
alias@contoso.onmicrosoft.com. With sAMAccountName missing too, the synchronization rule fails ("AccountName is not present").

Set userPrincipalName. The fix takes sAMAccountName and the verified domain, if the settings name exactly one of your own
(\`verifiedDomains\`). The rule is silent where the export has no userPrincipalName at all.`,
  sources: [RULE_EXPORT, PREPARATION, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  requires: ["userPrincipalName"],
  suppresses: ["upn-no-at-sign"],
  checkEntry({ entry }, report) {
    const [value] = entry.values("userPrincipalName");
    if (value === undefined) report({ attribute: "userPrincipalName" });
    else if (value.text === "") report({ value });
  },
  fix({ entry, settings }) {
    const name = entry.values("sAMAccountName")[0]?.text.trim();
    const domain = onlyOwnDomain(settings.verifiedDomains);
    if (!name || domain === undefined) return undefined;
    const newValue = `${name}@${domain}`;
    return { title: `Set userPrincipalName to ${quoted(newValue)}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    {
      bad: "dn: «CN=Jane,DC=contoso,DC=com»\nsAMAccountName: jane",
      fixed: "dn: CN=Jane,DC=contoso,DC=com\nsAMAccountName: jane\nuserPrincipalName: jane@contoso.com",
      settings: { verifiedDomains: ["contoso.com", "contoso.onmicrosoft.com"] },
    },
    { bad: "dn: «CN=Jane,DC=contoso,DC=com»\nsAMAccountName: jane" },
    { bad: "sAMAccountName: jane\nuserPrincipalName:«»" },
    { good: "sAMAccountName: jane\nuserPrincipalName: jane@contoso.com" },
    { good: "objectClass: group\nsAMAccountName: Team\ngroupType: -2147483646" },
    { good: "sAMAccountName: jane", settings: { alternateLoginId: true } },
  ],
});
