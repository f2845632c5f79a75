/** Names in a column, each name once and numbers for it: what is said of a hundred thousand things is mostly one of a few. */
export class Column {
  /** The names have an order of their own. */
  readonly isOrdered: boolean;
  readonly names: string[];
  /** The number of the name in each place. */
  readonly codes: number[] = [];
  readonly #byName: Map<string, number>;

  /** `names` are those that there are, in their order; without them, those that come. */
  constructor(names?: readonly string[]) {
    this.isOrdered = names !== undefined;
    this.names = [...(names ?? [])];
    this.#byName = new Map(this.names.map((name, code) => [name, code]));
  }

  add(name: string): void {
    this.codes.push(this.#codeOf(name));
  }

  put(at: number, name: string): void {
    if (at < this.codes.length) this.codes[at] = this.#codeOf(name);
  }

  at(at: number): string | undefined {
    return this.names[this.codes[at] ?? -1];
  }

  /** 1 for the number of each name that is wanted; `undefined` where all are. A name that does not occur is nobody's. */
  passes(wanted: readonly string[] | undefined): Uint8Array | undefined {
    if (wanted === undefined || wanted.length === 0) return undefined;
    const passes = new Uint8Array(this.names.length);
    for (const name of wanted) {
      const code = this.#byName.get(name);
      if (code !== undefined) passes[code] = 1;
    }
    return passes;
  }

  #codeOf(name: string): number {
    let code = this.#byName.get(name);
    if (code === undefined) {
      code = this.names.length;
      this.names.push(name);
      this.#byName.set(name, code);
    }
    return code;
  }
}
