import { defineRule } from "../engine/rule.ts";

/** The examples are baseline files; the export beside them has one user, CN=Jane,DC=contoso,DC=com, whose mail is `@contoso.com`. */
export default defineRule({
  id: "baseline-stale-row",
  title: "A row of the baseline accepts nothing",
  severity: "information",
  effect: "none",
  message: "This row accepts nothing: {reason}",
  why: `The baseline (\`.syncready-baseline.json\`) lists findings that are accepted. The object that this row names was checked, and
what the row accepts was not found: the value was changed, or the rule was switched off. A row that stays would accept the same
finding without a word, should it come back.

Remove the row, or let \`syncready check --update-baseline\` do it. Rows about objects that are not among what was checked are left
alone, since one baseline can serve several exports. A finding that needs two exports, such as a duplicate across them, is only found
where both are checked together.`,
  sources: ["https://github.com/syncready/syncready#accepted-findings"],
  attributes: [],
  examples: [
    {
      bad: `{
  "accepted": [
    «{
      "rule": "upn-missing",
      "dn": "CN=Jane,DC=contoso,DC=com",
      "attribute": "userPrincipalName",
      "reason": "A test account"
    }»
  ]
}`,
    },
    {
      good: `{
  "accepted": [
    {
      "rule": "mail-format",
      "dn": "cn=jane, dc=contoso, dc=com",
      "attribute": "mail",
      "value": "0000000000000000",
      "reason": "Not used"
    },
    {
      "rule": "upn-missing",
      "dn": "CN=Joe,DC=contoso,DC=com",
      "attribute": "userPrincipalName",
      "reason": "Joe is in another export"
    }
  ]
}`,
    },
  ],
});
