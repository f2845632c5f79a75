import {
  Checker,
  ExportCheck,
  type ExportCounts,
  type Finding,
  FORMAT_RULES,
  Forest,
  type Holder,
  LdifEntry,
  LdifReader,
  type LdifRecord,
  type LineStyle,
  type LiveKey,
  RULES,
  type Settings,
  type SourceRecord,
  styleOf,
} from "../core/index.ts";
import { LineIndex } from "./convert.ts";

/** A finding and where its record begins in the text. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly start: number;
  /** The other holders of a value that must be unique. */
  readonly others: readonly Holder[];
}

/** An export's text at one moment. */
export interface ExportText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** How much is read between two pauses, in UTF-16 units. */
const CHUNK = 2 ** 16;

/**
 * One export, read and checked as a whole. It is made anew for every change of the text; whoever makes checking incremental does
 * it here.
 */
export class Analysis {
  readonly uri: string;
  readonly version: number;
  readonly settings: Settings;
  /** Knows which attributes this export does not carry. */
  readonly checker: Checker;
  readonly lines: LineIndex;
  readonly records: readonly LdifRecord[];
  readonly findings: readonly PlacedFinding[];
  readonly counts: ExportCounts;
  readonly #forest: Forest;
  #style: LineStyle | undefined;
  #holders: Map<string, LdifEntry[]> | undefined;

  private constructor(
    { uri, version, text }: ExportText,
    checker: Checker,
    records: readonly LdifRecord[],
    findings: readonly PlacedFinding[],
    counts: ExportCounts,
    forest: Forest,
  ) {
    this.uri = uri;
    this.version = version;
    this.settings = checker.settings;
    this.checker = checker;
    this.lines = new LineIndex(text);
    this.records = records;
    this.findings = findings;
    this.counts = counts;
    this.#forest = forest;
  }

  /** Checks step by step: whoever runs it may do other things between two steps, or give up. */
  static *steps(source: ExportText, settings: Settings): Generator<undefined, Analysis> {
    const { uri, text } = source;
    const checker = new Checker(RULES, settings);
    const forest = new Forest(checker);
    const findings: PlacedFinding[] = [];
    const place = (finding: Finding, { start }: SourceRecord, others: readonly Holder[] = []) => {
      findings.push({ finding, start, others });
    };
    const check = new ExportCheck(checker, FORMAT_RULES, forest, uri, place);
    const records: LdifRecord[] = [];
    const reader = new LdifReader((record) => {
      records.push(record);
      check.first(record);
    });
    for (let at = 0; at < text.length; at += CHUNK) {
      reader.push(text.slice(at, at + CHUNK));
      yield;
    }
    reader.end();
    check.finishFirst();
    if (check.needsSecondPass || forest.found) {
      for (const [index, record] of records.entries()) {
        check.second(record);
        if (index % 64 === 0) yield;
      }
      forest.report((finding, record, _file, others) => place(finding, record, others));
    }
    yield;
    findings.sort((one, other) => one.start + one.finding.span.start - (other.start + other.finding.span.start));
    return new Analysis(source, check.checker, records, findings, check.counts, forest);
  }

  /** The style in which the export's own lines are written. */
  get style(): LineStyle {
    this.#style ??= styleOf(this.records);
    return this.#style;
  }

  /** The record that begins at an offset. */
  recordAt(start: number): LdifRecord | undefined {
    let low = 0;
    let high = this.records.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const record = this.records[middle]!;
      if (record.start === start) return record;
      if (record.start < start) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  /** The value of an attribute that begins at an offset of its entry. */
  valueAt(entry: LdifEntry, attribute: string, start: number) {
    const type = attribute.split(";", 1)[0]!;
    return entry.values(type).find(({ span }) => span.start === start);
  }

  /** The entry and the finding in terms of our records: findings about duplicates come with copies of theirs. */
  live({ finding, start }: PlacedFinding): { readonly entry: LdifEntry; readonly finding: Finding } | undefined {
    const entry = this.recordAt(start)?.entry;
    if (entry === undefined) return undefined;
    const { attribute, value: found } = finding;
    if (attribute === undefined || found === undefined) return { entry, finding: { ...finding, entry } };
    const value = this.valueAt(entry, attribute, found.span.start);
    return value && { entry, finding: { ...finding, entry, value } };
  }

  /** Whether an entry that does not hold a key would take it from another. */
  isTaken(key: LiveKey): boolean {
    return this.#forest.isTaken(key);
  }

  /** The entries that hold a key and synchronize. */
  holdersOf(key: Pick<LiveKey, "keySpace" | "key">): readonly LdifEntry[] {
    const holders = this.#indexHolders().get(keyId(key)) ?? [];
    return holders.filter((entry) => !this.checker.check(entry).excluded);
  }

  #indexHolders(): Map<string, LdifEntry[]> {
    if (this.#holders === undefined) {
      this.#holders = new Map();
      for (const record of this.records) {
        if (!(record instanceof LdifEntry)) continue;
        for (const key of new Set([...this.checker.uniqueKeys(record)].map(keyId))) {
          const holders = this.#holders.get(key);
          if (holders === undefined) this.#holders.set(key, [record]);
          else holders.push(record);
        }
      }
    }
    return this.#holders;
  }
}

/** One name for a key of any key space. */
export function keyId({ keySpace, key }: Pick<LiveKey, "keySpace" | "key">): string {
  return `${keySpace} ${key}`;
}
