import type { Entry } from "./entry.ts";

/**
 * Whether a group is security-enabled: bit 0x80000000 of groupType. Active Directory writes the attribute as a signed 32-bit
 * number. `undefined` where the group has no groupType or one that is no number.
 */
export function isSecurityGroup(entry: Entry): boolean | undefined {
  const groupType = groupTypeOf(entry);
  return groupType === undefined ? undefined : groupType < 0;
}

function groupTypeOf(entry: Entry): number | undefined {
  const text = entry.values("groupType")[0]?.text.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) | 0 : undefined;
}

export type GroupScope = "global" | "domainLocal" | "universal";

/** The bits of groupType that say the scope (MS-ADTS 2.2.12). Those of CN=Builtin have the bit 1, too. */
const SCOPE_BITS: readonly (readonly [bit: number, scope: GroupScope])[] = [
  [2, "global"],
  [4, "domainLocal"],
  [8, "universal"],
];

/** The scope of a group; `undefined` where its groupType is missing, is no number, or names none. */
export function groupScope(entry: Entry): GroupScope | undefined {
  const groupType = groupTypeOf(entry) ?? 0;
  return SCOPE_BITS.find(([bit]) => (groupType & bit) !== 0)?.[1];
}
