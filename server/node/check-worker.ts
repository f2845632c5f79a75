// Checks exports in a thread of its own; see disk-check.ts for what it is told and what it tells.
import { dirname, join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Baseline, BaselineUse, type Severity } from "../core/index.ts";
import { baselinePathFor } from "./baseline.ts";
import { checkExports } from "./check-exports.ts";
import type { CheckProgress } from "./check-progress.ts";
import type { ReportedFinding } from "./checked-exports.ts";
import type { DiskCheckFolder, DiskCheckJob, DiskCheckMessage, DiskCheckResult, DiskFinding } from "./disk-check.ts";
import { type Budget, MostSevere } from "./most-severe.ts";
import { scanThreads } from "./scan-thread.ts";

/** Between two messages of a kind, in milliseconds. */
const PROGRESS_MS = 100;
const FINDINGS_MS = 200;

class DiskCheck {
  readonly #job: DiskCheckJob;
  readonly #budget: Budget;
  readonly #files = new Map<string, MostSevere>();
  /** The files of which something else is to be shown than before. */
  readonly #changed = new Set<string>();
  #toldProgress = performance.now();
  #toldFindings = performance.now();

  constructor(job: DiskCheckJob) {
    this.#job = job;
    this.#budget = { left: job.mostInAll };
  }

  async run(): Promise<void> {
    const { folders } = this.#job;
    // Exports that are only read because others are checked together with them stand in the same folders.
    const byFolder = new Map(
      folders.map((folder) => [dirname(folder.paths[0]!), { folder, baselineFor: baselineOf(folder) }]),
    );
    const paths = folders.flatMap((folder) => folder.paths);
    const { files, failures } = await checkExports(paths, {
      settingsFor: async (path) => byFolder.get(dirname(path))!.folder,
      baselineFor: async (path) => byFolder.get(dirname(path))!.baselineFor(path),
      withEdits: false,
      threads: scanThreads(join(__dirname, "scan-worker.js")),
      onProgress: (progress) => this.#progress(progress),
      onFound: (finding) => this.#found(finding),
      onFailed: (path) => this.#failed(path),
    });
    // Now the counts are final, too.
    for (const [path, { count, kept }] of this.#files) if (count > kept.length) this.#changed.add(path);
    this.#tellFindings();
    const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
    const kept = [...this.#files.values()];
    const countOf = (severity: Severity) => sum(kept.map(({ counts }) => counts[severity]));
    const result: DiskCheckResult = {
      files: files.length,
      entries: sum(files.map(({ entries }) => entries)),
      accepted: sum(files.map(({ accepted }) => accepted.length)),
      counts: {
        error: countOf("error"),
        warning: countOf("warning"),
        information: countOf("information"),
        hint: countOf("hint"),
      },
      failures,
    };
    tell({ kind: "ended", result });
  }

  #progress(progress: CheckProgress): void {
    const now = performance.now();
    if (now - this.#toldFindings >= FINDINGS_MS) this.#tellFindings();
    if (now - this.#toldProgress < PROGRESS_MS) return;
    this.#toldProgress = now;
    tell({ kind: "progress", progress });
  }

  #found(finding: ReportedFinding): void {
    const { file } = finding;
    let own = this.#files.get(file);
    if (own === undefined) {
      own = new MostSevere(this.#job.mostOfFile, this.#budget);
      this.#files.set(file, own);
    }
    if (own.add(finding)) this.#changed.add(file);
  }

  #failed(path: string): void {
    this.#files.get(path)?.drop();
    if (this.#files.delete(path)) this.#changed.add(path);
  }

  #tellFindings(): void {
    this.#toldFindings = performance.now();
    if (this.#changed.size === 0) return;
    const files = [...this.#changed].map((path) => {
      const own = this.#files.get(path);
      return { path, findings: (own?.kept ?? []).map(shownOf), count: own?.count ?? 0 };
    });
    this.#changed.clear();
    tell({ kind: "findings", files });
  }
}

/** Each export makes use of a baseline of its own: rows that nobody makes use of are told elsewhere. */
function baselineOf({ accepted }: DiskCheckFolder) {
  const baseline = new Baseline(accepted);
  return (path: string) => {
    const use = new BaselineUse(baseline);
    return { path: baselinePathFor(path), text: undefined, baseline, use, messages: [] };
  };
}

function shownOf({ rule, severity, message, range, related = [] }: ReportedFinding): DiskFinding {
  return { rule, severity, message, range, related };
}

function tell(message: DiskCheckMessage): void {
  parentPort?.postMessage(message);
}

// An error ends the worker, and the one who has started it is told.
void new DiskCheck(workerData as DiskCheckJob).run();
