import type { Rule } from "../engine/rule.ts";
import displayNameBlank from "./displayname-blank.ts";
import displayNameMissing from "./displayname-missing.ts";
import duplicateSmtpAddress from "./duplicate-smtp-address.ts";
import duplicateSmtpAddressAcrossObjectTypes from "./duplicate-smtp-address-across-object-types.ts";
import duplicateUserPrincipalName from "./duplicate-userprincipalname.ts";
import { LDIF_RULES } from "./ldif/index.ts";
import mailMaskedByProxyAddresses from "./mail-masked-by-proxyaddresses.ts";
import proxyAddressesDomainNotRoutable from "./proxyaddresses-domain-not-routable.ts";
import proxyAddressesDomainNotVerified from "./proxyaddresses-domain-not-verified.ts";
import proxyAddressesMultiplePrimary from "./proxyaddresses-multiple-primary.ts";
import proxyAddressesNoPrimary from "./proxyaddresses-no-primary.ts";
import proxyAddressesReservedDomain from "./proxyaddresses-reserved-domain.ts";
import { ACCOUNT_NAME_RULES } from "./scope-account-names.ts";
import scopeContactMailMissing from "./scope-contact-mail-missing.ts";
import scopeContactMsolHidden from "./scope-contact-msol-hidden.ts";
import scopeContactNotMailEnabled from "./scope-contact-not-mail-enabled.ts";
import { CRITICAL_SYSTEM_OBJECT_RULES } from "./scope-critical-system-object.ts";
import scopeDistributionGroupNotMailEnabled from "./scope-distribution-group-not-mail-enabled.ts";
import scopeSamAccountNameMissing from "./scope-samaccountname-missing.ts";
import securityGroupNotMailEnabled from "./security-group-not-mail-enabled.ts";
import upnDomainNotRoutable from "./upn-domain-not-routable.ts";
import upnDomainNotVerified from "./upn-domain-not-verified.ts";

/** Rules about entries, whatever format the export has. A new rule is a file and a line here. */
export const ENTRY_RULES: readonly Rule[] = [
  ...CRITICAL_SYSTEM_OBJECT_RULES,
  ...ACCOUNT_NAME_RULES,
  scopeSamAccountNameMissing,
  scopeContactMsolHidden,
  scopeContactMailMissing,
  scopeContactNotMailEnabled,
  scopeDistributionGroupNotMailEnabled,
  securityGroupNotMailEnabled,
  upnDomainNotRoutable,
  upnDomainNotVerified,
  mailMaskedByProxyAddresses,
  proxyAddressesDomainNotRoutable,
  proxyAddressesDomainNotVerified,
  proxyAddressesReservedDomain,
  proxyAddressesMultiplePrimary,
  proxyAddressesNoPrimary,
  displayNameMissing,
  displayNameBlank,
  duplicateUserPrincipalName,
  // Before the rule that it suppresses: an address on a user and a group is worse than one on two users.
  duplicateSmtpAddressAcrossObjectTypes,
  duplicateSmtpAddress,
];

export const RULES: readonly Rule[] = [...ENTRY_RULES, ...LDIF_RULES];

/** The rules about the format of a file, by id: a reader names the problem, the rule has the words. */
export const FORMAT_RULES: ReadonlyMap<string, Rule> = new Map(LDIF_RULES.map((rule) => [rule.id, rule]));
