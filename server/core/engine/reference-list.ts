import { NumberList } from "./numbers.ts";

/** Entries are told apart in groups of so many: whoever looks at one of a group looks at its neighbours, too. */
const GROUP = 8;

/** Which DNs the entries of exports name, as hashes: four bytes a reference. Entries come one after the other, by their numbers. */
export class ReferenceList {
  readonly #hashes = new NumberList();
  /** By group: how many hashes come before it. */
  readonly #begins = new NumberList();

  add(hash: number, entry: number): void {
    while (this.#begins.length * GROUP <= entry) this.#begins.push(this.#hashes.length);
    this.#hashes.push(hash);
  }

  /** The numbers of the entries that may name a DN whose hash is wanted, ascending. */
  *entries(isWanted: (hash: number) => boolean): Iterable<number> {
    for (let group = 0; group < this.#begins.length; group++) {
      const end = group + 1 < this.#begins.length ? this.#begins.at(group + 1) : this.#hashes.length;
      let at = this.#begins.at(group);
      while (at < end && !isWanted(this.#hashes.at(at))) at++;
      if (at === end) continue;
      for (let entry = group * GROUP; entry < (group + 1) * GROUP; entry++) yield entry;
    }
  }
}
