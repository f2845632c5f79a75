/** A hash of a text, for {@link KeyIndex}: 32 bits, FNV-1a finished as in MurmurHash3. Another seed gives another hash. */
export function textHash(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const LEAST_SLOTS = 1024;
const NONE = -1;

/**
 * Which owners hold which keys, while both come and go. It knows keys by their hashes only: some of the owners that it names may hold
 * another key of the same hash, and whoever asks looks closer.
 */
export class KeyIndex<Owner> {
  /** Open addressing: hashes, and the first link of the chain of each. A slot once taken stays taken until the table grows. */
  #hashes = new Uint32Array(LEAST_SLOTS);
  #heads = new Int32Array(LEAST_SLOTS);
  #isTaken = new Uint8Array(LEAST_SLOTS);
  #taken = 0;
  /** The links: who, and the next link of the chain. Free links are a chain, too. */
  readonly #owners: (Owner | undefined)[] = [];
  #next = new Int32Array(LEAST_SLOTS);
  #free = NONE;

  /** Adds an owner of a key. Answers whether the key had one before. */
  add(hash: number, owner: Owner): boolean {
    if (this.#taken * 2 > this.#hashes.length) this.#grow();
    const slot = this.#slotOf(hash);
    if (this.#isTaken[slot] === 0) {
      this.#isTaken[slot] = 1;
      this.#hashes[slot] = hash;
      this.#heads[slot] = NONE;
      this.#taken++;
    }
    const link = this.#freeLink();
    this.#owners[link] = owner;
    const head = this.#heads[slot]!;
    this.#next[link] = head;
    this.#heads[slot] = link;
    return head !== NONE;
  }

  /** Takes back what was added once. */
  remove(hash: number, owner: Owner): void {
    const slot = this.#slotOf(hash);
    if (this.#isTaken[slot] === 0) return;
    let before = NONE;
    for (let link = this.#heads[slot]!; link !== NONE; before = link, link = this.#next[link]!) {
      if (this.#owners[link] !== owner) continue;
      if (before === NONE) this.#heads[slot] = this.#next[link]!;
      else this.#next[before] = this.#next[link]!;
      this.#owners[link] = undefined;
      this.#next[link] = this.#free;
      this.#free = link;
      return;
    }
  }

  /** Those that hold a key of this hash, each as often as it was added, in no order. */
  owners(hash: number): Owner[] {
    const owners: Owner[] = [];
    const slot = this.#slotOf(hash);
    if (this.#isTaken[slot] === 0) return owners;
    for (let link = this.#heads[slot]!; link !== NONE; link = this.#next[link]!) owners.push(this.#owners[link]!);
    return owners;
  }

  /** Whether a key of this hash was added more than once. */
  isRepeated(hash: number): boolean {
    const slot = this.#slotOf(hash);
    const head = this.#isTaken[slot] === 0 ? NONE : this.#heads[slot]!;
    return head !== NONE && this.#next[head] !== NONE;
  }

  #slotOf(hash: number): number {
    const mask = this.#hashes.length - 1;
    let slot = hash & mask;
    while (this.#isTaken[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #freeLink(): number {
    if (this.#free !== NONE) {
      const link = this.#free;
      this.#free = this.#next[link]!;
      return link;
    }
    const link = this.#owners.length;
    this.#owners.push(undefined);
    if (link >= this.#next.length) {
      const longer = new Int32Array(this.#next.length * 2);
      longer.set(this.#next);
      this.#next = longer;
    }
    return link;
  }

  /** Keys that nobody holds any more make room. */
  #grow(): void {
    const [hashes, heads, isTaken] = [this.#hashes, this.#heads, this.#isTaken];
    let held = 0;
    for (let slot = 0; slot < hashes.length; slot++) if (isTaken[slot] === 1 && heads[slot] !== NONE) held++;
    let size = LEAST_SLOTS;
    while (size < held * 4) size *= 2;
    this.#hashes = new Uint32Array(size);
    this.#heads = new Int32Array(size);
    this.#isTaken = new Uint8Array(size);
    this.#taken = held;
    for (let old = 0; old < hashes.length; old++) {
      if (isTaken[old] === 0 || heads[old] === NONE) continue;
      const slot = this.#slotOf(hashes[old]!);
      this.#hashes[slot] = hashes[old]!;
      this.#heads[slot] = heads[old]!;
      this.#isTaken[slot] = 1;
    }
  }
}
