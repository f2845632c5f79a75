import { defineRule } from "../engine/rule.ts";
import { NOT_IN_ALIAS } from "../model/alias.ts";
import { characterName } from "../text/characters.ts";
import { firstMatch, runOf } from "../text/run.ts";
import { ALIAS, PREPARATION } from "./sources.ts";

const RUN = runOf(NOT_IN_ALIAS);

export default defineRule({
  id: "mailnickname-invalid-characters",
  title: "mailNickname contains a character that is not allowed in an alias",
  severity: "warning",
  effect: "value-changed",
  message: "mailNickname contains {character}: in the alias that Entra ID makes of it, an underscore stands instead",
  why: `An alias consists of letters, digits, periods and \`! # % * + - / = ? ^ _ ~ $ & ' \\\` { } |\`. Letters of Latin-1 such as "ü"
are allowed. White space, \`@ " ( ) , : ; < > [ \\ ]\` and all other letters are not; Entra ID puts an underscore in their place,
and addresses are made of that alias.

Remove the characters, or write the name in Latin letters.`,
  sources: [PREPARATION, ALIAS],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mailNickname"],
  checkValue({ value }, report) {
    const found = firstMatch(value.text, RUN);
    if (found === undefined) return;
    const character = characterName(value.text.slice(found.start, found.end));
    report({ value, span: value.slice(found.start, found.end) }, { character });
  },
  fix({ value }) {
    const newValue = value?.text.replace(NOT_IN_ALIAS, "");
    if (!newValue) return undefined;
    return { title: `Remove the characters: ${newValue}`, safety: "review", deterministic: true, newValue };
  },
  examples: [
    { bad: "mailNickname: john« »doe", fixed: "mailNickname: johndoe" },
    { bad: "mailNickname: a«,»b@c", fixed: "mailNickname: abc" },
    { bad: 'mailNickname: a«"»b' },
    { bad: "mailNickname:: «5L2Q6Jek»" },
    { good: "mailNickname: o'neil+sales#1" },
    { good: "mailNickname: müller" },
  ],
});
