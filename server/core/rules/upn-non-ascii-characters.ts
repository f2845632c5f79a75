import { defineRule } from "../engine/rule.ts";
import { quoted } from "../text/characters.ts";
import { VISIBLE_NON_ASCII_RUN } from "../text/invisible.ts";
import { transliterate } from "../text/transliterate.ts";
import { offendingCharacters } from "./offending-characters.ts";
import { PREPARATION, USERNAME_POLICIES } from "./sources.ts";

export default defineRule({
  id: "upn-non-ascii-characters",
  title: "The user principal name contains a character that is not ASCII",
  severity: "error",
  effect: "value-changed",
  message:
    "{character} is not ASCII: Entra ID takes no such character in a user principal name, or makes an underscore of it",
  why: `User principal names are ASCII: letters with diacritics, and letters of other scripts, are not taken. The article that says
so also says that Unicode is converted to underscores. Either way the user does not sign in with this name.

Write the name in ASCII letters. The fix takes the letter beneath the diacritic (josé becomes jose, łukasz becomes lukasz); where
your language has another custom, such as mueller for müller, write it by hand. Look whether another user has the new name.`,
  sources: [PREPARATION, USERNAME_POLICIES],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["upn-domain-malformed"],
  checkValue({ value }, report) {
    const found = offendingCharacters(value, VISIBLE_NON_ASCII_RUN);
    if (found !== undefined) report({ value, span: found.span }, { character: found.character });
  },
  fix({ value }) {
    const newValue = transliterate(value?.text ?? "");
    if (newValue === "" || VISIBLE_NON_ASCII_RUN.test(newValue)) return undefined;
    return { title: `Change it to ${quoted(newValue)}`, safety: "review", deterministic: true, newValue };
  },
  examples: [
    { bad: "userPrincipalName: jos«é».muñoz@contoso.com", fixed: "userPrincipalName: jose.munoz@contoso.com" },
    {
      bad: "userPrincipalName:: «xYJ»1a2FzekBjb250b3NvLmNvbQ==",
      fixed: "userPrincipalName:: bHVrYXN6QGNvbnRvc28uY29t",
    },
    { bad: "userPrincipalName: «佐藤»@contoso.com" },
    { good: "userPrincipalName: mueller@contoso.com" },
  ],
});
