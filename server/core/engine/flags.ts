const LEAST_BYTES = 8;

/** Yes or no for each number from 0, one bit each: no, until it is set. */
export class Flags {
  #bits = new Uint8Array(LEAST_BYTES);

  set(index: number): void {
    const byte = index >> 3;
    if (byte >= this.#bits.length) {
      const longer = new Uint8Array(2 * (byte + 1));
      longer.set(this.#bits);
      this.#bits = longer;
    }
    this.#bits[byte]! |= 1 << (index & 7);
  }

  at(index: number): boolean {
    return ((this.#bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }
}
