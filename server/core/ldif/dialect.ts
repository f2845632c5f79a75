import { LdifEntry, type LdifRecord } from "./record.ts";

/** The program that wrote an export, as far as its habits tell; `ldif` where they do not. */
export type LdifDialect = "ldifde" | "ldapsearch" | "ldbsearch" | "ldif";

/**
 * Tells the dialect by a file's first entry and what stands before it. ldifde writes each entry as `changetype: add`;
 * ldbsearch numbers its records; ldapsearch begins with a comment about itself or a version line.
 */
export function ldifDialect(firstRecords: readonly LdifRecord[]): LdifDialect {
  const text = firstRecords.map((record) => record.text).join("");
  if (/^# record \d+\r?$/m.test(text)) return "ldbsearch";
  if (/^# (?:extended LDIF|LDAPv3)\r?$/m.test(text)) return "ldapsearch";
  const entry = firstRecords.find((record) => record instanceof LdifEntry);
  if (entry?.isChange === true) return "ldifde";
  return /^version: 1\r?$/m.test(text) && /^# [^\n]*, [^\n]*\r?\ndn:/m.test(text) ? "ldapsearch" : "ldif";
}
