import { escapeRdnValue, rdnValue } from "../model/dn.ts";
import { matchingKey } from "./value-id.ts";

/** What a copy's names have that those of the group have not. */
const MARK = "(synchronized";

/** Upper ranges of the schema, in UTF-16 units: Active Directory takes no longer values of cn, and of a group's sAMAccountName. */
const MOST_CN = 64;
const MOST_ACCOUNT_NAME = 256;

/** What Active Directory refuses in a sAMAccountName (MS-SAMR 3.1.1.6), an at sign, and what nobody sees. */
const FORBIDDEN = /["/\\[\]:;|=,+*?<>@\x00-\x1f\x7f]+/g;

/** The names of a copy, which nothing else in the export has. */
export interface CopyName {
  readonly cn: string;
  readonly rdn: string;
  readonly accountName: string;
}

/** The names in exports that a copy could take from others. A directory compares them without regard to capitals and accents. */
export class TakenNames {
  readonly #taken = new Set<string>();

  add(name: string): void {
    // Nearly all names are not like a copy's, and to compare as the directory does costs something.
    if (!name.includes("(") && !/[^\x00-\x7f]/.test(name)) return;
    const key = matchingKey(name);
    if (key.includes(MARK)) this.#taken.add(key);
  }

  /** The first free names for a copy of a group, numbered where they have to be. */
  free(cn: string, accountName: string): CopyName {
    const isTaken = (name: string) => this.#taken.has(matchingKey(name));
    const plain = accountName.replace(FORBIDDEN, "_");
    for (let number = 1; ; number++) {
      const [own, account] = [marked(cn, number, MOST_CN), marked(plain, number, MOST_ACCOUNT_NAME)];
      if (!isTaken(own) && !isTaken(account)) {
        return { cn: own, rdn: `CN=${escapeRdnValue(own)}`, accountName: account };
      }
    }
  }
}

/** Whether an entry is called like a copy of the group that has a cn. */
export function isNamedAsCopy(dn: string, cn: string): boolean {
  const name = matchingKey(rdnValue(dn) ?? "");
  const mark = / \(synchronized(?: (\d{1,9}))?\)$/.exec(name);
  return mark !== null && name === matchingKey(marked(cn, Number(mark[1] ?? 1), MOST_CN));
}

/** A name with the mark at its end, cut off at a character where it would be too long. */
function marked(name: string, number: number, most: number): string {
  const end = number === 1 ? ` ${MARK})` : ` ${MARK} ${number})`;
  const cut = name.trim().slice(0, most - end.length);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd() + end;
}
