import { defineRule } from "../engine/rule.ts";
import { RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "displayname-outer-whitespace",
  title: "displayName begins or ends with white space",
  severity: "information",
  effect: "none",
  message: "displayName {place} with white space: synchronization does not remove it, and lists sort by it",
  why: `Connect Sync trims most attributes, but not displayName. Nothing fails; the name is sorted in an unexpected place, and a search
for the exact name misses it.

Remove the white space. Nothing else of the name changes.`,
  sources: [RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["displayName"],
  checkValue({ value }, report) {
    const { text } = value;
    const start = text.length - text.trimStart().length;
    if (start > 0) report({ value, span: value.slice(0, start) }, { place: "begins" });
    else if (text.trimEnd() !== text) {
      report({ value, span: value.slice(text.trimEnd().length, text.length) }, { place: "ends" });
    }
  },
  fix({ value }) {
    const newValue = value?.text.trim();
    if (!newValue) return undefined;
    return { title: "Remove the white space around it", safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "displayName: John Doe« »", fixed: "displayName: John Doe" },
    { bad: "displayName:: «ICB»KYW5lICA=", fixed: "displayName:: SmFuZQ==" },
    { bad: "displayName: John Doe«\t»", fixed: "displayName: John Doe" },
    { good: "displayName: John  Doe" },
    { good: "displayName:  John Doe" },
  ],
});
