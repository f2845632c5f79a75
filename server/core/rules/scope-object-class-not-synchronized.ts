import { defineRule } from "../engine/rule.ts";
import { CLOUD_SYNC_TROUBLESHOOTING, DEFAULT_CONFIGURATION, USERS_GROUPS_CONTACTS } from "./sources.ts";

/**
 * Classes of which nobody expects that they synchronize: what only holds other objects, and what synchronization takes in by another
 * way. To tell every organizational unit of a domain that it is none would bury what matters.
 */
const NOT_WORTH_TELLING: ReadonlySet<string> = new Set(
  "organizationalunit container domaindns domain builtindomain lostandfound organization country locality dnszone dnsnode foreignsecurityprincipal".split(
    " ",
  ),
);

export default defineRule({
  id: "scope-object-class-not-synchronized",
  title: "Objects of this class are not synchronized",
  severity: "information",
  effect: "excluded",
  message: "Objects of the class {objectClass} are not synchronized, by design",
  why: `Synchronization takes in users, inetOrgPersons, contacts, groups and computers. Objects of other classes stay out, among them
dynamic distribution groups, public folders and managed service accounts. Containers and organizational units are not reported: nobody
expects them in Entra ID.

Create a dynamic distribution group anew in Exchange Online.`,
  sources: [DEFAULT_CONFIGURATION, USERS_GROUPS_CONTACTS, CLOUD_SYNC_TROUBLESHOOTING],
  objectTypes: ["other"],
  attributes: ["objectClass"],
  exact: ["objectClass"],
  checkEntry({ entry }, report) {
    // The most special class stands last.
    const value = entry.values("objectClass").at(-1);
    if (value === undefined || NOT_WORTH_TELLING.has(value.text.toLowerCase())) return;
    report({ value }, { objectClass: value.text });
  },
  examples: [
    { bad: "objectClass: top\nobjectClass: «msExchDynamicDistributionList»\ncn: ddl" },
    { bad: "objectClass: computer\nobjectClass: «msDS-GroupManagedServiceAccount»\nsAMAccountName: gmsa$" },
    { good: "objectClass: top\nobjectClass: organizationalUnit\nou: Staff" },
    { good: "objectClass: user\nsAMAccountName: jdoe" },
  ],
});
