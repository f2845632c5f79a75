import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { Checker } from "./checker.ts";
import { attributesOfRules, checksNotRun } from "./checks-not-run.ts";
import { type Finding, formatFinding, formatMessage } from "./finding.ts";
import type { ForestPasses } from "./forest.ts";
import { KeySet } from "./key-set.ts";
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

/** Of a file that turns out to be of another format, not every line need be told. */
export const MOST_BEFORE_ENTRY = 100;

/**
 * Checks one export, record by record, and twice: `first` for every record in order, then `finishFirst`; where
 * `needsSecondPass` or the forest says so, `second` for every record again. The second pass tells what only
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
  readonly #perhapsExcluded = new Map<Rule, KeySet>();
  #entriesAgain = 0;
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
    noteCarried(entry, this.#notCarried);
    const { findings, excluded, silenced } = this.checker.check(entry);
    if (silenced.length > 0) this.#noteSilenced(entry, silenced);
    for (const finding of findings) this.#reportOnce(finding, record);
    this.#excluded.push(excluded);
    this.#forest.note(entry, excluded);
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

  second(record: SourceRecord): void {
    const { entry } = record;
    if (entry === undefined) return;
    this.#entriesAgain++;
    const tooEarly = this.#entriesAgain <= this.#lastSilenced;
    if (!tooEarly && !this.#forest.found) return;
    const excluded = tooEarly ? this.#judgeAgain(record, entry) : this.#excluded.at(this.#entriesAgain - 1);
    if (excluded) return;
    this.#forest.collect(record, entry, this.#file, this.checker);
    for (const finding of this.checker.checkReferences(entry, (dn) => this.#forest.isExcluded(dn))) {
      this.#reportOnce(finding, record);
    }
  }

  /**
   * For an entry that came before one with an attribute that some rule requires: only now can that rule tell. Returns whether the
   * entry is excluded.
   */
  #judgeAgain(record: SourceRecord, entry: Entry): boolean {
    noteCarried(entry, this.#notCarriedYet);
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
      const dns = this.#perhapsExcluded.get(rule) ?? new KeySet();
      dns.add(dnKey(entry.dn.text));
      this.#perhapsExcluded.set(rule, dns);
    }
  }

  /** Told at the first entry: it is true of all of them. */
  #reportChecksNotRun(): void {
    const rule = this.#formatRules.get("export-attributes-missing");
    const severity = rule && this.checker.severity(rule);
    const record = this.#firstEntry;
    if (rule === undefined || severity === undefined || record === undefined) return;
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

/** A list of yes and no, one bit each. */
class Flags {
  #bits = new Uint8Array(1024);
  #length = 0;

  push(flag: boolean): void {
    if (this.#length === this.#bits.length * 8) {
      const longer = new Uint8Array(this.#bits.length * 2);
      longer.set(this.#bits);
      this.#bits = longer;
    }
    if (flag) this.#bits[this.#length >> 3]! |= 1 << (this.#length & 7);
    this.#length++;
  }

  at(index: number): boolean {
    return ((this.#bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }
}

function noteCarried(entry: Entry, notCarried: Set<string>): void {
  for (const attribute of notCarried) if (entry.values(attribute).length > 0) notCarried.delete(attribute);
}
