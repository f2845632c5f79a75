import type { Rule } from "../engine/rule.ts";
import { ADDRESS_LENGTH_RULES } from "./address-lengths.ts";
import attributeFirstValueOnly from "./attribute-first-value-only.ts";
import attributeInvisibleCharacters from "./attribute-invisible-characters.ts";
import attributeLengthExceeded from "./attribute-length-exceeded.ts";
import attributeTruncated448 from "./attribute-truncated-448.ts";
import baselineStaleRow from "./baseline-stale-row.ts";
import { CERTIFICATE_RULES } from "./certificates-too-many.ts";
import { CSV_RULES } from "./csv/index.ts";
import displayNameBlank from "./displayname-blank.ts";
import displayNameMissing from "./displayname-missing.ts";
import displayNameOuterWhitespace from "./displayname-outer-whitespace.ts";
import duplicateMail from "./duplicate-mail.ts";
import duplicateMailNickname from "./duplicate-mailnickname.ts";
import duplicateNonSmtpProxyAddress from "./duplicate-non-smtp-proxyaddress.ts";
import duplicateObjectSid from "./duplicate-objectsid.ts";
import duplicateSamAccountNameWithoutUpn from "./duplicate-samaccountname-without-upn.ts";
import duplicateSmtpAddress from "./duplicate-smtp-address.ts";
import duplicateSmtpAddressAcrossObjectTypes from "./duplicate-smtp-address-across-object-types.ts";
import duplicateSourceAnchor from "./duplicate-source-anchor.ts";
import duplicateTargetAddress from "./duplicate-targetaddress.ts";
import duplicateUserPrincipalName from "./duplicate-userprincipalname.ts";
import duplicateUserPrincipalNameEqualsSmtpAddress from "./duplicate-userprincipalname-equals-smtp-address.ts";
import exchangeAttributesIgnoredWithoutMailNickname from "./exchange-attributes-ignored-without-mailnickname.ts";
import exportAttributesMissing from "./export-attributes-missing.ts";
import { idfixRulesets } from "./idfix-rulesets.ts";
import { LDIF_RULES } from "./ldif/index.ts";
import { LDP_RULES } from "./ldp/index.ts";
import mailFormat from "./mail-format.ts";
import mailMaskedByProxyAddresses from "./mail-masked-by-proxyaddresses.ts";
import mailSmtpPrefix from "./mail-smtp-prefix.ts";
import mailNicknameAmpersand from "./mailnickname-ampersand.ts";
import mailNicknameInvalidCharacters from "./mailnickname-invalid-characters.ts";
import { ALIAS_PERIOD_RULES } from "./mailnickname-periods.ts";
import { PROXY_ADDRESS_CHARACTER_RULES } from "./proxyaddresses-characters.ts";
import proxyAddressesColonAfterPrefix from "./proxyaddresses-colon-after-prefix.ts";
import proxyAddressesDomainNotRoutable from "./proxyaddresses-domain-not-routable.ts";
import proxyAddressesDomainNotVerified from "./proxyaddresses-domain-not-verified.ts";
import proxyAddressesDuplicateOnObject from "./proxyaddresses-duplicate-on-object.ts";
import proxyAddressesLegacyProtocol from "./proxyaddresses-legacy-protocol.ts";
import proxyAddressesMissingPrefix from "./proxyaddresses-missing-prefix.ts";
import proxyAddressesMultiplePrimary from "./proxyaddresses-multiple-primary.ts";
import proxyAddressesNoPrimary from "./proxyaddresses-no-primary.ts";
import proxyAddressesOuterWhitespace from "./proxyaddresses-outer-whitespace.ts";
import proxyAddressesReservedDomain from "./proxyaddresses-reserved-domain.ts";
import proxyAddressesSmtpFormat from "./proxyaddresses-smtp-format.ts";
import proxyAddressesTooMany from "./proxyaddresses-too-many.ts";
import referenceToObjectOutOfScope from "./reference-to-object-out-of-scope.ts";
import samAccountNameInvalidCharacters from "./samaccountname-invalid-characters.ts";
import samAccountNameLength from "./samaccountname-length.ts";
import { ACCOUNT_NAME_RULES } from "./scope-account-names.ts";
import { ADMIN_DESCRIPTION_RULES } from "./scope-admin-description.ts";
import scopeComputerNoUserCertificate from "./scope-computer-no-usercertificate.ts";
import scopeContactMailMissing from "./scope-contact-mail-missing.ts";
import scopeContactMsolHidden from "./scope-contact-msol-hidden.ts";
import scopeContactNotMailEnabled from "./scope-contact-not-mail-enabled.ts";
import { CRITICAL_SYSTEM_OBJECT_RULES } from "./scope-critical-system-object.ts";
import scopeCustom from "./scope-custom.ts";
import scopeDistributionGroupNotMailEnabled from "./scope-distribution-group-not-mail-enabled.ts";
import { GROUP_MEMBERS_RULES } from "./scope-group-members.ts";
import scopeObjectClassNotSynchronized from "./scope-object-class-not-synchronized.ts";
import scopePrimaryGroupMembershipNotSynchronized from "./scope-primary-group-membership-not-synchronized.ts";
import { RECIPIENT_TYPE_RULES } from "./scope-recipient-type.ts";
import scopeReplicationConflictObject from "./scope-replication-conflict-object.ts";
import scopeSamAccountNameMissing from "./scope-samaccountname-missing.ts";
import scopeUserAccountControlMissing from "./scope-useraccountcontrol-missing.ts";
import securityGroupNotMailEnabled from "./security-group-not-mail-enabled.ts";
import targetAddressInvalidCharacters from "./targetaddress-invalid-characters.ts";
import targetAddressLength from "./targetaddress-length.ts";
import targetAddressMissingPrefix from "./targetaddress-missing-prefix.ts";
import targetAddressSmtpFormat from "./targetaddress-smtp-format.ts";
import thumbnailPhotoTooLarge from "./thumbnailphoto-too-large.ts";
import { TOP_LEVEL_DOMAIN_RULES } from "./top-level-domain-unknown.ts";
import upnDiffersFromPrimarySmtp from "./upn-differs-from-primary-smtp.ts";
import upnDomainMalformed from "./upn-domain-malformed.ts";
import upnDomainNotRoutable from "./upn-domain-not-routable.ts";
import upnDomainNotVerified from "./upn-domain-not-verified.ts";
import upnEmptyLocalPart from "./upn-empty-local-part.ts";
import upnInvalidCharacters from "./upn-invalid-characters.ts";
import { UPN_LENGTH_RULES } from "./upn-lengths.ts";
import upnLocalPartDotPlacement from "./upn-local-part-dot-placement.ts";
import upnLocalPartEndsBadly from "./upn-local-part-ends-badly.ts";
import upnMissing from "./upn-missing.ts";
import upnMultipleAtSigns from "./upn-multiple-at-signs.ts";
import upnNoAtSign from "./upn-no-at-sign.ts";
import upnNonAsciiCharacters from "./upn-non-ascii-characters.ts";
import upnWhitespaceOrInvisible from "./upn-whitespace-or-invisible.ts";

/** Rules about entries, whatever format the export has. A new rule is a file and a line here. */
export const ENTRY_RULES: readonly Rule[] = [
  ...CRITICAL_SYSTEM_OBJECT_RULES,
  scopeCustom,
  ...ACCOUNT_NAME_RULES,
  ...RECIPIENT_TYPE_RULES,
  ...ADMIN_DESCRIPTION_RULES,
  scopeObjectClassNotSynchronized,
  scopeComputerNoUserCertificate,
  scopeReplicationConflictObject,
  ...GROUP_MEMBERS_RULES,
  scopeUserAccountControlMissing,
  scopeSamAccountNameMissing,
  scopeContactMsolHidden,
  scopeContactMailMissing,
  scopeContactNotMailEnabled,
  scopeDistributionGroupNotMailEnabled,
  securityGroupNotMailEnabled,
  scopePrimaryGroupMembershipNotSynchronized,
  upnMissing,
  upnNoAtSign,
  upnMultipleAtSigns,
  upnEmptyLocalPart,
  upnInvalidCharacters,
  upnNonAsciiCharacters,
  upnWhitespaceOrInvisible,
  upnLocalPartEndsBadly,
  upnLocalPartDotPlacement,
  ...UPN_LENGTH_RULES,
  upnDomainMalformed,
  upnDomainNotRoutable,
  upnDomainNotVerified,
  upnDiffersFromPrimarySmtp,
  samAccountNameInvalidCharacters,
  samAccountNameLength,
  mailSmtpPrefix,
  mailFormat,
  mailMaskedByProxyAddresses,
  ...ALIAS_PERIOD_RULES,
  mailNicknameInvalidCharacters,
  mailNicknameAmpersand,
  exchangeAttributesIgnoredWithoutMailNickname,
  ...ADDRESS_LENGTH_RULES,
  proxyAddressesMissingPrefix,
  proxyAddressesOuterWhitespace,
  ...PROXY_ADDRESS_CHARACTER_RULES,
  proxyAddressesColonAfterPrefix,
  proxyAddressesSmtpFormat,
  proxyAddressesDomainNotRoutable,
  proxyAddressesDomainNotVerified,
  proxyAddressesReservedDomain,
  proxyAddressesMultiplePrimary,
  proxyAddressesNoPrimary,
  proxyAddressesLegacyProtocol,
  proxyAddressesDuplicateOnObject,
  proxyAddressesTooMany,
  targetAddressMissingPrefix,
  targetAddressInvalidCharacters,
  targetAddressSmtpFormat,
  targetAddressLength,
  displayNameMissing,
  displayNameBlank,
  displayNameOuterWhitespace,
  attributeInvisibleCharacters,
  attributeLengthExceeded,
  attributeTruncated448,
  attributeFirstValueOnly,
  ...CERTIFICATE_RULES,
  thumbnailPhotoTooLarge,
  ...TOP_LEVEL_DOMAIN_RULES,
  referenceToObjectOutOfScope,
  // Rules with keys in common, those first that suppress others: an address on a user and on a group is worse than on two users.
  duplicateUserPrincipalName,
  duplicateSmtpAddressAcrossObjectTypes,
  duplicateSmtpAddress,
  duplicateUserPrincipalNameEqualsSmtpAddress,
  duplicateMail,
  duplicateNonSmtpProxyAddress,
  duplicateMailNickname,
  duplicateTargetAddress,
  duplicateSamAccountNameWithoutUpn,
  duplicateSourceAnchor,
  duplicateObjectSid,
].map(inItsRulesets);

function inItsRulesets(rule: Rule): Rule {
  return { ...rule, rulesets: idfixRulesets(rule.id) };
}

const FILE_RULES: readonly Rule[] = [
  ...LDIF_RULES,
  ...CSV_RULES,
  ...LDP_RULES,
  exportAttributesMissing,
  baselineStaleRow,
];

export const RULES: readonly Rule[] = [...ENTRY_RULES, ...FILE_RULES];

export const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** The rules about a file rather than its entries, by id: whoever finds the problem names the rule, which has the words. */
export const FORMAT_RULES: ReadonlyMap<string, Rule> = new Map(FILE_RULES.map((rule) => [rule.id, rule]));
