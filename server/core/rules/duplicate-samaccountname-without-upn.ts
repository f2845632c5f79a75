import { defineRule } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import type { Entry } from "../model/entry.ts";
import { PREPARATION } from "./sources.ts";

const WITHOUT_UPN = "withoutUserPrincipalName";

export default defineRule({
  id: "duplicate-samaccountname-without-upn",
  title: "A user without a user principal name shares its sAMAccountName with another",
  severity: "error",
  effect: "export-error",
  message:
    "{value} is the sAMAccountName of {others} too, and this object has no user principal name that tells them apart",
  why: `A user without a user principal name needs a sAMAccountName that no other user has, since its name in Entra ID is made of that.
Two domains of a forest may use one sAMAccountName, and with user principal names that is no problem: only the object that has none
is reported.

Give the user a userPrincipalName.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["sAMAccountName", "userPrincipalName"],
  requires: ["userPrincipalName"],
  unique: {
    keySpace: "sAMAccountName",
    *keys({ entry }) {
      for (const value of entry.values("sAMAccountName")) {
        const key = addressKey(value.text);
        if (key !== "") yield hasUserPrincipalName(entry) ? { key, value } : { key, value, role: WITHOUT_UPN };
      }
    },
    sources: [{ attribute: "sAMAccountName", form: "trimmed" }],
    clash: ({ role }) => role === WITHOUT_UPN,
  },
  examples: [
    {
      bad: "sAMAccountName: «jdoe»\nuserAccountControl: 512\n\nsAMAccountName: «JDoe»\nuserAccountControl: 512",
    },
    {
      bad: "sAMAccountName: «jdoe»\nuserAccountControl: 512\n\nsAMAccountName: jdoe\nuserAccountControl: 512\nuserPrincipalName: jdoe@contoso.com",
    },
    {
      good: "sAMAccountName: jdoe\nuserAccountControl: 512\nuserPrincipalName: jdoe@contoso.com\n\nsAMAccountName: jdoe\nuserAccountControl: 512\nuserPrincipalName: jdoe@emea.contoso.com",
    },
    { good: "sAMAccountName: a\nuserAccountControl: 512\n\nsAMAccountName: b\nuserAccountControl: 512" },
  ],
});

function hasUserPrincipalName(entry: Entry): boolean {
  return entry.values("userPrincipalName").some(({ text }) => text.trim() !== "");
}
