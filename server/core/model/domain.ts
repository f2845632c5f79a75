/**
 * Top-level labels that no domain can be verified under. Sources: IANA Special-Use Domain Names (RFC 6761, RFC 7686,
 * RFC 8375, RFC 9476), ICANN's reservation of `internal`, and the labels of private networks that ICANN withholds (SAC 113).
 * `ad` is not one of them: it is Andorra's.
 */
const SPECIAL_USE: ReadonlySet<string> = new Set(
  "local localhost internal intranet lan corp home private test example invalid localdomain arpa onion alt".split(" "),
);

/** The last label of a domain, in lower case. */
export function topLevelLabel(domain: string): string {
  return domain.slice(domain.lastIndexOf(".") + 1).toLowerCase();
}

/** The domain ends in a label that cannot be verified anywhere. */
export function isSpecialUse(domain: string): boolean {
  return SPECIAL_USE.has(topLevelLabel(domain));
}

/** `contoso` has a single label: no mail from outside can reach it. */
export function isSingleLabel(domain: string): boolean {
  return !domain.includes(".");
}

/**
 * The domain belongs to Microsoft and its addresses are managed by Entra. `contoso.mail.onmicrosoft.com`, the routing
 * domain of a hybrid deployment, is written by administrators and is none of them.
 */
export function isReserved(domain: string): boolean {
  const lower = domain.toLowerCase();
  if (lower.endsWith(".mail.onmicrosoft.com")) return false;
  return lower.endsWith(".onmicrosoft.com") || lower.endsWith(".microsoftonline.com");
}

/** Whether the tenant's verified domains are known and this is none of them. */
export function isUnverified(domain: string, verifiedDomains: readonly string[]): boolean {
  return verifiedDomains.length > 0 && !verifiedDomains.includes(domain.toLowerCase());
}
