import { defineRule, type Rule } from "../engine/rule.ts";
import { CERTIFICATES_TOO_LARGE, SYNC_ERRORS } from "./sources.ts";

const MOST = 15;

/** The attributes with certificates; the limit is the same. */
export const CERTIFICATE_RULES: readonly Rule[] = ["userCertificate", "userSMIMECertificate"].map((attribute) =>
  defineRule({
    id: `${attribute.toLowerCase()}-too-many`,
    title: `There are too many values of ${attribute}`,
    severity: "warning",
    effect: "attribute-dropped",
    message: `There are {count} values of ${attribute}, but Entra ID takes at most ${MOST}: synchronization sends none of them, or fails`,
    why: `Entra ID takes at most 15 values of ${attribute}. With more, Connect Sync no longer sends the attribute; versions before 1.1.524
try, and the export of the object fails with LargeObject.

Remove certificates that have expired. Remove-ADSyncToolsExpiredCertificates, from Connect's ADSyncTools module, does that.`,
    sources: [CERTIFICATES_TOO_LARGE, SYNC_ERRORS],
    objectTypes: ["user", "inetOrgPerson", "contact"],
    attributes: [attribute],
    countsOnly: true,
    checkEntry({ entry }, report) {
      const values = entry.values(attribute);
      const value = values[MOST];
      if (value !== undefined) report({ value }, { count: `${values.length}` });
    },
    examples: [
      { bad: `${certificates(attribute, MOST)}${attribute};binary:: «MIIDdw==»\n${attribute}:: MIIDeA==` },
      { good: certificates(attribute, MOST) },
    ],
  }),
);

function certificates(attribute: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${attribute}:: MII${String.fromCharCode(65 + index)}\n`).join("");
}
