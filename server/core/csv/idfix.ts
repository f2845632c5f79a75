import { attributeType, lowerCase } from "../model/attribute-type.ts";
import type { AttributeValue } from "../model/entry.ts";
import { FIELD } from "./fields.ts";
import { wordKey } from "./header.ts";
import { CsvEntry } from "./row.ts";
import { CODING, CsvValue } from "./value.ts";

/** What a row of IdFix's list has been decided to be, in the words of its column ACTION. */
export type IdFixAction = "edit" | "remove" | "complete" | "undo" | "fail";

/** One value that IdFix found wrong, or that our own report in its columns lists, with what somebody decided about it. */
export interface IdFixDecision {
  readonly attribute: string;
  readonly value: CsvValue | undefined;
  readonly update: CsvValue | undefined;
  readonly action: IdFixAction | undefined;
  /** What ACTION says as it is written: it may be none of the words. */
  readonly word: string;
}

/**
 * A row of an IdFix list: one value of one attribute of an object. It shows the object as it will be: with the new value where the row
 * says EDIT, without the value where it says REMOVE.
 */
export class IdFixEntry extends CsvEntry {
  #decision: IdFixDecision | undefined;

  get decision(): IdFixDecision {
    this.#decision ??= this.#read();
    return this.#decision;
  }

  override get isExtract(): boolean {
    return true;
  }

  override get isPartial(): boolean {
    return true;
  }

  override get valueCount(): number {
    return this.#shown() === undefined ? 0 : 1;
  }

  override values(type: string): readonly AttributeValue[] {
    const wanted = lowerCase(type);
    if (wanted === "objectclass") return this.#fieldValue("objectclass", "objectClass") ?? [];
    if (wanted === attributeType(this.decision.attribute)) {
      const shown = this.#shown();
      return shown === undefined ? [] : [shown];
    }
    return [];
  }

  override *attributeTypes(): Iterable<string> {
    if (this.values("objectClass").length > 0) yield "objectclass";
    if (this.#shown() !== undefined) yield attributeType(this.decision.attribute);
  }

  /** COMPLETE says that the value is right as it is. */
  get acceptedBecause(): string | undefined {
    return this.decision.action === "complete" ? "COMPLETE in the list" : undefined;
  }

  #shown(): CsvValue | undefined {
    const { action, update, value } = this.decision;
    if (action === "remove") return undefined;
    return action === "edit" ? update : value;
  }

  #read(): IdFixDecision {
    const attribute = this.fieldText(this.header.numberOf("attribute")).trim();
    const word = this.fieldText(this.header.numberOf("action")).trim();
    return {
      attribute,
      value: this.#fieldValue("value", attribute)?.[0],
      update: this.#fieldValue("update", attribute)?.[0],
      action: ACTIONS.find((one) => one === wordKey(word)),
      word,
    };
  }

  #fieldValue(column: string, description: string): CsvValue[] | undefined {
    const number = this.header.numberOf(column);
    const field = this.field(number);
    if (field === undefined || field.start === field.end) return undefined;
    const { start, end, kind } = field;
    const quotes = kind === FIELD.doubled || kind === FIELD.misplaced ? CODING.doubledQuotes : 0;
    const guard = isGuarded(this.text.slice(start, end)) ? CODING.guarded : 0;
    return [new CsvValue(this, description, number, { start, end }, quotes | guard)];
  }
}

const ACTIONS: readonly IdFixAction[] = ["edit", "remove", "complete", "undo", "fail"];

/** What a spreadsheet runs as a formula begins so, however many apostrophes already stand before it. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * What a spreadsheet takes for a number or a date, and writes in another way when it saves the table: with zeros in front, of more digits
 * than it shows, with an exponent, or with the marks of dates, times and thousands.
 */
const NUMBER = /^'*(?:0\d|\d{12}|\d+[-.,:/Ee ]+\d)[-\d.,:/Ee ]*$/;

/**
 * A text as a field that a spreadsheet neither runs nor rewrites: with an apostrophe before what it would take for a formula, a number
 * or a date.
 */
export function guarded(text: string): string {
  return needsGuard(text) ? `'${text}` : text;
}

function isGuarded(text: string): boolean {
  return text.startsWith("'") && needsGuard(text);
}

function needsGuard(text: string): boolean {
  return FORMULA.test(text) || NUMBER.test(text);
}
