import { addressKey, isLegacyProtocol, localPart, parseProxyAddress } from "./address.ts";
import { isHybridRoutingDomain, isReserved, isUnverified, type TenantDomains } from "./domain.ts";
import type { Entry } from "./entry.ts";
import { isSmtpAddress } from "./smtp-address.ts";

/** Where an address comes from; `routing` is the one that Exchange Online makes of the alias and the initial domain (MOERA). */
export type AddressSource = "proxyAddresses" | "mail" | "userPrincipalName" | "routing";

/** Why a value gives no address. */
export type UnusedReason = "masked" | "reserved-domain" | "unverified-domain" | "legacy-protocol" | "malformed";

export interface ResultingAddress {
  readonly address: string;
  readonly source: AddressSource;
}

export interface UnusedAddress {
  /** As it is written. */
  readonly value: string;
  readonly attribute: "proxyAddresses" | "mail" | "userPrincipalName";
  readonly reason: UnusedReason;
}

/** The SMTP addresses of a recipient in Exchange Online. */
export interface ExchangeAddresses {
  /** `undefined` where there is none, as of a contact of which only secondary addresses are known. */
  readonly primary: ResultingAddress | undefined;
  readonly secondary: readonly ResultingAddress[];
  /** In the order of proxyAddresses, mail, userPrincipalName. */
  readonly unused: readonly UnusedAddress[];
}

/** What decides about addresses, of the settings. */
export interface AddressSettings extends TenantDomains {
  readonly alternateLoginId: boolean;
}

/** Stands for the initial domain where the settings do not name it. */
export const UNKNOWN_INITIAL_DOMAIN = "<tenant>.onmicrosoft.com";

interface Candidate extends ResultingAddress {
  readonly isPrimary: boolean;
}

/**
 * The addresses that Exchange Online shows of an object that is synchronized for the first time and, if it is a user, has a license:
 * the primary one is that of proxyAddresses; where these have secondary ones only, the routing address; without them mail, and then the user
 * principal name. mail is masked by proxyAddresses. Case makes no difference; mail and user principal names are told in lower case.
 * `undefined` for what is no recipient.
 *
 * Sources: KB 2643629 (objects don't sync), its table; KB 3190357 (how proxyAddresses is populated), for values that are discarded, for the
 * alias, and for the user principal name as a secondary address. Both are about users: groups get a routing address, too, contacts none.
 */
export function exchangeAddresses(entry: Entry, settings: AddressSettings): ExchangeAddresses | undefined {
  const { objectType } = entry;
  if (!["user", "inetOrgPerson", "contact", "group"].includes(objectType)) return undefined;
  const isUser = objectType === "user" || objectType === "inetOrgPerson";
  const unused: UnusedAddress[] = [];
  const proxies = proxyCandidates(entry, unused);
  const mail = candidateOf(entry, "mail", unused);
  const upn = isUser && !settings.alternateLoginId ? candidateOf(entry, "userPrincipalName", unused) : undefined;
  if (proxies.length === 0 && mail === undefined && upn === undefined) return undefined;
  const isVerified = ({ address, source }: Candidate) => {
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const verified = isHybridRoutingDomain(domain) || !isUnverified(domain, settings);
    if (!verified && source !== "routing")
      unused.push({ value: address, attribute: source, reason: "unverified-domain" });
    return verified;
  };
  const routing = objectType === "contact" ? undefined : routingAddress(entry, proxies, mail, upn, settings);
  const usedProxies = proxies.filter(isVerified);
  if (proxies.length > 0 && mail !== undefined && !proxies.some((one) => isSame(one, mail))) {
    unused.push({ value: mail.address, attribute: "mail", reason: "masked" });
  }
  const usedMail = proxies.length > 0 || mail === undefined || !isVerified(mail) ? undefined : mail;
  const usedUpn = upn === undefined || !isVerified(upn) ? undefined : upn;
  const named = usedProxies.find(({ isPrimary }) => isPrimary) ?? usedMail;
  const primary = named ?? (proxies.length > 0 ? routing : (usedUpn ?? routing));
  const all = [...usedProxies, usedUpn, routing].filter((one) => one !== undefined);
  return { primary: primary && resulting(primary), secondary: secondaryOf(all, primary), unused };
}

function proxyCandidates(entry: Entry, unused: UnusedAddress[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { text } of entry.values("proxyAddresses")) {
    const { prefix, address, isSmtp, isPrimary } = parseProxyAddress(text);
    const discard = (reason: UnusedReason) => unused.push({ value: text, attribute: "proxyAddresses", reason });
    if (isLegacyProtocol(prefix)) discard("legacy-protocol");
    else if (prefix === "") discard("malformed");
    else if (isSmtp) {
      if (!isSmtpAddress(address.trim())) discard("malformed");
      else if (isReserved(domainOf(address))) discard("reserved-domain");
      else candidates.push({ address: address.trim(), source: "proxyAddresses", isPrimary });
    }
  }
  return candidates;
}

function candidateOf(
  entry: Entry,
  attribute: "mail" | "userPrincipalName",
  unused: UnusedAddress[],
): Candidate | undefined {
  const value = entry.values(attribute)[0]?.text;
  if (value === undefined || value.trim() === "") return undefined;
  const address = value.trim().toLowerCase();
  const discard = (reason: UnusedReason) => unused.push({ value, attribute, reason });
  if (!isSmtpAddress(address)) discard("malformed");
  else if (isReserved(domainOf(address))) discard("reserved-domain");
  else return { address, source: attribute, isPrimary: false };
  return undefined;
}

/** The alias is mailNickname, or else what stands before the `@` of the first address that there is. */
function routingAddress(
  entry: Entry,
  proxies: readonly Candidate[],
  mail: Candidate | undefined,
  upn: Candidate | undefined,
  { initialDomain }: AddressSettings,
): Candidate {
  const first = proxies.find(({ isPrimary }) => isPrimary) ?? mail ?? upn ?? proxies[0];
  const own = entry.values("mailNickname")[0]?.text.trim() ?? "";
  const alias = own === "" ? localPart(first?.address ?? "") : own;
  return { address: `${alias}@${initialDomain ?? UNKNOWN_INITIAL_DOMAIN}`, source: "routing", isPrimary: false };
}

/** Each address once, whatever its case, and not the primary one. */
function secondaryOf(all: readonly Candidate[], primary: Candidate | undefined): ResultingAddress[] {
  const seen = new Set(primary === undefined ? [] : [addressKey(primary.address)]);
  return all
    .filter(({ address }) => {
      const isNew = !seen.has(addressKey(address));
      seen.add(addressKey(address));
      return isNew;
    })
    .map(resulting);
}

function resulting({ address, source }: Candidate): ResultingAddress {
  return { address, source };
}

function isSame(one: Candidate, other: Candidate): boolean {
  return addressKey(one.address) === addressKey(other.address);
}

function domainOf(address: string): string {
  return address.trim().slice(address.trim().lastIndexOf("@") + 1);
}

const SOURCES: Readonly<Record<AddressSource, string>> = {
  proxyAddresses: "proxyAddresses",
  mail: "mail",
  userPrincipalName: "userPrincipalName",
  routing: "routing address",
};

/** Where an address comes from, in words. */
export function addressSourceText(source: AddressSource): string {
  return SOURCES[source];
}

const REASONS: Readonly<Record<UnusedReason, string>> = {
  masked: "masked by proxyAddresses",
  "reserved-domain": "its domain is reserved",
  "unverified-domain": "its domain is not verified",
  "legacy-protocol": "its protocol is discarded",
  malformed: "malformed",
};

/** Why a value gives no address, in words. */
export function unusedReasonText(reason: UnusedReason): string {
  return REASONS[reason];
}
