const LEAST_SLOTS = 1024;

/** The end of a chain. */
const NONE = 0;

/** A slot that has a hash and no chain. */
const EMPTY = -1;

/**
 * Which owners hold which keys, while both come and go. It knows keys by their hashes of 32 bits only: some of the owners that it names
 * may hold another key of the same hash, and whoever asks looks closer.
 */
export class KeyIndex<Owner> {
  /**
   * Open addressing, two numbers a slot: a hash, and the first link of its chain. 0 is a free slot. A slot once taken stays taken until
   * the table grows.
   */
  #slots = new Int32Array(2 * LEAST_SLOTS);
  #taken = 0;
  /** The links, from 1: who, and the next link of the chain. Free links are a chain, too. */
  readonly #owners: (Owner | undefined)[] = [undefined];
  #next = new Int32Array(LEAST_SLOTS);
  #free = NONE;

  /** So many keys more are to be expected: it makes room for them at once. */
  expect(keys: number): void {
    if ((this.#taken + keys) * 4 > this.#slots.length) this.#grow(keys);
  }

  /** Adds an owner of a key. Answers whether the key had one before. */
  add(hash: number, owner: Owner): boolean {
    if (this.#taken * 4 > this.#slots.length) this.#grow();
    const slots = this.#slots;
    const at = this.#slotOf(hash);
    let head = slots[at + 1]!;
    if (head === NONE) {
      slots[at] = hash;
      this.#taken++;
    }
    if (head === EMPTY) head = NONE;
    const link = this.#freeLink();
    this.#owners[link] = owner;
    this.#next[link] = head;
    slots[at + 1] = link;
    return head !== NONE;
  }

  /** Takes back what was added once. */
  remove(hash: number, owner: Owner): void {
    const at = this.#slotOf(hash);
    let before = NONE;
    for (let link = this.#slots[at + 1]!; link > NONE; before = link, link = this.#next[link]!) {
      if (this.#owners[link] !== owner) continue;
      const next = this.#next[link]!;
      if (before === NONE) this.#slots[at + 1] = next === NONE ? EMPTY : next;
      else this.#next[before] = next;
      this.#owners[link] = undefined;
      this.#next[link] = this.#free;
      this.#free = link;
      return;
    }
  }

  /** Those that hold a key of this hash, each as often as it was added, in no order. */
  owners(hash: number): Owner[] {
    const owners: Owner[] = [];
    for (let link = this.#slots[this.#slotOf(hash) + 1]!; link > NONE; link = this.#next[link]!) {
      owners.push(this.#owners[link]!);
    }
    return owners;
  }

  /** Whether a key of this hash was added more than once. */
  isRepeated(hash: number): boolean {
    const head = this.#slots[this.#slotOf(hash) + 1]!;
    return head > NONE && this.#next[head] !== NONE;
  }

  /** Where a hash stands, or the free slot where it belongs. */
  #slotOf(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (hash << 1) & mask;
    while (slots[at + 1] !== NONE && slots[at] !== hash) at = (at + 2) & mask;
    return at;
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

  /** Makes room for those that are held, and for so many more. */
  #grow(more = 0): void {
    let held = 0;
    for (let at = 1; at < this.#slots.length; at += 2) if (this.#slots[at]! > NONE) held++;
    let size = LEAST_SLOTS;
    while (size < Math.max(held * 4, (held + more) * 2)) size *= 2;
    this.#resize(size);
  }

  /** Keys that nobody holds any more make room. */
  #resize(size: number): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * size);
    this.#taken = 0;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1]! <= NONE) continue;
      const at = this.#slotOf(old[from]!);
      this.#slots[at] = old[from]!;
      this.#slots[at + 1] = old[from + 1]!;
      this.#taken++;
    }
  }
}
