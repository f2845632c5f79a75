import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { Checker, KeyName } from "./checker.ts";
import { DnSet } from "./dn-set.ts";
import { DuplicateSearch, type ReportDuplicate } from "./duplicates.ts";
import { hashDn } from "./key-hash.ts";
import type { KnownExport } from "./known-export.ts";
import { NumberList } from "./numbers.ts";
import { ReferenceList } from "./reference-list.ts";

/** In exports of whole directories with Exchange, as measured: 2.4 KB and six or seven keys an entry. */
const BYTES_A_KEY = 370;

/** What an export's check tells the forest, and asks it. */
export type ForestPasses = Pick<
  Forest,
  "take" | "note" | "noteExcluded" | "found" | "isExcluded" | "collect" | "wanted"
>;

/**
 * What entries have to do with each other, in one export or in several that are checked together, such as those of the domains of a
 * forest: keys that may be held once, and references to objects that stay out. It needs two passes over all of them, the second only
 * over the entries that are `wanted`.
 */
export class Forest {
  readonly #checker: Checker;
  readonly #duplicates: DuplicateSearch;
  readonly #excluded = new DnSet();
  readonly #excludedLate: DnSet[] = [];
  readonly #known: readonly KnownExport[];
  readonly #references = new ReferenceList();
  #count = 0;
  #wanted: Int32Array | undefined;

  /** `known` are exports that take no part in the passes, since what they hold is known already. */
  constructor(checker: Checker, known: readonly KnownExport[] = []) {
    this.#checker = checker;
    this.#duplicates = new DuplicateSearch(checker, known);
    this.#known = known;
  }

  /** An export of so many bytes will be read. What is expected of it makes its check quicker, and nothing else. */
  expect(bytes: number): void {
    this.#duplicates.expect(bytes / BYTES_A_KEY);
  }

  /** Gives the next entry its number, across all exports. */
  take(): number {
    return this.#count++;
  }

  /** First pass. */
  note(entry: Entry, number: number, excluded: boolean): void {
    this.#wanted = undefined;
    this.#duplicates.note(entry, number, excluded);
    if (excluded) this.#excluded.add(entry.dn.text);
    else if (this.#checker.hasReferences(entry.objectType)) this.#noteReferences(entry, number);
  }

  #noteReferences(entry: Entry, number: number): void {
    const visit = (hash: number) => this.#references.add(hash, number);
    if (entry.numbered?.visitReferences(visit) === true) return;
    for (const { text } of this.#checker.references(entry)) visit(hashDn(text));
  }

  /** What turns out excluded only when the first pass is over. */
  noteExcluded(dns: DnSet): void {
    this.#wanted = undefined;
    this.#excludedLate.push(dns);
  }

  /** Whether a second pass would find something. */
  get found(): boolean {
    return this.#duplicates.found || this.#hasExcluded;
  }

  /** The numbers of the entries that the second pass needs, ascending, from one number to before another. */
  wanted(from: number, to: number): Int32Array {
    this.#wanted ??= this.#allWanted();
    return this.#wanted.subarray(indexOf(this.#wanted, from), indexOf(this.#wanted, to));
  }

  #allWanted(): Int32Array {
    const wanted = new NumberList();
    for (const number of this.#duplicates.candidates()) wanted.push(number);
    const sets = [this.#excluded, ...this.#excludedLate];
    const mayBe = (hash: number) =>
      sets.some((dns) => dns.mayHave(hash)) || this.#known.some((one) => one.mayExclude(hash));
    if (this.#hasExcluded) for (const number of this.#references.entries(mayBe)) wanted.push(number);
    return wanted.sorted();
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(key: KeyName): boolean {
    return this.#duplicates.isTaken(key);
  }

  /** Whether a DN is that of an object that does not synchronize. */
  isExcluded(dn: string): boolean {
    if (!this.#hasExcluded) return false;
    const key = dnKey(dn);
    if (this.#excludedLate.some((dns) => dns.has(key))) return true;
    return this.#excluded.has(key) || this.#known.some((one) => one.excludes(key));
  }

  /** Second pass, over the entries that are not excluded. `checker` is the one for the export that the entry is from. */
  collect(record: SourceRecord, entry: Entry, file: string, checker: Checker): void {
    if (this.#duplicates.found) this.#duplicates.collect(record, entry, file, checker);
  }

  /** After the second pass: reports every holder of a duplicate, each with the others. */
  report(report: ReportDuplicate): void {
    this.#duplicates.report(report);
  }

  get #hasExcluded(): boolean {
    if (this.#excludedLate.length > 0) return true;
    return this.#excluded.size > 0 || this.#known.some(({ hasExcluded }) => hasExcluded);
  }
}

/** Where the first number stands that is not below `number`. */
function indexOf(numbers: Int32Array, number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
