import { defineRule } from "../engine/rule.ts";
import { addressKey, parseProxyAddress } from "../model/address.ts";
import { DUPLICATE_RESILIENCY, SYNC_ERRORS } from "./sources.ts";

/** Types that Entra ID keeps. Those that it discards cannot be in the way. */
const TYPES: ReadonlySet<string> = new Set(["sip", "x500", "eum"]);

export default defineRule({
  id: "duplicate-non-smtp-proxyaddress",
  title: "Two objects have the same SIP, X500 or EUM address",
  severity: "error",
  effect: "export-error",
  message: "{value} is an address of {others} too: the export of one of the objects fails in every cycle",
  why: `A value of proxyAddresses belongs to one object, whatever its type. Only user principal names and SMTP addresses are
quarantined; with a duplicate of another type the export fails, until one of the objects no longer has it.

Remove the address from the object that should not have it.`,
  sources: [SYNC_ERRORS, DUPLICATE_RESILIENCY],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  unique: {
    keySpace: "proxyAddress",
    *keys({ entry }) {
      for (const value of entry.values("proxyAddresses")) {
        const { prefix, address } = parseProxyAddress(value.text);
        const type = addressKey(prefix);
        if (TYPES.has(type)) yield { key: `${type}:${addressKey(address)}`, value };
      }
    },
    sources: [{ attribute: "proxyAddresses", form: "otherAddress" }],
    clash: () => true,
  },
  examples: [
    { bad: "proxyAddresses: «sip:x@contoso.com»\n\nproxyAddresses: «SIP:X@contoso.com»" },
    {
      bad: "proxyAddresses: «eum:1001;phone-context=dp»\n\nobjectClass: contact\nmail: c@contoso.com\nproxyAddresses: «EUM:1001;phone-context=dp»",
    },
    { good: "proxyAddresses: sip:x@contoso.com\n\nproxyAddresses: smtp:x@contoso.com" },
    { good: "proxyAddresses: X400:c=us;\n\nproxyAddresses: X400:c=us;" },
  ],
});
