import { basename } from "node:path";
import {
  type Checker,
  dialectOf,
  draftFix,
  EditedEntry,
  ExportCheck,
  type ExportDialect,
  type ExportFormat,
  editRecord,
  type Finding,
  FixAttempts,
  FORMAT_RULES,
  type Forest,
  findingIdentity,
  type Holder,
  type KeyName,
  ownAcceptance,
  type ProposedFix,
  type ProposedKeys,
  type Rule,
  rangeOf,
  ScannedEntry,
  type Severity,
  type SourceRecord,
  styleOf,
  tryFix,
} from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import type { CheckOptions } from "./check-exports.ts";
import {
  type AcceptedFinding,
  type CheckedFile,
  type RelatedPlace,
  type ReportedFinding,
  type ReportedFix,
  reportedIdentity,
} from "./checked-exports.ts";
import type { ExportFile } from "./export-file.ts";
import type { ExportScanner } from "./export-scanner.ts";

/** Until the first entry, and not more than these, records are looked at for the dialect. */
const MOST_HEAD_RECORDS = 20;

export interface FileCheckOptions extends Pick<CheckOptions, "withEdits" | "withObjectClass" | "onFound" | "threads"> {
  /** Its findings are told. */
  readonly isListed: boolean;
  readonly baseline: BaselineOfFile | undefined;
}

/** The check of one export: what it finds is kept until all exports have been read. */
export class FileCheck {
  readonly #options: FileCheckOptions;
  readonly #file: ExportFile;
  readonly #scanner: ExportScanner;
  readonly #forest: Forest;
  readonly #proposed: ProposedKeys;
  readonly #check: ExportCheck;
  readonly #places = new WeakMap<Holder, RelatedPlace>();
  #findings: { finding: ReportedFinding; newKeys: readonly KeyName[] }[] = [];
  #accepted: AcceptedFinding[] = [];
  #replacesFormatFindings = false;
  #format: ExportFormat["kind"] = "ldif";
  #dialect: ExportDialect = "ldif";
  /** For the record that is looked at. */
  #attempts: { readonly start: number; readonly of: FixAttempts } | undefined;

  constructor(
    file: ExportFile,
    scanner: ExportScanner,
    options: FileCheckOptions,
    checker: Checker,
    forest: Forest,
    proposed: ProposedKeys,
  ) {
    this.#options = options;
    this.#file = file;
    this.#scanner = scanner;
    this.#forest = forest;
    this.#proposed = proposed;
    const report = (finding: Finding, record: SourceRecord) => this.report(finding, record);
    this.#check = new ExportCheck(checker, FORMAT_RULES, forest, file.path, report);
  }

  get path(): string {
    return this.#file.path;
  }

  get isListed(): boolean {
    return this.#options.isListed;
  }

  /** Those that the first pass has come to so far. */
  get entries(): number {
    return this.#check.counts.entries;
  }

  severity(rule: Rule): Severity | undefined {
    return this.#check.checker.severity(rule);
  }

  async first(): Promise<void> {
    const own = this.#options.baseline?.use;
    // To name each entry costs something, and nobody asks for it where there are no rows.
    const use = own !== undefined && own.baseline.rows.length > 0 ? own : undefined;
    use?.see({ file: basename(this.path) });
    let head: SourceRecord[] | undefined = [];
    const sink = (record: SourceRecord) => {
      if (head !== undefined) {
        head.push(record instanceof ScannedEntry ? record.whole : record);
        if (record.entry !== undefined || head.length === MOST_HEAD_RECORDS) {
          this.#dialect = dialectOf(head);
          head = undefined;
        }
      }
      if (record.entry !== undefined) use?.see({ dn: record.entry.dn.text });
      this.#check.first(record);
    };
    this.#format = (await this.#file.format()).kind;
    await this.#file.scanRecords(this.#scanner, sink, this.#options.threads);
    if (head !== undefined) this.#dialect = dialectOf(head);
    this.#check.finishFirst();
  }

  async second(): Promise<void> {
    if (this.#check.needsSecondPass || this.#forest.found) await this.#readAgain();
    await this.#file.dispose();
  }

  async #readAgain(): Promise<void> {
    await this.#file.readEntries(this.#check.wanted(), this.#scanner, (record, index) =>
      this.#check.second(record, index),
    );
  }

  report(finding: Finding, record: SourceRecord, others: readonly Holder[] = []): void {
    const { rule } = finding;
    const { isListed, baseline } = this.#options;
    this.#replacesFormatFindings ||= rule.replacesFormatFindings === true;
    const identity = isListed ? findingIdentity(finding, basename(this.path), record) : undefined;
    const accepted =
      identity && (baseline?.use.accept(identity) ?? ownAcceptance(finding, basename(this.path), record));
    if (accepted !== undefined) {
      const reported = this.#reported(finding, record, others, accepted.value);
      this.#accepted.push({ ...reported, reason: accepted.reason });
      return;
    }
    const proposal = this.#proposal(finding, record);
    const newKeys = proposal?.newKeys ?? [];
    for (const key of newKeys) this.#proposed.propose(key, `${this.path}:${record.start}`);
    if (identity === undefined) return;
    const reported = this.#reported(finding, record, others, identity.value);
    this.#options.onFound?.(reported);
    this.#findings.push({
      finding: proposal === undefined ? reported : { ...reported, fix: this.#fix(proposal, record) },
      newKeys: detached(
        newKeys.map(({ keySpace, key, held }) => ({ keySpace, key, ...(held !== undefined && { held }) })),
      ),
    });
  }

  #proposal(finding: Finding, { start }: SourceRecord): ProposedFix | undefined {
    const { checker } = this.#check;
    const draft = draftFix(checker, finding);
    if (draft === undefined || finding.entry === undefined) return undefined;
    if (this.#attempts?.start !== start) this.#attempts = { start, of: new FixAttempts(finding.entry) };
    return this.#attempts.of.take() ? tryFix(checker, finding, draft) : undefined;
  }

  #reported(
    { rule, severity, message, entry, attribute, value, span }: Finding,
    record: SourceRecord,
    others: readonly Holder[],
    valueHash: string | undefined,
  ): ReportedFinding {
    const objectClass = this.#options.withObjectClass === true && entry?.values("objectClass").at(-1);
    const reported = detached({
      rule: rule.id,
      severity,
      message,
      file: this.path,
      ...(entry !== undefined && { dn: entry.dn.text }),
      ...(objectClass && { objectClass: objectClass.text }),
      ...(attribute !== undefined && { attribute }),
      ...(value !== undefined && { value: value.text }),
      range: rangeOf(record.text, span, record.firstLine),
      ...(valueHash !== undefined && { valueHash }),
    });
    return others.length === 0 ? reported : { ...reported, related: others.map((other) => this.#place(other)) };
  }

  /** Each holder of a key is told by all others: they share one copy of it. */
  #place(holder: Holder): RelatedPlace {
    const known = this.#places.get(holder);
    if (known !== undefined) return known;
    const { file, dn, range } = holder;
    const place = detached({ file, dn, range });
    this.#places.set(holder, place);
    return place;
  }

  #fix({ title, safety, newValue, change }: ProposedFix, record: SourceRecord): ReportedFix {
    const fix = { title, safety, newValue: newValue ?? null };
    const whole = record instanceof ScannedEntry ? record.whole : record;
    if (!this.#options.withEdits || record.entry === undefined) return detached(fix);
    const edits = editRecord(whole, EditedEntry.of(record.entry).with(change).changes(), styleOf([whole]));
    if (edits === undefined) return detached(fix);
    const shown = edits.map(({ span, text }) => ({ range: rangeOf(record.text, span, record.firstLine), text }));
    return detached({ ...fix, edits: shown });
  }

  /** After all files: what was found, in its order, with the fixes whose new values nobody else has. */
  finish(): CheckedFile {
    const findings = this.#findings.map(({ finding, newKeys }) => {
      if (newKeys.every((key) => this.#proposed.isFree(key))) return finding;
      const { fix: _, ...withoutFix } = finding;
      return withoutFix;
    });
    const { encoding } = this.#file.encoding;
    const all = [...this.#encodingFindings(), ...findings].sort(byPlace);
    const { baseline } = this.#options;
    const accepted = this.#accepted.sort(byPlace);
    const { counts } = this.#check;
    const [format, dialect] = [this.#format, this.#dialect];
    return { path: this.path, format, dialect, encoding, ...counts, findings: all, accepted, baseline };
  }

  /** The reader sees text: what there is to say about the bytes is said here. */
  #encodingFindings(): ReportedFinding[] {
    const { guessed, byteOrderMark, encoding } = this.#file.encoding;
    const ids: string[] = [];
    // Tables may begin with a mark: Excel and PowerShell read it, and expect it.
    if (byteOrderMark && encoding === "utf-8" && this.#format === "ldif") ids.push("ldif-byte-order-mark");
    if (guessed && this.#format !== "none") ids.push(`${this.#format}-encoding-guessed`);
    // Of a file that is no LDIF at all, its encoding is not worth telling.
    if (this.#replacesFormatFindings) return [];
    return ids.flatMap((id) => {
      const rule = FORMAT_RULES.get(id);
      const severity = rule && this.#check.checker.severity(rule);
      if (rule === undefined || severity === undefined) return [];
      const start = { line: 0, character: 0 };
      const finding = { rule: id, severity, message: rule.message, file: this.path, range: { start, end: start } };
      const accepted = this.#options.baseline?.use.accept(reportedIdentity(finding));
      if (accepted === undefined) {
        this.#options.onFound?.(finding);
        return [finding];
      }
      this.#accepted.push({ ...finding, reason: accepted.reason });
      return [];
    });
  }
}

/** A copy that shares no memory with the file: a piece of a string keeps the whole chunk alive that it was cut out of. */
function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function byPlace({ range: one }: ReportedFinding, { range: other }: ReportedFinding): number {
  return (
    one.start.line - other.start.line ||
    one.start.character - other.start.character ||
    one.end.line - other.end.line ||
    one.end.character - other.end.character
  );
}
