import type { Ruleset } from "../engine/settings.ts";

/** Of proxyAddresses both modes looked at the same, but for types other than SMTP. */
const PROXY_ADDRESSES = [
  "proxyaddresses-value-length",
  "proxyaddresses-outer-whitespace",
  "proxyaddresses-whitespace-or-invisible",
  "proxyaddresses-invalid-characters",
  "proxyaddresses-non-ascii-characters",
  "proxyaddresses-colon-after-prefix",
  "proxyaddresses-smtp-format",
  "proxyaddresses-domain-not-routable",
  "proxyaddresses-domain-top-level-unknown",
  "proxyaddresses-duplicate-on-object",
  "duplicate-smtp-address",
  "duplicate-smtp-address-across-object-types",
  "duplicate-non-smtp-proxyaddress",
];

const TARGET_ADDRESS = [
  "targetaddress-length",
  "targetaddress-invalid-characters",
  "targetaddress-smtp-format",
  "targetaddress-domain-top-level-unknown",
];

const NAMES = [
  "attribute-length-exceeded",
  "displayname-missing",
  "displayname-blank",
  "mail-length",
  "duplicate-mail",
];

const ALIAS = ["mailnickname-length", "duplicate-mailnickname"];

/**
 * The rules that find what IdFix reported in each of its modes, where that was right. A rule is here if IdFix looked for what it
 * finds: not if IdFix only meant to (its documentation lists checks that never report), and not if it found the same by chance.
 */
export const IDFIX_RULESETS: Readonly<Record<Exclude<Ruleset, "default">, readonly string[]>> = {
  "idfix-multi-tenant": [
    ...NAMES,
    ...ALIAS,
    "mailnickname-leading-period",
    ...PROXY_ADDRESSES,
    // IdFix looked for characters in values of any type or none. What is wrong with these is the type.
    "proxyaddresses-legacy-protocol",
    "proxyaddresses-missing-prefix",
    "samaccountname-invalid-characters",
    "samaccountname-length",
    "duplicate-samaccountname-without-upn",
    ...TARGET_ADDRESS,
    "targetaddress-missing-prefix",
    "duplicate-targetaddress",
    "upn-length",
    "upn-no-at-sign",
    "upn-multiple-at-signs",
    "upn-empty-local-part",
    "upn-invalid-characters",
    "upn-non-ascii-characters",
    "upn-whitespace-or-invisible",
    "upn-local-part-ends-badly",
    "upn-local-part-dot-placement",
    "upn-domain-malformed",
    "upn-domain-not-routable",
    "upn-domain-top-level-unknown",
    "duplicate-userprincipalname",
  ],
  "idfix-dedicated": [
    ...NAMES,
    "displayname-outer-whitespace",
    "attribute-invisible-characters",
    "mail-format",
    "mail-domain-top-level-unknown",
    ...ALIAS,
    "mailnickname-invalid-characters",
    "mailnickname-ampersand",
    ...PROXY_ADDRESSES,
    ...TARGET_ADDRESS,
  ],
};

/** The rule sets of IdFix that a rule belongs to. */
export function idfixRulesets(id: string): readonly Ruleset[] {
  return (Object.keys(IDFIX_RULESETS) as (keyof typeof IDFIX_RULESETS)[]).filter((name) =>
    IDFIX_RULESETS[name].includes(id),
  );
}
