import type { WantedEntries } from "../core/index.ts";
import type { BlockPlace } from "./scan-records.ts";

/** The place of one entry in so many is kept: from there its neighbours are found by reading. */
const EVERY = 8;

/** Numbers of a kept place: byte, UTF-16 offset, line, and how many entries came before. */
const NUMBERS = 4;

/** A part of a file, in bytes, and what comes before it. */
export interface PlacedRange {
  readonly from: number;
  /** `Infinity` for the end of the file. */
  readonly to: number;
  /** How many entries come before it. */
  readonly entry: number;
  readonly offset: number;
  readonly line: number;
}

/** Where the entries of a file stand: four bytes an entry. */
export class EntryPlaces {
  #places = new Float64Array(64 * NUMBERS);
  #count = 0;
  #entries = 0;
  #next = 0;

  /** A block begins. */
  block({ byte, offset, line }: BlockPlace): void {
    if (this.#entries < this.#next && this.#count > 0) return;
    if (this.#count * NUMBERS === this.#places.length) {
      const longer = new Float64Array(this.#places.length * 2);
      longer.set(this.#places);
      this.#places = longer;
    }
    const at = this.#count * NUMBERS;
    this.#places[at] = byte;
    this.#places[at + 1] = offset;
    this.#places[at + 2] = line;
    this.#places[at + 3] = this.#entries;
    this.#count++;
    this.#next = this.#entries + EVERY;
  }

  /** The block has an entry. */
  entry(): void {
    this.#entries++;
  }

  /** The parts of the file that hold the wanted entries, in their order; neighbours are one. */
  *ranges({ first, indexes }: WantedEntries): Iterable<PlacedRange> {
    let next = 0;
    for (let place = 0; place < this.#count; ) {
      let end = place;
      for (; end < this.#count; end++) {
        while (next < indexes.length && indexes[next]! < this.#entriesBefore(end)) next++;
        const isWanted =
          this.#entriesBefore(end) < first || (next < indexes.length && indexes[next]! < this.#entriesBefore(end + 1));
        if (!isWanted) break;
      }
      if (end > place) yield this.#range(place, end);
      place = end + 1;
    }
  }

  #range(place: number, end: number): PlacedRange {
    const at = place * NUMBERS;
    const to = end < this.#count ? this.#places[end * NUMBERS]! : Number.POSITIVE_INFINITY;
    const [from, offset, line, entry] = this.#places.subarray(at, at + NUMBERS);
    return { from: from!, to, entry: entry!, offset: offset!, line: line! };
  }

  #entriesBefore(place: number): number {
    return place < this.#count ? this.#places[place * NUMBERS + 3]! : this.#entries;
  }
}
