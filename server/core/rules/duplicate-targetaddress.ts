import { defineRule } from "../engine/rule.ts";
import { addressKey, parseProxyAddress } from "../model/address.ts";
import { PREPARATION } from "./sources.ts";

export default defineRule({
  id: "duplicate-targetaddress",
  title: "Two objects have the same targetAddress",
  severity: "warning",
  effect: "none",
  message: "{value} is the targetAddress of {others} too, although it should be unique in the directory",
  why: `targetAddress says where mail to the object is sent on to. Microsoft's preparation article asks for it to be unique; nothing is
known to fail where it is not, but mostly one of the two objects is left over, such as a contact for somebody who has an account.

Remove the object that is left over, or correct the address.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["targetAddress"],
  unique: {
    keySpace: "targetAddress",
    *keys({ entry }) {
      for (const value of entry.values("targetAddress")) {
        const key = addressKey(parseProxyAddress(value.text).address);
        if (key !== "") yield { key, value };
      }
    },
    sources: [{ attribute: "targetAddress", form: "address" }],
    clash: () => true,
  },
  examples: [
    {
      bad: "targetAddress: «SMTP:p@fabrikam.com»\n\nobjectClass: contact\nmail: p@fabrikam.com\ntargetAddress: «smtp:P@fabrikam.com»",
    },
    { good: "targetAddress: SMTP:a@fabrikam.com\n\ntargetAddress: SMTP:b@fabrikam.com" },
    { good: "targetAddress: SMTP:a@fabrikam.com\n\nmail: a@fabrikam.com" },
  ],
});
