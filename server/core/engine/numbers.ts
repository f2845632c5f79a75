const BLOCK = 1 << 14;

/** A list of whole numbers of 32 bits, four bytes each. It grows by blocks, so that nothing is copied and nothing held twice. */
export class NumberList {
  readonly #blocks: Int32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    const at = this.#length & (BLOCK - 1);
    if (at === 0) this.#blocks.push(new Int32Array(BLOCK));
    this.#blocks.at(-1)![at] = number;
    this.#length++;
  }

  at(index: number): number {
    return this.#blocks[index >> 14]![index & (BLOCK - 1)]!;
  }

  /** Ascending, each once. */
  sorted(): Int32Array {
    const all = new Int32Array(this.#length);
    for (const [index, block] of this.#blocks.entries()) {
      all.set(block.subarray(0, Math.min(BLOCK, this.#length - index * BLOCK)), index * BLOCK);
    }
    all.sort();
    let length = 0;
    for (const number of all) if (length === 0 || all[length - 1] !== number) all[length++] = number;
    return all.slice(0, length);
  }
}
