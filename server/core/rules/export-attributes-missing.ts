import { defineRule } from "../engine/rule.ts";
import { LDIF_SCRIPTS } from "./sources.ts";

export default defineRule({
  id: "export-attributes-missing",
  title: "Some checks could not run",
  severity: "information",
  effect: "none",
  message:
    'These checks could not run, because no entry has {attributes}: {checks}; to run them, export with ldifde or csvde -l "{list}"',
  why: `A check is silent where no entry of the export has the attributes that it looks at: not exported is not missing. What was
checked is right, but objects may still fail for what is not in the file.

If the directory has these attributes, export them as well; the message has the list for \`ldifde -l\` and \`csvde -l\`. A directory without Exchange
has no attributes of Exchange: then there is nothing to do. The global catalog (port 3268) lacks attributes that every domain
controller has.`,
  sources: [LDIF_SCRIPTS],
  attributes: [],
  examples: [
    { bad: "«»dn: CN=Jane,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: jane\n" },
    { good: "version: 1\n\ndn: CN=Jane,DC=contoso,DC=com\nchangetype: delete\n" },
  ],
});
