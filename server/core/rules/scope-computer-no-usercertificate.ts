import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "scope-computer-no-usercertificate",
  title: "The computer has no userCertificate",
  severity: "information",
  offByDefault: true,
  effect: "excluded",
  byDesign: true,
  message: "The computer has no userCertificate: Connect Sync leaves it out, by design",
  why: `Only computers that prepare to join Entra ID (hybrid join, Windows 10 and later) write a userCertificate. Connect Sync leaves
all others out; Cloud Sync does not synchronize computers. The rule is off unless the settings turn it on, since it is true of most
servers.`,
  sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
  objectTypes: ["computer"],
  attributes: ["userCertificate"],
  requires: ["userCertificate"],
  profiles: ["connect"],
  countsOnly: true,
  checkEntry({ entry }, report) {
    if (entry.values("userCertificate").length === 0) report({ attribute: "userCertificate" });
  },
  examples: [
    {
      bad: "dn: «CN=PC01,DC=contoso,DC=com»\nsAMAccountName: PC01$",
      settings: { rules: { "scope-computer-no-usercertificate": "information" } },
    },
    {
      good: "sAMAccountName: PC01$\nuserCertificate:: MIIC",
      settings: { rules: { "scope-computer-no-usercertificate": "information" } },
    },
    { good: "sAMAccountName: PC01$" },
  ],
});
