import { defineRule, type Rule } from "../engine/rule.ts";
import type { Settings } from "../engine/settings.ts";
import { domainStart, parseProxyAddress } from "../model/address.ts";
import { isSingleLabel, isSpecialUse, topLevelLabel } from "../model/domain.ts";
import type { AttributeValue } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import { TOP_LEVEL_DOMAINS, TOP_LEVEL_DOMAINS_DATE } from "../model/top-level-domains.ts";
import { PREPARATION } from "./sources.ts";

interface Row {
  readonly id: string;
  readonly attribute: string;
  readonly objectTypes: readonly ObjectType[];
  readonly example: string;
  /** Names that no domain can be verified under have a rule of their own for the attribute. */
  readonly specialUseApart: boolean;
}

const ROWS: readonly Row[] = [
  {
    id: "upn-domain-top-level-unknown",
    attribute: "userPrincipalName",
    objectTypes: ["user", "inetOrgPerson"],
    example: "jane@contoso.",
    specialUseApart: true,
  },
  {
    id: "mail-domain-top-level-unknown",
    attribute: "mail",
    objectTypes: ["user", "inetOrgPerson", "contact", "group"],
    example: "jane@contoso.",
    specialUseApart: false,
  },
  {
    id: "proxyaddresses-domain-top-level-unknown",
    attribute: "proxyAddresses",
    objectTypes: ["user", "inetOrgPerson", "contact", "group"],
    example: "SMTP:jane@contoso.",
    specialUseApart: true,
  },
  {
    id: "targetaddress-domain-top-level-unknown",
    attribute: "targetAddress",
    objectTypes: ["user", "inetOrgPerson", "contact"],
    example: "SMTP:jane@contoso.",
    specialUseApart: false,
  },
];

/** A list is never complete, so an unknown name is a hint and no more: it is most often a misspelling, but it may be new. */
export const TOP_LEVEL_DOMAIN_RULES: readonly Rule[] = ROWS.map((row) => {
  const { id, attribute, objectTypes, example, specialUseApart } = row;
  const isName = attribute === "userPrincipalName";
  return defineRule({
    id,
    title: `The top-level domain in ${attribute} is not known`,
    severity: "hint",
    effect: "none",
    message: `"{label}" is {what}`,
    why: `The last part of the domain is not in the root zone of the internet as it was on ${TOP_LEVEL_DOMAINS_DATE}. Most often it is
misspelled ("contoso.con"); top-level domains are also added from time to time. Domains that are verified in the tenant are not
looked at${specialUseApart ? ", and names that can never be verified have a rule of their own" : ""}.

Where the name exists, add it to \`extraTopLevelDomains\` in the settings.`,
    sources: ["https://www.iana.org/domains/root/db", PREPARATION],
    objectTypes,
    attributes: [attribute],
    ...(isName && { unless: "alternateLoginId" as const }),
    checkValue({ value, settings }, report) {
      const label = unknownLabel(value, row, settings);
      if (label === undefined) return;
      const end = value.text.trimEnd().length;
      const what = isSpecialUse(label) ? NEVER_PUBLIC : NOT_LISTED;
      report({ value, span: value.slice(end - label.length, end) }, { label, what });
    },
    examples: [
      { bad: `${attribute}: ${example}«con»` },
      { good: `${attribute}: ${example}com` },
      { good: `${attribute}: ${example}con`, settings: { extraTopLevelDomains: ["con"] } },
      { good: `${attribute}: ${example}con`, settings: { verifiedDomains: ["contoso.con"] } },
      ...(isName ? [{ good: `${attribute}: ${example}con`, settings: { alternateLoginId: true } }] : []),
      specialUseApart ? { good: `${attribute}: ${example}local` } : { bad: `${attribute}: ${example}«local»` },
    ],
  });
});

const NOT_LISTED = `no top-level domain on the list of ${TOP_LEVEL_DOMAINS_DATE}: is it misspelled, or new?`;
const NEVER_PUBLIC = "a top-level domain that does not exist on the internet: no mail from outside arrives there";

function unknownLabel(value: AttributeValue, row: Row, settings: Settings): string | undefined {
  const isTyped = row.attribute === "proxyAddresses" || row.attribute === "targetAddress";
  if (isTyped && !parseProxyAddress(value.text).isSmtp) return undefined;
  const start = domainStart(value.text);
  const domain = value.text.slice(start).trimEnd().toLowerCase();
  if (start < 0 || isSingleLabel(domain) || settings.verifiedDomains.includes(domain)) return undefined;
  if (row.specialUseApart && isSpecialUse(domain)) return undefined;
  const label = topLevelLabel(domain);
  // What is no name at all is another rule's business.
  if (!/^[a-z0-9-]+$/.test(label)) return undefined;
  return TOP_LEVEL_DOMAINS.has(label) || settings.extraTopLevelDomains.includes(label) ? undefined : label;
}
