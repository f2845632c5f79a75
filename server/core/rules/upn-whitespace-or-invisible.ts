import { defineRule } from "../engine/rule.ts";
import { INVISIBLE_RUN, withoutInvisible } from "../text/invisible.ts";
import { offendingCharacters } from "./offending-characters.ts";
import { PREPARATION, UPN_POPULATION } from "./sources.ts";

export default defineRule({
  id: "upn-whitespace-or-invisible",
  title: "The user principal name contains white space or a character that cannot be seen",
  severity: "error",
  effect: "value-changed",
  message:
    "The user principal name contains {character}: Entra ID does not take it and makes up a name of the alias and the initial domain",
  why: `White space, line breaks, zero-width spaces, no-break spaces and the like come along when a name is pasted from a document
or a web page. Connect Sync trims most attributes, but not userPrincipalName. One such character is enough: the user signs in as
alias@contoso.onmicrosoft.com.

Remove the characters. Nothing else of the name changes, so the fix is safe as long as no other user has the name.`,
  sources: [UPN_POPULATION, PREPARATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["upn-domain-malformed", "upn-local-part-ends-badly"],
  checkValue({ value }, report) {
    const found = offendingCharacters(value, INVISIBLE_RUN);
    if (found !== undefined) report({ value, span: found.span }, { character: found.character });
  },
  fix({ value }) {
    const newValue = withoutInvisible(value?.text ?? "");
    if (newValue === "") return undefined;
    return { title: "Remove white space and invisible characters", safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "userPrincipalName: jane« »doe@contoso.com", fixed: "userPrincipalName: janedoe@contoso.com" },
    {
      bad: "userPrincipalName:: amFuZ«eKAi0»Bjb250b3NvLmNvbSA=",
      fixed: "userPrincipalName:: amFuZUBjb250b3NvLmNvbQ==",
    },
    { bad: "userPrincipalName: jane@contoso.com«\t»", fixed: "userPrincipalName: jane@contoso.com" },
    { bad: "userPrincipalName:: «IA»==" },
    { good: "userPrincipalName: jane_doe@contoso.com" },
    { good: "userPrincipalName: ja\n ne@contoso.com" },
  ],
});
