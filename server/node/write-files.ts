import { randomBytes } from "node:crypto";
import { type FileHandle, link, lstat, open, realpath, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FileError, fileError } from "./file-error.ts";

export interface FileToWrite {
  readonly path: string;
  /** Text is written as UTF-8; pieces are written one after the other. */
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
}

export type WriteResult =
  | { readonly written: true }
  /** `existing` is the file that is in the way; `reason` is for a person and names the path. */
  | { readonly written: false; readonly existing?: string; readonly reason: string };

/** What is being written now. */
const writing = new Set<Promise<unknown>>();

/** Waits until nothing is being written any more, or has been taken back. */
export async function writesEnded(): Promise<void> {
  await Promise.allSettled(writing);
}

/**
 * Writes all files or none: each is written under another name in its folder, and takes its own name only when all of them are
 * on the disk. Without `overwrite` an existing file stays as it is, even one that appears meanwhile. No other file is left behind.
 * Rejects with the signal's reason where it was aborted before all files had their names.
 */
export async function writeFilesSafely(files: readonly FileToWrite[], options: WriteOptions): Promise<WriteResult> {
  const work = writeAll(files, options);
  writing.add(work);
  try {
    return await work;
  } finally {
    writing.delete(work);
  }
}

export interface WriteOptions {
  readonly overwrite: boolean;
  readonly signal?: AbortSignal | undefined;
}

async function writeAll(files: readonly FileToWrite[], { overwrite, signal }: WriteOptions): Promise<WriteResult> {
  const ours: OneFile[] = [];
  try {
    for (const { path } of files) ours.push(await OneFile.at(path, overwrite));
    if (new Set(ours.map(({ target }) => target)).size < files.length) {
      return { written: false, reason: "two of the files to be written have the same name" };
    }
    for (const [at, { content }] of files.entries()) await ours[at]!.write(content, signal);
    for (const one of ours) {
      signal?.throwIfAborted();
      await one.publish();
    }
  } catch (error) {
    for (const one of ours.reverse()) await one.takeBack();
    signal?.throwIfAborted();
    const { path, message } = error as FileError;
    return error instanceof ExistingFile
      ? { written: false, existing: path, reason: message }
      : { written: false, reason: message };
  }
  for (const one of ours) await one.cleanUp();
  return { written: true };
}

/** A piece at a time, so that a long text can be given up in its middle. */
async function* pieces(content: FileToWrite["content"]): AsyncIterable<string | Uint8Array> {
  if (typeof content === "string" || content instanceof Uint8Array) yield content;
  else yield* content;
}

class ExistingFile extends FileError {
  constructor(path: string) {
    super(path, "the file exists already");
  }
}

class OneFile {
  /** The path as it was given, for messages. */
  readonly path: string;
  /** Where it is written: what a symbolic link leads to is replaced, not the link. */
  readonly target: string;
  readonly #overwrite: boolean;
  readonly #temporary: string;
  /** Another name of the file that is replaced, until all is done. */
  readonly #backup: string;
  #stands = { temporary: false, backup: false, target: false };

  private constructor(path: string, target: string, overwrite: boolean) {
    this.path = path;
    this.target = target;
    this.#overwrite = overwrite;
    const name = join(dirname(target), `.syncready-${randomBytes(8).toString("hex")}`);
    this.#temporary = `${name}.tmp`;
    this.#backup = `${name}.old`;
  }

  /** Throws where it is clear beforehand that the file cannot be written. */
  static async at(path: string, overwrite: boolean): Promise<OneFile> {
    try {
      const existing = await lstat(path).catch((error: { code?: string }) => {
        if (error.code !== "ENOENT") throw error;
        return undefined;
      });
      if (existing === undefined) {
        const folder = await realpath(dirname(path)).catch((error: { code?: string }) => {
          throw error.code === "ENOENT" ? new FileError(path, "there is no such folder") : error;
        });
        return new OneFile(path, join(folder, basename(path)), overwrite);
      }
      if (!overwrite) throw new ExistingFile(path);
      const target = await realpath(path);
      const stats = await lstat(target);
      if (stats.isDirectory()) throw new FileError(path, "this is a folder, not a file");
      // A device or a pipe would be replaced by a file.
      if (!stats.isFile()) throw new FileError(path, "this is no regular file, so it cannot be replaced");
      return new OneFile(path, target, overwrite);
    } catch (error) {
      throw fileError(path, error);
    }
  }

  async write(content: FileToWrite["content"], signal: AbortSignal | undefined): Promise<void> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(this.#temporary, "wx");
      this.#stands.temporary = true;
      for await (const piece of pieces(content)) await handle.writeFile(piece, signal && { signal });
      await handle.sync();
    } catch (error) {
      throw fileError(this.path, error);
    } finally {
      await handle?.close();
    }
  }

  /** Gives the file its own name. */
  async publish(): Promise<void> {
    try {
      if (this.#overwrite) await this.#replace();
      else await this.#create();
    } catch (error) {
      if ((error as { code?: string }).code === "EEXIST") throw new ExistingFile(this.path);
      throw fileError(this.path, error);
    }
  }

  async #create(): Promise<void> {
    try {
      // Unlike a rename, a link never takes the place of a file.
      await link(this.#temporary, this.target);
      this.#stands.target = true;
    } catch (error) {
      if ((error as { code?: string }).code === "EEXIST") throw error;
      // Some file systems (FAT, network shares) have no links: there an empty file of our own keeps the place.
      await (await open(this.target, "wx")).close();
      this.#stands.target = true;
      await rename(this.#temporary, this.target);
      this.#stands.temporary = false;
    }
  }

  async #replace(): Promise<void> {
    try {
      await link(this.target, this.#backup).catch((error: { code?: string }) => {
        if (error.code === "ENOENT") throw error;
        return rename(this.target, this.#backup);
      });
      this.#stands.backup = true;
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT") throw error;
    }
    await rename(this.#temporary, this.target);
    this.#stands = { ...this.#stands, temporary: false, target: true };
  }

  /** Makes the folder what it was before. */
  async takeBack(): Promise<void> {
    if (this.#stands.backup) await rename(this.#backup, this.target).catch(() => undefined);
    else if (this.#stands.target) await unlink(this.target).catch(() => undefined);
    if (this.#stands.temporary) await unlink(this.#temporary).catch(() => undefined);
  }

  /** Takes the other names away once all files have their own. */
  async cleanUp(): Promise<void> {
    if (this.#stands.backup) await unlink(this.#backup).catch(() => undefined);
    if (this.#stands.temporary) await unlink(this.#temporary).catch(() => undefined);
  }
}
