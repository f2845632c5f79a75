import type { Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { LdifReader, type LdifRecord } from "../core/index.ts";
import { EncodingDetector, type EncodingFacts, HEAD_LENGTH, StreamDecoder } from "./decode.ts";
import { FileError, fileError } from "./file-error.ts";

const CHUNK_LENGTH = 256 * 1024;

/** Who follows the reading of a file. */
export interface ReadOptions {
  /** Every reading rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** So many bytes more have been read. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/**
 * A file to be checked, of any size, which can be read as often as needed. A regular file is opened afresh each time and is
 * never held as a whole; what can be read only once (a pipe, standard input) is kept in memory.
 */
export class ExportFile {
  readonly path: string;
  readonly encoding: EncodingFacts;
  readonly #source: ByteSource;
  readonly #options: ReadOptions;

  private constructor(path: string, encoding: EncodingFacts, source: ByteSource, options: ReadOptions) {
    this.path = path;
    this.encoding = encoding;
    this.#source = source;
    this.#options = options;
  }

  /**
   * Opens a file and finds its encoding. That is a reading of its own, which costs little (nothing is decoded), so that no later
   * reading finds out in its middle that everything before was decoded wrongly. `-` is standard input. Throws a
   * {@link FileError}.
   */
  static async open(path: string, options: ReadOptions = {}): Promise<ExportFile> {
    const source = await sourceOf(path, options.signal);
    const detector = new EncodingDetector();
    for await (const bytes of source.read()) {
      options.signal?.throwIfAborted();
      options.onRead?.(bytes.length);
      detector.push(bytes);
      if (detector.settled) break;
    }
    return new ExportFile(path, detector.end(), source, options);
  }

  /** The text from its beginning, without a byte order mark. Throws a {@link FileError} where reading fails half-way. */
  async *chunks(): AsyncIterable<string> {
    const decoder = new StreamDecoder(this.encoding);
    const { signal, onRead } = this.#options;
    for await (const bytes of this.#source.read()) {
      signal?.throwIfAborted();
      onRead?.(bytes.length);
      const text = decoder.push(bytes);
      if (text !== "") yield text;
    }
    const rest = decoder.end();
    if (rest !== "") yield rest;
  }

  /** Reads the file from its beginning and hands on each record. Throws a {@link FileError} where reading fails half-way. */
  async readRecords(sink: (record: LdifRecord) => void): Promise<void> {
    const reader = new LdifReader(sink);
    for await (const chunk of this.chunks()) reader.push(chunk);
    reader.end();
  }
}

/** Bytes that can be read again and again. A piece is good until the next one is asked for. */
interface ByteSource {
  read(): AsyncIterable<Uint8Array>;
}

/** How many files are being opened, or are pipes that are being read. */
let waiting = 0;

/** Whether the program may wait in the system for somebody at the other end of a pipe: it cannot `process.exit` then. */
export function waitsForPipe(): boolean {
  return waiting > 0;
}

async function sourceOf(path: string, signal: AbortSignal | undefined): Promise<ByteSource> {
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

/** Takes everything that a stream gives into memory, the first piece long enough to tell the encoding. */
async function kept(path: string, stream: Readable, signal: AbortSignal | undefined): Promise<ByteSource> {
  const pieces: Uint8Array[] = [];
  try {
    if (signal !== undefined) addAbortSignal(signal, stream);
    for await (const piece of stream) {
      const bytes = piece as Uint8Array;
      const [first] = pieces;
      if (first !== undefined && first.length < HEAD_LENGTH) pieces[0] = Buffer.concat([first, bytes]);
      else pieces.push(bytes);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(path, error);
  }
  return {
    async *read() {
      yield* pieces;
    },
  };
}

class RegularFile implements ByteSource {
  readonly #path: string;
  readonly #stats: Stats;

  constructor(path: string, stats: Stats) {
    this.#path = path;
    this.#stats = stats;
  }

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
