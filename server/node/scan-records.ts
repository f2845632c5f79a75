import { isAscii } from "node:buffer";
import { type FilePlace, isDn, type ScanFormat, type ScanReader, type SourceRecord } from "../core/index.ts";
import { type EncodingFacts, StreamDecoder } from "./decode.ts";
import { type ExportScanner, type FoundRecord, ScannedWindow } from "./export-scanner.ts";
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
  readonly #reader: ScanReader;
  /** Decodes a block that is longer than the window, piece by piece. */
  #long: StreamDecoder | undefined;
  /** Where the next piece begins in the file. */
  #byte: number;

  constructor(format: ScanFormat, encoding: EncodingFacts, sink: RecordSink, begin?: BlockPlace) {
    this.#sink = sink;
    this.#encoding = encoding;
    this.#reader = format.reader((record) => sink.record(record), begin);
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

  #records(window: ScannedWindow, { from, count }: ScannedPiece): void {
    for (const record of window.records(count)) {
      const { start, end } = record;
      this.#beginBlock(start - from);
      if (!this.#pass(window, record)) this.#reader.record(this.#decode(window, start, end));
    }
  }

  #part({ bytes }: ScannedWindow, { from, to, isFirst, isLast }: ScannedPiece): void {
    if (isFirst) {
      this.#beginBlock(0);
      this.#long = this.#decoder();
    }
    const decoder = this.#long!;
    this.#reader.part(decoder.push(new Uint8Array(bytes.subarray(from, to))));
    if (!isLast) return;
    this.#reader.part(decoder.end());
    this.#reader.endParts();
    this.#long = undefined;
  }

  #end(window: ScannedWindow, { from, to }: ScannedPiece): void {
    const rest = this.#decode(window, from, to);
    if (this.#long !== undefined) this.#reader.part(this.#long.end() + rest);
    else if (rest !== "") {
      this.#beginBlock(0);
      this.#reader.rest(rest);
    }
    this.#long = undefined;
    this.#reader.end();
  }

  #beginBlock(at: number): void {
    const { position } = this.#reader;
    if (position === undefined) return;
    this.#sink.block?.({ byte: this.#byte + at, offset: position.offset, line: position.line });
  }

  #pass(window: ScannedWindow, record: FoundRecord): boolean {
    if (!record.isPlain || (record.isBeyondAscii && this.#encoding.encoding !== "utf-8")) return false;
    const { position } = this.#reader;
    if (position === undefined) return false;
    const entry = window.entry(record, position.offset, position.line);
    if (!record.hasPlainDn && (entry.dn.binary || !isDn(entry.dn.text))) return false;
    if (!this.#reader.pass(record)) return false;
    this.#sink.record(entry);
    return true;
  }

  #decode({ bytes }: ScannedWindow, start: number, end: number): string {
    if (isAscii(bytes.subarray(start, end))) return bytes.toString("latin1", start, end);
    const decoder = this.#decoder();
    return decoder.push(new Uint8Array(bytes.subarray(start, end))) + decoder.end();
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
  constructor(
    scanner: ExportScanner,
    format: ScanFormat,
    encoding: EncodingFacts,
    sink: RecordSink,
    begin?: BlockPlace,
  ) {
    this.#reading = new RecordReading(format, encoding, sink, begin);
    const hasMark = encoding.byteOrderMark && begin === undefined;
    const window = new ScannedWindow(format, scanner.plan, scanner.window, scanner.ints);
    scanner.begin(format.layout(scanner.plan.numbers));
    this.#scan = new WindowScan(scanner, hasMark, (piece) => this.#reading.take(window, piece));
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
