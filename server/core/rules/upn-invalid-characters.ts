import { defineRule } from "../engine/rule.ts";
import { localPart } from "../model/address.ts";
import { quoted } from "../text/characters.ts";
import { offendingCharacters } from "./offending-characters.ts";
import { PREPARATION, SYNC_ERRORS, UPN_POPULATION, USERNAME_POLICIES } from "./sources.ts";
import { UPN_REFUSED } from "./user-principal-name.ts";

/** What is left of ASCII without the letters, the digits, `' . - _ ! # ^ ~`, white space and `@`, which have rules of their own. */
const FORBIDDEN = /[\\%&*+/=?{}|<>();:,[\]"$`]+/;

export default defineRule({
  id: "upn-invalid-characters",
  title: "The user principal name contains a character that Entra ID does not take",
  severity: "error",
  effect: "export-error",
  message: `{character} is not allowed before the "@" of a user principal name: ${UPN_REFUSED}`,
  why: `Before the "@" Entra ID takes the letters A to Z, digits and \`' . - _ ! # ^ ~\`. The apostrophe is allowed, whatever IdFix
says. \`$\` and the backtick are in neither of Microsoft's lists, the one of allowed and the one of forbidden characters. Microsoft's
articles disagree about what happens: the export fails with IdentityDataValidationFailed, or the user gets
alias@contoso.onmicrosoft.com.

Remove the characters. It is what the user signs in with: look whether another user has the new name, and tell the user.`,
  sources: [PREPARATION, USERNAME_POLICIES, SYNC_ERRORS, UPN_POPULATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value }, report) {
    const found = offendingCharacters(value, FORBIDDEN, localPart(value.text).length);
    if (found !== undefined) report({ value, span: found.span }, { character: found.character });
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const name = localPart(value.text);
    const allowed = name.replace(new RegExp(FORBIDDEN, "g"), "");
    if (allowed === "") return undefined;
    const newValue = allowed + value.text.slice(name.length);
    return { title: `Change it to ${quoted(newValue)}`, safety: "review", deterministic: true, newValue };
  },
  examples: [
    { bad: "userPrincipalName: jane«+»test@contoso.com", fixed: "userPrincipalName: janetest@contoso.com" },
    { bad: "userPrincipalName: j«&»d(oe)@contoso.com", fixed: "userPrincipalName: jdoe@contoso.com" },
    { bad: "userPrincipalName: «$»@contoso.com" },
    { good: "userPrincipalName: o'neil@contoso.com" },
    { good: "userPrincipalName: a!b#c^d~e-f_g.1@contoso.com" },
  ],
});
