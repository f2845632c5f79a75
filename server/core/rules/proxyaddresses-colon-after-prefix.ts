import { defineRule } from "../engine/rule.ts";
import { rewriteSmtpAddress, smtpPart } from "./rewrite-smtp-address.ts";
import { PREPARATION } from "./sources.ts";

/** A second address type, or that of a link. */
const SECOND_TYPE = /^\s*(smtp|mailto)\s*:\s*/i;

export default defineRule({
  id: "proxyaddresses-colon-after-prefix",
  title: "An SMTP address contains a second colon",
  severity: "error",
  effect: "attribute-dropped",
  message: "The address contains a colon besides the one after its type: Entra ID does not take it",
  why: `In an SMTP value of proxyAddresses only the one colon after the type is allowed: "SMTP:User@contoso.com", not
"SMTP:user:M@contoso.com". Values of other types, such as sip, may have more.

Remove a type that stands there twice; otherwise correct the address.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkValue({ value }, report) {
    const part = smtpPart(value.text);
    if (part === undefined) return;
    const colon = value.text.indexOf(":", part.start);
    if (colon < 0) return;
    const type = SECOND_TYPE.exec(value.text.slice(part.start, colon + 1));
    report({ value, span: value.slice(type ? part.start : colon, colon + 1) });
  },
  fix(context) {
    const text = context.value?.text ?? "";
    const [, type] = SECOND_TYPE.exec(text.slice(text.indexOf(":") + 1)) ?? [];
    if (type?.toLowerCase() === "smtp") {
      return rewriteSmtpAddress(context, withoutSecondType, { safety: "safe", deterministic: true });
    }
    const change = type === undefined ? withoutColons : withoutSecondType;
    return rewriteSmtpAddress(context, change, { safety: "review", deterministic: false });
  },
  examples: [
    { bad: "proxyAddresses: SMTP:«smtp:»jane@contoso.com", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
    { bad: "proxyAddresses: SMTP:«mailto:»jane@contoso.com", fixed: "proxyAddresses: SMTP:jane@contoso.com" },
    { bad: "proxyAddresses: SMTP:user«:»M@contoso.com", fixed: "proxyAddresses: SMTP:userM@contoso.com" },
    { bad: "proxyAddresses: SMTP:jane@contoso.com«:»25" },
    { good: "proxyAddresses: SMTP:jane@contoso.com\nproxyAddresses: sip:jane@contoso.com:5061" },
  ],
});

function withoutSecondType(address: string): string {
  return address.replace(SECOND_TYPE, "");
}

function withoutColons(address: string): string {
  return address.replaceAll(":", "");
}
