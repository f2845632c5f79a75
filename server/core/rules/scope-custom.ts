import { defineRule } from "../engine/rule.ts";
import { parseLdapFilter } from "../model/ldap-filter.ts";
import { FILTERING, SCOPING_ARTICLE } from "./sources.ts";

const exclude = "(extensionAttribute15=NoSync)";
const parsed = parseLdapFilter(exclude);
const customScoping = "filter" in parsed ? [{ name: "No mailbox", exclude, filter: parsed.filter }] : [];

export default defineRule({
  id: "scope-custom",
  title: "A scoping rule of your own leaves the object out",
  severity: "information",
  effect: "excluded",
  byDesign: true,
  message: 'The scoping rule "{name}" leaves this object out, by design',
  why: `Administrators add scoping rules to those that the synchronization tool has. Where the settings tell them, objects that match
are known to stay out: nothing else is said about them, and they are no duplicates of anything.

\`\`\`json
{ "customScoping": [{ "name": "No mailbox", "exclude": "${exclude}" }] }
\`\`\`

The filter is an LDAP filter of RFC 4515, with Active Directory's matching rules for bits.`,
  sources: [SCOPING_ARTICLE, FILTERING],
  objectTypes: ["user", "inetOrgPerson", "contact", "group", "computer"],
  attributes: [],
  everyEntry: true,
  checkEntry({ entry, settings }, report) {
    const rule = settings.customScoping.find(({ filter }) => filter.matches(entry));
    if (rule !== undefined) report({ attribute: "distinguishedName" }, { name: rule.name });
  },
  examples: [
    { bad: "dn: «CN=Jane,DC=contoso,DC=com»\nextensionAttribute15: NoSync", settings: { customScoping } },
    { good: "extensionAttribute15: Sync", settings: { customScoping } },
    { good: "extensionAttribute15: NoSync" },
  ],
});
