import type { Fix, FixContext } from "../engine/rule.ts";
import { addressKey, parseProxyAddress } from "../model/address.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { smtpAddresses } from "../model/mail.ts";
import { isSmtpAddress } from "../model/smtp-address.ts";
import { withoutOuterWhiteSpace } from "../text/run.ts";
import type { Span } from "../text/span.ts";

/** The address in an SMTP value of proxyAddresses: what follows the colon, without white space at the value's end. */
export function smtpPart(text: string): Span | undefined {
  const { isSmtp, start } = parseProxyAddress(text);
  return isSmtp ? { start, end: Math.max(start, withoutOuterWhiteSpace(text).end) } : undefined;
}

/** Another value of the entry's proxyAddresses is this SMTP address already. */
export function isHeldBeside(entry: Entry, value: AttributeValue, address: string): boolean {
  return smtpAddresses(entry).some(
    (other) => other.value !== value && addressKey(other.address) === addressKey(address),
  );
}

/** A fix that puts another address in place of the finding's, where that is one and the entry does not have it yet. */
export function rewriteSmtpAddress(
  { entry, value }: FixContext,
  change: (address: string) => string,
  how: Pick<Fix, "safety" | "deterministic">,
): Fix | undefined {
  const part = value && smtpPart(value.text);
  if (value === undefined || part === undefined) return undefined;
  const address = change(value.text.slice(part.start, part.end));
  const newValue = `${parseProxyAddress(value.text).prefix.trim()}:${address}`;
  if (newValue === value.text || !isSmtpAddress(address) || isHeldBeside(entry, value, address)) return undefined;
  return { title: `Change the address to ${address}`, newValue, ...how };
}
