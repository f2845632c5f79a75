import { basename } from "node:path";
import {
  Checker,
  draftFix,
  EditedEntry,
  ExportCheck,
  editLdif,
  type Finding,
  FixAttempts,
  FORMAT_RULES,
  Forest,
  findingIdentity,
  type Holder,
  type KeyName,
  type LdifDialect,
  LdifEntry,
  type LdifRecord,
  ldifDialect,
  type ProposedFix,
  ProposedKeys,
  RULES,
  type Rule,
  rangeOf,
  type Settings,
  type Severity,
  type SourceRecord,
  styleOf,
  tryFix,
} from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import { CheckMeter, type CheckProgress } from "./check-progress.ts";
import { checkedBaselines } from "./checked-baselines.ts";
import {
  type AcceptedFinding,
  type CheckedExports,
  type CheckedFile,
  type ReportedFinding,
  type ReportedFix,
  reportedIdentity,
} from "./checked-exports.ts";
import { companionPaths, identityOf } from "./companions.ts";
import { ExportFile } from "./export-file.ts";
import { FileError } from "./file-error.ts";
import type { SettingsOfFile } from "./settings.ts";
import { untilAborted } from "./until-aborted.ts";

/** Where an export's settings come from. Throws a {@link FileError} where they cannot be read. */
export type SettingsFor = (exportPath: string) => Promise<Pick<SettingsOfFile, "settings">>;

/** By which baseline an export is checked; `undefined` for none. Throws a {@link FileError} where it cannot be read or is wrong. */
export type BaselineFor = (exportPath: string) => Promise<BaselineOfFile | undefined>;

export interface CheckOptions {
  readonly settingsFor: SettingsFor;
  readonly baselineFor: BaselineFor;
  /** Fixes come with the changes of the file's text. */
  readonly withEdits: boolean;
  /** Ends the check at once: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told after every piece that was read, some thousand times a gigabyte. */
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
  /**
   * Told of each finding as soon as there is no doubt about it, in no order, without its fix: whether a fix is to be had turns out
   * only when all exports are read.
   */
  readonly onFound?: ((finding: ReportedFinding) => void) | undefined;
  /** Told of an export that cannot be checked to its end. What was found in it does not count. */
  readonly onFailed?: ((path: string) => void) | undefined;
}

/**
 * Checks exports one after the other, and their keys against each other: a value may be held twice within a file or in two
 * files. Files are read twice, as a whole never held. What cannot be read does not stop the others. What the settings name in
 * `checkedTogether` is read, too, but its own findings are not told.
 */
export function checkExports(paths: readonly string[], options: CheckOptions): Promise<CheckedExports> {
  return untilAborted(options.signal, checkAll(paths, options));
}

async function checkAll(paths: readonly string[], options: CheckOptions): Promise<CheckedExports> {
  const { settingsFor, baselineFor, signal, onProgress, onFailed } = options;
  const meter = new CheckMeter(onProgress);
  /** Of the exports that the first pass is through with, and the one that it is at. */
  let entries = 0;
  let current: FileCheck | undefined;
  const onRead = (bytes: number) => meter.read(bytes, entries + (current?.entries ?? 0));
  const failures: string[] = [];
  const checks: FileCheck[] = [];
  const checkers = new Map<Settings, Checker>();
  let forest: Forest | undefined;
  let proposed: ProposedKeys | undefined;
  const attempt = async (path: string, isListed: boolean, work: () => Promise<void>) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (isListed) onFailed?.(path);
      failures.push(isListed ? error.message : `${error.message}; checkedTogether names it`);
      return false;
    } finally {
      entries += current?.entries ?? 0;
      current = undefined;
      meter.end();
    }
  };
  for (const path of paths) {
    signal?.throwIfAborted();
    await meter.expect(path);
  }
  const wanted = paths.map((path) => ({ path, isListed: true }));
  const known = new Set(paths.map(identityOf));
  for (const { path, isListed } of wanted) {
    await attempt(path, isListed, async () => {
      meter.begin(path, "encoding");
      const { settings } = await settingsFor(path);
      const baseline = isListed ? await baselineFor(path) : undefined;
      const file = await ExportFile.open(path, { signal, onRead });
      for (const companion of isListed ? companionPaths(path, settings) : []) {
        if (known.has(identityOf(companion))) continue;
        known.add(identityOf(companion));
        wanted.push({ path: companion, isListed: false });
        await meter.expect(companion);
      }
      const checker = checkers.get(settings) ?? new Checker(RULES, settings);
      checkers.set(settings, checker);
      // What is found across files is told by the first file's settings.
      forest ??= new Forest(checker);
      proposed ??= new ProposedKeys(forest);
      const check = new FileCheck(file, { ...options, isListed, baseline }, checker, forest, proposed);
      meter.begin(path, "first");
      current = check;
      await check.first();
      checks.push(check);
    });
  }
  const complete: FileCheck[] = [];
  for (const check of checks) {
    meter.begin(check.path, "second");
    if (await attempt(check.path, check.isListed, () => check.second())) complete.push(check);
  }
  signal?.throwIfAborted();
  const byPath = new Map(complete.map((check) => [check.path, check]));
  forest?.report((finding, record, path, others) => byPath.get(path)?.report(finding, record, others));
  const listed = complete.filter(({ isListed }) => isListed);
  const alsoRead = complete.filter(({ isListed }) => !isListed).map(({ path }) => path);
  const files = new Map(listed.map((check) => [check.finish(), check]));
  // What was not checked may have what a row accepts.
  const severityOf = (file: CheckedFile, rule: Rule) =>
    failures.length > 0 ? undefined : files.get(file)?.severity(rule);
  const baselines = checkedBaselines([...files.keys()], severityOf);
  return { files: [...files.keys()], baselines, failures, alsoRead };
}

/** Until the first entry, and not more than these, records are looked at for the dialect. */
const MOST_HEAD_RECORDS = 20;

interface FileCheckOptions extends Pick<CheckOptions, "withEdits" | "onFound"> {
  /** Its findings are told. */
  readonly isListed: boolean;
  readonly baseline: BaselineOfFile | undefined;
}

class FileCheck {
  readonly #options: FileCheckOptions;
  readonly #file: ExportFile;
  readonly #forest: Forest;
  readonly #proposed: ProposedKeys;
  readonly #check: ExportCheck;
  #findings: { finding: ReportedFinding; newKeys: readonly KeyName[] }[] = [];
  #accepted: AcceptedFinding[] = [];
  #replacesFormatFindings = false;
  #dialect: LdifDialect = "ldif";
  /** For the record that is looked at. */
  #attempts: { readonly start: number; readonly of: FixAttempts } | undefined;

  constructor(file: ExportFile, options: FileCheckOptions, checker: Checker, forest: Forest, proposed: ProposedKeys) {
    this.#options = options;
    this.#file = file;
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
    const use = this.#options.baseline?.use;
    use?.see({ file: basename(this.path) });
    let head: LdifRecord[] | undefined = [];
    await this.#file.readRecords((record) => {
      if (head !== undefined) {
        head.push(record);
        if (record instanceof LdifEntry || head.length === MOST_HEAD_RECORDS) {
          this.#dialect = ldifDialect(head);
          head = undefined;
        }
      }
      if (record.entry !== undefined) use?.see({ dn: record.entry.dn.text });
      this.#check.first(record);
    });
    if (head !== undefined) this.#dialect = ldifDialect(head);
    this.#check.finishFirst();
  }

  async second(): Promise<void> {
    if (!this.#check.needsSecondPass && !this.#forest.found) return;
    await this.#file.readRecords((record) => this.#check.second(record));
  }

  report(finding: Finding, record: SourceRecord, others: readonly Holder[] = []): void {
    const { rule } = finding;
    const { isListed, baseline } = this.#options;
    this.#replacesFormatFindings ||= rule.replacesFormatFindings === true;
    const identity = isListed ? findingIdentity(finding, basename(this.path), record) : undefined;
    const accepted = identity && baseline?.use.accept(identity);
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
    return detached({
      rule: rule.id,
      severity,
      message,
      file: this.path,
      ...(entry !== undefined && { dn: entry.dn.text }),
      ...(attribute !== undefined && { attribute }),
      ...(value !== undefined && { value: value.text }),
      range: rangeOf(record.text, span, record.firstLine),
      ...(others.length > 0 && { related: others.map(({ file, dn, range }) => ({ file, dn, range })) }),
      ...(valueHash !== undefined && { valueHash }),
    });
  }

  #fix({ title, safety, newValue, change }: ProposedFix, record: SourceRecord): ReportedFix {
    const fix = { title, safety, newValue: newValue ?? null };
    if (!this.#options.withEdits || !(record instanceof LdifEntry)) return detached(fix);
    const edits = editLdif(record, EditedEntry.of(record).with(change).changes(), styleOf([record]));
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
    return { path: this.path, dialect: this.#dialect, encoding, ...counts, findings: all, accepted, baseline };
  }

  /** The reader sees text: what there is to say about the bytes is said here. */
  #encodingFindings(): ReportedFinding[] {
    const { guessed, byteOrderMark, encoding } = this.#file.encoding;
    const ids: string[] = [];
    if (byteOrderMark && encoding === "utf-8") ids.push("ldif-byte-order-mark");
    if (guessed) ids.push("ldif-encoding-guessed");
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
