import {
  applyChanges,
  Checker,
  type DraftedFix,
  differenceOf,
  dnKey,
  type EntryRecord,
  ExportCheck,
  editRecord,
  type Finding,
  FORMAT_RULES,
  Forest,
  LdifChange,
  type LineStyle,
  type Plan,
  type PlannedModify,
  type ProposedFix,
  ProposedKeys,
  planFixes,
  type Refusal,
  RULES,
  type Settings,
  type SourceRecord,
  styleOf,
  type TextChange,
  UNCERTAIN,
  whyUnnamed,
} from "../core/index.ts";
import { byteOrderMark, type ExportFile, encodeText, FileError } from "../node/index.ts";
import { recordsByChunk } from "./records-by-chunk.ts";

/** Which fixes a plan takes. */
export type Wanted = (fix: DraftedFix, finding: Finding) => boolean;

interface PlannedEntry {
  /** Where the entry's record begins. */
  readonly start: number;
  readonly plan: Plan;
  readonly record: EntryRecord;
}

/** Some records show how a file folds its lines. */
const MOST_STYLE_RECORDS = 1000;

/**
 * Plans fixes for a whole export in two readings: the first finds which keys are taken and which attributes are exported at all,
 * the second plans entry by entry. Only entries that are changed are held.
 */
export class ExportPlan {
  readonly #file: ExportFile;
  readonly #forest: Forest;
  readonly #check: ExportCheck;
  readonly #proposed: ProposedKeys;
  readonly #wanted: Wanted;
  readonly #dns = new Set<string>();
  readonly #dnsTwice = new Set<string>();
  readonly #refusals: Refusal[] = [];
  #unnamed: Refusal | undefined;
  #unplaced = 0;
  #planned: PlannedEntry[] = [];
  #style: LineStyle | undefined;

  constructor(file: ExportFile, settings: Settings, wanted: Wanted) {
    this.#file = file;
    const checker = new Checker(RULES, settings);
    const forest = new Forest(checker);
    this.#forest = forest;
    // Its findings are those of `check`; here only what it comes to know of the whole export counts.
    this.#check = new ExportCheck(checker, FORMAT_RULES, forest, file.path, () => undefined);
    this.#proposed = new ProposedKeys(forest);
    this.#wanted = wanted;
  }

  /** Reads an export that is checked together with this one: nobody gets a value that it holds. To be done before `make`. */
  async readCompanion(file: ExportFile): Promise<void> {
    const checker = new Checker(RULES, this.#check.checker.settings);
    const check = new ExportCheck(checker, FORMAT_RULES, this.#forest, file.path, () => undefined);
    await file.readRecords((record) => check.first(record));
  }

  async make(): Promise<void> {
    const head: SourceRecord[] = [];
    await this.#file.readRecords((record) => {
      if (head.length < MOST_STYLE_RECORDS) head.push(record);
      else this.#style ??= styleOf(head.splice(0, MOST_STYLE_RECORDS, record));
      this.#note(record);
    });
    this.#style ??= styleOf(head);
    await this.#file.readRecords((record) => {
      if (record.entry === undefined) return;
      const planned = this.#plan(record.entry);
      if (planned !== undefined) this.#planned.push(planned);
    });
    // Two fixes may have proposed the same new value: nobody gets it, and the rest is planned again without it.
    while (this.#planned.some((planned) => this.#isContested(planned))) {
      this.#planned = this.#planned
        .map((planned) => (this.#isContested(planned) ? this.#plan(planned.record) : planned))
        .filter((planned) => planned !== undefined);
    }
  }

  /** The fixes that the plan holds, by rule. */
  get fixes(): ReadonlyMap<string, readonly ProposedFix[]> {
    const all = new Map<string, ProposedFix[]>();
    for (const { plan } of this.#planned) {
      for (const { finding, fix } of plan.fixes) {
        const fixes = all.get(finding.rule.id);
        if (fixes === undefined) all.set(finding.rule.id, [fix]);
        else fixes.push(fix);
      }
    }
    return all;
  }

  /** How many entries could not be changed in the edited export, since its table has no place for a new value. */
  get unplaced(): number {
    return this.#unplaced;
  }

  get entryCount(): number {
    return this.#planned.length;
  }

  difference(): { records: readonly PlannedModify[]; refusals: readonly Refusal[] } {
    const records: PlannedModify[] = [];
    const refusals = [...this.#refusals, ...(this.#unnamed === undefined ? [] : [this.#unnamed])];
    for (const { record, plan } of this.#planned) {
      const difference = differenceOf(record, plan.edited);
      if (difference.record !== undefined) records.push(difference.record);
      refusals.push(...difference.refusals);
    }
    return { records, refusals };
  }

  /** The bytes of the export with the fixes in it, in its own encoding and style; everything else stays as it is. */
  async *editedExport(): AsyncIterable<Uint8Array> {
    const { encoding, byteOrderMark: marked } = this.#file.encoding;
    const changes = this.#textChanges();
    if (marked) yield byteOrderMark(encoding);
    let expected = 0;
    let pending: string[] = [];
    const write = (): Uint8Array => {
      const bytes = encodeText(pending.join(""), encoding);
      if (bytes === undefined) throw new FileError(this.#file.path, `a new value cannot be written in ${encoding}`);
      pending = [];
      return bytes;
    };
    for await (const records of recordsByChunk(this.#file)) {
      for (const { start, text } of records) {
        if (start !== expected) throw new FileError(this.#file.path, "a record is too long to be written again");
        expected += text.length;
        const own = changes.get(start);
        pending.push(own === undefined ? text : applyChanges(text, own));
      }
      yield write();
    }
  }

  #textChanges(): Map<number, TextChange[]> {
    const style = this.#style ?? { lineEnd: "\n", width: undefined };
    const changes = new Map<number, TextChange[]>();
    for (const { start, record, plan } of this.#planned) {
      const edits = editRecord(record, plan.edited.changes(), style);
      if (edits === undefined) this.#unplaced++;
      else changes.set(start, edits);
    }
    return changes;
  }

  #note(record: SourceRecord): void {
    const named = record instanceof LdifChange ? record : record.entry;
    if (named !== undefined) {
      const key = dnKey(named.dn.text);
      if (this.#dns.has(key)) this.#dnsTwice.add(key);
      this.#dns.add(key);
    }
    this.#check.first(record);
  }

  #plan(entry: EntryRecord): PlannedEntry | undefined {
    const name = `${entry.start}`;
    const { checker } = this.#check;
    const plan = planFixes(checker, entry, this.#wanted, this.#proposed.forEntry(name));
    if (plan.fixes.length === 0) return undefined;
    const unnamed = whyUnnamed(entry);
    if (unnamed !== undefined) {
      this.#unnamed = unnamed;
      return undefined;
    }
    const dn = entry.dn.text;
    const broken = entry.problems.find(({ id }) => UNCERTAIN.has(id));
    if (broken !== undefined || this.#dnsTwice.has(dnKey(dn))) {
      const reason = broken ? `cannot be read with certainty (${broken.id})` : "is more than once in the export";
      this.#refusals.push({ dn, reason });
      return undefined;
    }
    // Planned again on a copy: what is kept must not keep the file's chunks alive.
    const record = entry.detached().entry!;
    const kept = planFixes(checker, record, this.#wanted, this.#proposed.forEntry(name));
    // The first plan may have been what made a new value contested.
    return kept.fixes.length === 0 ? undefined : { start: entry.start, record, plan: kept };
  }

  #isContested({ plan }: PlannedEntry): boolean {
    return plan.fixes.some(({ fix }) => fix.newKeys.some((key) => !this.#proposed.isFree(key)));
  }
}
