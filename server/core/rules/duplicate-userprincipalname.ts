import { defineRule } from "../engine/rule.ts";
import { USER_PRINCIPAL_NAME } from "./address-uniqueness.ts";
import { DUPLICATE_RESILIENCY, PREPARATION, SCOPING_ARTICLE, SYNC_ERRORS } from "./sources.ts";

export default defineRule({
  id: "duplicate-userprincipalname",
  title: "Two users have the same user principal name",
  severity: "error",
  effect: "quarantined",
  message: "{value} is the user principal name of {others} too: Entra ID gives one of them another name, or refuses it",
  why: `A user principal name belongs to one user. When a second one arrives, Entra ID quarantines the value and gives that user a
name with four digits in the initial domain; an update of an existing user fails with AttributeValueMustBeUnique. Case and outer
blanks make no difference.

Decide which user keeps the name, and change the other. Objects that are not synchronized are not compared.`,
  sources: [DUPLICATE_RESILIENCY, SYNC_ERRORS, PREPARATION, SCOPING_ARTICLE],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  suppresses: ["duplicate-userprincipalname-equals-smtp-address"],
  unique: USER_PRINCIPAL_NAME,
  examples: [
    {
      bad: "sAMAccountName: a\nuserPrincipalName: «jane@contoso.com»\n\nsAMAccountName: b\nuserPrincipalName: «Jane@contoso.com»",
    },
    {
      good: "sAMAccountName: a\nuserPrincipalName: a@contoso.com\n\nsAMAccountName: b\nuserPrincipalName: b@contoso.com",
    },
    {
      good: "userPrincipalName: jane@contoso.com\n\nuserPrincipalName: jane@contoso.com\nisCriticalSystemObject: TRUE",
    },
  ],
});
