import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT, SCOPING_ARTICLE } from "./sources.ts";

const MARK = "(MSOL)";

export default defineRule({
  id: "scope-contact-msol-hidden",
  title: "A hidden contact carries (MSOL) in its display name",
  severity: "warning",
  effect: "excluded",
  message: `Connect Sync leaves this contact out: its display name contains "(MSOL)" and it is hidden from address lists`,
  why: `A contact is left out when both are true: its displayName contains "(MSOL)", parentheses included, and
msExchHideFromAddressLists is TRUE. The support article prints the two conditions as separate rows; the synchronization rule
joins them. A hidden contact without "(MSOL)" synchronizes, and so does a visible one with it.

Take "(MSOL)" out of the display name, or show the contact in address lists: which of them is meant, only you can know.`,
  sources: [SCOPING_ARTICLE, DEFAULT_CONFIGURATION, RULE_EXPORT],
  objectTypes: ["contact"],
  attributes: ["displayName", "msExchHideFromAddressLists"],
  profiles: ["connect"],
  everyEntry: true,
  checkEntry({ entry }, report) {
    if (entry.values("msExchHideFromAddressLists")[0]?.text.trim().toUpperCase() !== "TRUE") return;
    for (const value of entry.values("displayName")) {
      const at = value.text.toUpperCase().indexOf(MARK);
      if (at >= 0) report({ value, span: value.slice(at, at + MARK.length) });
    }
  },
  fix({ value }) {
    const newValue = value?.text
      .replace(/\(MSOL\)/gi, "")
      .replace(/ {2,}/g, " ")
      .trim();
    if (!newValue) return undefined;
    return { title: 'Take "(MSOL)" out of the display name', safety: "review", deterministic: false, newValue };
  },
  examples: [
    {
      bad: "mail: partner@fabrikam.com\ndisplayName: Partner «(MSOL)»\nmsExchHideFromAddressLists: TRUE",
      fixed: "mail: partner@fabrikam.com\ndisplayName: Partner\nmsExchHideFromAddressLists: TRUE",
    },
    { bad: "mail: partner@fabrikam.com\ndisplayName: x «(MSOL)» y\nmsExchHideFromAddressLists: true" },
    { good: "mail: partner@fabrikam.com\ndisplayName: Partner\nmsExchHideFromAddressLists: TRUE" },
    { good: "mail: partner@fabrikam.com\ndisplayName: MSOL Support\nmsExchHideFromAddressLists: TRUE" },
    { good: "mail: partner@fabrikam.com\ndisplayName: Partner (MSOL)" },
  ],
});
