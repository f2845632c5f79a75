import type { Entry } from "./entry.ts";

/** What Exchange does not allow in an alias (mailNickname): all but some of ASCII and the letters of Latin-1. */
export const NOT_IN_ALIAS = /[^A-Za-z0-9!#%*+\-/=?^_~$&'`{}|.\u00a1-\u00ff]/gu;

export const MOST_ALIAS_LENGTH = 64;

/** `alias` without periods at its ends and next to each other. */
export function withoutStrayPeriods(alias: string): string {
  return alias
    .replace(/\.{2,}/g, ".")
    .replace(/^\./, "")
    .replace(/\.$/, "");
}

/** The prefix of the user principal name or, where that will not do, the account name: what an alias is usually made of. */
export function suggestedAlias(entry: Entry): string | undefined {
  const userPrincipalName = entry.values("userPrincipalName")[0]?.text.trim().split("@", 1)[0];
  const accountName = entry.values("sAMAccountName")[0]?.text.trim();
  return [userPrincipalName, accountName].find((name) => name !== undefined && isAlias(name));
}

function isAlias(text: string): boolean {
  const clean = text.replace(NOT_IN_ALIAS, "").replace("&", "");
  return text !== "" && text.length <= MOST_ALIAS_LENGTH && clean === text && withoutStrayPeriods(text) === text;
}
