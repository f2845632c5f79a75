import {
  Checker,
  ExportCheck,
  type Finding,
  FORMAT_RULES,
  Forest,
  type Holder,
  type LdifDialect,
  LdifEntry,
  type LdifRecord,
  ldifDialect,
  proposeFix,
  RULES,
  rangeOf,
  type SourceRecord,
} from "../core/index.ts";
import { ExportFile, FileError, type SettingsOfFile } from "../node/index.ts";
import { type FixKey, ProposedKeys } from "./proposed-keys.ts";
import type { CheckedFile, ReportedFinding, ReportedFix } from "./report.ts";

export interface CheckedExports {
  readonly files: readonly CheckedFile[];
  /** One line for each file that could not be read. */
  readonly failures: readonly string[];
}

/** Where an export's settings come from. Throws a {@link FileError} where they cannot be read. */
export type SettingsFor = (exportPath: string) => Promise<SettingsOfFile>;

/**
 * Checks exports one after the other, and their keys against each other: a value may be held twice within a file or in two
 * files. Files are read twice, as a whole never held. What cannot be read does not stop the others.
 */
export async function checkExports(paths: readonly string[], settingsFor: SettingsFor): Promise<CheckedExports> {
  const failures: string[] = [];
  const checks: FileCheck[] = [];
  let forest: Forest | undefined;
  let proposed: ProposedKeys | undefined;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failures.push(error.message);
      return false;
    }
  };
  for (const path of paths) {
    await attempt(async () => {
      const { settings } = await settingsFor(path);
      const file = await ExportFile.open(path);
      const checker = new Checker(RULES, settings);
      // What is found across files is told by the first file's settings.
      forest ??= new Forest(checker);
      proposed ??= new ProposedKeys(forest);
      const check = new FileCheck(file, checker, forest, proposed);
      await check.first();
      checks.push(check);
    });
  }
  const complete: FileCheck[] = [];
  for (const check of checks) if (await attempt(() => check.second())) complete.push(check);
  forest?.report((finding, record, path, others) => {
    complete.find((check) => check.path === path)?.report(finding, record, others);
  });
  return { files: complete.map((check) => check.finish()), failures };
}

/** Until the first entry, and not more than these, records are looked at for the dialect. */
const MOST_HEAD_RECORDS = 20;

class FileCheck {
  readonly #file: ExportFile;
  readonly #forest: Forest;
  readonly #proposed: ProposedKeys;
  readonly #check: ExportCheck;
  #findings: { finding: ReportedFinding; newKeys: readonly FixKey[] }[] = [];
  #replacesFormatFindings = false;
  #dialect: LdifDialect = "ldif";

  constructor(file: ExportFile, checker: Checker, forest: Forest, proposed: ProposedKeys) {
    this.#file = file;
    this.#forest = forest;
    this.#proposed = proposed;
    const report = (finding: Finding, record: SourceRecord) => this.report(finding, record);
    this.#check = new ExportCheck(checker, FORMAT_RULES, forest, file.path, report);
  }

  get path(): string {
    return this.#file.path;
  }

  async first(): Promise<void> {
    let head: LdifRecord[] | undefined = [];
    await this.#file.readRecords((record) => {
      if (head !== undefined) {
        head.push(record);
        if (record instanceof LdifEntry || head.length === MOST_HEAD_RECORDS) {
          this.#dialect = ldifDialect(head);
          head = undefined;
        }
      }
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
    const { rule, severity, message, entry, attribute, value, span } = finding;
    this.#replacesFormatFindings ||= rule.replacesFormatFindings === true;
    const proposal = rule.fix && proposeFix(this.#check.checker, finding);
    const newKeys = proposal?.newKeys ?? [];
    for (const key of newKeys) this.#proposed.propose(key, `${this.path}:${record.start}`);
    const fix: ReportedFix | undefined = proposal && {
      title: proposal.title,
      safety: proposal.safety,
      newValue: proposal.newValue ?? null,
    };
    const reported: ReportedFinding = {
      rule: rule.id,
      severity,
      message,
      file: this.path,
      ...(entry !== undefined && { dn: entry.dn.text }),
      ...(attribute !== undefined && { attribute }),
      ...(value !== undefined && { value: value.text }),
      range: rangeOf(record.text, span, record.firstLine),
      ...(others.length > 0 && { related: others.map(({ file, dn, range }) => ({ file, dn, range })) }),
      ...(fix !== undefined && { fix }),
    };
    this.#findings.push({
      finding: detached(reported),
      newKeys: detached(
        newKeys.map(({ keySpace, key, held }) => ({ keySpace, key, ...(held !== undefined && { held }) })),
      ),
    });
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
    return { path: this.path, dialect: this.#dialect, encoding, ...this.#check.counts, findings: all };
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
      return [{ rule: id, severity, message: rule.message, file: this.path, range: { start, end: start } }];
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
