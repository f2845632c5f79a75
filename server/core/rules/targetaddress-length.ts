import { defineRule } from "../engine/rule.ts";
import { PREPARATION, RULE_EXPORT } from "./sources.ts";

const MOST = 256;

export default defineRule({
  id: "targetaddress-length",
  title: "targetAddress is too long",
  severity: "error",
  effect: "export-error",
  message: `targetAddress has {count} characters, but Entra ID takes at most ${MOST} and refuses the object`,
  why: `Active Directory takes a targetAddress of up to 1123 characters, Entra ID one of 256. The export of a longer one fails.

Shorten it: an address that can be reached at all is much shorter.`,
  sources: [PREPARATION, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["targetAddress"],
  checkValue({ value }, report) {
    const count = value.text.length;
    if (count > MOST) report({ value, span: value.slice(MOST, count) }, { count: `${count}` });
  },
  examples: [
    { bad: `targetAddress: SMTP:${"a".repeat(239)}@contoso.com«.org»` },
    { good: `targetAddress: SMTP:${"a".repeat(239)}@contoso.com` },
  ],
});
