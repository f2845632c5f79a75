import { lowerCase } from "../model/attribute-type.ts";
import type { AttributeValue } from "../model/entry.ts";
import type { AttributeNumbers, NumberedValues } from "../model/numbered-values.ts";
import type { ObjectType } from "../model/object-type.ts";
import { ShapeTable } from "../text/shape.ts";
import { Flags } from "./flags.ts";
import type { Rule, Uniqueness } from "./rule.ts";
import type { Severity } from "./settings.ts";

/** A rule under the settings at hand. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

type ValueCheck = NonNullable<Rule["checkValue"]>;

/** A rule that looks at single values. */
export interface ActiveValueCheck {
  readonly active: ActiveRule;
  readonly check: ValueCheck;
}

const SHAPES = new ShapeTable();

/**
 * The rules that look at single values of one attribute. Of values of a shape about which none of them had anything to say, none has
 * anything to say: most values of an export are settled by one look at their shape.
 */
export class ValueChecks {
  readonly checks: ActiveValueCheck[] = [];
  #letters = false;
  readonly #silent = new Flags();

  add(active: ActiveRule, check: ValueCheck): void {
    this.checks.push({ active, check });
    this.#letters ||= active.rule.readsLetters === true;
  }

  /** The number of the value's shape; -1 where each such value must be looked at. */
  shapeOf(value: AttributeValue): number {
    return value.isEncoded ? -1 : SHAPES.shapeOf(value.text, this.#letters);
  }

  isSilent(shape: number): boolean {
    return shape >= 0 && this.#silent.at(shape);
  }

  /** No rule had anything to say about a value of that shape. */
  noteSilent(shape: number): void {
    if (shape >= 0) this.#silent.set(shape);
  }
}

/** The rules of a step by the numbers of attribute types, with the shapes of a scanner's numbering that are silent. */
export class NumberedChecks {
  readonly numbers: AttributeNumbers;
  readonly #checks: readonly (ValueChecks | undefined)[];
  readonly #silent: Flags[];

  constructor({ values }: Step, numbers: AttributeNumbers) {
    this.numbers = numbers;
    this.#checks = [undefined, ...numbers.types.map((type) => values.get(type))];
    this.#silent = this.#checks.map(() => new Flags());
  }

  /** The checks of a value; `undefined` where none has anything to say. */
  of(number: number, shape: number): ValueChecks | undefined {
    return shape >= 0 && this.#silent[number]!.at(shape) ? undefined : this.#checks[number];
  }

  noteSilent(number: number, shape: number): void {
    if (shape >= 0) this.#silent[number]!.set(shape);
  }
}

/** The signatures of a scanner's numbering about whose entries no rule had anything to say, with the type of these entries. */
export class SilentSignatures {
  #numbers: AttributeNumbers | undefined;
  #types: (ObjectType | undefined)[] = [];

  typeOf({ numbers, signature }: NumberedValues): ObjectType | undefined {
    return numbers === this.#numbers ? this.#types[signature] : undefined;
  }

  add({ numbers, signature }: NumberedValues, type: ObjectType): void {
    if (signature < 0) return;
    if (numbers !== this.#numbers) this.#types = [];
    this.#numbers = numbers;
    this.#types[signature] = type;
  }
}

/** Rules in the form in which they are applied. */
export interface Step {
  /** By attribute type in lower case: an entry has far fewer attributes than there are rules. */
  readonly values: ReadonlyMap<string, ValueChecks>;
  readonly entries: readonly ActiveRule[];
  /** Those of them that must see every entry. */
  readonly everyEntry: readonly ActiveRule[];
  /** The same for values with numbers. Made anew for another numbering. */
  numbered?: NumberedChecks;
}

/** What is to be done with an entry of one type. */
export interface RulePlan {
  readonly rules: readonly ActiveRule[];
  /** First of all: what is excluded by design needs no other judgement. */
  readonly byDesign: Step;
  readonly rest: Step;
  /** Those about references to objects that stay out. */
  readonly references: readonly ActiveRule[];
  /** One for each key space. */
  readonly unique: readonly Uniqueness[];
  /** The numbers of these key spaces, as bits. */
  readonly liveSpaces: number;
}

/** The plan for entries of a type. Rules keep the order in which they are declared, within an attribute and among entry rules. */
export function rulePlan(rules: readonly ActiveRule[], type: ObjectType, keySpaces: readonly Uniqueness[]): RulePlan {
  const own = rules.filter(({ rule }) => rule.objectTypes?.includes(type) === true);
  const unique = new Map<string, Uniqueness>();
  for (const { rule } of own) {
    if (rule.unique !== undefined && !unique.has(rule.unique.keySpace)) unique.set(rule.unique.keySpace, rule.unique);
  }
  return {
    rules: own,
    byDesign: stepOf(
      own.filter(({ rule }) => rule.byDesign === true),
      type,
    ),
    rest: stepOf(
      own.filter(({ rule }) => rule.byDesign !== true),
      type,
    ),
    references: own.filter(({ rule }) => rule.reference === true),
    unique: [...unique.values()],
    liveSpaces: keySpaces.reduce(
      (bits, { keySpace }, number) => (unique.has(keySpace) ? bits | (1 << number) : bits),
      0,
    ),
  };
}

function stepOf(rules: readonly ActiveRule[], type: ObjectType): Step {
  const values = new Map<string, ValueChecks>();
  for (const active of rules) {
    const { checkValue, attributes } = active.rule;
    if (checkValue === undefined) continue;
    for (const attribute of attributes.map(lowerCase)) {
      const checks = values.get(attribute) ?? new ValueChecks();
      checks.add(active, checkValue);
      values.set(attribute, checks);
    }
  }
  const entries = rules.filter(({ rule }) => rule.checkEntry !== undefined);
  const everyEntry = entries.filter(({ rule }) => rule.everyEntry === true || rule.everyEntry?.includes(type) === true);
  return { values, entries, everyEntry };
}
