import { isAscii } from "node:buffer";
import { type ExportFormat, FORMAT_HEAD, formatOf, type SourceRecord, type WantedEntries } from "../core/index.ts";
import { type ByteSource, sourceOf } from "./byte-source.ts";
import { EncodingDetector, type EncodingFacts, HEAD_LENGTH, StreamDecoder } from "./decode.ts";
import { EntryPlaces } from "./entry-places.ts";
import type { ExportScanner } from "./export-scanner.ts";
import { FileError } from "./file-error.ts";
import { RecordScan, type RecordSink } from "./scan-records.ts";
import { type ScanThreads, ThreadedScan } from "./scan-thread.ts";

/** What every encoding that is based on ASCII makes of bytes that are nothing else. */
const ASCII: EncodingFacts = { encoding: "utf-8", guessed: false, byteOrderMark: false };

const NO_DIRECTORY_EXPORT =
  "this table is no export of a directory: no column of its header is one that csvde, Export-Csv, IdFix or Entra ID write";

/** Where a line end follows so many UTF-16 units, what stands before the header of a table has been read, and the header, too. */
const LEAST_HEAD = 2 ** 15;

/** So much is read at once where only some entries are wanted. */
const PIECE = 2 ** 20;

/** Who follows the reading of a file. */
export interface ReadOptions {
  /** Every reading rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** So many bytes more have been read. */
  readonly onRead?: ((bytes: number) => void) | undefined;
}

/**
 * A file to be checked, of any size, which can be read as often as needed. A regular file is opened afresh each time and is
 * never held as a whole; what can be read only once (a pipe, standard input) is kept.
 */
export class ExportFile {
  readonly path: string;
  #encoding: EncodingFacts | undefined;
  readonly #source: ByteSource;
  readonly #options: ReadOptions;
  #format: ExportFormat | undefined;
  /** Where entries stand, once the file has been scanned; `undefined` where its bytes cannot be read here and there. */
  #places: EntryPlaces | undefined;

  private constructor(path: string, source: ByteSource, options: ReadOptions) {
    this.path = path;
    this.#source = source;
    this.#options = options;
  }

  /**
   * Opens a file. `-` is standard input. Its first bytes settle the encoding, or else the first ones that are no ASCII and all that
   * follow: they are looked at once they are met, so that nothing is decoded wrongly before. Throws a {@link FileError}.
   */
  static async open(path: string, options: ReadOptions = {}): Promise<ExportFile> {
    const source = await sourceOf(path, options.signal);
    const file = new ExportFile(path, source, options);
    const detector = new EncodingDetector();
    for await (const bytes of source.read()) {
      detector.push(bytes.subarray(0, HEAD_LENGTH));
      break;
    }
    if (detector.settled) file.#encoding = detector.end();
    return file;
  }

  /** In bytes. */
  get size(): number {
    return this.#source.size;
  }

  /** As far as it is known: what has been read so far can be decoded by it. */
  get encoding(): EncodingFacts {
    return this.#encoding ?? ASCII;
  }

  /** Finds the encoding out, if it is not known. That is a reading of its own, which costs little: nothing is decoded. */
  async #settle(): Promise<EncodingFacts> {
    if (this.#encoding !== undefined) return this.#encoding;
    const detector = new EncodingDetector();
    for await (const bytes of this.#source.read()) {
      this.#options.signal?.throwIfAborted();
      detector.push(bytes);
      if (detector.settled) break;
    }
    this.#encoding = detector.end();
    return this.#encoding;
  }

  /** Its format, by its name and its beginning. Throws a {@link FileError} for a table that is no export of a directory. */
  async format(): Promise<ExportFormat> {
    if (this.#format !== undefined) return this.#format;
    const format = formatOf(this.path, await this.#head());
    if (format === undefined) throw new FileError(this.path, NO_DIRECTORY_EXPORT);
    this.#format = format;
    return format;
  }

  async #head(): Promise<string> {
    const decoder = new StreamDecoder(this.encoding);
    let head = "";
    for await (const bytes of this.#source.read()) {
      this.#options.signal?.throwIfAborted();
      head += decoder.push(bytes);
      if (head.length >= FORMAT_HEAD || head.includes("\n", LEAST_HEAD)) break;
    }
    return head;
  }

  /** The text from its beginning, without a byte order mark. Throws a {@link FileError} where reading fails half-way. */
  async *chunks(): AsyncIterable<string> {
    const decoder = new StreamDecoder(await this.#settle());
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
  async readRecords(sink: (record: SourceRecord) => void): Promise<void> {
    const reader = (await this.format()).reader(sink);
    for await (const chunk of this.chunks()) reader.push(chunk);
    reader.end();
  }

  /**
   * The same with a scanner, which is much quicker, and quicker still where `threads` let a thread of its own scan a large file. A
   * record is good until the sink returns. Throws a {@link FileError} where reading fails half-way.
   */
  async scanRecords(
    scanner: ExportScanner,
    sink: (record: SourceRecord) => void,
    threads?: ScanThreads | undefined,
  ): Promise<void> {
    const { scan: format } = await this.format();
    if (format === undefined) return this.readRecords(sink);
    const { signal, onRead } = this.#options;
    const isWide = this.encoding.encoding.startsWith("utf-16");
    const places = new EntryPlaces();
    const facts = isWide ? ASCII : this.encoding;
    const records: RecordSink = {
      record: (record) => {
        if (record.entry !== undefined) places.entry();
        sink(record);
      },
      block: (place) => places.block(place),
    };
    const inThread = threads !== undefined && !isWide && this.size >= threads.leastSize;
    const scan = inThread
      ? new ThreadedScan(threads.script, format, scanner.plan, facts, records)
      : new RecordScan(scanner, format, facts, records);
    try {
      for await (const bytes of isWide ? this.#transcoded() : this.#source.read()) {
        signal?.throwIfAborted();
        if (!isWide) onRead?.(bytes.length);
        if (this.#encoding === undefined && !isAscii(bytes)) scan.encoding = await this.#settle();
        await scan.push(bytes);
      }
      await scan.end();
    } finally {
      if (scan instanceof ThreadedScan) await scan.close();
    }
    this.#places = isWide ? undefined : places;
  }

  /** UTF-16 as UTF-8, which the scanner takes. */
  async *#transcoded(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.chunks()) yield Buffer.from(chunk, "utf8");
  }

  /**
   * Hands on some entries once more, in their order, each with its place among the entries of the file, from 0. The file must have
   * been scanned. A record is good until the sink returns.
   */
  async readEntries(
    wanted: WantedEntries,
    scanner: ExportScanner,
    sink: (record: SourceRecord, index: number) => void,
  ): Promise<void> {
    let index = 0;
    let next = 0;
    const record = (one: SourceRecord) => {
      if (one.entry === undefined) return;
      while (next < wanted.indexes.length && wanted.indexes[next]! < index) next++;
      if (index < wanted.first || wanted.indexes[next] === index) sink(one, index);
      index++;
    };
    const places = this.#places;
    const { scan: format } = await this.format();
    if (places === undefined || format === undefined) return this.readRecords(record);
    const { signal, onRead } = this.#options;
    const ranges = await this.#source.open();
    try {
      for (const { from, to, entry, offset, line } of places.ranges(wanted)) {
        index = entry;
        const begin = { byte: from, offset, line };
        const scan = new RecordScan(scanner, format, this.encoding, { record }, begin);
        const end = Math.min(to, this.size);
        for (let at = from; at < end; at += PIECE) {
          signal?.throwIfAborted();
          const bytes = await ranges.read(at, Math.min(at + PIECE, end));
          onRead?.(bytes.length);
          scan.push(bytes);
        }
        scan.end();
      }
    } finally {
      await ranges.close();
    }
  }

  /** Nobody will read the file again. */
  dispose(): Promise<void> {
    return this.#source.dispose();
  }
}
