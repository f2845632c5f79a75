import { lowerCase } from "./attribute-type.ts";
import type { AttributeValue } from "./entry.ts";
import type { ObjectType } from "./object-type.ts";
import { detachText } from "./source-record.ts";

const MOST_SPELLINGS = 1000;

/** Attribute types that somebody has given numbers, from 1, in lower case. */
export class AttributeNumbers {
  readonly types: readonly string[];
  /** The types in every spelling that has been asked for, of those that there may be only so many. */
  readonly #numbers: Map<string, number | undefined>;

  constructor(types: readonly string[]) {
    this.types = types;
    this.#numbers = new Map(types.map((type, index) => [type, index + 1]));
  }

  /** The number of a type, in any case; `undefined` where it has none. */
  of(type: string): number | undefined {
    const number = this.#numbers.get(type);
    if (number !== undefined || this.#numbers.has(type)) return number;
    const other = this.#numbers.get(lowerCase(type));
    if (this.#numbers.size < MOST_SPELLINGS) this.#numbers.set(detachText(type), other);
    return other;
  }
}

/**
 * The values of an entry whose attribute types have a number, as a scanner finds them: what can be told of them without making a
 * text of each. They are good only until the scanner goes on.
 */
export interface NumberedValues {
  readonly numbers: AttributeNumbers;
  readonly count: number;
  /** The number of the attribute type of the value at `index`, from 0. */
  numberAt(index: number): number;
  /** The number of the value's shape (text/shape.ts), in a numbering that the scanner has of its own; -1 where it has none. */
  shapeAt(index: number): number;
  valueAt(index: number): AttributeValue;
  /**
   * The number of the entry's signature: the attributes of its values in their order, the shapes of those whose texts rules look at,
   * and which of the keys are equal. -1 where that is not all there is to tell.
   */
  readonly signature: number;
  /** What entries of this signature are. */
  objectType: ObjectType;
  /**
   * Shows the hash of each key of the entry, whatever its key space (from 0). False where the scanner cannot tell the keys and has
   * shown none.
   */
  visitKeys(visit: (space: number, one: number, other: number) => void): boolean;
  /** Shows the hash of each DN in the value of a reference; see `hashDn`. False where the scanner cannot tell, as above. */
  visitReferences(visit: (hash: number) => void): boolean;
}
