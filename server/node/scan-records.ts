import { isAscii } from "node:buffer";
import { type FilePlace, isDn, LdifReader, type LdifRecord, type SourceRecord } from "../core/index.ts";
import { type EncodingFacts, StreamDecoder } from "./decode.ts";
import type { FoundRecord, LdifScanner, ScannedWindow } from "./ldif-scanner.ts";
import { BYTE_ORDER_MARK, type ScannedPiece, WindowScan } from "./scan-windows.ts";

/** Where a block of a file begins. */
export interface BlockPlace extends FilePlace {
  readonly byte: number;
}

/** Who takes what is found in a file. */
export interface RecordSink {
  record(record: SourceRecord): void;
  /** A block begins. */
  block?(place: BlockPlace): void;
}

/** Makes records of what has been scanned, with a scanner's output where nothing is peculiar, and with the reader, where something is. */
export class RecordReading {
  readonly #sink: RecordSink;
  #encoding: EncodingFacts;
  readonly #reader: LdifReader;
  /** Decodes a block that is longer than the window, piece by piece. */
  #long: StreamDecoder | undefined;
  /** Where the next piece begins in the file. */
  #byte: number;

  constructor(encoding: EncodingFacts, sink: RecordSink, begin?: BlockPlace) {
    this.#sink = sink;
    this.#encoding = encoding;
    this.#reader = new LdifReader((record: LdifRecord) => sink.record(record), undefined, begin);
    if (begin !== undefined) this.#reader.resume();
    this.#byte = begin?.byte ?? (encoding.byteOrderMark ? BYTE_ORDER_MARK : 0);
  }

  set encoding(facts: EncodingFacts) {
    this.#encoding = facts;
    // So far there was nothing but ASCII.
    if (this.#long !== undefined) this.#long = this.#decoder();
  }

  /** Takes the next piece. It may be overwritten afterwards. */
  take(window: ScannedWindow, piece: ScannedPiece): void {
    switch (piece.kind) {
      case "records":
        this.#records(window, piece);
        break;
      case "long":
        this.#part(window, piece);
        break;
      case "end":
        this.#end(window, piece);
    }
    window.renew();
    this.#byte += piece.to - piece.from;
  }

  #records(window: ScannedWindow, { from, to, count }: ScannedPiece): void {
    // One text for all: what is cut out of it costs nothing until it is looked at.
    const text = isAscii(window.bytes.subarray(from, to)) ? latin1(window.bytes, from, to) : undefined;
    for (const record of window.records(count)) {
      const { start, end } = record;
      this.#beginBlock(start - from);
      const own = text === undefined ? this.#decode(window, start, end) : text.slice(start - from, end - from);
      if (!this.#pass(window, record, own)) {
        this.#reader.append(own);
        this.#reader.endBlock();
      }
    }
  }

  #part({ bytes }: ScannedWindow, { from, to, isFirst, isLast }: ScannedPiece): void {
    if (isFirst) {
      this.#beginBlock(0);
      this.#long = this.#decoder();
    }
    const decoder = this.#long!;
    this.#reader.append(decoder.push(bytes.slice(from, to)));
    if (!isLast) return;
    this.#reader.append(decoder.end());
    this.#reader.endBlock();
    this.#long = undefined;
  }

  #end(window: ScannedWindow, { from, to }: ScannedPiece): void {
    const rest = this.#decode(window, from, to);
    if (this.#long !== undefined) this.#reader.append(this.#long.end() + rest);
    else if (rest !== "") {
      this.#beginBlock(0);
      // A last line without a line end may be a block of its own.
      this.#reader.push(rest);
    }
    this.#long = undefined;
    this.#reader.end();
  }

  #beginBlock(at: number): void {
    const { offset, line } = this.#reader.position;
    this.#sink.block?.({ byte: this.#byte + at, offset, line });
  }

  #pass(window: ScannedWindow, record: FoundRecord, text: string): boolean {
    if (!record.isPlain) return false;
    const { offset, line } = this.#reader.position;
    const entry = window.entry(record, text, offset, line);
    if (!record.hasPlainDn && (entry.dn.binary || !isDn(entry.dn.text))) return false;
    if (!this.#reader.pass(text.length, record.lineCount, record.isChange)) return false;
    this.#sink.record(entry);
    return true;
  }

  #decode({ bytes }: ScannedWindow, start: number, end: number): string {
    const decoder = this.#decoder();
    return decoder.push(bytes.slice(start, end)) + decoder.end();
  }

  /** The mark is not among the bytes that are scanned. */
  #decoder(): StreamDecoder {
    return new StreamDecoder({ ...this.#encoding, byteOrderMark: false });
  }
}

/**
 * Reads a file with a scanner, which is quick where nothing is peculiar, and with the reader, where something is: what the sink gets
 * is what the reader alone would have given it. The bytes must be of an encoding that is based on ASCII. A record is good until the
 * sink returns.
 */
export class RecordScan {
  readonly #scan: WindowScan;
  readonly #reading: RecordReading;

  /** With `begin` only a part of the file is read: nothing is told that depends on what comes before. */
  constructor(scanner: LdifScanner, encoding: EncodingFacts, sink: RecordSink, begin?: BlockPlace) {
    this.#reading = new RecordReading(encoding, sink, begin);
    const hasMark = encoding.byteOrderMark && begin === undefined;
    this.#scan = new WindowScan(scanner, hasMark, (piece) => this.#reading.take(scanner.scanned, piece));
  }

  /** May be told once the first bytes beyond ASCII are there. */
  set encoding(facts: EncodingFacts) {
    this.#reading.encoding = facts;
  }

  /** Takes bytes. */
  push(bytes: Uint8Array): void {
    this.#scan.push(bytes);
  }

  /** Nothing more comes. */
  end(): void {
    this.#scan.end();
  }
}

function latin1({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString("latin1");
}
