import type { Entry } from "./entry.ts";

/** What synchronization makes a difference between. `other` is never synchronized by the default rules. */
export type ObjectType = "user" | "inetOrgPerson" | "contact" | "group" | "computer" | "other";

/** Object classes from the most to the least special: a computer is also a user, and so is an inetOrgPerson. */
const CLASSES: readonly (readonly [objectClass: string, type: ObjectType])[] = [
  // Managed service accounts are computers by inheritance, but no object that synchronization knows.
  ["msds-groupmanagedserviceaccount", "other"],
  ["msds-managedserviceaccount", "other"],
  ["computer", "computer"],
  ["inetorgperson", "inetOrgPerson"],
  ["user", "user"],
  ["contact", "contact"],
  ["group", "group"],
];

/** The high nibble of sAMAccountType tells users, computers and groups apart. Source: MS-SAMR 2.2.1.9. */
const SAM_TYPES: Readonly<Record<string, ObjectType>> = {
  "805306368": "user",
  "805306369": "computer",
  "268435456": "group",
  "268435457": "group",
  "536870912": "group",
  "536870913": "group",
};

/**
 * The type of `entry` by its objectClass. Where the export has no objectClass, other attributes tell as far as they can:
 * only groups have a groupType, only accounts a sAMAccountType.
 */
export function objectTypeOf(entry: Entry): ObjectType {
  const classes = entry.values("objectClass");
  if (classes.length > 0) {
    const names = classes.map(({ text }) => text.toLowerCase());
    return CLASSES.find(([name]) => names.includes(name))?.[1] ?? "other";
  }
  const samType = entry.values("sAMAccountType")[0]?.text;
  if (samType !== undefined) return SAM_TYPES[samType] ?? "other";
  if (entry.values("groupType").length > 0) return "group";
  if (entry.values("userPrincipalName").length > 0 || entry.values("userAccountControl").length > 0) return "user";
  return "other";
}
