import { defineRule } from "../engine/rule.ts";
import { DEFAULT_CONFIGURATION, USERS_GROUPS_CONTACTS } from "./sources.ts";

export default defineRule({
  id: "reference-to-object-out-of-scope",
  title: "A reference leads to an object that does not synchronize",
  severity: "information",
  effect: "attribute-dropped",
  message: "{object} does not synchronize, so Entra ID does not show this reference",
  why: `manager, managedBy and member name other objects. Where such an object stays out of synchronization (see the finding at its own
entry), the reference has nothing to point at in Entra ID and is left out: a group lacks the member, a user the manager.

Let the other object synchronize, or accept it. Objects that are not in the export are not reported.`,
  sources: [DEFAULT_CONFIGURATION, USERS_GROUPS_CONTACTS],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["manager", "managedBy", "member"],
  reference: true,
  examples: [
    {
      bad: "sAMAccountName: jdoe\nmanager: «CN=Boss,DC=contoso,DC=com»\n\ndn: CN=Boss,DC=contoso,DC=com\nsAMAccountName: AAD_x",
    },
    {
      bad: "objectClass: group\ngroupType: -2147483646\nmember: «cn=boss, dc=contoso, dc=com»\nmember: CN=Else,DC=contoso,DC=com\n\ndn: CN=Boss,DC=contoso,DC=com\nisCriticalSystemObject: TRUE",
    },
    {
      good: "sAMAccountName: jdoe\nmanager: CN=Boss,DC=contoso,DC=com\n\ndn: CN=Boss,DC=contoso,DC=com\nsAMAccountName: boss",
    },
    { good: "manager: CN=Boss,DC=contoso,DC=com" },
  ],
});
