import { dnKey } from "../model/dn.ts";
import { hashDn } from "./key-hash.ts";
import { KeySet } from "./key-set.ts";

/** A set of DNs, however they are spelled. */
export class DnSet {
  readonly #keys = new KeySet();
  readonly #hashes = new HashSet();

  get size(): number {
    return this.#keys.size;
  }

  add(dn: string): void {
    if (this.#keys.add(dnKey(dn))) this.#hashes.add(hashDn(dn));
  }

  /** By the key of a DN. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Whether a DN of that hash (`hashDn`) is among them; another one may have the same. */
  mayHave(hash: number): boolean {
    return this.#hashes.has(hash);
  }
}

/** A set of numbers of 32 bits: open addressing, 0 is a free slot. */
class HashSet {
  #slots = new Int32Array(1024);
  #size = 0;

  add(hash: number): void {
    const at = this.#slotOf(hash || 1);
    if (this.#slots[at] !== 0) return;
    this.#slots[at] = hash || 1;
    if (++this.#size * 2 <= this.#slots.length) return;
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (const one of old) if (one !== 0) this.#slots[this.#slotOf(one)] = one;
  }

  has(hash: number): boolean {
    return this.#slots[this.#slotOf(hash || 1)] !== 0;
  }

  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let at = (hash ^ (hash >>> 15)) & mask;
    while (this.#slots[at] !== 0 && this.#slots[at] !== hash) at = (at + 1) & mask;
    return at;
  }
}
