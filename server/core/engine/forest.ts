import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { Checker, KeyName } from "./checker.ts";
import { DuplicateSearch, type ReportDuplicate } from "./duplicates.ts";
import { KeySet } from "./key-set.ts";
import type { KnownExport } from "./known-export.ts";

/** What an export's check tells the forest, and asks it. */
export type ForestPasses = Pick<Forest, "note" | "noteExcluded" | "found" | "isExcluded" | "collect">;

/**
 * What entries have to do with each other, in one export or in several that are checked together, such as those of the domains of a
 * forest: keys that may be held once, and references to objects that stay out. It needs two passes over all of them.
 */
export class Forest {
  readonly #duplicates: DuplicateSearch;
  readonly #excluded = new KeySet();
  readonly #excludedLate: KeySet[] = [];
  readonly #known: readonly KnownExport[];

  /** `known` are exports that take no part in the passes, since what they hold is known already. */
  constructor(checker: Checker, known: readonly KnownExport[] = []) {
    this.#duplicates = new DuplicateSearch(checker, known);
    this.#known = known;
  }

  /** First pass. */
  note(entry: Entry, excluded: boolean): void {
    this.#duplicates.guard(entry);
    if (excluded) this.#excluded.add(dnKey(entry.dn.text));
    else this.#duplicates.note(entry);
  }

  /** What turns out excluded only when the first pass is over, by the keys of the DNs. */
  noteExcluded(dns: KeySet): void {
    this.#excludedLate.push(dns);
  }

  /** Whether a second pass would find something. */
  get found(): boolean {
    return this.#duplicates.found || this.#hasExcluded;
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
