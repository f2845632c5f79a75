import { defineRule } from "../engine/rule.ts";
import { localPart } from "../model/address.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION, RFC_5322 } from "./sources.ts";

/** Periods at the start or several together; a single one at the end is another rule's business. */
const MISPLACED = /^\.+|\.{2,}/;

export default defineRule({
  id: "upn-local-part-dot-placement",
  title: "The user principal name begins with a period or has two together",
  severity: "warning",
  effect: "export-error",
  message: `The user principal name {fault}: no mail address may, and the name of a licensed user becomes a mail address`,
  why: `Before the "@" of a mail address periods stand between other characters, never first and never two together (RFC 5322,
dot-atom). Microsoft asks that user principal names keep to this, and makes the name of a licensed user an SMTP address.

Remove the periods that are too many. It is what the user signs in with: look whether another user has the new name.`,
  sources: [PREPARATION, RFC_5322],
  objectTypes: ["user", "inetOrgPerson"],
  attributes: ["userPrincipalName"],
  unless: "alternateLoginId",
  checkValue({ value }, report) {
    const match = MISPLACED.exec(localPart(value.text));
    if (match === null) return;
    const span = value.slice(match.index, match.index + match[0].length);
    report({ value, span }, { fault: match.index === 0 ? "begins with a period" : "has several periods together" });
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const name = localPart(value.text);
    const mended = name.replace(/^\.+/, "").replace(/\.{2,}/g, ".");
    if (mended === "" || mended === name) return undefined;
    const newValue = mended + value.text.slice(name.length);
    return { title: `Change it to ${quoted(newValue)}`, safety: "review", deterministic: true, newValue };
  },
  examples: [
    { bad: "userPrincipalName: «.»jane@contoso.com", fixed: "userPrincipalName: jane@contoso.com" },
    { bad: "userPrincipalName: «..»jane...doe@contoso.com", fixed: "userPrincipalName: jane.doe@contoso.com" },
    { bad: "userPrincipalName: jane«..»doe@contoso.com", fixed: "userPrincipalName: jane.doe@contoso.com" },
    { good: "userPrincipalName: jane.doe@contoso.com" },
    { good: "userPrincipalName: jane@sub..contoso.com" },
  ],
});
