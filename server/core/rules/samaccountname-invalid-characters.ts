import { defineRule } from "../engine/rule.ts";
import { quoted } from "../text/characters.ts";
import { offendingCharacters } from "./offending-characters.ts";
import { PREPARATION } from "./sources.ts";

const FORBIDDEN = /["/\\[\]:;|=,+*?<>]+/;

export default defineRule({
  id: "samaccountname-invalid-characters",
  title: "sAMAccountName contains a character that is not allowed",
  severity: "warning",
  effect: "none",
  message: "{character} is not allowed in a sAMAccountName: Entra ID takes the user only if userPrincipalName is right",
  why: `A sAMAccountName has none of \`" / \\ [ ] : ; | = , + * ? < >\`. A user with a wrong one synchronizes as long as the user
principal name is right; with both wrong, nothing is created. Microsoft's list also has the apostrophe, but Active Directory
accepts it, and nothing is known to fail.

Remove the characters. It is what the user signs in with in the domain: look whether another account has the new name, and tell
the user.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["sAMAccountName"],
  checkValue({ value }, report) {
    const found = offendingCharacters(value, FORBIDDEN);
    if (found !== undefined) report({ value, span: found.span }, { character: found.character });
  },
  fix({ value }) {
    const newValue = value?.text.replace(new RegExp(FORBIDDEN, "g"), "");
    if (!newValue) return undefined;
    return { title: `Change it to ${quoted(newValue)}`, safety: "review", deterministic: true, newValue };
  },
  examples: [
    { bad: "sAMAccountName: jane«+»test", fixed: "sAMAccountName: janetest" },
    { bad: "sAMAccountName: j«/»d[oe]", fixed: "sAMAccountName: jdoe" },
    { bad: "sAMAccountName: «:»" },
    { good: "sAMAccountName: o'neil" },
    { good: "sAMAccountName: j doe" },
    { good: "objectClass: group\nsAMAccountName: a+b" },
  ],
});
