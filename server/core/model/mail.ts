import { addressKey, type ProxyAddress, parseProxyAddress } from "./address.ts";
import type { AttributeValue, Entry } from "./entry.ts";

/** A proxy address together with the value it stands in. */
export interface HeldAddress extends ProxyAddress {
  readonly value: AttributeValue;
}

/** Many rules look at the addresses of an entry, one after the other. */
let last: { readonly entry: Entry; readonly addresses: readonly HeldAddress[] } | undefined;

/** The SMTP addresses of an entry's proxyAddresses, primary or not, in their order. */
export function smtpAddresses(entry: Entry): readonly HeldAddress[] {
  if (last?.entry === entry) return last.addresses;
  const addresses: HeldAddress[] = [];
  for (const value of entry.values("proxyAddresses")) {
    const { prefix, start, address, isSmtp, isPrimary } = parseProxyAddress(value.text);
    if (isSmtp) addresses.push({ value, prefix, start, address, isSmtp, isPrimary });
  }
  last = { entry, addresses };
  return addresses;
}

/**
 * Synchronization takes a contact or a group for mail-enabled when it has an SMTP proxy address with `@`, or a mail with `@`.
 * Microsoft's documents disagree whether `smtp:` in lower case counts; here it does.
 */
export function isMailEnabled(entry: Entry): boolean {
  return (
    smtpAddresses(entry).some(({ address }) => address.includes("@")) ||
    entry.values("mail").some(({ text }) => text.includes("@"))
  );
}

/** The one SMTP address that mail names, if there is exactly one. */
export function addressOfMail(entry: Entry, addresses: readonly HeldAddress[]): HeldAddress | undefined {
  const mail = entry.values("mail")[0];
  if (mail === undefined) return undefined;
  const named = addresses.filter(({ address }) => addressKey(address) === addressKey(mail.text));
  return named.length === 1 ? named[0] : undefined;
}
