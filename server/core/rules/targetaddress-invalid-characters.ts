import { defineRule } from "../engine/rule.ts";
import { parseProxyAddress } from "../model/address.ts";
import { characterName, quoted } from "../text/characters.ts";
import { INVISIBLE, withoutInvisible } from "../text/invisible.ts";
import { PREPARATION } from "./sources.ts";

const FORBIDDEN = /[\\<>();,[\]"]/;
/** A run of what may not stand in a targetAddress of type SMTP. */
export const NOT_IN_TARGET_ADDRESS = new RegExp(`(?:${INVISIBLE.source}|${FORBIDDEN.source})+`, "u");

export default defineRule({
  id: "targetaddress-invalid-characters",
  title: "targetAddress contains a character that is not allowed",
  severity: "error",
  effect: "attribute-dropped",
  message: "targetAddress contains {character}, which is not allowed in an SMTP address: Entra ID drops it",
  why: `A targetAddress of type SMTP has no white space, nothing that cannot be seen, and none of \`\\ < > ( ) ; , [ ] "\`. White space
and invisible characters come along when an address is pasted; X400 and other types may have them.

Remove the characters. For white space and what cannot be seen the fix is safe; look at the address where it removes others.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["targetAddress"],
  checkValue({ value }, report) {
    const { isSmtp, start, address } = parseProxyAddress(value.text);
    const match = isSmtp ? NOT_IN_TARGET_ADDRESS.exec(address) : null;
    if (match === null) return;
    const at = start + match.index;
    report({ value, span: value.slice(at, at + match[0].length) }, { character: characterName(match[0]) });
  },
  fix({ value }) {
    const { prefix, address } = parseProxyAddress(value?.text ?? "");
    const visible = withoutInvisible(address);
    const allowed = visible.replace(new RegExp(FORBIDDEN, "g"), "");
    if (allowed === "") return undefined;
    const certain = allowed === visible;
    return {
      title: certain ? "Remove white space and invisible characters" : `Change the address to ${quoted(allowed)}`,
      safety: certain ? "safe" : "review",
      deterministic: certain,
      newValue: `${prefix}:${allowed}`,
    };
  },
  examples: [
    { bad: "targetAddress: SMTP:« »tom@contoso.com", fixed: "targetAddress: SMTP:tom@contoso.com" },
    { bad: "targetAddress: SMTP:«<»tom@contoso.com>", fixed: "targetAddress: SMTP:tom@contoso.com" },
    { bad: "targetAddress: SMTP:«()»" },
    { bad: "targetAddress: SMTP:tom@contoso«,»com" },
    { good: "targetAddress: SMTP:tom@contoso.com" },
    { good: "targetAddress: X400:c=us;a= ;p=Contoso;s=Doe;" },
  ],
});
