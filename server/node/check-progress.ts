import { stat } from "node:fs/promises";

/** How far a check has come. */
export interface CheckProgress {
  /** The export that is being read. */
  readonly path: string;
  /** Which one of how many it is, counting from 1. */
  readonly file: number;
  readonly files: number;
  /** The second pass reads only what the first one has found worth another look. */
  readonly pass: "first" | "second";
  /** What this pass has read, of all exports together. */
  readonly bytes: number;
  /** The bytes of all exports; `undefined` where one of them comes through a pipe. */
  readonly totalBytes: number | undefined;
  /** The entries found so far, in all exports. */
  readonly entries: number;
}

/** Counts what is read of several exports, and tells it. */
export class CheckMeter {
  readonly #tell: ((progress: CheckProgress) => void) | undefined;
  /** By path; `undefined` for what has no size. */
  readonly #sizes = new Map<string, number | undefined>();
  #total: number | undefined = 0;
  #path = "";
  #file = 0;
  #pass: CheckProgress["pass"] = "first";
  /** The bytes of the exports that this pass is through with. */
  #done = 0;
  #read = 0;

  constructor(tell: ((progress: CheckProgress) => void) | undefined) {
    this.#tell = tell;
  }

  /** One more export is going to be read. */
  async expect(path: string): Promise<void> {
    if (this.#tell === undefined) return;
    const size = await sizeOf(path);
    this.#sizes.set(path, size);
    this.#total = size === undefined || this.#total === undefined ? undefined : this.#total + size;
  }

  /** A pass over an export begins. */
  begin(path: string, pass: CheckProgress["pass"]): void {
    const isSecond = pass === "second";
    if (isSecond && this.#pass !== "second") [this.#file, this.#done] = [0, 0];
    this.#file++;
    this.#path = path;
    this.#pass = pass;
    this.#read = 0;
  }

  /** So many bytes more have been read of it; `entries` are those of all exports. */
  read(bytes: number, entries: number): void {
    this.#read += bytes;
    this.#tell?.({
      path: this.#path,
      file: this.#file,
      files: this.#sizes.size,
      pass: this.#pass,
      bytes: this.#done + this.#read,
      totalBytes: this.#total,
      entries,
    });
  }

  /** This pass is through with an export, to its end or not. */
  end(): void {
    this.#done += this.#sizes.get(this.#path) ?? this.#read;
    this.#read = 0;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  if (path === "-") return undefined;
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    // That it cannot be read is told when it is to be read.
    return 0;
  }
}
