import { defineRule } from "../engine/rule.ts";
import { SYNC_ERRORS } from "./sources.ts";

const MOST = 300;

export default defineRule({
  id: "proxyaddresses-too-many",
  title: "The object has more than 300 proxy addresses",
  severity: "warning",
  effect: "export-error",
  message:
    "{count} proxy addresses: from about 300 on, the object is likely to be too large to be exported to Entra ID",
  why: `Entra ID limits the size of an object, and the export of a larger one fails with LargeObject or ExceededAllowedLength. Microsoft
measured 332 addresses for a user with nothing else, 311 for one with 10 certificates and 4 licences, and advises to stay below
300.

Remove addresses that nothing needs any more: those of types that Entra ID discards first.`,
  sources: [SYNC_ERRORS],
  objectTypes: ["user", "inetOrgPerson", "contact", "group"],
  attributes: ["proxyAddresses"],
  checkEntry({ entry }, report) {
    const values = entry.values("proxyAddresses");
    const value = values[MOST];
    if (value !== undefined) report({ value }, { count: `${values.length}` });
  },
  examples: [
    { bad: `${addresses(300)}\nproxyAddresses: «smtp:last@contoso.com»\nproxyAddresses: smtp:more@contoso.com` },
    { good: addresses(300) },
  ],
});

function addresses(count: number): string {
  return Array.from({ length: count }, (_, n) => `proxyAddresses: ${n === 0 ? "SMTP" : "smtp"}:a${n}@contoso.com`).join(
    "\n",
  );
}
