import { rmSync, type Stats } from "node:fs";
import { type FileHandle, mkdtemp, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { HEAD_LENGTH } from "./decode.ts";
import { FileError, fileError } from "./file-error.ts";

const CHUNK_LENGTH = 256 * 1024;

/** So much of a pipe is kept in memory. What is longer goes into a temporary file. */
const MOST_IN_MEMORY = 2 ** 26;

/** Bytes that can be read again and again. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** All of them, piece by piece. A piece is good until the next one is asked for. */
  read(): AsyncIterable<Uint8Array>;
  /** Opens them for reading here and there. */
  open(): Promise<ByteRanges>;
  /** Nobody will read them again. */
  dispose(): Promise<void>;
}

export interface ByteRanges {
  /** The bytes from one offset to before another, as far as there are so many. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** Throws where they are no longer what they were. */
  close(): Promise<void>;
}

/** How many files are being opened, or are pipes that are being read. */
let waiting = 0;

/** Whether the program may wait in the system for somebody at the other end of a pipe: it cannot `process.exit` then. */
export function waitsForPipe(): boolean {
  return waiting > 0;
}

/** The bytes of a file, or of a pipe or standard input (`-`), which are then read to their end. Throws a {@link FileError}. */
export async function sourceOf(path: string, signal: AbortSignal | undefined): Promise<ByteSource> {
  if (path === "-" || path === "/dev/stdin") return kept(path, process.stdin, signal);
  waiting++;
  try {
    const handle = await open(path);
    const stats = await handle.stat();
    if (stats.isFile()) {
      await handle.close();
      return new RegularFile(path, stats);
    }
    if (stats.isDirectory()) {
      await handle.close();
      throw new FileError(path, "this is a folder, not a file");
    }
    return await kept(path, handle.createReadStream(), signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(path, error);
  } finally {
    waiting--;
  }
}

/** Takes everything that a stream gives, the first piece long enough to tell the encoding. */
async function kept(path: string, stream: Readable, signal: AbortSignal | undefined): Promise<ByteSource> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let file: TemporaryFile | undefined;
  try {
    if (signal !== undefined) addAbortSignal(signal, stream);
    for await (const piece of stream) {
      const bytes = piece as Uint8Array;
      length += bytes.length;
      if (file === undefined && length > MOST_IN_MEMORY) {
        file = await TemporaryFile.create(path);
        for (const before of pieces.splice(0)) await file.write(before);
      }
      const [first] = pieces;
      if (file !== undefined) await file.write(bytes);
      else if (first !== undefined && first.length < HEAD_LENGTH) pieces[0] = Buffer.concat([first, bytes]);
      else pieces.push(bytes);
    }
    if (file !== undefined) return file;
  } catch (error) {
    await file?.dispose();
    signal?.throwIfAborted();
    throw fileError(path, error);
  }
  return new InMemory(pieces);
}

class InMemory implements ByteSource {
  readonly #pieces: readonly Uint8Array[];

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces;
  }

  get size(): number {
    return this.#pieces.reduce((sum, { length }) => sum + length, 0);
  }

  async *read(): AsyncIterable<Uint8Array> {
    yield* this.#pieces;
  }

  async open(): Promise<ByteRanges> {
    const all = Buffer.concat(this.#pieces);
    return { read: async (from, to) => all.subarray(from, to), close: async () => undefined };
  }

  async dispose(): Promise<void> {}
}

/**
 * What came through a pipe, in a file that only this program can read. Its name is taken away at once, so that nothing is left behind
 * however the program ends; where that is not possible (Windows) it goes when the program exits.
 */
class TemporaryFile implements ByteSource {
  readonly #path: string;
  readonly #handle: FileHandle;
  #size = 0;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** `path` is what messages call it. */
  static async create(path: string): Promise<TemporaryFile> {
    const folder = await mkdtemp(join(tmpdir(), "syncready-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once("exit", remove);
    const handle = await open(join(folder, "export"), "wx+", 0o600);
    try {
      remove();
      process.off("exit", remove);
    } catch {
      // It is open: then it cannot be removed yet.
    }
    return new TemporaryFile(path, handle);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, at);
      at += bytesWritten;
    }
    this.#size += bytes.length;
  }

  get size(): number {
    return this.#size;
  }

  async *read(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < this.#size; at += CHUNK_LENGTH) yield await this.#range(at, at + CHUNK_LENGTH);
  }

  async open(): Promise<ByteRanges> {
    return { read: (from, to) => this.#range(from, to), close: async () => undefined };
  }

  #range(from: number, to: number): Promise<Uint8Array> {
    return rangeOf(this.#handle, this.#path, from, Math.min(to, this.#size));
  }

  async dispose(): Promise<void> {
    await this.#handle.close();
  }
}

class RegularFile implements ByteSource {
  readonly #path: string;
  readonly #stats: Stats;

  constructor(path: string, stats: Stats) {
    this.#path = path;
    this.#stats = stats;
  }

  get size(): number {
    return this.#stats.size;
  }

  async open(): Promise<ByteRanges> {
    try {
      const handle = await open(this.#path);
      return {
        read: (from, to) => rangeOf(handle, this.#path, from, Math.min(to, this.size)),
        close: () => this.#close(handle),
      };
    } catch (error) {
      throw fileError(this.#path, error);
    }
  }

  async #close(handle: FileHandle): Promise<void> {
    try {
      await this.#mustBeSame(handle);
    } finally {
      await handle.close();
    }
  }

  async dispose(): Promise<void> {}

  async *read(): AsyncIterable<Uint8Array> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(this.#path);
      yield* this.#pieces(handle);
    } catch (error) {
      throw fileError(this.#path, error);
    } finally {
      await handle?.close();
    }
  }

  async *#pieces(handle: FileHandle): AsyncIterable<Uint8Array> {
    await this.#mustBeSame(handle);
    // One byte more than there should be, so that a file that grows is noticed; a small file needs no large buffer.
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_LENGTH, this.#stats.size + 1));
    let length = 0;
    for (;;) {
      const filled = await fill(handle, buffer);
      length += filled;
      if (filled === 0) break;
      // A log that grows as fast as it is read would have no end.
      if (length > this.#stats.size) break;
      yield buffer.subarray(0, filled);
    }
    await this.#mustBeSame(handle, length);
  }

  /** What one reading finds must be what the others found: findings and positions of two states do not go together. */
  async #mustBeSame(handle: FileHandle, length = this.#stats.size): Promise<void> {
    const { size, mtimeMs, ino } = await handle.stat();
    const before = this.#stats;
    if (size !== before.size || mtimeMs !== before.mtimeMs || ino !== before.ino || length !== before.size) {
      throw new FileError(this.#path, "the file was changed while it was read");
    }
  }
}

/** Fills the buffer as far as the file goes: a single read may give less. */
async function fill(handle: FileHandle, buffer: Buffer): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** The bytes from one offset of a file to before another. Throws a {@link FileError} where the file does not have them. */
async function rangeOf(handle: FileHandle, path: string, from: number, to: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(Math.max(0, to - from));
  let filled = 0;
  try {
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (error) {
    throw fileError(path, error);
  }
  if (filled < bytes.length) throw new FileError(path, "the file was changed while it was read");
  return bytes;
}
