import { defineRule } from "../engine/rule.ts";
import { commonName } from "../model/common-name.ts";
import { PREPARATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "displayname-blank",
  title: "displayName is blank",
  severity: "warning",
  effect: "value-changed",
  message: "displayName holds nothing but blanks: Entra ID shows an object without a name",
  why: `Synchronization sends the cn only where displayName is missing. A displayName of blanks is not missing, so the blanks are
sent, and people see an object without a name.

Set displayName. The fix takes the cn.`,
  sources: [PREPARATION, RULE_EXPORT, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["displayName"],
  suppresses: ["displayname-outer-whitespace"],
  checkValue({ value }, report) {
    if (value.text.trim() === "") report({ value });
  },
  fix({ entry }) {
    const newValue = commonName(entry);
    if (newValue === undefined) return undefined;
    return { title: `Set displayName to the cn, ${newValue}`, safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "cn: John Doe\ndisplayName:: «IA==»", fixed: "cn: John Doe\ndisplayName:: Sm9obiBEb2U=" },
    { bad: "cn: John Doe\ndisplayName: «\t»", fixed: "cn: John Doe\ndisplayName: John Doe" },
    { good: "displayName: John  Doe" },
  ],
});
