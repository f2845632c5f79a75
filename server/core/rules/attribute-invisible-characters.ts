import { defineRule } from "../engine/rule.ts";
import { attributeType } from "../model/attribute-type.ts";
import { INVISIBLE_IN_TEXT } from "../text/invisible.ts";
import { offendingCharacters } from "./offending-characters.ts";
import { PROXY_ADDRESSES_ARTICLE, UPN_POPULATION } from "./sources.ts";

const RUN = new RegExp(`(?:${INVISIBLE_IN_TEXT.source})+`, "u");

/** Those of the characters that keep words apart. */
const SEPARATOR = /[\t-\r\u0085\u00a0\u2028\u2029\u202f]/;

/** Attributes in which even a plain space would be wrong. */
const ADDRESSES: ReadonlySet<string> = new Set(["mail", "mailnickname"]);

export default defineRule({
  id: "attribute-invisible-characters",
  title: "A value contains a character that cannot be seen",
  severity: "warning",
  effect: "none",
  message:
    "{attribute} contains {character}, which cannot be seen: searches, dynamic groups and comparisons miss the value",
  why: `Control characters, zero-width spaces, no-break spaces, marks of direction and byte order marks come along when a value is
pasted. The object synchronizes, but whoever searches for the value, or writes the rule of a dynamic group, types what can be seen
and finds nothing. In mail and mailNickname such a character is not allowed at all.

Remove them. The fix puts a space in place of those that keep words apart. Joiners between letters of scripts that need them are
left alone.`,
  sources: [UPN_POPULATION, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: [
    ..."displayName givenName sn mail mailNickname title department company l st physicalDeliveryOfficeName".split(" "),
    ...Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`),
  ],
  checkValue({ value }, report) {
    const found = offendingCharacters(value, RUN);
    if (found === undefined) return;
    report({ value, span: found.span }, { attribute: value.description, character: found.character });
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const space = ADDRESSES.has(attributeType(value.description)) ? "" : " ";
    const newValue = value.text.replace(new RegExp(RUN, "gu"), (run) => (SEPARATOR.test(run) ? space : "")).trim();
    if (newValue === "") return undefined;
    return { title: "Remove what cannot be seen", safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "displayName:: Sm9ob«sKg»RG9l4oCL", fixed: "displayName:: Sm9obiBEb2U=" },
    { bad: "mail:: amFuZ«cKg»QGNvbnRvc28uY29t", fixed: "mail:: amFuZUBjb250b3NvLmNvbQ==" },
    { bad: "title: Head«\t»of Sales", fixed: "title: Head of Sales" },
    { good: "displayName: 佐藤 太郎" },
    { good: "displayName:: 2LnZhNuM4oCM2LHYttin" },
    { good: "info: one\ttwo" },
  ],
});
