import { defineRule } from "../engine/rule.ts";
import { RULE_EXPORT } from "./sources.ts";

const ATTRIBUTES = ["description", "postOfficeBox", "url"];

export default defineRule({
  id: "attribute-first-value-only",
  title: "Only one of the values is synchronized",
  severity: "information",
  effect: "none",
  message: "{attribute} has {count} values: Connect Sync sends only the first that the directory gives it",
  why: `The rules of Connect Sync send one value of ${ATTRIBUTES.join(", ")}: the first. Active Directory does not keep values in an
order, so which one that is can change.

Keep one value, so that it is sure which one is sent.`,
  sources: [RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ATTRIBUTES,
  profiles: ["connect"],
  countsOnly: true,
  checkEntry({ entry }, report) {
    for (const attribute of ATTRIBUTES) {
      const values = entry.values(attribute);
      const second = values[1];
      if (second !== undefined) report({ value: second }, { attribute, count: `${values.length}` });
    }
  },
  examples: [
    { bad: "description: one\ndescription: «two»\ndescription: three" },
    { bad: "objectClass: group\nurl: https://contoso.com\nurl: «https://contoso.org»" },
    { good: "description: one\nurl: https://contoso.com" },
    { good: "description: one\ndescription: two", settings: { profile: "cloudSync" } },
  ],
});
