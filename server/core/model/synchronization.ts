import { SYNCHRONIZED_ATTRIBUTES } from "./synchronized-attributes.ts";

/** What becomes of an attribute in Microsoft Entra ID, by default. */
export interface Synchronization {
  /** Of which objects it is synchronized, in the plural; none where it is not. */
  readonly objects: readonly string[];
  /** What is made of it, where no attribute of its name is. */
  readonly becomes?: string;
}

const OBJECTS: Readonly<Record<string, string>> = { u: "users", c: "contacts", g: "groups", d: "devices" };

/**
 * Attributes that are read, and what Connect Sync makes of them. Sources: Microsoft's list of synchronized attributes, and "Microsoft Entra
 * Connect: Design concepts" on the source anchor.
 */
const BECOMES: Readonly<Record<string, string>> = {
  distinguishedname: "onPremisesDistinguishedName",
  grouptype: "securityEnabled",
  msexchusagelocation: "usageLocation",
  "ms-ds-consistencyguid": "the source anchor (sourceAnchor, the immutable ID)",
  objectclass: "the kind of the object",
  objectguid: "the source anchor (sourceAnchor, the immutable ID), unless that is mS-DS-ConsistencyGuid",
  useraccountcontrol: "accountEnabled",
};

const NOTHING: Synchronization = { objects: [] };

/** By attribute types in lower case; made when somebody first asks. */
let known: ReadonlyMap<string, Synchronization> | undefined;

/** Whether Microsoft Entra Connect synchronizes an attribute type, in lower case. Who installs it may have chosen otherwise. */
export function synchronizationOf(type: string): Synchronization {
  const becomes = BECOMES[type];
  if (becomes !== undefined && Object.hasOwn(BECOMES, type)) return { objects: [], becomes };
  known ??= synchronizationIn(SYNCHRONIZED_ATTRIBUTES);
  return known.get(type) ?? NOTHING;
}

function synchronizationIn(table: string): ReadonlyMap<string, Synchronization> {
  const all = new Map<string, Synchronization>();
  let group = NOTHING;
  for (const word of table.split(/\s+/)) {
    if (word.startsWith("=")) group = { objects: [...word.slice(1)].map((letter) => OBJECTS[letter]!) };
    else all.set(word.toLowerCase(), group);
  }
  return all;
}
