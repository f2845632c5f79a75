import type { ModifyFiles } from "../core/index.ts";

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

/** What the server needs of its surroundings. */
export interface Host {
  /** `undefined` where the URI names no file that can be read. */
  readFile(uri: string): Promise<FileOnDisk | undefined>;
  /** `undefined` where there is no such file. */
  fileState(uri: string): Promise<FileState | undefined>;
  writeFiles(files: readonly FileToWrite[], options: { readonly overwrite: boolean }): Promise<WriteOutcome>;
  /** Reads modify files back with our reader and with another one: answers what is wrong, `undefined` where nothing is. */
  proveModifyFiles(files: ModifyFiles): string | undefined;
  hash(text: string): string;
  storage(folder: string): Storage;
}
