import type {
  Baseline,
  Checker,
  ExportFormat,
  ModifyFiles,
  PieceScanner,
  Range,
  Settings,
  Severity,
} from "../core/index.ts";

/** A file as it lies on disk. */
export interface FileOnDisk {
  readonly text: string;
  /** The hash of its bytes, whatever encoding they are read with. */
  readonly hash: string;
  /** Its bytes leave hardly a doubt how they are to be read. */
  readonly isCertain?: boolean;
}

/** What tells one state of a file from another without reading it. */
export interface FileState {
  readonly stamp: string;
  /** In bytes. */
  readonly size: number;
}

export interface FileToWrite {
  readonly uri: string;
  readonly text: string;
}

/** Either all files were written, or none: `existing` is the one in the way; `reason`, which names the file, says why. */
export type WriteOutcome =
  | { readonly written: true }
  | { readonly written: false; readonly existing?: string; readonly reason: string };

/** A place for small files of our own, by name. */
export interface Storage {
  /** `undefined` where there is none; rejects where it cannot be read. */
  read(name: string): Promise<string | undefined>;
  /** Writes the whole file or leaves the old one; rejects where it cannot. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The exports that a URI names: itself, or those in a folder and its sub-folders. */
export interface ExportsOnDisk {
  readonly uris: readonly string[];
  /** One line for each folder that could not be read. */
  readonly failures: readonly string[];
}

/** Exports of one folder, and how they are checked. */
export interface FolderToCheck {
  readonly uris: readonly string[];
  readonly settings: Settings;
  readonly baseline: Baseline;
}

/** A finding of an export that is not open. */
export interface DiskFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The other objects that hold the same value; `file` is a URI. */
  readonly related: readonly { readonly file: string; readonly dn: string; readonly range: Range }[];
}

export interface DiskCheckProgress {
  readonly uri: string;
  readonly pass: "first" | "second";
  /** Of all exports together, read in this pass. */
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  readonly entries: number;
}

export interface DiskCheckListener {
  progress(progress: DiskCheckProgress): void;
  /** The most severe findings of an export so far, what matters most first, and how many there are in all. */
  found(uri: string, findings: readonly DiskFinding[], count: number): void;
}

export interface DiskCheckResult {
  readonly files: number;
  readonly entries: number;
  readonly accepted: number;
  readonly counts: Readonly<Record<Severity, number>>;
  /** One line for each export that could not be checked. */
  readonly failures: readonly string[];
}

/** What the server needs of its surroundings. */
export interface Host {
  /** `undefined` where the URI names no file that can be read. */
  readFile(uri: string): Promise<FileOnDisk | undefined>;
  /** `undefined` where there is no such file. */
  fileState(uri: string): Promise<FileState | undefined>;
  writeFiles(files: readonly FileToWrite[], options: { readonly overwrite: boolean }): Promise<WriteOutcome>;
  /** Reads modify files back with our reader and with another one: answers what is wrong, `undefined` where nothing is. */
  proveModifyFiles(files: ModifyFiles): string | undefined;
  exportsAt(uri: string, signal: AbortSignal): Promise<ExportsOnDisk>;
  /**
   * Checks exports as they lie on disk, without keeping the server from anything else. Of each it finds at most `mostOfFile`, the most
   * severe. `undefined` where it was aborted.
   */
  checkFromDisk(
    folders: readonly FolderToCheck[],
    mostOfFile: number,
    listener: DiskCheckListener,
    signal: AbortSignal,
  ): Promise<DiskCheckResult | undefined>;
  /** Reads the pieces of an open export for a checker; `undefined` for a format that the core reads alone. */
  pieceScanner?(checker: Checker, format: ExportFormat): PieceScanner | undefined;
  hash(text: string): string;
  /** How many minutes local time is ahead of UTC at a moment, in milliseconds since 1970. */
  localOffset(milliseconds: number): number;
  storage(folder: string): Storage;
}
