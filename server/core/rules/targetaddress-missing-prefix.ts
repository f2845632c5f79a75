import { defineRule } from "../engine/rule.ts";
import { isSmtpAddress } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION } from "./sources.ts";

export default defineRule({
  id: "targetaddress-missing-prefix",
  title: "targetAddress does not say of what type it is",
  severity: "error",
  effect: "attribute-dropped",
  message: `{value} does not begin with an address type such as "SMTP:": Entra ID drops it`,
  why: `Exchange writes targetAddress, the address outside to which mail is sent on, with its type: SMTP:tom@contoso.com. Without a type
nobody knows what the rest is.

Put "SMTP:" in front of the address. A value of nothing but blanks is no address: the fix removes it.`,
  sources: [PREPARATION],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["targetAddress"],
  checkValue({ value }, report) {
    const isTyped = /^[A-Za-z][A-Za-z0-9.-]*:/.test(value.text);
    if (!isTyped) report({ value }, { value: quoted(value.text) });
  },
  fix({ value }) {
    const address = value?.text.trim();
    if (address === "")
      return { title: "Remove the blank value", safety: "safe", deterministic: true, newValue: undefined };
    if (address === undefined || !isSmtpAddress(address)) return undefined;
    return { title: "Add SMTP:", safety: "safe", deterministic: true, newValue: `SMTP:${address}` };
  },
  examples: [
    { bad: "targetAddress: «tom@contoso.com»", fixed: "targetAddress: SMTP:tom@contoso.com" },
    { bad: "targetAddress: «@contoso»" },
    { bad: "cn: Tom\ntargetAddress:: «IA==»", fixed: "cn: Tom" },
    { good: "targetAddress: SMTP:tom@contoso.com" },
    { good: "targetAddress: X400:c=us;a= ;p=Contoso;s=Doe;" },
  ],
});
