/** The words in which IdFix said what is wrong with a value. */
export type IdFixError =
  | "Blank"
  | "Character"
  | "DomainPart"
  | "Duplicate"
  | "Format"
  | "Length"
  | "LocalPart"
  | "TopLevelDomain";

/** The rules of IdFix's rule sets by the word that IdFix had for most of what they find. */
const RULES_BY_ERROR: Readonly<Record<IdFixError, readonly string[]>> = {
  Blank: ["displayname-blank", "displayname-missing"],
  Character: [
    "attribute-invisible-characters",
    "displayname-outer-whitespace",
    "mailnickname-ampersand",
    "mailnickname-invalid-characters",
    "mailnickname-leading-period",
    "proxyaddresses-colon-after-prefix",
    "proxyaddresses-invalid-characters",
    "proxyaddresses-legacy-protocol",
    "proxyaddresses-missing-prefix",
    "proxyaddresses-non-ascii-characters",
    "proxyaddresses-outer-whitespace",
    "proxyaddresses-whitespace-or-invisible",
    "samaccountname-invalid-characters",
    "targetaddress-invalid-characters",
    "targetaddress-missing-prefix",
    "upn-invalid-characters",
    "upn-non-ascii-characters",
    "upn-whitespace-or-invisible",
  ],
  DomainPart: ["upn-domain-malformed"],
  Duplicate: [
    "duplicate-mail",
    "duplicate-mailnickname",
    "duplicate-non-smtp-proxyaddress",
    "duplicate-samaccountname-without-upn",
    "duplicate-smtp-address",
    "duplicate-smtp-address-across-object-types",
    "duplicate-targetaddress",
    "duplicate-userprincipalname",
    "proxyaddresses-duplicate-on-object",
  ],
  Format: ["mail-format", "proxyaddresses-smtp-format", "targetaddress-smtp-format"],
  Length: [
    "attribute-length-exceeded",
    "mail-length",
    "mailnickname-length",
    "proxyaddresses-value-length",
    "samaccountname-length",
    "targetaddress-length",
    "upn-length",
  ],
  LocalPart: [
    "upn-empty-local-part",
    "upn-local-part-dot-placement",
    "upn-local-part-ends-badly",
    "upn-multiple-at-signs",
    "upn-no-at-sign",
  ],
  TopLevelDomain: [
    "mail-domain-top-level-unknown",
    "proxyaddresses-domain-not-routable",
    "proxyaddresses-domain-top-level-unknown",
    "targetaddress-domain-top-level-unknown",
    "upn-domain-not-routable",
    "upn-domain-top-level-unknown",
  ],
};

const ERRORS: ReadonlyMap<string, string> = new Map(
  Object.entries(RULES_BY_ERROR).flatMap(([error, rules]) => rules.map((rule) => [rule, error] as const)),
);

/** What IdFix called the finding of a rule; the rule's id where IdFix found nothing of the kind. */
export function idFixError(rule: string): string {
  return ERRORS.get(rule) ?? rule;
}
