import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import {
  AttributeNumbers,
  type RowLayout,
  type ScanFormat,
  type ScannedAttribute,
  type ScanPlan,
} from "../core/index.ts";
import type { EncodingFacts } from "./decode.ts";
import { OUTPUT_SIZE, ScannedWindow, WINDOW } from "./export-scanner.ts";
import { RecordReading, type RecordSink } from "./scan-records.ts";
import type { ScannedPiece } from "./scan-windows.ts";

/** Bytes on their way to the thread: so many buffers of so many bytes. They last until the loop of events comes to the file again. */
const INPUTS = 16;
const INPUT_SIZE = 2 ** 18;

/** So many windows may be scanned and not looked at. */
const SLOTS = 4;

/** Below so many bytes a thread takes longer to start than it saves. */
const LEAST_SIZE = 20e6;

/** How files are scanned in a thread of its own while their records are judged. */
export interface ScanThreads {
  /** The bundled `scan-worker.ts`. */
  readonly script: string;
  /** Smaller files are not, in bytes. */
  readonly leastSize: number;
}

/** With as many threads as are wanted, or, unless that is said, as are of use here; `undefined` where one does everything. */
export function scanThreads(script: string, wanted = availableParallelism()): ScanThreads | undefined {
  return wanted > 1 ? { script, leastSize: LEAST_SIZE } : undefined;
}

/** What the thread is to know. All memory is shared. */
export interface ScanJob {
  readonly attributes: readonly ScannedAttribute[];
  /** Of a table. */
  readonly layout: RowLayout | undefined;
  /** The bytes begin with the byte order mark of UTF-8. */
  readonly hasMark: boolean;
  readonly inputs: readonly Uint8Array[];
  readonly slots: readonly ScanSlot[];
  /** For each slot, 1 while it holds what has not been looked at. */
  readonly taken: Int32Array;
}

/** A window of a scanner, and what it has written. */
export interface ScanSlot {
  readonly bytes: Uint8Array;
  readonly ints: Int32Array;
}

/** What the thread is told: so many bytes are in the next input; nothing more comes. */
export type ScanOrder = { readonly length: number } | "end";

/** What the thread tells: a slot is filled; an input is free again; all has been told. */
export type ScanAnswer = { readonly slot: number; readonly piece: ScannedPiece } | "free" | "ended";

/** Scans a file in a thread; what it finds is read in this one, in the order of the file. */
export class ThreadedScan {
  readonly #reading: RecordReading;
  readonly #worker: Worker;
  readonly #job: ScanJob;
  readonly #windows: readonly ScannedWindow[];
  #nextInput = 0;
  #inputsInUse = 0;
  #hasEnded = false;
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;
  #wake = () => {};

  constructor(
    script: string,
    format: ScanFormat,
    { attributes, firstOnly }: ScanPlan,
    encoding: EncodingFacts,
    sink: RecordSink,
  ) {
    this.#reading = new RecordReading(format, encoding, sink);
    const slots = Array.from({ length: SLOTS }, () => ({
      bytes: new Uint8Array(new SharedArrayBuffer(WINDOW)),
      ints: new Int32Array(new SharedArrayBuffer(OUTPUT_SIZE)),
    }));
    const inputs = Array.from({ length: INPUTS }, () => new Uint8Array(new SharedArrayBuffer(INPUT_SIZE)));
    // The scanner of the thread numbers shapes and signatures in its own way: what is remembered of others' must not be taken for it.
    const numbers = new AttributeNumbers(attributes.map(({ type }) => type));
    this.#job = {
      attributes,
      layout: format.layout(numbers),
      hasMark: encoding.byteOrderMark,
      inputs,
      slots,
      taken: new Int32Array(new SharedArrayBuffer(4 * SLOTS)),
    };
    const plan = { attributes, firstOnly, numbers };
    this.#windows = slots.map(({ bytes, ints }) => new ScannedWindow(format, plan, bytes, ints));
    // What it might print must not get into the report.
    this.#worker = new Worker(script, { workerData: this.#job, stdout: true });
    this.#worker.on("message", (answer: ScanAnswer) => this.#take(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`the scan ended with ${code}`)));
  }

  /** May be told once the first bytes beyond ASCII are there, and before they are pushed. */
  set encoding(facts: EncodingFacts) {
    this.#reading.encoding = facts;
  }

  /** Takes bytes, and meanwhile hands on records. */
  async push(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += INPUT_SIZE) {
      await this.#until(() => this.#inputsInUse < INPUTS);
      const piece = bytes.subarray(at, at + INPUT_SIZE);
      this.#job.inputs[this.#nextInput]!.set(piece);
      this.#nextInput = (this.#nextInput + 1) % INPUTS;
      this.#inputsInUse++;
      this.#tell({ length: piece.length });
    }
  }

  /** Nothing more comes. Resolves when all records have been handed on. */
  async end(): Promise<void> {
    this.#tell("end");
    await this.#until(() => this.#hasEnded);
  }

  /** Ends the thread, wherever it is. No record is handed on any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker.terminate();
  }

  #tell(order: ScanOrder): void {
    this.#worker.postMessage(order);
  }

  #take(answer: ScanAnswer): void {
    if (this.#isClosed || this.#failure !== undefined) return;
    if (answer === "free") this.#inputsInUse--;
    else if (answer === "ended") this.#hasEnded = true;
    else {
      const { slot, piece } = answer;
      try {
        this.#reading.take(this.#windows[slot]!, piece);
      } catch (error) {
        this.#fail(error);
      }
      Atomics.store(this.#job.taken, slot, 0);
      Atomics.notify(this.#job.taken, slot);
    }
    this.#wake();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.error;
      if (condition()) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
