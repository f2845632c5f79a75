import { defineRule, type Rule } from "../engine/rule.ts";
import type { ObjectType } from "../model/object-type.ts";
import { DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

/** inetOrgPersons are not looked at: their synchronization rules lack the clause. */
const ROWS: readonly (readonly [id: string, type: ObjectType, prefix: string, writtenBack: string, example: string])[] =
  [
    [
      "scope-admindescription-user",
      "user",
      "User_",
      "Users that were written back from Entra ID carry it",
      "sAMAccountName: jdoe\nuserPrincipalName: jdoe@contoso.com",
    ],
    [
      "scope-admindescription-group",
      "group",
      "Group_",
      "Groups that were written back from Entra ID carry it, with their GUID",
      "sAMAccountName: Team",
    ],
  ];

export const ADMIN_DESCRIPTION_RULES: readonly Rule[] = ROWS.map(([id, type, prefix, writtenBack, example]) =>
  defineRule({
    id,
    title: `adminDescription begins with ${prefix}`,
    severity: "information",
    effect: "excluded",
    byDesign: true,
    message: `adminDescription begins with "${prefix}": Connect Sync leaves the object out, by design`,
    why: `An adminDescription that begins with "${prefix}" takes a ${type} out of the scope of Connect Sync. ${writtenBack}; others
were marked by an administrator. If the object should synchronize, remove the value.`,
    sources: [DEFAULT_CONFIGURATION, RULE_EXPORT],
    objectTypes: [type],
    attributes: ["adminDescription"],
    profiles: ["connect"],
    checkValue({ value }, report) {
      if (!value.text.toLowerCase().startsWith(prefix.toLowerCase())) return;
      report({ value, span: value.slice(0, prefix.length) });
    },
    fix() {
      return { title: "Remove adminDescription", safety: "review", deterministic: false, newValue: undefined };
    },
    examples: [
      { bad: `${example}\nadminDescription: «${prefix}»DoNotSync`, fixed: example },
      { good: `${example}\nadminDescription: Not a ${prefix}` },
    ],
  }),
);
