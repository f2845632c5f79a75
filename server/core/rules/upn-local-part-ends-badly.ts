import { defineRule } from "../engine/rule.ts";
import { localPart } from "../model/address.ts";
import { characterName } from "../text/characters.ts";
import { PREPARATION, USERNAME_POLICIES } from "./sources.ts";

export default defineRule({
  id: "upn-local-part-ends-badly",
  title: "The user principal name has a period, an ampersand or a space right before its @",
  severity: "error",
  effect: "export-error",
  message: `A user principal name cannot have {character} right before its "@": Entra ID does not accept it`,
  why: `The name before the "@" must not end in a period, an ampersand, a space or another "@", even where the character is allowed
further left.

Remove it. The fix removes periods; the other characters have rules of their own.`,
  sources: [PREPARATION, USERNAME_POLICIES],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value }, report) {
    const name = localPart(value.text);
    const last = name.slice(-1);
    if (last === "" || !".& @".includes(last)) return;
    const span = value.slice(name.length - countAtEnd(name, last), name.length);
    report({ value, span }, { character: characterName(last) });
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const name = localPart(value.text);
    const rest = name.slice(0, name.length - countAtEnd(name, "."));
    if (rest === "" || rest === name || "& @".includes(rest.slice(-1))) return undefined;
    const newValue = rest + value.text.slice(name.length);
    return { title: `Remove the period before the "@"`, safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "userPrincipalName: jane«.»@contoso.com", fixed: "userPrincipalName: jane@contoso.com" },
    { bad: "userPrincipalName: jane«..»@contoso.com", fixed: "userPrincipalName: jane@contoso.com" },
    { bad: "userPrincipalName: jane«&»@contoso.com" },
    { bad: "userPrincipalName: «.»@contoso.com" },
    { good: "userPrincipalName: jane_@contoso.com" },
    { good: "userPrincipalName: @contoso.com" },
  ],
});

/** How often `character` stands at the end of `text`. */
function countAtEnd(text: string, character: string): number {
  let start = text.length;
  while (text[start - 1] === character) start--;
  return text.length - start;
}
