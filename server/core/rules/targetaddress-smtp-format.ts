import { defineRule } from "../engine/rule.ts";
import { parseProxyAddress } from "../model/address.ts";
import { isSmtpAddress } from "../model/smtp-address.ts";
import { quoted } from "../text/characters.ts";
import { PREPARATION, RFC_5322 } from "./sources.ts";
import { NOT_IN_TARGET_ADDRESS } from "./targetaddress-invalid-characters.ts";

export default defineRule({
  id: "targetaddress-smtp-format",
  title: "targetAddress is no SMTP address",
  severity: "error",
  effect: "attribute-dropped",
  message: "{address} is not of the form name@domain.tld in ASCII: Entra ID drops the address",
  why: `A targetAddress of type SMTP is a name, an "@" and a domain of two labels or more. The name is ASCII and has its periods
between other characters, never first, last or two together (RFC 5322, dot-atom).

Correct the address. Mail for the object is sent there, so only a person can know what is meant.`,
  sources: [PREPARATION, RFC_5322],
  objectTypes: ["user", "inetOrgPerson", "contact"],
  attributes: ["targetAddress"],
  checkValue({ value }, report) {
    const { isSmtp, start, address } = parseProxyAddress(value.text);
    // Characters that are not allowed have a rule of their own.
    if (!isSmtp || isSmtpAddress(address) || NOT_IN_TARGET_ADDRESS.test(address)) return;
    const span = address === "" ? value.span : value.slice(start, value.text.length);
    report({ value, span }, { address: quoted(address) });
  },
  examples: [
    { bad: "targetAddress: SMTP:«tom@contoso»" },
    { bad: "targetAddress: SMTP:«tom.@contoso.com»" },
    { bad: "targetAddress: «SMTP:»" },
    { good: "targetAddress: SMTP:tom@contoso.mail.onmicrosoft.com" },
    { good: "targetAddress: SMTP:tom@contoso,com" },
    { good: "targetAddress: X400:c=us;a= ;p=Contoso;s=Doe;" },
  ],
});
