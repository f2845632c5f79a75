import { defineRule, type Rule } from "../engine/rule.ts";
import type { Settings } from "../engine/settings.ts";
import { domainStart, parseProxyAddress } from "../model/address.ts";
import { isSingleLabel, isSpecialUse, topLevelLabel } from "../model/domain.ts";
import type { AttributeValue } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import { TOP_LEVEL_DOMAINS, TOP_LEVEL_DOMAINS_DATE } from "../model/top-level-domains.ts";
import { PREPARATION } from "./sources.ts";

const ROWS: readonly (readonly [id: string, attribute: string, objectTypes: readonly ObjectType[], example: string])[] =
  [
    ["upn-domain-top-level-unknown", "userPrincipalName", ["user", "inetOrgPerson"], "jane@contoso."],
    [
      "proxyaddresses-domain-top-level-unknown",
      "proxyAddresses",
      ["user", "inetOrgPerson", "contact", "group"],
      "SMTP:jane@contoso.",
    ],
  ];

/** A list is never complete, so an unknown name is a hint and no more: it is most often a misspelling, but it may be new. */
export const TOP_LEVEL_DOMAIN_RULES: readonly Rule[] = ROWS.map(([id, attribute, objectTypes, example]) =>
  defineRule({
    id,
    title: `The top-level domain in ${attribute} is not known`,
    severity: "hint",
    effect: "none",
    message: `"{label}" is no top-level domain on the list of ${TOP_LEVEL_DOMAINS_DATE}: is it misspelled, or new?`,
    why: `The last part of the domain is not in the root zone of the internet as it was on ${TOP_LEVEL_DOMAINS_DATE}. Most often it is
misspelled ("contoso.con"); top-level domains are also added from time to time. Domains that are verified in the tenant are not
looked at, and names that can never be verified have a rule of their own.

Where the name exists, add it to \`extraTopLevelDomains\` in the settings.`,
    sources: ["https://www.iana.org/domains/root/db", PREPARATION],
    objectTypes,
    attributes: [attribute],
    ...(attribute === "userPrincipalName" && { unless: "alternateLoginId" as const }),
    checkValue({ value, settings }, report) {
      const label = unknownLabel(value, attribute, settings);
      if (label === undefined) return;
      const end = value.text.trimEnd().length;
      report({ value, span: value.slice(end - label.length, end) }, { label });
    },
    examples: [
      { bad: `${attribute}: ${example}«con»` },
      { good: `${attribute}: ${example}com` },
      { good: `${attribute}: ${example}con`, settings: { extraTopLevelDomains: ["con"] } },
      { good: `${attribute}: ${example}con`, settings: { verifiedDomains: ["contoso.con"] } },
      { good: `${attribute}: ${example}local` },
    ],
  }),
);

function unknownLabel(value: AttributeValue, attribute: string, settings: Settings): string | undefined {
  if (attribute === "proxyAddresses" && !parseProxyAddress(value.text).isSmtp) return undefined;
  const start = domainStart(value.text);
  const domain = value.text.slice(start).trimEnd().toLowerCase();
  if (start < 0 || isSingleLabel(domain) || isSpecialUse(domain) || settings.verifiedDomains.includes(domain))
    return undefined;
  const label = topLevelLabel(domain);
  // What is no name at all is another rule's business.
  if (!/^[a-z0-9-]+$/.test(label)) return undefined;
  return TOP_LEVEL_DOMAINS.has(label) || settings.extraTopLevelDomains.includes(label) ? undefined : label;
}
