import { defineRule } from "../engine/rule.ts";
import { sidKey, sidText } from "../model/sid.ts";
import { EXISTING_TENANT, SYNC_ERRORS } from "./sources.ts";

export default defineRule({
  id: "duplicate-objectsid",
  title: "Two objects have the same SID",
  severity: "error",
  effect: "export-error",
  message: "The SID {value} is that of {others} too: the export of one of them fails with AttributeValueMustBeUnique",
  why: `A security identifier is given out once. Two objects have the same one after a domain controller was restored in a way that is
not supported, or where an export was put together by hand. In Entra ID onPremisesSecurityIdentifier must be unique.

Repair the directory: \`ntdsutil\` finds duplicate SIDs and removes the objects.`,
  sources: [EXISTING_TENANT, SYNC_ERRORS],
  objectTypes: ["user", "inetOrgPerson", "group"],
  attributes: ["objectSid"],
  unique: {
    keySpace: "objectSid",
    *keys({ entry }) {
      for (const value of entry.values("objectSid")) {
        const key = sidKey(value);
        if (key !== "") yield { key, value, shown: () => sidText(value) ?? (value.binary ? value.base64 : value.text) };
      }
    },
    sources: [{ attribute: "objectSid", form: "bytes" }],
    clash: () => true,
  },
  examples: [
    {
      bad: "objectSid:: «AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA==»\n\nobjectClass: group\ngroupType: -2147483646\nobjectSid:: «AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA==»",
    },
    { bad: "objectSid:: «AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA==»\n\nobjectSid: «S-1-5-21-1-2-3-1104»" },
    {
      good: "objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA==\n\nobjectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUQQAAA==",
    },
  ],
});
