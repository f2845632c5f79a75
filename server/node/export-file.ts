import type { Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { LdifReader, type LdifRecord } from "../core/index.ts";
import { EncodingDetector, type EncodingFacts, HEAD_LENGTH, StreamDecoder } from "./decode.ts";
import { FileError, fileError } from "./file-error.ts";

const CHUNK_LENGTH = 256 * 1024;

/**
 * A file to be checked, of any size, which can be read as often as needed. A regular file is opened afresh each time and is
 * never held as a whole; what can be read only once (a pipe, standard input) is kept in memory.
 */
export class ExportFile {
  readonly path: string;
  readonly encoding: EncodingFacts;
  readonly #source: ByteSource;

  private constructor(path: string, encoding: EncodingFacts, source: ByteSource) {
    this.path = path;
    this.encoding = encoding;
    this.#source = source;
  }

  /**
   * Opens a file and finds its encoding. That is a reading of its own, which costs little (nothing is decoded), so that no later
   * reading finds out in its middle that everything before was decoded wrongly. `-` is standard input. Throws a
   * {@link FileError}.
   */
  static async open(path: string): Promise<ExportFile> {
    const source = await sourceOf(path);
    const detector = new EncodingDetector();
    for await (const bytes of source.read()) {
      detector.push(bytes);
      if (detector.settled) break;
    }
    return new ExportFile(path, detector.end(), source);
  }

  /** The text from its beginning, without a byte order mark. Throws a {@link FileError} where reading fails half-way. */
  async *chunks(): AsyncIterable<string> {
    const decoder = new StreamDecoder(this.encoding);
    for await (const bytes of this.#source.read()) {
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

async function sourceOf(path: string): Promise<ByteSource> {
  if (path === "-" || path === "/dev/stdin") return kept(path, process.stdin);
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
    return await kept(path, handle.createReadStream());
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Takes everything that a stream gives into memory, the first piece long enough to tell the encoding. */
async function kept(path: string, stream: AsyncIterable<unknown>): Promise<ByteSource> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of stream) {
      const bytes = piece as Uint8Array;
      const [first] = pieces;
      if (first !== undefined && first.length < HEAD_LENGTH) pieces[0] = Buffer.concat([first, bytes]);
      else pieces.push(bytes);
    }
  } catch (error) {
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
    const buffer = Buffer.allocUnsafe(CHUNK_LENGTH);
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
