import type { RuleContext, UniqueKey, Uniqueness } from "../engine/rule.ts";
import { addressKey } from "../model/address.ts";
import { smtpAddresses } from "../model/mail.ts";
import type { ObjectType } from "../model/object-type.ts";

/** Entra ID holds users and inetOrgPersons for the same kind of object. */
function kind(type: ObjectType): ObjectType {
  return type === "inetOrgPerson" ? "user" : type;
}

/** The SMTP addresses an object has in Entra ID: those of proxyAddresses and, only where there are none, mail. */
function* keys({ entry }: RuleContext): Iterable<UniqueKey> {
  const addresses = smtpAddresses(entry);
  const held =
    addresses.length > 0
      ? addresses.map(({ value, address }) => ({ value, key: addressKey(address) }))
      : entry.values("mail").map((value) => ({ value, key: addressKey(value.text) }));
  for (const { value, key } of held) if (key !== "") yield { key, value };
}

const keySpace = "smtp";

export const SMTP_ADDRESS_OF_ONE_TYPE: Uniqueness = {
  keySpace,
  keys,
  clash: (one, other) => kind(one) === kind(other),
};

export const SMTP_ADDRESS_ACROSS_TYPES: Uniqueness = {
  keySpace,
  keys,
  clash: (one, other) => kind(one) !== kind(other),
};
