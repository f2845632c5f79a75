import type { Forest, Keys, LiveKey } from "../core/index.ts";

/** A key without the value that holds it, and so without the entry. */
export type FixKey = Pick<LiveKey, "keySpace" | "key" | "held">;

/**
 * The keys that fixes would give to entries. A key is free where no other entry holds it and no fix of another entry proposes it
 * too: which of two should get it, only a person can say.
 */
export class ProposedKeys {
  readonly #forest: Forest;
  readonly #proposers = new Map<string, string>();
  readonly #contested = new Set<string>();

  constructor(forest: Forest) {
    this.#forest = forest;
  }

  /** `entry` names the entry, the same for all of its fixes. */
  propose(key: FixKey, entry: string): void {
    const id = idOf(key);
    const proposer = this.#proposers.get(id);
    // A string that is put together keeps its pieces alive, and with them the text that they were cut out of.
    if (proposer === undefined) this.#proposers.set(JSON.parse(JSON.stringify(id)) as string, entry);
    else if (proposer !== entry) this.#contested.add(id);
  }

  isFree(key: FixKey): boolean {
    return !this.#forest.isTaken(key) && !this.#contested.has(idOf(key));
  }

  /** The keys as one entry's plan sees them. What it takes is proposed for the entry. */
  forEntry(entry: string): Keys {
    return { isTaken: (key) => !this.isFree(key), take: (key) => this.propose(key, entry) };
  }
}

function idOf({ keySpace, key }: FixKey): string {
  return `${keySpace} ${key}`;
}
