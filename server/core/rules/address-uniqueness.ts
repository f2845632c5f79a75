import type { KeyHolder, KeySource, RuleContext, UniqueKey, Uniqueness } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";

/** What an entry holds an address as. mail is masked where the entry has SMTP addresses in proxyAddresses. */
type AddressRole = "userPrincipalName" | "proxyAddress" | "mail" | "maskedMail";

/** All that Entra ID compares without regard to where it stands: addresses and user principal names are one set of keys. */
function* keys({ entry }: RuleContext): Iterable<UniqueKey> {
  const addresses = smtpAddresses(entry);
  const mailRole: AddressRole = addresses.length > 0 ? "maskedMail" : "mail";
  for (const value of entry.values("userPrincipalName")) yield* keyOf(value.text, value, "userPrincipalName");
  for (const { value, address } of addresses) yield* keyOf(address, value, "proxyAddress");
  for (const value of entry.values("mail")) yield* keyOf(value.text, value, mailRole);
}

function* keyOf(address: string, value: UniqueKey["value"], role: AddressRole): Iterable<UniqueKey> {
  const key = addressKey(address);
  if (key !== "") yield { key, value, role };
}

const keySpace = "address";

const sources: readonly KeySource[] = [
  { attribute: "userPrincipalName", form: "trimmed" },
  { attribute: "proxyAddresses", form: "smtpAddress" },
  { attribute: "mail", form: "trimmed" },
];

/** Entra ID holds users and inetOrgPersons for the same kind of object. */
function kind({ objectType }: KeyHolder): string {
  return objectType === "inetOrgPerson" ? "user" : objectType;
}

function isUserPrincipalName({ role }: KeyHolder): boolean {
  return role === "userPrincipalName";
}

/** The SMTP addresses that an object has in Entra ID are those of proxyAddresses and, only where there are none, mail. */
function isSmtpAddress({ role }: KeyHolder): boolean {
  return role === "proxyAddress" || role === "mail";
}

function isMail({ role }: KeyHolder): boolean {
  return role === "mail" || role === "maskedMail";
}

export const USER_PRINCIPAL_NAME: Uniqueness = {
  keySpace,
  keys,
  sources,
  clash: (one, other) => isUserPrincipalName(one) && isUserPrincipalName(other),
};

export const SMTP_ADDRESS_OF_ONE_TYPE: Uniqueness = {
  keySpace,
  keys,
  sources,
  clash: (one, other) => isSmtpAddress(one) && isSmtpAddress(other) && kind(one) === kind(other),
};

export const SMTP_ADDRESS_ACROSS_TYPES: Uniqueness = {
  keySpace,
  keys,
  sources,
  clash: (one, other) => isSmtpAddress(one) && isSmtpAddress(other) && kind(one) !== kind(other),
};

export const USER_PRINCIPAL_NAME_AND_SMTP_ADDRESS: Uniqueness = {
  keySpace,
  keys,
  sources,
  clash: (one, other) =>
    (isUserPrincipalName(one) && isSmtpAddress(other)) || (isSmtpAddress(one) && isUserPrincipalName(other)),
};

export const MAIL: Uniqueness = { keySpace, keys, sources, clash: (one, other) => isMail(one) && isMail(other) };
