import type { Entry } from "../model/entry.ts";
import type { AttributeNumbers, NumberedValues } from "../model/numbered-values.ts";
import type { PieceList } from "../text/piece-list.ts";
import type { Checker } from "./checker.ts";
import { attributesOfRules } from "./checks-not-run.ts";
import type { LivePiece, Share } from "./live-piece.ts";
import type { ShareSums } from "./live-sums.ts";

/** Sets of attributes that rules require are numbers, one bit each. */
const MOST_REQUIRED = 30;

/** Which attributes of rules the entries of an open export carry, while entries come and go. */
export class LiveAttributes {
  readonly #checker: Checker;
  readonly #names: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  /** The bit of an attribute that rules require, by its number; 0 for others. */
  readonly #bits: readonly number[];
  /** In how many pieces each attribute is carried. */
  readonly #counts: Int32Array;
  readonly #checkers = new Map<number, Checker>();
  /** Lists of numbers are few, and held once, by their hashes. */
  readonly #lists = new Map<number, readonly number[]>();
  /** The attributes of scanned entries by their signatures, and the numbers of a scanner's attribute types among ours. */
  #bySignature: (readonly number[] | undefined)[] = [];
  #ofScanner: readonly (number | undefined)[] = [];
  #scanned: AttributeNumbers | undefined;
  #tellsAll = false;
  /** All attributes that rules require, and those of them that no entry carries. */
  readonly #required: number;
  #missing: number;
  /** The first pieces that carry the attributes that rules require, by their bits, as they were when that was last looked up. */
  #first = new Map<number, LivePiece | undefined>();
  #changes = 0;

  constructor(checker: Checker) {
    const required = checker.requiredAttributes;
    if (required.length > MOST_REQUIRED) throw new Error(`rules require more than ${MOST_REQUIRED} attributes`);
    this.#checker = checker;
    this.#names = [...new Set([...required, ...attributesOfRules(checker.rules).keys()])];
    this.#numbers = new Map(this.#names.map((name, number) => [name, number]));
    this.#bits = this.#names.map((_, number) => (number < required.length ? 1 << number : 0));
    this.#counts = new Int32Array(this.#names.length);
    this.#required = this.#bits.reduce((all, bit) => all | bit, 0);
    this.#missing = this.#required;
  }

  /** Those of them that no entry carries. */
  get missing(): number {
    return this.#missing;
  }

  /** Another number whenever an attribute is carried by the first entry, or by none any more. */
  get changes(): number {
    return this.#changes;
  }

  /** The attributes of rules, in lower case, that no entry carries. */
  notCarried(): ReadonlySet<string> {
    return new Set(this.#names.filter((_, number) => this.#counts[number] === 0));
  }

  /** The checker for an export that does not carry some attributes. */
  checkerFor(missing: number): Checker {
    let checker = this.#checkers.get(missing);
    if (checker === undefined) {
      const names = this.#checker.requiredAttributes.filter((_, number) => (missing & this.#bits[number]!) !== 0);
      checker = this.#checker.forExport(new Set(names));
      this.#checkers.set(missing, checker);
    }
    return checker;
  }

  /** The numbers of the attributes of rules that an entry carries. */
  of(entry: Entry): readonly number[] {
    if (entry.numbered !== undefined && this.#isNumbered(entry.numbered)) return this.#ofNumbered(entry.numbered);
    const numbers: number[] = [];
    for (const type of entry.attributeTypes()) {
      const number = this.#numbers.get(type);
      if (number !== undefined) numbers.push(number);
    }
    return this.#held(numbers);
  }

  /** Whether the numbers of scanned entries tell all: a scanner has not room for all the attributes that there may be. */
  #isNumbered({ numbers }: NumberedValues): boolean {
    if (numbers !== this.#scanned) {
      this.#scanned = numbers;
      this.#ofScanner = [undefined, ...numbers.types.map((type) => this.#numbers.get(type))];
      this.#bySignature = [];
      this.#tellsAll = this.#names.every((name) => numbers.of(name) !== undefined);
    }
    return this.#tellsAll;
  }

  #ofNumbered(values: NumberedValues): readonly number[] {
    const { signature } = values;
    const known = this.#bySignature[signature];
    if (known !== undefined) return known;
    const own = new Set<number>();
    for (let index = 0; index < values.count; index++) {
      const number = this.#ofScanner[values.numberAt(index)];
      if (number !== undefined) own.add(number);
    }
    const held = this.#held([...own]);
    if (signature >= 0) this.#bySignature[signature] = held;
    return held;
  }

  /** Those that rules require among the attributes that an entry carries. */
  requiredOf(entry: Entry): number {
    const { numbered } = entry;
    if (numbered !== undefined && this.#isNumbered(numbered)) return this.required(this.#ofNumbered(numbered));
    let bits = 0;
    for (const [number, name] of this.#checker.requiredAttributes.entries()) {
      if (entry.values(name).length > 0) bits |= this.#bits[number]!;
    }
    return bits;
  }

  union(one: readonly number[], other: readonly number[]): readonly number[] {
    return one.length === 0 ? other : this.#held([...new Set([...one, ...other])]);
  }

  /** Those that rules require among attributes. */
  required(numbers: readonly number[]): number {
    let bits = 0;
    for (const number of numbers) bits |= this.#bits[number]!;
    return bits;
  }

  add(numbers: readonly number[]): void {
    for (const number of numbers) if (this.#counts[number]!++ === 0) this.#turn(number);
  }

  remove(numbers: readonly number[]): void {
    for (const number of numbers) if (--this.#counts[number]! === 0) this.#turn(number);
  }

  /** The attributes that no entry before a piece carries, as far as that is known while the export is read or edited. */
  missingBefore(piece: LivePiece, pieces: PieceList<LivePiece>): number {
    let missing = this.#missing;
    for (const [bit, first] of this.#first) {
      if (first !== undefined && pieces.has(first) && pieces.compare(first, piece) >= 0) missing |= bit;
    }
    return missing;
  }

  /**
   * Looks up where each attribute is carried first; answers the pieces that were judged with too much or too little in mind.
   */
  misjudged(pieces: PieceList<LivePiece>, sums: ShareSums): LivePiece[] {
    const before = this.#first;
    const required = this.#bits.filter((bit) => bit !== 0);
    this.#first = new Map(required.map((bit) => [bit, sums.firstCarrying(bit)]));
    if ([...this.#first].every(([bit, first]) => before.has(bit) && before.get(bit) === first)) return [];
    const misjudged: LivePiece[] = [];
    let missing = this.#required;
    for (const piece of pieces) {
      const { share } = piece;
      if (share === undefined) continue;
      if (isMisjudged(share, missing, this.#missing)) misjudged.push(piece);
      missing &= ~share.carried;
    }
    return misjudged;
  }

  #turn(number: number): void {
    this.#changes++;
    const bit = this.#bits[number]!;
    this.#missing = this.#counts[number] === 0 ? this.#missing | bit : this.#missing & ~bit;
  }

  #held(numbers: readonly number[]): readonly number[] {
    const hash = numbers.reduce((hash, number) => (Math.imul(hash, 31) + number + 1) | 0, 0);
    const held = this.#lists.get(hash);
    if (held === undefined) this.#lists.set(hash, numbers);
    else if (held.length === numbers.length && held.every((number, at) => number === numbers[at])) return held;
    return numbers;
  }
}

/** Whether a rule said something that it must not say, or was silent about what it must say. */
function isMisjudged(share: Share, missingBefore: number, missing: number): boolean {
  if (share.missingBefore === missingBefore && share.missing === missing) return false;
  return share.silenced || (missingBefore & ~share.missingBefore) !== 0 || (missing & ~share.missing) !== 0;
}
