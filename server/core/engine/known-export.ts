import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { Checker, KeyName } from "./checker.ts";
import { DnSet } from "./dn-set.ts";
import { keyId } from "./duplicates.ts";
import type { ForestPasses } from "./forest.ts";
import { KeySet } from "./key-set.ts";

/** An entry that holds a key, as its export gave it. */
export interface KnownHolder {
  readonly record: SourceRecord;
  readonly entry: Entry;
}

/**
 * What an export holds, for another one that is checked together with it, again and again while somebody types. It takes the place
 * of the forest in an {@link ExportCheck} of its own, which goes over the export twice, and keeps its entries.
 */
export class KnownExport implements ForestPasses {
  /** The file as its host names it. */
  readonly file: string;
  /** Knows the rules for this export. */
  readonly checker: Checker;
  readonly #held = new KeySet();
  readonly #holders = new Map<string, KnownHolder[]>();
  readonly #excluded = new DnSet();
  readonly #excludedLate: DnSet[] = [];
  #count = 0;

  constructor(file: string, checker: Checker) {
    this.file = file;
    this.checker = checker;
  }

  /** Every entry is wanted in the second pass, which knows best what is excluded. */
  readonly found = true;

  take(): number {
    return this.#count++;
  }

  wanted(from: number, to: number): Int32Array {
    return Int32Array.from({ length: to - from }, (_, index) => from + index);
  }

  note(entry: Entry, _number: number, excluded: boolean): void {
    for (const held of this.checker.heldKeys(entry)) this.#held.add(keyId(held));
    if (excluded) this.#excluded.add(entry.dn.text);
  }

  noteExcluded(dns: DnSet): void {
    this.#excludedLate.push(dns);
  }

  collect(record: SourceRecord, entry: Entry): void {
    for (const id of new Set([...this.checker.uniqueKeys(entry)].map(keyId))) {
      const holders = this.#holders.get(id);
      if (holders === undefined) this.#holders.set(id, [{ record, entry }]);
      else holders.push({ record, entry });
    }
  }

  /** Its own references are not this export's business: they are told where it is checked itself. */
  isExcluded(): boolean {
    return false;
  }

  /** Whether a fix of another export's entry would take a key from one of these, even from one that does not synchronize. */
  guards(key: KeyName): boolean {
    return this.#held.has(keyId(key));
  }

  /** Whether one of its entries that synchronize holds a key. */
  holds(key: KeyName): boolean {
    return this.#holders.has(keyId(key));
  }

  /** The entries that hold a key and synchronize. */
  holdersOf(key: KeyName): readonly KnownHolder[] {
    return this.#holders.get(keyId(key)) ?? [];
  }

  /** Whether one of its objects, by the key of its DN, does not synchronize. */
  excludes(dn: string): boolean {
    return this.#excluded.has(dn) || this.#excludedLate.some((dns) => dns.has(dn));
  }

  /** The same by the hash of the DN; it may be another one. */
  mayExclude(hash: number): boolean {
    return this.#excluded.mayHave(hash) || this.#excludedLate.some((dns) => dns.mayHave(hash));
  }

  get hasExcluded(): boolean {
    return this.#excluded.size > 0 || this.#excludedLate.length > 0;
  }
}
