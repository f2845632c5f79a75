import { defineRule, type Rule } from "../engine/rule.ts";
import type { Severity } from "../engine/settings.ts";
import type { ObjectType } from "../model/object-type.ts";
import {
  CLOUD_SYNC_TROUBLESHOOTING,
  DEFAULT_CONFIGURATION,
  FILTERING,
  RULE_EXPORT,
  SCOPING_ARTICLE,
} from "./sources.ts";

const objectTypes: readonly ObjectType[] = ["user", "inetOrgPerson", "contact", "group"];
const attributes = ["isCriticalSystemObject"];
const severity: Severity = "information";
const sources = [SCOPING_ARTICLE, DEFAULT_CONFIGURATION, FILTERING, CLOUD_SYNC_TROUBLESHOOTING, RULE_EXPORT];

/** The two values of one attribute: what is certain of TRUE is a matter of opinion between documents for FALSE. */
export const CRITICAL_SYSTEM_OBJECT_RULES: readonly Rule[] = [
  defineRule({
    id: "scope-critical-system-object",
    title: "The object is a critical system object",
    severity,
    effect: "excluded",
    byDesign: true,
    message: "This object is part of Active Directory itself and is not synchronized, by design",
    why: `Active Directory marks its own objects (krbtgt, Administrator, Domain Users, Domain Admins and so on) with
isCriticalSystemObject = TRUE. Connect Sync and Cloud Sync leave them out. Members of such a group are not affected: they
synchronize by what they are themselves.

Do not change the attribute; the directory would refuse it. If people need a built-in group in Entra ID, create a new group
with the same members, add the new group to the built-in one, and use the new one. The quick fix "Create a synchronizing copy of
this group", and \`syncready copy-group\`, do that: the copy has the scope that the built-in group may hold, takes in those who have
the group as their primary group, and says who of its members will be missing in Entra ID. Whoever may change the members of the
copy gives people the rights of the built-in group, so protect the copy as well.`,
    sources,
    objectTypes,
    attributes,
    readsLetters: true,
    checkValue({ value }, report) {
      if (value.text.trim().toUpperCase() === "TRUE") report({ value });
    },
    examples: [
      { bad: "sAMAccountName: krbtgt\nisCriticalSystemObject: «TRUE»" },
      { bad: "objectClass: group\ngroupType: -2147483646\nisCriticalSystemObject: «true»" },
      { good: "sAMAccountName: Administrator2" },
    ],
  }),
  defineRule({
    id: "scope-critical-system-object-false",
    title: "isCriticalSystemObject is present, with the value FALSE",
    severity,
    effect: "excluded",
    byDesign: true,
    message:
      "Connect Sync leaves this object out because isCriticalSystemObject is present; other documents say that only TRUE counts",
    why: `Microsoft's documents disagree about FALSE. The synchronization rules of Connect Sync ask whether
isCriticalSystemObject is present, and FALSE is present too, so the object is filtered out. The article about filtering and
Cloud Sync say that only TRUE keeps an object out.

If the object should synchronize, clear the attribute. Active Directory may refuse that, since only the system writes it.`,
    sources,
    objectTypes,
    attributes,
    readsLetters: true,
    checkValue({ value }, report) {
      if (value.text.trim().toUpperCase() === "FALSE") report({ value });
    },
    examples: [
      { bad: "sAMAccountName: jdoe\nisCriticalSystemObject: «FALSE»" },
      { good: "objectClass: group\nsAMAccountName: Team\ngroupType: -2147483646" },
    ],
  }),
];
