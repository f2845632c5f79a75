import type { FacetCount, FindingRow, FindingsPart } from "../../../server/lsp/findings-protocol.ts";
import type { FindingQuery } from "../messages.ts";
import type { Bridge } from "./bridge.ts";

/** So many rows are asked for at once. */
const PART = 200;

/** What stands in a line of the grid; nothing yet where it has been asked for. */
export type Line = { readonly group: FacetCount } | { readonly finding: FindingRow } | { readonly loading: true };

/** The findings that a query means, as lines: those of groups stand between them. Only the parts that are looked at are here. */
export class Lines {
  readonly #bridge: Bridge;
  readonly #loaded: () => void;
  #query: FindingQuery = {};
  #rows = new Map<number, FindingRow>();
  #asked = new Set<number>();
  /** What was shown before, until the same part has come again: nothing flickers. */
  #stale = new Map<number, FindingRow>();
  #generation = 0;
  #starts: readonly number[] = [];
  #groups: readonly FacetCount[] = [];
  matching = 0;
  version = 0;

  constructor(bridge: Bridge, loaded: () => void) {
    this.#bridge = bridge;
    this.#loaded = loaded;
  }

  get query(): FindingQuery {
    return this.#query;
  }

  get length(): number {
    return this.matching + this.#groups.length;
  }

  /** Asks for the first part under a query; answers it, or nothing where another query has come after it. */
  async open(query: FindingQuery, near: number): Promise<FindingsPart | undefined> {
    const generation = ++this.#generation;
    const isSame = JSON.stringify(query) === JSON.stringify(this.#query);
    this.#query = query;
    const offset = isSame ? Math.max(0, this.#rowAt(near) - PART / 2) : 0;
    const part = await this.#bridge.ask<FindingsPart>({ kind: "findings", query, offset, limit: PART });
    if (generation !== this.#generation || part === null) return undefined;
    this.#stale = isSame ? this.#rows : new Map();
    this.#rows = new Map();
    this.#asked = new Set();
    this.#take(part);
    return part;
  }

  at(line: number): Line {
    const group = this.#groupAt(line);
    if (group !== undefined && this.#starts[group] === line) return { group: this.#groups[group]! };
    const row = group === undefined ? line : line - group - 1;
    const finding = this.#rows.get(row) ?? this.#stale.get(row);
    if (!this.#rows.has(row)) this.#load(row);
    return finding === undefined ? { loading: true } : { finding };
  }

  /** Has the parts on both sides of some lines here before anybody scrolls there. */
  expect(from: number, to: number): void {
    for (const line of [from - PART / 2, to + PART / 2]) {
      const row = this.#rowAt(Math.max(0, Math.min(line, this.length - 1)));
      if (row >= 0 && row < this.matching && !this.#rows.has(row)) this.#load(row);
    }
  }

  #load(row: number): void {
    const part = Math.floor(row / PART);
    if (row < 0 || row >= this.matching || this.#asked.has(part)) return;
    this.#asked.add(part);
    const generation = this.#generation;
    const ask = { kind: "findings", query: this.#query, offset: part * PART, limit: PART } as const;
    void this.#bridge.ask<FindingsPart>(ask).then((answer) => {
      if (generation !== this.#generation) return;
      if (answer === null) this.#asked.delete(part);
      else this.#take(answer);
      this.#loaded();
    });
  }

  #take({ version, matching, offset, rows, groups }: FindingsPart): void {
    this.version = version;
    this.matching = matching;
    this.#groups = groups;
    let start = 0;
    this.#starts = groups.map(({ count }, index) => {
      const at = start + index;
      start += count;
      return at;
    });
    for (const [index, row] of rows.entries()) this.#rows.set(offset + index, row);
  }

  /** The group in which a line is. */
  #groupAt(line: number): number | undefined {
    if (this.#starts.length === 0) return undefined;
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= line) low = middle;
      else high = middle;
    }
    return low;
  }

  #rowAt(line: number): number {
    const group = this.#groupAt(line);
    return group === undefined ? line : Math.max(0, line - group - 1);
  }
}
