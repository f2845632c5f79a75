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
  if (isHybridRoutingDomain(domain)) return false;
  const lower = domain.toLowerCase();
  return lower.endsWith(".onmicrosoft.com") || lower.endsWith(".microsoftonline.com");
}

/** What is known of the tenant's domains, in lower case. */
export interface TenantDomains {
  readonly verifiedDomains: readonly string[];
  readonly initialDomain: string | undefined;
}

/** Whether the verified domains are known and this is none of them. The initial domain is verified from the beginning. */
export function isUnverified(domain: string, { verifiedDomains, initialDomain }: TenantDomains): boolean {
  const lower = domain.toLowerCase();
  return verifiedDomains.length > 0 && !verifiedDomains.includes(lower) && lower !== initialDomain;
}

/** `contoso.mail.onmicrosoft.com`: Exchange's setup of a hybrid deployment gives it to every mailbox, and it always works. */
export function isHybridRoutingDomain(domain: string): boolean {
  return domain.toLowerCase().endsWith(".mail.onmicrosoft.com");
}
