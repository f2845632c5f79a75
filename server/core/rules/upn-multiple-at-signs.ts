import { defineRule } from "../engine/rule.ts";
import { isDomainName } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION, SYNC_ERRORS, USERNAME_POLICIES } from "./sources.ts";
import { UPN_REFUSED } from "./user-principal-name.ts";

export default defineRule({
  id: "upn-multiple-at-signs",
  title: "The user principal name has several @",
  severity: "error",
  effect: "export-error",
  message: `{value} has more than one "@": ${UPN_REFUSED}`,
  why: `In a user principal name "@" stands once, between the name and the domain. Often a whole address was typed where only its
first part belongs (jane@contoso.com@contoso.com).

Remove what is too much. The fix takes out domains that stand between the first part and the last, and otherwise every "@" but
the last; look whether that is the name you want.`,
  sources: [USERNAME_POLICIES, PREPARATION, SYNC_ERRORS],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["upn-local-part-ends-badly", "upn-empty-local-part"],
  checkValue({ value }, report) {
    const first = value.text.indexOf("@");
    if (first === value.text.lastIndexOf("@")) return;
    report({ value, span: value.slice(first, first + 1) }, { value: quoted(value.text) });
  },
  fix({ value }) {
    const parts = value?.text.split("@") ?? [];
    const domain = parts.pop();
    const name = parts.filter((part, index) => index === 0 || !isDomainName(part)).join("");
    if (name === "" || !isDomainName(domain ?? "", 1)) return undefined;
    return { title: `Keep one "@"`, safety: "review", deterministic: false, newValue: `${name}@${domain}` };
  },
  examples: [
    { bad: "userPrincipalName: j«@»doe@contoso.com", fixed: "userPrincipalName: jdoe@contoso.com" },
    { bad: "userPrincipalName: jane«@»contoso.com@contoso.org", fixed: "userPrincipalName: jane@contoso.org" },
    { bad: "userPrincipalName: «@»@contoso.com" },
    { bad: "userPrincipalName: jane«@»sales@.contoso.com" },
    { good: "userPrincipalName: jane@contoso.com" },
    { good: "userPrincipalName: jane" },
  ],
});
