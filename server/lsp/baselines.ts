import type { Connection } from "vscode-languageserver";
import {
  BASELINE_FILE,
  Baseline,
  type BaselineUse,
  FORMAT_RULES,
  formatMessage,
  type JsonProblem,
  RULE_IDS,
  readBaselineFile,
  type Severity,
  staleRows,
} from "../core/index.ts";
import type { Analysis } from "./analysis.ts";
import type { ClientFeatures } from "./capabilities.ts";
import { jsonDiagnostic, LineIndex } from "./convert.ts";
import { FilesBeside, type FileText } from "./files-beside.ts";
import type { Host } from "./host.ts";
import { uriKey } from "./uri.ts";

const STALE_ROW = FORMAT_RULES.get("baseline-stale-row");

const NONE = new Baseline();

/** One state of a baseline file. */
interface Reading {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly baseline: Baseline;
  readonly problems: readonly JsonProblem[];
}

/** What the check of an open export has made of its baseline. */
interface Usage {
  readonly use: BaselineUse;
  /** Of what is said about rows that accept nothing. */
  readonly severity: Severity | undefined;
}

/** The baselines of exports. Tells what is wrong in them, and which rows accept nothing in the exports that are open. */
export class BaselineSource extends FilesBeside {
  readonly #readings = new Map<string, Reading>();
  /** By the URI of the export. */
  readonly #usages = new Map<string, Usage>();

  readonly #client: ClientFeatures;

  constructor(connection: Connection, host: Host, client: ClientFeatures) {
    super(BASELINE_FILE, connection, host);
    this.#client = client;
  }

  async of(exportUri: string): Promise<Baseline> {
    const file = await this.fileBeside(exportUri);
    return file === undefined ? NONE : (await this.read(file)).baseline;
  }

  /** An export was checked. */
  checked({ uri, use, checker }: Pick<Analysis, "uri" | "use" | "checker">): void {
    this.#usages.set(uri, { use, severity: STALE_ROW && checker.severity(STALE_ROW) });
    this.#tellBeside(uri);
  }

  /** An export is open no more. */
  gone(exportUri: string): void {
    this.#usages.delete(exportUri);
    this.#tellBeside(exportUri);
  }

  protected override async read({ uri, text = "" }: FileText): Promise<Reading> {
    const before = this.#readings.get(uriKey(uri));
    if (before?.text === text && before.uri === uri) return before;
    const { baseline, problems } = readBaselineFile(text, RULE_IDS);
    const reading = { uri, text, lines: new LineIndex(text), baseline, problems };
    this.#readings.set(uriKey(uri), reading);
    this.#tellReading(reading);
    return reading;
  }

  protected override forgotten(key: string): void {
    this.#readings.delete(key);
  }

  #tellBeside(exportUri: string): void {
    const uri = this.uriBeside(exportUri);
    const reading = uri === undefined ? undefined : this.#readings.get(uriKey(uri));
    if (reading !== undefined) this.#tellReading(reading);
  }

  #tellReading({ uri, lines, baseline, problems }: Reading): void {
    const usages = [...this.#usages.values()].filter(({ use }) => use.baseline === baseline);
    const severity = usages.find((usage) => usage.severity !== undefined)?.severity;
    const stale =
      severity === undefined
        ? []
        : staleRows(
            baseline,
            usages.map(({ use }) => use),
          );
    this.tell(uri, [
      ...problems.map((problem) => jsonDiagnostic(lines, problem, this.#client)),
      ...stale.map(({ row: { span }, reason }) => {
        const message = formatMessage(STALE_ROW!.message, { reason });
        return jsonDiagnostic(lines, { span, message }, this.#client, { rule: STALE_ROW!, severity: severity! });
      }),
    ]);
  }
}
