import { defineRule } from "../engine/rule.ts";
import { PREPARATION, RULE_EXPORT } from "./sources.ts";

const MOST = 20;

export default defineRule({
  id: "samaccountname-length",
  title: "sAMAccountName is too long",
  severity: "warning",
  effect: "none",
  message: `sAMAccountName has {count} characters: Active Directory takes at most ${MOST} for a user, and Entra ID expects no more`,
  why: `Active Directory itself refuses a user's sAMAccountName of more than 20 characters, though the schema has room for 256 and groups
may use it. A longer one in an export means that the file was edited, and the modify file would be refused.

Shorten it. Look whether another account has the new name.`,
  sources: [PREPARATION, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["sAMAccountName"],
  checkValue({ value }, report) {
    const count = value.text.length;
    if (count > MOST) report({ value, span: value.slice(MOST, count) }, { count: `${count}` });
  },
  examples: [
    { bad: "sAMAccountName: bartholomew.longfell«ow»" },
    { good: "sAMAccountName: bartholomew.longfell" },
    { good: "objectClass: group\nsAMAccountName: Everyone who works in the Amsterdam office" },
  ],
});
