import { defineRule } from "../engine/rule.ts";
import { parseDn } from "../model/dn.ts";
import { CLOUD_SYNC_TROUBLESHOOTING, DEFAULT_CONFIGURATION, RULE_EXPORT } from "./sources.ts";

/** What Active Directory puts behind the name of the object that lost: a line feed and CNF:. */
const MARK = /\\0ACNF:[^,]*|\nCNF:[^,]*/i;

export default defineRule({
  id: "scope-replication-conflict-object",
  title: "The object is the loser of a replication conflict",
  severity: "warning",
  effect: "excluded",
  message: "This object lost a replication conflict (CNF in its name) and is not synchronized",
  why: `When two domain controllers create an object of the same name, Active Directory keeps both and renames one: a line feed,
"CNF:" and its GUID are put behind its name. Connect Sync and Cloud Sync leave the renamed one out.

Compare it with the object that kept the name. Delete the copy, or rename it if both are needed. Only the object's own name
counts: an object inside a renamed organizational unit synchronizes.`,
  sources: [DEFAULT_CONFIGURATION, CLOUD_SYNC_TROUBLESHOOTING, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["distinguishedName"],
  checkEntry({ entry: { dn } }, report) {
    if (!MARK.test(dn.text)) return;
    const end = parseDn(dn.text).rdns[0]?.end ?? 0;
    const match = MARK.exec(dn.text.slice(0, end));
    if (match === null) return;
    report({ attribute: "distinguishedName", span: dn.slice(match.index, match.index + match[0].length) });
  },
  examples: [
    {
      bad: "dn: CN=John Doe«\\0ACNF:1b2c3d4e-0000-4444-8888-0123456789ab»,OU=Staff,DC=contoso,DC=com\nsAMAccountName: jdoe",
    },
    { good: "dn: CN=John,OU=Old\\0ACNF:aaaaaaaa-1111-2222-3333-444444444444,DC=contoso,DC=com\nsAMAccountName: jdoe" },
    { good: "dn: CN=John,OU=CNF: lab,DC=contoso,DC=com\nsAMAccountName: jdoe" },
  ],
});
