import type { Entry } from "../model/entry.ts";
import type { AttributeNumbers } from "../model/numbered-values.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { Checker } from "./checker.ts";
import { attributesOfRules, checksNotRun } from "./checks-not-run.ts";
import { DnSet } from "./dn-set.ts";
import { type Finding, formatFinding, formatMessage } from "./finding.ts";
import { Flags } from "./flags.ts";
import type { ForestPasses } from "./forest.ts";
import type { Rule } from "./rule.ts";

export type ReportFinding = (finding: Finding, record: SourceRecord) => void;

/** What an export held. */
export interface ExportCounts {
  entries: number;
  /** Attribute values of the entries; the DN is none. */
  values: number;
  /** Records with a change type, `add` included. */
  changeRecords: number;
}

/** Entries of an export by their places, from 0. */
export interface WantedEntries {
  /** So many from the beginning. */
  readonly first: number;
  /** And these, ascending; some of the first may be among them. */
  readonly indexes: Int32Array;
}

const NONE = new Int32Array();

/** Of a file that turns out to be of another format, not every line need be told. */
export const MOST_BEFORE_ENTRY = 100;

/**
 * Checks one export, record by record, and twice: `first` for every record in order, then `finishFirst`; where
 * `needsSecondPass` or the forest says so, `second` for the entries that are `wanted`. The second pass tells what only
 * the whole export can: that a value is missing which other entries have, which keys are held twice, and which references lead out.
 */
export class ExportCheck {
  readonly counts: ExportCounts = { entries: 0, values: 0, changeRecords: 0 };
  /** Knows which attributes this export does not carry: the one to ask for fixes of its findings. */
  readonly checker: Checker;
  readonly #formatRules: ReadonlyMap<string, Rule>;
  readonly #forest: ForestPasses;
  readonly #file: string;
  readonly #report: ReportFinding;
  readonly #told = new Set<string>();
  /** Attributes that rules look at and that no entry has carried so far, as the first and the second pass come to know them. */
  readonly #notCarried: Set<string>;
  readonly #notCarriedYet: Set<string>;
  readonly #checkerYet: Checker;
  /** The number of the last entry about which a rule was silent because of such an attribute. */
  #lastSilenced = 0;
  #firstEntry: SourceRecord | undefined;
  readonly #perhapsExcluded = new Map<Rule, DnSet>();
  /** The number that the forest has given the first entry. */
  #firstNumber = 0;
  readonly #carried = new Carried();
  readonly #carriedYet = new Carried();
  /** Which entries the first pass found excluded. */
  readonly #excluded = new Flags();
  /** What is wrong with the format waits until the file has shown an entry. */
  #waiting: [Finding, SourceRecord][] | undefined = [];

  constructor(
    checker: Checker,
    formatRules: ReadonlyMap<string, Rule>,
    forest: ForestPasses,
    file: string,
    report: ReportFinding,
  ) {
    this.#formatRules = formatRules;
    this.#forest = forest;
    this.#file = file;
    this.#report = report;
    this.#notCarried = new Set(attributesOfRules(checker.rules).keys());
    this.#notCarriedYet = new Set(checker.requiredAttributes);
    this.checker = checker.forExport(this.#notCarried);
    this.#checkerYet = checker.forExport(this.#notCarriedYet);
  }

  first(record: SourceRecord): void {
    this.#reportFormat(record);
    const { entry } = record;
    if (record.isChange) this.counts.changeRecords++;
    if (record.isChange || entry !== undefined) this.#reportWaiting();
    if (entry === undefined) return;
    this.#firstEntry ??= record.detached();
    this.counts.entries++;
    this.counts.values += record.valueCount;
    const number = this.#forest.take();
    if (this.counts.entries === 1) this.#firstNumber = number;
    this.#carried.note(entry, this.#notCarried);
    const { findings, excluded, silenced } = this.checker.check(entry);
    if (silenced.length > 0) this.#noteSilenced(entry, silenced);
    for (const finding of findings) this.#reportOnce(finding, record);
    if (excluded) this.#excluded.set(this.counts.entries - 1);
    this.#forest.note(entry, number, excluded);
  }

  finishFirst(): void {
    const replacing = this.#waiting?.filter(([{ rule }]) => rule.replacesFormatFindings === true) ?? [];
    if (replacing.length > 0) this.#waiting = replacing;
    this.#reportWaiting();
    this.#reportChecksNotRun();
    for (const [rule, dns] of this.#perhapsExcluded) if (!this.checker.isSilenced(rule)) this.#forest.noteExcluded(dns);
    this.#perhapsExcluded.clear();
  }

  /** Whether a rule was silent about entries that came before the first entry with the attribute. */
  get needsSecondPass(): boolean {
    return this.#lastSilenced > 0 && this.checker.requiredAttributes.some((name) => !this.#notCarried.has(name));
  }

  /** Which entries the second pass needs. */
  wanted(): WantedEntries {
    const { entries } = this.counts;
    const others = this.#forest.found ? this.#forest.wanted(this.#firstNumber, this.#firstNumber + entries) : NONE;
    const indexes = others.map((number) => number - this.#firstNumber);
    return { first: this.needsSecondPass ? this.#lastSilenced : 0, indexes };
  }

  /**
   * The entry at `index` of the export, from 0, once more: in their order all that are `wanted`, and no harm is done by others.
   */
  second(record: SourceRecord, index: number): void {
    const { entry } = record;
    if (entry === undefined) return;
    const tooEarly = this.needsSecondPass && index < this.#lastSilenced;
    if (!tooEarly && !this.#forest.found) return;
    const excluded = tooEarly ? this.#judgeAgain(record, entry) : this.#excluded.at(index);
    if (excluded) return;
    this.#forest.collect(record, entry, this.#file, this.checker);
    for (const finding of this.checker.checkReferences(entry, (dn) => this.#forest.isExcluded(dn))) {
      this.#reportOnce(finding, record);
    }
  }

  /** The second pass over an export that is there as a whole. */
  secondOfAll(records: Iterable<SourceRecord>): void {
    let index = 0;
    for (const record of records) if (record.entry !== undefined) this.second(record, index++);
  }

  /**
   * For an entry that came before one with an attribute that some rule requires: only now can that rule tell. Returns whether the
   * entry is excluded.
   */
  #judgeAgain(record: SourceRecord, entry: Entry): boolean {
    this.#carriedYet.note(entry, this.#notCarriedYet);
    const { findings, excluded } = this.checker.check(entry);
    for (const finding of findings) {
      if (this.#checkerYet.isSilenced(finding.rule)) this.#reportOnce(finding, record);
    }
    return excluded;
  }

  #reportFormat(record: SourceRecord): void {
    let kept: SourceRecord | undefined;
    for (const problem of record.problems) {
      const rule = this.#formatRules.get(problem.id);
      const severity = rule && this.checker.severity(rule);
      if (rule === undefined || severity === undefined) continue;
      const about = formatFinding(rule, severity, problem, record.entry);
      if (this.#waiting === undefined) this.#reportOnce(about, record);
      else if (this.#waiting.length < MOST_BEFORE_ENTRY || rule.replacesFormatFindings === true) {
        kept ??= record.detached();
        this.#waiting.push([about, kept]);
      }
    }
  }

  /** An entry that a silenced rule would exclude is excluded if the attribute turns up later: references to it must know. */
  #noteSilenced(entry: Entry, silenced: readonly Rule[]): void {
    this.#lastSilenced = this.counts.entries;
    for (const rule of silenced) {
      if (rule.effect !== "excluded") continue;
      const dns = this.#perhapsExcluded.get(rule) ?? new DnSet();
      dns.add(entry.dn.text);
      this.#perhapsExcluded.set(rule, dns);
    }
  }

  /** Told at the first entry: it is true of all of them. */
  #reportChecksNotRun(): void {
    const rule = this.#formatRules.get("export-attributes-missing");
    const severity = rule && this.checker.severity(rule);
    const record = this.#firstEntry;
    if (rule === undefined || severity === undefined || record === undefined || record.entry?.isExtract) return;
    const notRun = checksNotRun(this.checker.rules, this.#notCarried);
    if (notRun === undefined) return;
    const message = formatMessage(rule.message, { ...notRun });
    this.#reportOnce({ rule, severity, message, span: { start: 0, end: 0 } }, record);
  }

  #reportWaiting(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const [finding, record] of waiting) this.#reportOnce(finding, record);
  }

  #reportOnce(finding: Finding, record: SourceRecord): void {
    if (finding.rule.oncePerFile === true) {
      if (this.#told.has(finding.rule.id)) return;
      this.#told.add(finding.rule.id);
    }
    this.#report(finding, record);
  }
}

/** Follows which attributes entries carry. */
class Carried {
  #numbers: AttributeNumbers | undefined;
  /** By the numbers of attribute types: they have been seen. */
  #seen = new Uint8Array();

  /** Takes the attributes of an entry out of `notCarried`. */
  note(entry: Entry, notCarried: Set<string>): void {
    if (notCarried.size === 0) return;
    const { numbered } = entry;
    if (numbered === undefined) {
      for (const attribute of notCarried) if (entry.values(attribute).length > 0) notCarried.delete(attribute);
      return;
    }
    const { numbers } = numbered;
    if (numbers !== this.#numbers) {
      this.#numbers = numbers;
      this.#seen = new Uint8Array(numbers.types.length + 1);
    }
    for (let index = 0; index < numbered.count; index++) {
      const number = numbered.numberAt(index);
      if (this.#seen[number] === 1) continue;
      this.#seen[number] = 1;
      notCarried.delete(numbers.types[number - 1]!);
    }
  }
}
