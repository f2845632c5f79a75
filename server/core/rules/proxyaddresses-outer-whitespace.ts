import { defineRule } from "../engine/rule.ts";
import { characterName } from "../text/characters.ts";
import { withoutOuterWhiteSpace } from "../text/run.ts";
import { PROXY_ADDRESSES_ARTICLE, RULE_EXPORT } from "./sources.ts";

export default defineRule({
  id: "proxyaddresses-outer-whitespace",
  title: "A value of proxyAddresses begins or ends with white space",
  severity: "information",
  effect: "value-changed",
  message: "The value {where} with {character}: Connect Sync removes it, but others that read the directory do not",
  why: `Connect Sync removes white space at the ends of proxyAddresses before it sends the value, so nothing fails. Exchange and other
programs that read the directory see another address than Entra ID has.

Remove the white space.`,
  sources: [RULE_EXPORT, PROXY_ADDRESSES_ARTICLE],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    const { text } = value;
    const { start, end } = withoutOuterWhiteSpace(text);
    if (start > 0) {
      report({ value, span: value.slice(0, start) }, { where: "begins", character: characterName(text) });
    } else if (end < text.length) {
      report(
        { value, span: value.slice(end, text.length) },
        { where: "ends", character: characterName(text.slice(-1)) },
      );
    }
  },
  fix({ value }) {
    if (value === undefined) return undefined;
    const { start, end } = withoutOuterWhiteSpace(value.text);
    const newValue = value.text.slice(start, end);
    // An address type without an address is no better than with blanks behind it.
    if (/:$|^$/.test(newValue)) return undefined;
    return { title: "Remove the white space at its ends", safety: "safe", deterministic: true, newValue };
  },
  examples: [
    { bad: "proxyAddresses: SMTP:jane@contoso.com«  »", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
    { bad: "proxyAddresses:: «ICB»TTVRQOmphbmVAY29udG9zby5jb20=" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: X500:/o=a b/cn=c" },
  ],
});
