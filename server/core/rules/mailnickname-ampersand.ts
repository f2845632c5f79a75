import { defineRule } from "../engine/rule.ts";
import { firstMatch } from "../text/run.ts";
import { ALIAS } from "./sources.ts";

export default defineRule({
  id: "mailnickname-ampersand",
  title: "mailNickname contains an ampersand",
  severity: "warning",
  effect: "value-changed",
  message: `mailNickname contains "&", which Exchange allows and synchronization to Entra ID does not support`,
  why: `Exchange takes "&" in an alias, but its documentation says that synchronization does not support the character. Write "and" or
a hyphen instead.`,
  sources: [ALIAS],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mailNickname"],
  checkValue({ value }, report) {
    const found = firstMatch(value.text, /&+/);
    if (found !== undefined) report({ value, span: value.slice(found.start, found.end) });
  },
  fix({ value }) {
    const newValue = value?.text.replace(/&+/g, "-");
    if (newValue === undefined) return undefined;
    return { title: `Write a hyphen instead: ${newValue}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    { bad: "mailNickname: r«&»d", fixed: "mailNickname: r-d" },
    { bad: "mailNickname: a«&&»b&c", fixed: "mailNickname: a-b-c" },
    { good: "mailNickname: r+d" },
  ],
});
