import { defineRule } from "../engine/rule.ts";
import { RULE_EXPORT } from "./sources.ts";

const MOST = 448;
const ATTRIBUTES = ["description", "info", "postOfficeBox", "url"];

export default defineRule({
  id: "attribute-truncated-448",
  title: `A value is cut off after ${MOST} characters`,
  severity: "information",
  effect: "value-changed",
  message: `{attribute} has {count} characters: Connect Sync sends the first ${MOST}`,
  why: `The rules of Connect Sync send no more than 448 characters of ${ATTRIBUTES.join(", ")}. Nothing fails, but the end is missing in
Entra ID.

Shorten the value if its end matters there.`,
  sources: [RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ATTRIBUTES,
  profiles: ["connect"],
  checkEntry({ entry }, report) {
    for (const attribute of ATTRIBUTES) {
      const [value] = entry.values(attribute);
      if (value === undefined) continue;
      const end = value.text.trimEnd().length;
      const start = value.text.length - value.text.trimStart().length;
      if (end - start <= MOST) continue;
      report({ value, span: value.slice(start + MOST, end) }, { attribute, count: `${end - start}` });
    }
  },
  examples: [
    { bad: `description: ${"d".repeat(448)}«and more»` },
    { bad: `objectClass: group\ninfo:: ICAg${"aWlp".repeat(149)}a«Wlp»` },
    { good: `description: ${"d".repeat(448)}` },
    { good: `description: short\ndescription: ${"d".repeat(449)}` },
    { good: `description: ${"d".repeat(449)}`, settings: { profile: "cloudSync" } },
  ],
});
