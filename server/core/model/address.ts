/** One value of proxyAddresses: an address type, a colon, an address. */
export interface ProxyAddress {
  /** The type as it is written, without the colon; empty where there is no colon. */
  readonly prefix: string;
  /** UTF-16 offset in the value at which the address begins. */
  readonly start: number;
  /** The address as it is written. */
  readonly address: string;
  /** The type is SMTP, in any case: capitals only tell the primary address from the others. */
  readonly isSmtp: boolean;
  /** The value is a primary SMTP address: it begins with exactly `SMTP:`. */
  readonly isPrimary: boolean;
}

export function parseProxyAddress(value: string): ProxyAddress {
  const colon = value.indexOf(":");
  const prefix = value.slice(0, Math.max(colon, 0));
  const isSmtp = prefix === "SMTP" || prefix === "smtp" || prefix.trim().toLowerCase() === "smtp";
  return { prefix, start: colon + 1, address: value.slice(colon + 1), isSmtp, isPrimary: prefix === "SMTP" };
}

/** Address types of mail systems of the past, which Microsoft Entra ID discards. Source: KB 3190357 for the first two. */
const LEGACY: ReadonlySet<string> = new Set(["x400", "msmail", "ms", "ccmail", "notes", "gwise"]);

/** Whether Microsoft Entra ID discards addresses of this type, whatever its case. */
export function isLegacyProtocol(prefix: string): boolean {
  return LEGACY.has(prefix.trim().toLowerCase());
}

/** The key by which Microsoft Entra ID compares addresses: without outer blanks, in lower case. */
export function addressKey(address: string): string {
  return address.trim().toLowerCase();
}

/** Where the domain of an address or a user principal name begins, after its last `@`; -1 where there is none. */
export function domainStart(address: string): number {
  const at = address.lastIndexOf("@");
  return at < 0 ? -1 : at + 1;
}

/** What stands before the last `@` of an address or a user principal name; nothing where there is none. */
export function localPart(address: string): string {
  return address.slice(0, Math.max(address.lastIndexOf("@"), 0));
}
