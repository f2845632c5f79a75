import { Worker } from "node:worker_threads";
import type { Range, Settings, Severity } from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import type { CheckProgress } from "./check-progress.ts";
import type { RelatedPlace } from "./checked-exports.ts";

/** What a worker is to check. It reads the exports; how they are checked it is told. */
export interface DiskCheckJob {
  readonly folders: readonly DiskCheckFolder[];
  /** How many findings of one file are wanted, and how many of all: the most severe. */
  readonly mostOfFile: number;
  readonly mostInAll: number;
}

/** Exports of one folder, which are checked in the same way. */
export interface DiskCheckFolder {
  readonly paths: readonly string[];
  readonly settings: Settings;
  /** The rows of the baseline. */
  readonly accepted: BaselineOfFile["baseline"]["rows"];
}

/** A finding as an editor shows it. */
export interface DiskFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The other objects that hold the same value. */
  readonly related: readonly RelatedPlace[];
}

/** What is to be shown of a file, in place of what was shown before. */
export interface DiskFindings {
  readonly path: string;
  /** What matters most, in this order. */
  readonly findings: readonly DiskFinding[];
  /** How many there are. */
  readonly count: number;
}

export interface DiskCheckResult {
  readonly files: number;
  readonly entries: number;
  readonly accepted: number;
  readonly counts: Readonly<Record<Severity, number>>;
  /** One line for each export that could not be checked. */
  readonly failures: readonly string[];
}

export type DiskCheckMessage =
  | { readonly kind: "progress"; readonly progress: CheckProgress }
  | { readonly kind: "findings"; readonly files: readonly DiskFindings[] }
  | { readonly kind: "ended"; readonly result: DiskCheckResult };

export interface DiskCheckListener {
  progress(progress: CheckProgress): void;
  findings(files: readonly DiskFindings[]): void;
}

/**
 * Checks exports in a worker thread, so that whoever asks for it can do other things and end it at any moment. `script` is the bundled
 * `check-worker.ts`. Answers `undefined` where it was aborted, and tells the listener nothing from then on; rejects where the worker
 * came to an end that it should not have.
 */
export function checkInWorker(
  script: string,
  job: DiskCheckJob,
  listener: DiskCheckListener,
  signal: AbortSignal,
): Promise<DiskCheckResult | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  // What it might print must not get into the protocol on standard output.
  const worker = new Worker(script, { workerData: job, stdout: true });
  return new Promise<DiskCheckResult | undefined>((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
    worker.on("message", (message: DiskCheckMessage) => {
      if (signal.aborted) return;
      if (message.kind === "progress") listener.progress(message.progress);
      else if (message.kind === "findings") listener.findings(message.files);
      else resolve(message.result);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the check ended with ${code}`)));
  }).finally(() => void worker.terminate());
}
