import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, USERS_GROUPS_CONTACTS } from "./sources.ts";

/** The RID of Domain Users, every user's primary group unless somebody changes it. */
const DOMAIN_USERS = "513";

export default defineRule({
  id: "scope-primary-group-membership-not-synchronized",
  title: "The primary group is not Domain Users",
  severity: "information",
  effect: "none",
  message: "The primary group is {group}, not Domain Users (513): Entra ID does not show the membership in it",
  why: `Active Directory notes the membership in the primary group at the user (primaryGroupID), not in the group's member attribute.
Synchronization reads member, so Entra ID does not know that the user belongs to the group.

Make Domain Users the primary group again, and add the user to the other group as an ordinary member.`,
  sources: [USERS_GROUPS_CONTACTS, DEFAULT_CONFIGURATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["primaryGroupID"],
  readsLetters: true,
  checkValue({ value }, report) {
    const group = value.text.trim();
    if (group !== "" && group !== DOMAIN_USERS) report({ value }, { group });
  },
  examples: [
    { bad: "sAMAccountName: jdoe\nprimaryGroupID: «1106»" },
    { good: "sAMAccountName: jdoe\nprimaryGroupID: 513" },
    { good: "sAMAccountName: jdoe" },
  ],
});
