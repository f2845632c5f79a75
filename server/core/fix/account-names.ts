import { hashKey } from "../engine/key-hash.ts";
import { lowerCase } from "../model/attribute-type.ts";
import { domainDn, parseDn } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";

/** Whether somebody holds a name before anything is changed, and after all is. */
export const STATE = { before: 1, after: 2 } as const;

export interface NameHolder {
  /** The key of the DN that the entry has in the original export; of an entry that is only in the edited one, there. */
  readonly owner: string;
  /** The sum of its {@link STATE}s. */
  readonly states: number;
}

/** Numbers in a slot: two hashes, and the owner's number with its states. */
const SLOT = 3;

/**
 * Which entries hold which names for logging on. Of each name it keeps 64 bits of its hash: of two names that are not the same, none will be
 * taken for one.
 */
export class AccountNames {
  #slots = new Uint32Array(SLOT * 1024);
  #count = 0;
  readonly #owners: string[] = [];

  /** Notes what an entry is called in the original export, and in the edited one. */
  note(owner: string, before: Entry | undefined, after: Entry | undefined): void {
    const names = namesOf(before);
    const others = before === after ? names : namesOf(after);
    if (names.length + others.length === 0) return;
    const number = (this.#owners.push(owner) - 1) * 4;
    for (const name of names) this.#add(name, number + STATE.before + (others.includes(name) ? STATE.after : 0));
    for (const name of others) if (!names.includes(name)) this.#add(name, number + STATE.after);
  }

  /** The holders of some names. */
  holders(names: ReadonlySet<string>): Map<string, NameHolder[]> {
    const wanted = new Map<number, { readonly other: number; readonly name: string }[]>();
    for (const name of names) {
      const { one, other } = hashKey(0, name);
      const same = wanted.get(one >>> 0);
      if (same === undefined) wanted.set(one >>> 0, [{ other: other >>> 0, name }]);
      else same.push({ other: other >>> 0, name });
    }
    const found = new Map<string, NameHolder[]>();
    if (names.size === 0) return found;
    for (let at = 0; at < this.#count * SLOT; at += SLOT) {
      const name = wanted.get(this.#slots[at]!)?.find(({ other }) => other === this.#slots[at + 1])?.name;
      if (name === undefined) continue;
      const last = this.#slots[at + 2]!;
      const holder = { owner: this.#owners[last >>> 2]!, states: last & (STATE.before | STATE.after) };
      addHolder(found, name, holder);
    }
    return found;
  }

  #add(name: string, last: number): void {
    const at = this.#count++ * SLOT;
    if (at === this.#slots.length) {
      const slots = new Uint32Array(at * 2);
      slots.set(this.#slots);
      this.#slots = slots;
    }
    const { one, other } = hashKey(0, name);
    this.#slots[at] = one;
    this.#slots[at + 1] = other;
    this.#slots[at + 2] = last;
  }
}

export function addHolder(holders: Map<string, NameHolder[]>, name: string, holder: NameHolder): void {
  const known = holders.get(name);
  if (known === undefined) holders.set(name, [holder]);
  else known.push(holder);
}

/** The names that an entry has taken for itself, in the form in which they are compared. */
export function namesOf(entry: Entry | undefined): string[] {
  if (entry === undefined) return [];
  const accounts = entry.values("samaccountname").map(({ text }) => accountName(text, entry.dn.text));
  return [...accounts, ...entry.values("userprincipalname").map(({ text }) => principalName(text))];
}

/** What a new value of one of the two attributes would take. Another attribute takes nothing. */
export function takenBy(type: string, text: string, dn: string): string | undefined {
  if (type === "samaccountname") return accountName(text, dn);
  return type === "userprincipalname" ? principalName(text) : undefined;
}

/**
 * The names that nobody else may have where one is to be written. Besides its userPrincipalName an account logs on by the name
 * sAMAccountName@domain, so nobody else's userPrincipalName may be that; groups are no exception (tried on Samba).
 */
export function clashing(name: string): readonly [same: string, other: string] {
  return [name, `${name[0] === "a" ? "p" : "a"}${name.slice(1)}`];
}

function accountName(text: string, dn: string): string {
  return `a ${text.toLowerCase()}@${dnsName(dn)}`;
}

function principalName(text: string): string {
  return `p ${text.toLowerCase()}`;
}

/** By the ends of DNs: an export has few domains. */
const dnsNames = new Map<string, string>();

/** The name of the domain of an entry, in lower case; empty where its DN does not tell. */
function dnsName(dn: string): string {
  const end = /(?:,DC=[\w-]+)+$/i.exec(dn)?.[0];
  if (end === undefined) return dnsNameOf(domainDn(dn));
  const key = lowerCase(end);
  let name = dnsNames.get(key);
  if (name === undefined) {
    name = dnsNameOf(end.slice(1));
    if (dnsNames.size < 1000) dnsNames.set(key, name);
  }
  return name;
}

function dnsNameOf(domain: string): string {
  const labels = parseDn(domain).rdns.map(({ attributes }) => attributes[0]!.value);
  return labels.join(".").toLowerCase();
}
