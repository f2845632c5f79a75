export const SEVERITIES = ["error", "warning", "information", "hint"] as const;

export type Severity = (typeof SEVERITIES)[number];

export const PROFILES = ["connect", "cloudSync"] as const;

/** The synchronization tool: Microsoft Entra Connect Sync or Microsoft Entra Cloud Sync. */
export type Profile = (typeof PROFILES)[number];

export interface Settings {
  readonly profile: Profile;
  /** Domains that are verified in the tenant, in lower case; empty where they are not known. */
  readonly verifiedDomains: readonly string[];
  /** The tenant's first domain, `contoso.onmicrosoft.com`, in lower case. */
  readonly initialDomain: string | undefined;
  /** Which verified domain takes the place of a domain that cannot be verified, both in lower case. */
  readonly domainReplacements: Readonly<Record<string, string>>;
  /** The severity of a rule, where it is not the rule's own. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
}

export const DEFAULT_SETTINGS: Settings = {
  profile: "connect",
  verifiedDomains: [],
  initialDomain: undefined,
  domainReplacements: {},
  rules: {},
};

/** The name of the settings file that stands beside an export. */
export const SETTINGS_FILE = ".syncready.json";
