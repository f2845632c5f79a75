import {
  Baseline,
  BaselineUse,
  Checker,
  CheckMemory,
  type Entry,
  ExportCheck,
  type ExportCounts,
  type Finding,
  FORMAT_RULES,
  Forest,
  findingIdentity,
  type Holder,
  type KeyName,
  keyId,
  LdifEntry,
  LdifReader,
  type LdifRecord,
  type LineStyle,
  RULES,
  replacementBetween,
  rereadLdif,
  type Settings,
  type SourceRecord,
  styleOf,
  withoutOptions,
} from "../core/index.ts";
import type { Companion } from "./companions.ts";
import { fileName } from "./context.ts";
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
export const CHUNK = 2 ** 16;

/** The records after an edit, most of them those of before; `undefined` where the text has to be read as a whole. */
function recordsAfterEdit(previous: Analysis | undefined, text: string): readonly LdifRecord[] | undefined {
  if (previous === undefined) return undefined;
  const replacement = replacementBetween(previous.text, text);
  return replacement === undefined ? previous.records : rereadLdif(previous.records, text, replacement);
}

/**
 * One export, read and checked as a whole. It is made anew for every change of the text, but out of the one before: only what was edited
 * is read again, and entries that have not changed are not judged again.
 */
export class Analysis {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly settings: Settings;
  /** Knows which attributes this export does not carry. */
  readonly checker: Checker;
  readonly lines: LineIndex;
  readonly records: readonly LdifRecord[];
  /** What is to be reported: not what the baseline accepts. */
  readonly findings: readonly PlacedFinding[];
  /** How many findings the baseline accepts. */
  readonly accepted: number;
  /** The baseline, and what of it was made use of. */
  readonly use: BaselineUse;
  readonly counts: ExportCounts;
  /** The exports that it was checked together with. */
  readonly companions: readonly Companion[];
  readonly #forest: Forest;
  readonly #memory: CheckMemory;
  #style: LineStyle | undefined;
  #holders: Map<string, LdifEntry[]> | undefined;

  private constructor(
    { uri, version, text }: ExportText,
    checker: Checker,
    records: readonly LdifRecord[],
    { findings, accepted, use }: Pick<Analysis, "findings" | "accepted" | "use">,
    counts: ExportCounts,
    companions: readonly Companion[],
    forest: Forest,
    memory: CheckMemory,
  ) {
    this.uri = uri;
    this.version = version;
    this.text = text;
    this.#memory = memory;
    this.settings = checker.settings;
    this.checker = checker;
    this.lines = new LineIndex(text);
    this.records = records;
    this.findings = findings;
    this.accepted = accepted;
    this.use = use;
    this.counts = counts;
    this.companions = companions;
    this.#forest = forest;
  }

  /** Checks step by step: whoever runs it may do other things between two steps, or give up. */
  static *steps(
    source: ExportText,
    settings: Settings,
    companions: readonly Companion[] = [],
    baseline: Baseline = new Baseline(),
    previous?: Analysis,
  ): Generator<undefined, Analysis> {
    const { uri, text } = source;
    const isSame = previous !== undefined && JSON.stringify(previous.settings) === JSON.stringify(settings);
    const memory = isSame ? previous.#memory : new CheckMemory();
    const checker = new Checker(RULES, settings, new Set(), memory);
    const forest = new Forest(
      checker,
      companions.map(({ known }) => known),
    );
    const findings: PlacedFinding[] = [];
    const use = new BaselineUse(baseline);
    const file = fileName(uri);
    use.see({ file });
    let accepted = 0;
    const place = (finding: Finding, record: SourceRecord, others: readonly Holder[] = []) => {
      if (baseline.rows.length > 0 && use.accept(findingIdentity(finding, file, record)) !== undefined) accepted++;
      else findings.push({ finding, start: record.start, others });
    };
    const check = new ExportCheck(checker, FORMAT_RULES, forest, uri, place);
    const take = (record: LdifRecord) => {
      if (record.entry !== undefined) use.see({ dn: record.entry.dn.text });
      check.first(record);
    };
    let records = recordsAfterEdit(previous, text);
    if (records === undefined) {
      const read: LdifRecord[] = [];
      const reader = new LdifReader((record) => {
        read.push(record);
        take(record);
      });
      for (let at = 0; at < text.length; at += CHUNK) {
        reader.push(text.slice(at, at + CHUNK));
        yield;
      }
      reader.end();
      records = read;
    } else {
      for (const [index, record] of records.entries()) {
        take(record);
        if (index % 256 === 0) yield;
      }
    }
    check.finishFirst();
    if (check.needsSecondPass || forest.found) {
      for (const [index, record] of records.entries()) {
        check.second(record);
        if (index % 64 === 0) yield;
      }
      // What is wrong in the others is told with them.
      forest.report((finding, record, holder, others) => holder === uri && place(finding, record, others));
    }
    yield;
    findings.sort((one, other) => one.start + one.finding.span.start - (other.start + other.finding.span.start));
    const found = { findings, accepted, use };
    return new Analysis(source, check.checker, records, found, check.counts, companions, forest, memory);
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
    const type = withoutOptions(attribute);
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

  /** The lines of a file that a finding leads to. */
  linesOf(file: string): LineIndex {
    return this.companions.find(({ uri }) => uri === file)?.lines ?? this.lines;
  }

  /** Whether the baseline accepts a finding of a value. */
  isAccepted(finding: Finding): boolean {
    const { baseline } = this.use;
    return baseline.rows.length > 0 && baseline.row(findingIdentity(finding, fileName(this.uri))) !== undefined;
  }

  /** Whether an entry that does not hold a key would take it from another. */
  isTaken(key: KeyName): boolean {
    return this.#forest.isTaken(key);
  }

  /** The entries that hold a key and synchronize, first those of this export. */
  holdersOf(key: KeyName): readonly Entry[] {
    const holders = this.#indexHolders().get(keyId(key)) ?? [];
    const own = holders.filter((entry) => !this.checker.check(entry).excluded);
    return [...own, ...this.companions.flatMap(({ known }) => known.holdersOf(key).map(({ entry }) => entry))];
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
