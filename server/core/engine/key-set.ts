/** Slots are two hashes of 32 bits each; a slot of zeros is free. */
const LEAST_SLOTS = 1024;

/**
 * A set of texts that keeps 64 bits of each instead of the text: the keys of an export would otherwise be most of what is in
 * memory. It may take a text for one that it has been given; with millions of texts that is not to be expected, and whoever
 * asks must be able to live with it.
 */
export class KeySet {
  #slots = new Uint32Array(2 * LEAST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(text: string): boolean {
    const [one, other] = hashes(text);
    return this.#slots[this.#slotOf(one, other)] !== 0;
  }

  /** Adds a text. `false` where it is in the set already. */
  add(text: string): boolean {
    const [one, other] = hashes(text);
    const slot = this.#slotOf(one, other);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = one;
    this.#slots[slot + 1] = other;
    this.#size++;
    if (this.#size * 3 > this.#slots.length) this.#grow();
    return true;
  }

  /** Where the hashes stand, or the free slot where they belong. */
  #slotOf(one: number, other: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (other << 1) & mask;
    while (slots[at] !== 0 && (slots[at] !== one || slots[at + 1] !== other)) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue;
      const slot = this.#slotOf(old[at]!, old[at + 1]!);
      this.#slots[slot] = old[at]!;
      this.#slots[slot + 1] = old[at + 1]!;
    }
  }
}

/** Two independent hashes (FNV-1a with different primes, finished as in MurmurHash3); the first is never 0. */
function hashes(text: string): readonly [number, number] {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return [finish(one) || 1, finish(other)];
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
