import {
  type KeyForm,
  type PassedRecord,
  RECORD_FLAGS,
  RECORD_INTS,
  type RowLayout,
  type ScanFormat,
  type ScannedAttribute,
  type ScannedEntry,
  type ScannerOutput,
  type ScanPlan,
  VALUE_INTS,
} from "../core/index.ts";
import bytes from "../scanner/scan.wasm";

/** So many bytes are scanned at once. A record that does not fit is the reader's. */
export const WINDOW = 2 ** 20;

// Where things lie in the module's memory; server/scanner/memory.ts knows the same addresses.
const CLASSES = 1024;
const SEXTETS = 1280;
const DIGITS = 1536;
const ATTRIBUTES = 2048;
const NAMES = 4096;
const NAME_SLOTS = 2048;
const TEXTS = NAMES + 8 * NAME_SLOTS;
const OUTPUT = 0x1a0000;
/** In bytes. */
export const OUTPUT_SIZE = 0x100000;
const INPUT = 0x2a0000;
const COLUMNS = 0x530000;
const COLUMNS_SIZE = 4 * 4096;
const PAGE = 2 ** 16;

const CHARACTER_CLASSES: readonly (readonly [bit: number, characters: RegExp])[] = [
  [1, /[A-Za-z0-9]/],
  [2, /[ -~\r\n]/],
  [4, /[A-Za-z0-9.;-]/],
  [8, /[A-Za-z0-9+/]/],
  [16, /["+<>;#]/],
  [32, /[0-9A-Fa-f]/],
  [64, /[ \t]/],
  [128, /[:@_{]/],
];
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Names that are no attributes have the last numbers. */
const NAMES_FROM_252 = ["dn", "changetype", "control", "version"];

const FORMS: Readonly<Record<KeyForm, number>> = {
  lowerCase: 1,
  trimmed: 2,
  address: 3,
  smtpAddress: 4,
  otherAddress: 4,
  bytes: 5,
};

interface ScanModule {
  readonly memory: WebAssembly.Memory;
  scan(from: number, to: number): number;
  records(): number;
  describeColumns(separator: number, count: number): void;
  scanRows(from: number, to: number): number;
  rows(): number;
}

/** A record of the window. */
export interface FoundRecord extends PassedRecord {
  /** Byte offsets in the window. */
  readonly start: number;
  readonly end: number;
  /** An entry in which nothing is peculiar. */
  readonly isPlain: boolean;
  /** Its DN is surely one. */
  readonly hasPlainDn: boolean;
  /** It has characters beyond ASCII, and they are UTF-8. */
  readonly isBeyondAscii: boolean;
  /** Where it stands in the scanner's output. */
  readonly at: number;
}

/** Bytes that have been scanned and what the scanner has written about them, in its memory or in a copy of it. */
export class ScannedWindow {
  readonly bytes: Buffer;
  readonly #format: ScanFormat;
  readonly #output: ScannerOutput;

  constructor(format: ScanFormat, { numbers, attributes, firstOnly }: ScanPlan, bytes: Uint8Array, ints: Int32Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#format = format;
    const isReference = [false, ...attributes.map((one) => one.isReference)];
    this.#output = {
      ints,
      numbers,
      isReference,
      firstOnly,
      textAt: (at) => this.#textAt(ints, at),
      generation: 0,
      firstIndexes: new Int32Array(256),
      firstOwners: new Int32Array(256),
      owners: 0,
    };
  }

  /** The records of the last scan, which found so many. They are good until {@link renew}. */
  records(count: number): readonly FoundRecord[] {
    const { ints } = this.#output;
    const records: FoundRecord[] = [];
    for (let at = 0, index = 0; index < count; index++) {
      const flags = ints[at]!;
      const isBeyondAscii = (flags & RECORD_FLAGS.beyondAscii) !== 0;
      const start = ints[at + 1]!;
      const end = ints[at + 2]!;
      records.push({
        start,
        end,
        length: isBeyondAscii ? ints[at + 8]! : end - start,
        lineCount: ints[at + 3]!,
        flags,
        isPlain: (flags & RECORD_FLAGS.plain) !== 0,
        hasPlainDn: (flags & RECORD_FLAGS.dnPlain) !== 0,
        isBeyondAscii,
        at,
      });
      at += RECORD_INTS + ints[at + 5]! * VALUE_INTS;
    }
    return records;
  }

  /** A plain record of the last scan; `start` and `firstLine` are its place in the file. Whoever has its text gives it. */
  entry({ at }: FoundRecord, start: number, firstLine: number, text?: string): ScannedEntry {
    return this.#format.entry(this.#output, at, start, firstLine, text);
  }

  #textAt(ints: Int32Array, at: number): string {
    const isBeyondAscii = (ints[at]! & RECORD_FLAGS.beyondAscii) !== 0;
    return this.bytes.toString(isBeyondAscii ? "utf8" : "latin1", ints[at + 1]!, ints[at + 2]!);
  }

  /** What was scanned is going to be overwritten: its entries have to be read from their texts from now on. */
  renew(): void {
    this.#output.generation++;
  }
}

/** Finds records in bytes, with what a {@link ScanPlan} wants to know: the module of server/scanner and its memory. */
export class ExportScanner {
  readonly plan: ScanPlan;
  /** Whoever scans writes the bytes here. */
  readonly window: Uint8Array;
  /** What the scanner writes. */
  readonly ints: Int32Array;
  readonly #module: ScanModule;
  #layout: RowLayout | undefined;

  /** The window has `size` bytes, at most {@link WINDOW}. */
  constructor(plan: ScanPlan, size = WINDOW) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    this.#module = exports as ScanModule;
    const { memory } = this.#module;
    memory.grow(Math.ceil((COLUMNS + COLUMNS_SIZE - memory.buffer.byteLength) / PAGE));
    this.plan = plan;
    this.window = new Uint8Array(memory.buffer, INPUT, size);
    this.ints = new Int32Array(memory.buffer, OUTPUT, OUTPUT_SIZE / 4);
    this.#describeCharacters(new Uint8Array(memory.buffer));
    this.#describeAttributes(memory.buffer, plan.attributes);
  }

  #describeCharacters(all: Uint8Array): void {
    for (let unit = 0; unit < 128; unit++) {
      const character = String.fromCharCode(unit);
      for (const [bit, characters] of CHARACTER_CLASSES) if (characters.test(character)) all[CLASSES + unit]! |= bit;
    }
    for (let value = 0; value < 64; value++) {
      all[SEXTETS + BASE64.charCodeAt(value)] = value;
      all[DIGITS + value] = BASE64.charCodeAt(value);
    }
  }

  #describeAttributes(memory: ArrayBuffer, attributes: readonly ScannedAttribute[]): void {
    const all = new Uint8Array(memory);
    const slots = new Uint32Array(memory, NAMES, 2 * NAME_SLOTS);
    const wants = new Uint32Array(memory, ATTRIBUTES, 256);
    let text = TEXTS;
    const add = (name: string, number: number) => {
      let slot = hashOf(name) & (NAME_SLOTS - 1);
      while (slots[2 * slot] !== 0) slot = (slot + 1) & (NAME_SLOTS - 1);
      slots[2 * slot] = text;
      slots[2 * slot + 1] = name.length | (number << 16);
      for (let at = 0; at < name.length; at++) all[text++] = name.charCodeAt(at);
    };
    for (const [index, name] of NAMES_FROM_252.entries()) add(name, 252 + index);
    for (const [index, attribute] of attributes.entries()) {
      add(attribute.type, index + 1);
      wants[index + 1] = wantsOf(attribute);
    }
  }

  /** From now on a table of that layout is scanned; without one, LDIF. */
  begin(layout: RowLayout | undefined): void {
    this.#layout = layout;
    if (layout === undefined) return;
    new Uint32Array(this.#module.memory.buffer, COLUMNS).set(layout.columns);
    this.#module.describeColumns(layout.separator, layout.columns.length);
  }

  /** What is scanned is a table, in which each line may end a record; otherwise, blank lines do. */
  get isTable(): boolean {
    return this.#layout !== undefined;
  }

  /**
   * Scans the window from `from` to `to`, where a record begins at `from`. Answers how many records there are whose end is in sight,
   * and where the first one begins that is not among them. What was found before is overwritten.
   */
  scan(from: number, to: number): { readonly count: number; readonly next: number } {
    if (this.#layout !== undefined) return { next: this.#module.scanRows(from, to), count: this.#module.rows() };
    return { next: this.#module.scan(from, to), count: this.#module.records() };
  }
}

/** How many numbers a scanner has written about so many records. */
export function usedInts(ints: Int32Array, count: number): number {
  let at = 0;
  for (let index = 0; index < count; index++) at += RECORD_INTS + ints[at + 5]! * VALUE_INTS;
  return at;
}

function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ (name.charCodeAt(at) | 0x20), 0x01000193);
  return hash;
}

function wantsOf({ wantsShape, lettersMatter, isReference, keys }: ScannedAttribute): number {
  const [key, other] = [...keys].sort(
    (one, two) => Number(one.form === "otherAddress") - Number(two.form === "otherAddress"),
  );
  let wants = (wantsShape ? 1 : 0) | (lettersMatter ? 2 : 0) | (isReference ? 4 : 0);
  if (key !== undefined) wants |= (FORMS[key.form] << 3) | (key.space << 8) | ((other ?? key).space << 16);
  return wants;
}
