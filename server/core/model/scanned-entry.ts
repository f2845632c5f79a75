import type { SourceValue } from "../text/source-value.ts";
import type { AttributeValue, Entry } from "./entry.ts";
import type { AttributeNumbers, NumberedValues } from "./numbered-values.ts";
import { type ObjectType, objectTypeOf } from "./object-type.ts";
import { detachText, type EntryRecord, type SourceRecord } from "./source-record.ts";

/** How a scanner writes down a record: so many numbers, then so many for each value. See server/scanner/scan.ts. */
export const RECORD_INTS = 10;
export const VALUE_INTS = 7;

/** What is said of a record, in its first number. */
export const RECORD_FLAGS = {
  plain: 1,
  add: 2,
  dnBase64: 4,
  dnPlain: 16,
  /** Keys, or references, have to be made from the texts. */
  keysNeedText: 32,
  referencesNeedText: 64,
  /** Of a row: it has characters beyond ASCII, or question marks. */
  beyondAscii: 128,
  questionMark: 256,
} as const;

/** What is said of a value, beside the number of its attribute type (bits 0 to 7) and what the format has to say (8, 9, and from 16 on). */
const HAS_KEY = 0x800;
const SPACE_SHIFT = 12;

/** What a scanner has written, and how to read it. */
export interface ScannerOutput {
  readonly ints: Int32Array;
  readonly numbers: AttributeNumbers;
  /** By the number of the attribute type. */
  readonly isReference: readonly boolean[];
  /** The key spaces of which an entry has one key at most: the numbers of their attribute types, the best first. */
  readonly firstOnly: ReadonlyMap<number, readonly number[]>;
  /** The text of the record that is written at `at`. */
  textAt(at: number): string;
  /** Grows whenever the output is written anew. */
  generation: number;
  /** By the number of an attribute type: the first value of the entry that was asked last, and which entry that was. */
  readonly firstIndexes: Int32Array;
  readonly firstOwners: Int32Array;
  /** Counts the entries that were asked. */
  owners: number;
}

const NO_VALUES: readonly AttributeValue[] = [];

/**
 * An entry that a scanner has found in which nothing is peculiar: the values that rules look at are known by their places, and what
 * else anybody wants to know is read then. It is good only until the scanner goes on; after that it is read as a whole.
 */
export abstract class ScannedEntry<Value extends AttributeValue = AttributeValue>
  implements SourceRecord, Entry, NumberedValues
{
  readonly start: number;
  readonly firstLine: number;
  readonly problems = [];
  protected readonly output: ScannerOutput;
  readonly #generation: number;
  /** Where the record stands in the output. */
  protected readonly at: number;
  protected readonly flags: number;
  readonly #count: number;
  #text: string | undefined;
  #owner = -1;
  #valuesByIndex: (Value | undefined)[] | undefined;
  /** By the index of the first value of an attribute. */
  #values: (Value[] | undefined)[] | undefined;
  #dn: SourceValue | undefined;
  #objectType: ObjectType | undefined;
  #whole: EntryRecord | undefined;

  /** `at` is where the record stands in the output; `start` and `firstLine` are its place in the file. Whoever has its text gives it. */
  constructor(output: ScannerOutput, at: number, start: number, firstLine: number, text?: string) {
    this.output = output;
    this.#generation = output.generation;
    this.at = at;
    this.flags = output.ints[at]!;
    this.#count = output.ints[at + 5]!;
    this.start = start;
    this.firstLine = firstLine;
    this.#text = text;
  }

  /** Nobody asks for that of most entries. Throws where nobody has before the scanner went on. */
  get text(): string {
    if (this.#text === undefined) {
      if (!this.#isFresh) throw new Error("the text of an entry is asked for after the scanner has gone on");
      this.#text = this.output.textAt(this.at);
    }
    return this.#text;
  }

  get entry(): this {
    return this;
  }

  get isChange(): boolean {
    return (this.flags & RECORD_FLAGS.add) !== 0;
  }

  get valueCount(): number {
    return this.output.ints[this.at + 4]!;
  }

  get identity(): object {
    return this;
  }

  get dn(): SourceValue {
    this.#dn ??= this.#isFresh ? this.makeDn() : this.whole.dn;
    return this.#dn;
  }

  protected abstract makeDn(): SourceValue;

  /** The value of which is written at `at` in the output. */
  protected abstract makeValue(at: number): Value;

  /** How the entry is read from a text of its own. */
  protected abstract reading(): (text: string) => EntryRecord;

  get objectType(): ObjectType {
    this.#objectType ??= objectTypeOf(this);
    return this.#objectType;
  }

  set objectType(type: ObjectType) {
    this.#objectType = type;
  }

  get signature(): number {
    return this.output.ints[this.at + 9]!;
  }

  /** The entry with all that it has. */
  get whole(): EntryRecord {
    this.#whole ??= this.reading()(this.text);
    return this.#whole;
  }

  detached(): EntryRecord {
    return this.packed()();
  }

  packed(): () => EntryRecord {
    const text = detachText(this.text);
    const read = this.reading();
    return () => read(text);
  }

  values(type: string): readonly AttributeValue[] {
    const number = this.output.numbers.of(type);
    if (number === undefined || !this.#isFresh) return this.whole.values(type);
    const { ints, firstOwners, firstIndexes } = this.output;
    if (this.#owner !== firstOwners[0]) this.#indexFirsts();
    if (firstOwners[number] !== this.#owner) return NO_VALUES;
    const first = firstIndexes[number]!;
    this.#values ??= new Array<Value[] | undefined>(this.#count);
    let values = this.#values[first];
    if (values !== undefined) return values;
    values = [];
    for (let index = first, at = this.at + RECORD_INTS + first * VALUE_INTS; index < this.#count; index++) {
      if ((ints[at]! & 0xff) === number) values.push(this.valueAt(index));
      at += VALUE_INTS;
    }
    this.#values[first] = values;
    return values;
  }

  #indexFirsts(): void {
    const { ints, firstOwners, firstIndexes } = this.output;
    this.#owner = ++this.output.owners;
    firstOwners[0] = this.#owner;
    for (let index = this.#count - 1, at = this.at + RECORD_INTS + index * VALUE_INTS; index >= 0; index--) {
      const number = ints[at]! & 0xff;
      firstOwners[number] = this.#owner;
      firstIndexes[number] = index;
      at -= VALUE_INTS;
    }
  }

  attributeTypes(): Iterable<string> {
    return this.whole.attributeTypes();
  }

  get numbered(): this | undefined {
    return this.#isFresh ? this : undefined;
  }

  get numbers(): AttributeNumbers {
    return this.output.numbers;
  }

  get count(): number {
    return this.#count;
  }

  numberAt(index: number): number {
    return this.output.ints[this.at + RECORD_INTS + index * VALUE_INTS]! & 0xff;
  }

  shapeAt(index: number): number {
    return this.output.ints[this.at + RECORD_INTS + index * VALUE_INTS + 4]!;
  }

  valueAt(index: number): Value {
    this.#valuesByIndex ??= new Array<Value | undefined>(this.#count);
    let value = this.#valuesByIndex[index];
    if (value === undefined) {
      value = this.makeValue(this.at + RECORD_INTS + index * VALUE_INTS);
      this.#valuesByIndex[index] = value;
    }
    return value;
  }

  visitKeys(visit: (space: number, one: number, other: number) => void): boolean {
    if ((this.flags & RECORD_FLAGS.keysNeedText) !== 0) return false;
    const { ints, isReference, firstOnly } = this.output;
    for (let index = 0, at = this.at + RECORD_INTS; index < this.#count; index++, at += VALUE_INTS) {
      const flags = ints[at]!;
      if ((flags & HAS_KEY) === 0) continue;
      const number = flags & 0xff;
      if (isReference[number] === true) continue;
      const space = (flags >>> SPACE_SHIFT) & 15;
      const ranks = firstOnly.get(space);
      if (ranks === undefined || this.#isFirst(index, ranks)) visit(space, ints[at + 5]!, ints[at + 6]!);
    }
    return true;
  }

  /** Whether no other value with a key is of a better attribute, or of the same and before this one. */
  #isFirst(own: number, ranks: readonly number[]): boolean {
    const { ints } = this.output;
    const rank = ranks.indexOf(this.numberAt(own));
    for (let index = 0, at = this.at + RECORD_INTS; index < this.#count; index++, at += VALUE_INTS) {
      if (index === own || (ints[at]! & HAS_KEY) === 0) continue;
      const other = ranks.indexOf(ints[at]! & 0xff);
      if (other >= 0 && (other < rank || (other === rank && index < own))) return false;
    }
    return true;
  }

  visitReferences(visit: (hash: number) => void): boolean {
    if ((this.flags & RECORD_FLAGS.referencesNeedText) !== 0) return false;
    const { ints, isReference } = this.output;
    for (let index = 0, at = this.at + RECORD_INTS; index < this.#count; index++, at += VALUE_INTS) {
      const flags = ints[at]!;
      if ((flags & HAS_KEY) !== 0 && isReference[flags & 0xff] === true) visit(ints[at + 5]!);
    }
    return true;
  }

  get #isFresh(): boolean {
    return this.#generation === this.output.generation;
  }
}
