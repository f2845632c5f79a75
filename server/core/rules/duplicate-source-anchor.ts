import { defineRule } from "../engine/rule.ts";
import { DESIGN_CONCEPTS, EXISTING_TENANT, RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "duplicate-source-anchor",
  title: "Two users have the same source anchor",
  severity: "error",
  effect: "export-error",
  message: "The source anchor {value} is that of {others} too: both are taken for one object of Entra ID",
  why: `Synchronization knows a user by its source anchor: mS-DS-ConsistencyGuid or, where that is empty, objectGUID. With the same
anchor two users match one object in Entra ID, and the export fails ("SourceAnchor attribute has changed"). Mostly one account was
made by copying the attributes of the other. The anchor is shown in base64, as Entra ID shows it (immutableId).

Clear mS-DS-ConsistencyGuid of the copy.`,
  sources: [DESIGN_CONCEPTS, EXISTING_TENANT, RULE_EXPORT],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["mS-DS-ConsistencyGuid", "objectGUID"],
  unique: {
    keySpace: "sourceAnchor",
    *keys({ entry }) {
      const value = [...entry.values("mS-DS-ConsistencyGuid"), ...entry.values("objectGUID")].find(
        ({ base64 }) => base64 !== "",
      );
      if (value !== undefined)
        yield { key: value.base64, value, shown: () => (value.binary ? value.base64 : value.text) };
    },
    sources: [
      { attribute: "mS-DS-ConsistencyGuid", form: "bytes" },
      { attribute: "objectGUID", form: "bytes" },
    ],
    firstOnly: true,
    clash: () => true,
  },
  examples: [
    {
      bad: "mS-DS-ConsistencyGuid:: «3q2+7wAAAAAAAAAAAAAAAA==»\n\nmS-DS-ConsistencyGuid:: «3q2+7wAAAAAAAAAAAAAAAA==»",
    },
    {
      bad: "objectGUID:: «3q2+7wAAAAAAAAAAAAAAAA==»\n\nobjectGUID:: 776t3gAAAAAAAAAAAAAAAA==\nmS-DS-ConsistencyGuid:: «3q2+7wAA\n AAAAAAAAAAAAAA==»",
    },
    {
      good: "objectGUID:: 3q2+7wAAAAAAAAAAAAAAAA==\n\nobjectGUID:: 3q2+7wAAAAAAAAAAAAAAAA==\nmS-DS-ConsistencyGuid:: 776t3gAAAAAAAAAAAAAAAA==",
    },
    { good: "sAMAccountName: a\n\nsAMAccountName: b" },
  ],
});
