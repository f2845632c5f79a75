import { defineRule } from "../engine/rule.ts";
import { suggestedAlias } from "../model/alias.ts";
import { DUPLICATE_ATTRIBUTES, PREPARATION, PROXY_ADDRESSES_ARTICLE } from "./sources.ts";

export default defineRule({
  id: "duplicate-mailnickname",
  title: "Two objects have the same mailNickname",
  severity: "warning",
  effect: "value-changed",
  message:
    "{value} is the mailNickname of {others} too: Entra ID adds four digits to one object's address in the initial domain",
  why: `Entra ID makes an address of mailNickname and the initial domain. By the article about proxyAddresses both objects
synchronize, and the second one gets an address with four random digits. Older documents say that mailNickname must be unique and
that a collision keeps an object from being synchronized.

Give one of the objects another mailNickname. For users the fix suggests one that is made of the user principal name.`,
  sources: [PROXY_ADDRESSES_ARTICLE, PREPARATION, DUPLICATE_ATTRIBUTES],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["mailNickname"],
  unique: {
    keySpace: "mailNickname",
    *keys({ entry }) {
      for (const value of entry.values("mailNickname")) {
        if (value.text !== "") yield { key: value.text.toLowerCase(), value };
      }
    },
    sources: [{ attribute: "mailNickname", form: "lowerCase" }],
    clash: () => true,
  },
  fix({ entry, value }) {
    const newValue = suggestedAlias(entry);
    if (newValue === undefined || newValue.toLowerCase() === value?.text.toLowerCase()) return undefined;
    return { title: `Set mailNickname to ${newValue}`, safety: "review", deterministic: false, newValue };
  },
  examples: [
    {
      bad: "userPrincipalName: jane@contoso.com\nmailNickname: «jd»\n\nuserPrincipalName: john@contoso.com\nmailNickname: «JD»",
      fixed:
        "userPrincipalName: jane@contoso.com\nmailNickname: jane\n\nuserPrincipalName: john@contoso.com\nmailNickname: JD",
    },
    {
      bad: "mailNickname: «team»\n\nobjectClass: group\ngroupType: 8\nmail: team@contoso.com\nmailNickname: «team»",
    },
    { good: "mailNickname: x\n\nmailNickname: y" },
    { good: "mailNickname: x\n\nsAMAccountName: MSOL_1\nmailNickname: x" },
  ],
});
