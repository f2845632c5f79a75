import type { Entry } from "./entry.ts";

/**
 * Whether a group is security-enabled: bit 0x80000000 of groupType. Active Directory writes the attribute as a signed 32-bit
 * number. `undefined` where the group has no groupType or one that is no number.
 */
export function isSecurityGroup(entry: Entry): boolean | undefined {
  const text = entry.values("groupType")[0]?.text.trim();
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  return (Number(text) | 0) < 0;
}
