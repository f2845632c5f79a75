import type { KeyName } from "../engine/checker.ts";
import { keyId } from "../engine/duplicates.ts";
import type { Keys } from "./plan.ts";

/** The keys that entries hold now. */
interface HeldKeys {
  isTaken(key: KeyName): boolean;
}

/**
 * The keys that fixes would give to entries. A key is free where no other entry holds it and no fix of another entry proposes it
 * too: which of two should get it, only a person can say.
 */
export class ProposedKeys {
  readonly #held: HeldKeys;
  readonly #proposers = new Map<string, string>();
  readonly #contested = new Set<string>();

  constructor(held: HeldKeys) {
    this.#held = held;
  }

  /** `entry` names the entry, the same for all of its fixes. */
  propose(key: KeyName, entry: string): void {
    const id = keyId(key);
    const proposer = this.#proposers.get(id);
    // A string that is put together keeps its pieces alive, and with them the text that they were cut out of.
    if (proposer === undefined) this.#proposers.set(JSON.parse(JSON.stringify(id)) as string, entry);
    else if (proposer !== entry) this.#contested.add(id);
  }

  isFree(key: KeyName): boolean {
    return !this.#held.isTaken(key) && !this.#contested.has(keyId(key));
  }

  /** The keys as one entry's plan sees them. What it takes is proposed for the entry. */
  forEntry(entry: string): Keys {
    return { isTaken: (key) => !this.isFree(key), take: (key) => this.propose(key, entry) };
  }
}
