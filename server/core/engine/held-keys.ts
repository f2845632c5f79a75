/** A key's segment of the table is chosen by one half of its hash, its place there by the other. */
const SEGMENTS = 4096;
const LEAST_SLOTS = 4;

/** What is known of a key, in the upper bits of its owner's number. */
const HELD_TWICE = 1 << 31;
const SEEN = 1 << 30;
const REPEATED = 1 << 29;

/** Entries are numbered up to this. */
const MOST_ENTRIES = 1 << 29;

const OWNER = MOST_ENTRIES - 1;

/**
 * Which keys the entries of an export hold, and which of them came up twice: eight bytes a key, of which there may be any number.
 * A key is known by 44 bits of its hash: a key may be taken for another one, once in so many millions, and who asks must be able to
 * live with it or look closer.
 *
 * A key is held by any entry, and seen in those that synchronize.
 */
export class HeldKeys {
  /** Segments of equal length. Each slot: a half of the hash (0 is a free slot), then what is known and the number of the entry. */
  #table = new Int32Array(0);
  #slots = LEAST_SLOTS;
  readonly #sizes = new Int32Array(SEGMENTS);
  #repeatedCount = 0;

  /** So many keys more are to be expected: where nothing is held yet, the table is made for them. */
  expect(keys: number): void {
    if (this.#table.length === 0) this.#slots += Math.ceil((keys * 1.4) / SEGMENTS);
  }

  /**
   * An entry holds a key; `isSeen` where it synchronizes. Answers the number of another entry that synchronizes and holds it, too,
   * where this is news of two such entries; otherwise -1. Entries come one after the other.
   */
  note(one: number, other: number, entry: number, isSeen: boolean): number {
    if (this.#table.length === 0) this.#table = new Int32Array(SEGMENTS * this.#slots * 2);
    const print = one | 0 || 1;
    let at = this.#slotOf(print, other);
    if (this.#table[at] === 0) {
      const segment = other & (SEGMENTS - 1);
      // A segment is never full: it ends the search for what it does not hold.
      if (++this.#sizes[segment]! * 8 > this.#slots * 7) {
        this.#grow();
        at = this.#slotOf(print, other);
      }
      this.#table[at] = print;
      this.#table[at + 1] = isSeen ? entry | SEEN : entry;
      return -1;
    }
    const state = this.#table[at + 1]!;
    if ((state & OWNER) === entry) return -1;
    if (!isSeen) {
      this.#table[at + 1] = state | HELD_TWICE;
      return -1;
    }
    if ((state & SEEN) === 0) {
      this.#table[at + 1] = entry | HELD_TWICE | SEEN;
      return -1;
    }
    if ((state & REPEATED) === 0) this.#repeatedCount++;
    // From now on this entry is the owner: a second value of its own with this key is no news.
    this.#table[at + 1] = entry | HELD_TWICE | SEEN | REPEATED;
    return state & OWNER;
  }

  /** How many keys were seen in more than one entry. */
  get repeatedCount(): number {
    return this.#repeatedCount;
  }

  isHeld(one: number, other: number): boolean {
    return this.#state(one, other) !== undefined;
  }

  isHeldTwice(one: number, other: number): boolean {
    return ((this.#state(one, other) ?? 0) & HELD_TWICE) !== 0;
  }

  isRepeated(one: number, other: number): boolean {
    return ((this.#state(one, other) ?? 0) & REPEATED) !== 0;
  }

  /** Marks a key that was seen as one that an entry of another export holds, too. */
  markRepeated(one: number, other: number): void {
    const state = this.#state(one, other);
    if (state === undefined || (state & REPEATED) !== 0) return;
    this.#table[this.#slotOf(one | 0 || 1, other) + 1] = state | REPEATED;
    this.#repeatedCount++;
  }

  #state(one: number, other: number): number | undefined {
    if (this.#table.length === 0) return undefined;
    const at = this.#slotOf(one | 0 || 1, other);
    return this.#table[at] === 0 ? undefined : this.#table[at + 1]!;
  }

  /** Where a key stands, or the free slot where it belongs. */
  #slotOf(print: number, other: number): number {
    const table = this.#table;
    const slots = this.#slots;
    const begin = (other & (SEGMENTS - 1)) * slots * 2;
    // The upper bits of the product of 32 bits by the number of slots: any number of slots will do.
    let at = begin + Math.floor((print >>> 0) * (slots / 2 ** 32)) * 2;
    const end = begin + slots * 2;
    while (table[at] !== 0 && table[at] !== print) {
      at += 2;
      if (at === end) at = begin;
    }
    return at;
  }

  #grow(): void {
    const old = this.#table;
    const length = this.#slots * 2;
    this.#slots = Math.ceil(this.#slots * 1.5);
    this.#table = new Int32Array(SEGMENTS * this.#slots * 2);
    for (let from = 0; from < old.length; from += 2) {
      if (old[from] === 0) continue;
      const at = this.#slotOf(old[from]!, Math.floor(from / length));
      this.#table[at] = old[from]!;
      this.#table[at + 1] = old[from + 1]!;
    }
  }
}
