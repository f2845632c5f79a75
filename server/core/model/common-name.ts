import { parseDn } from "./dn.ts";
import type { Entry } from "./entry.ts";

/** The object's cn; where the export lacks it, the RDN's value, which is the same in Active Directory. */
export function commonName(entry: Entry): string | undefined {
  const cn = entry.values("cn")[0]?.text.trim();
  if (cn) return cn;
  const rdn = parseDn(entry.dn.text).rdns[0]?.attributes[0];
  return rdn?.type.toLowerCase() === "cn" && rdn.value !== "" ? rdn.value : undefined;
}
