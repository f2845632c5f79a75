import type { Fix } from "../engine/rule.ts";
import type { Settings } from "../engine/settings.ts";
import { isReserved } from "../model/domain.ts";

/**
 * A fix that puts another domain in place of the one at `start` of `text`. Sure is only what the settings say
 * (`domainReplacements`); the parent domain, or the only verified domain there is, is a suggestion.
 */
export function replaceDomain(text: string, start: number, settings: Settings): Fix | undefined {
  const end = text.trimEnd().length;
  const domain = text.slice(start, end).toLowerCase();
  const agreed = settings.domainReplacements[domain];
  const other = agreed ?? suggestedDomain(domain, settings);
  if (other === undefined || other === domain) return undefined;
  return {
    title: `Change the domain to ${other}`,
    safety: "review",
    deterministic: agreed !== undefined,
    newValue: text.slice(0, start) + other + text.slice(end),
  };
}

function suggestedDomain(domain: string, { verifiedDomains }: Settings): string | undefined {
  const parents = verifiedDomains.filter((verified) => !isReserved(verified) && domain.endsWith(`.${verified}`));
  if (parents.length > 0) return parents.reduce((one, other) => (other.length > one.length ? other : one));
  return onlyOwnDomain(verifiedDomains);
}

/** The domain of the organization, if it has verified just one. Those under onmicrosoft.com come with the tenant. */
export function onlyOwnDomain(verifiedDomains: readonly string[]): string | undefined {
  const own = verifiedDomains.filter((domain) => !isReserved(domain) && !domain.endsWith(".onmicrosoft.com"));
  return own.length === 1 ? own[0] : undefined;
}
