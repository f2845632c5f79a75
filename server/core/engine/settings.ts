import type { LdapFilter } from "../model/ldap-filter.ts";

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;

export type Severity = (typeof SEVERITIES)[number];

export const PROFILES = ["connect", "cloudSync"] as const;

/** The synchronization tool: Microsoft Entra Connect Sync or Microsoft Entra Cloud Sync. */
export type Profile = (typeof PROFILES)[number];

/**
 * What people who come from IdFix are used to: which rules are on follows one of its two rule sets, as far as they found what is true.
 * `default` is all rules.
 */
export const RULESETS = ["default", "idfix-multi-tenant", "idfix-dedicated"] as const;

export type Ruleset = (typeof RULESETS)[number];

/** Objects that a scoping rule of the administrator's own keeps out. */
export interface CustomScoping {
  readonly name: string;
  /** The filter as it is written. */
  readonly exclude: string;
  readonly filter: LdapFilter;
}

/** Parts of the directory by their DNs, as keys ({@link dnKey}): what is below them, and they themselves. */
export interface Scope {
  /** Where it is not empty, everything else is out of scope. */
  readonly include: readonly string[];
  /** Out of scope even where it is below an included DN. */
  readonly exclude: readonly string[];
}

export interface Settings {
  readonly profile: Profile;
  readonly ruleset: Ruleset;
  /** Domains that are verified in the tenant, in lower case; empty where they are not known. */
  readonly verifiedDomains: readonly string[];
  /** The tenant's first domain, `contoso.onmicrosoft.com`, in lower case. */
  readonly initialDomain: string | undefined;
  /** Which verified domain takes the place of a domain that cannot be verified, both in lower case. */
  readonly domainReplacements: Readonly<Record<string, string>>;
  /** Users sign in with another attribute than userPrincipalName: what that holds does not matter then. */
  readonly alternateLoginId: boolean;
  /** Top-level domains that exist although the list does not know them, in lower case. */
  readonly extraTopLevelDomains: readonly string[];
  readonly scope: Scope;
  readonly customScoping: readonly CustomScoping[];
  /** The names of exports in one folder that are checked against each other, such as those of the domains of a forest. */
  readonly checkedTogether: readonly string[];
  /** The severity of a rule, where it is not the rule's own. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
}

/**
 * The names of the other exports that one is checked together with; none where it is not named itself. Names that differ in case only
 * are one name, as they are where most exports come from.
 */
export function checkedTogetherWith(
  name: string,
  { checkedTogether }: Pick<Settings, "checkedTogether">,
): readonly string[] {
  const byKey = new Map(checkedTogether.map((one) => [one.toLowerCase(), one]));
  return byKey.delete(name.toLowerCase()) ? [...byKey.values()] : [];
}

/** The settings that are on or off. */
export type Switch = {
  [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never;
}[keyof Settings];

export const DEFAULT_SETTINGS: Settings = {
  profile: "connect",
  ruleset: "default",
  verifiedDomains: [],
  initialDomain: undefined,
  domainReplacements: {},
  alternateLoginId: false,
  extraTopLevelDomains: [],
  scope: { include: [], exclude: [] },
  customScoping: [],
  checkedTogether: [],
  rules: {},
};

/** The name of the settings file that stands beside an export. */
export const SETTINGS_FILE = ".syncready.json";
