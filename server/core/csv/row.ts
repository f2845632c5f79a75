import { attributeType, lowerCase } from "../model/attribute-type.ts";
import { isDn } from "../model/dn.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { type ObjectType, objectTypeOf } from "../model/object-type.ts";
import { type TextOrigin, TextRecord } from "../model/text-record.ts";
import { isLost, valuesOf } from "./cell.ts";
import { FIELD, FIELD_NUMBERS, fieldText } from "./fields.ts";
import { type CsvHeader, objectTypeByHeader } from "./header.ts";
import type { CsvProblem } from "./problem.ts";
import { CODING, CsvValue, TranslatedValue } from "./value.ts";

/** Where a row stands, what it is made of, and what is wrong with it. */
export interface RowOrigin extends TextOrigin<CsvRow, CsvProblem> {
  readonly header: CsvHeader;
  readonly fields: readonly number[];
}

/** A row of a CSV export. This one shows no object: the header and what stands above it, a blank line, an example. */
export class CsvRow extends TextRecord<CsvRow, CsvProblem, RowOrigin> {
  override get entry(): CsvEntry | undefined {
    return undefined;
  }

  get header(): CsvHeader {
    return this.origin.header;
  }

  /** How many fields it has. */
  get fieldCount(): number {
    return this.origin.fields.length / FIELD_NUMBERS;
  }

  /** What a field says; empty where the row has none of that number. */
  fieldText(number: number): string {
    const at = number * FIELD_NUMBERS;
    const { fields, text } = this.origin;
    return number < 0 || at >= fields.length ? "" : fieldText(text, fields[at]!, fields[at + 1]!, fields[at + 2]!);
  }

  /** Where a field's content stands, without quotes around it, and how it is written; `undefined` where the row has none. */
  field(number: number): { readonly start: number; readonly end: number; readonly kind: number } | undefined {
    const at = number * FIELD_NUMBERS;
    const { fields } = this.origin;
    if (number < 0 || at >= fields.length) return undefined;
    return { start: fields[at]!, end: fields[at + 1]!, kind: fields[at + 2]! };
  }
}

/** As Get-ADUser shows it. */
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const GROUP_SCOPES: Readonly<Record<string, number>> = { global: 2, domainlocal: 4, universal: 8 };

const SECURITY_ENABLED = 0x80000000;

/** Nearly all rows have none of these. */
const MAY_BE_LOST = /System\.|Microsoft\.|(?:\.\.\.|\u2026)\}/;

const NO_COLUMNS: readonly number[] = [];

const NO_VALUES: readonly AttributeValue[] = [];

/** An object that a row of a CSV export shows. */
export class CsvEntry extends CsvRow implements Entry {
  #dn: CsvValue | undefined;
  #objectType: ObjectType | undefined;
  /** By the numbers of columns. */
  readonly #values: CsvValue[][] = [];

  override get entry(): CsvEntry {
    return this;
  }

  get identity(): object {
    return this.origin;
  }

  /** The DN, or, in exports without one, what names the object to people. */
  get dn(): CsvValue {
    this.#dn ??= this.#makeDn();
    return this.#dn;
  }

  /** What tells the object from others where there is no DN. */
  get objectKey(): string | undefined {
    const { header } = this.origin;
    if (this.isNamedByDn) return undefined;
    const own = this.fieldText(header.identity);
    return own === "" ? this.text : own.toLowerCase();
  }

  /** The directory knows the object by {@link dn}. */
  get isNamedByDn(): boolean {
    return this.header.dn >= 0 || this.dn instanceof TranslatedValue;
  }

  get isExtract(): boolean {
    return this.header.dialect.isCloud === true;
  }

  /** Where fields are missing or too many, nobody can say which values the object lacks. */
  get isPartial(): boolean {
    return this.fieldCount !== this.header.names.length;
  }

  get objectType(): ObjectType {
    this.#objectType ??= this.#findObjectType();
    return this.#objectType;
  }

  override get valueCount(): number {
    let count = 0;
    for (const column of this.header.columns)
      if (column !== undefined) count += this.columnValues(column.number).length;
    return count;
  }

  values(type: string): readonly AttributeValue[] {
    const columns = this.header.byType.get(lowerCase(type));
    if (columns === undefined) return NO_VALUES;
    if (columns.length === 1) return this.columnValues(columns[0]!.number);
    return columns.flatMap(({ number }) => this.columnValues(number));
  }

  *attributeTypes(): Iterable<string> {
    for (const [type] of this.header.byType) if (this.values(type).length > 0) yield type;
  }

  /** The numbers of the columns of an attribute whose values are not in the row: a program has written something else in their place. */
  get lostColumns(): readonly number[] {
    if (!MAY_BE_LOST.test(this.text)) return NO_COLUMNS;
    return this.header.columns.flatMap((column) =>
      column !== undefined && isLost(this.fieldText(column.number)) ? [column.number] : [],
    );
  }

  /** The values in a column that holds some of an attribute. */
  columnValues(number: number): readonly CsvValue[] {
    let values = this.#values[number];
    if (values === undefined) {
      const column = this.header.columns[number];
      const field = this.field(number);
      values = column && field ? this.#read(column.number, field) : [];
      this.#values[number] = values;
    }
    return values;
  }

  #read(number: number, { start, end, kind }: { start: number; end: number; kind: number }): CsvValue[] {
    const column = this.header.columns[number]!;
    const values = valuesOf(this, column, start, end, kind);
    return attributeType(column.attribute) === "grouptype" ? values.map((value) => this.#groupType(value)) : values;
  }

  /** Get-ADGroup says by two words what the attribute says by a number (MS-ADTS 2.2.12). */
  #groupType(value: CsvValue): CsvValue {
    const category = value.text.toLowerCase();
    if (category !== "security" && category !== "distribution") return value;
    const scope = GROUP_SCOPES[this.fieldText(this.header.numberOf("groupscope")).toLowerCase()] ?? 0;
    return new TranslatedValue(this, value, `${category === "security" ? scope | SECURITY_ENABLED : scope}`);
  }

  #makeDn(): CsvValue {
    const { header } = this.origin;
    const guid = header.dn >= 0 || header.dialect.isCloud === true ? undefined : this.values("objectGUID")[0];
    if (guid instanceof CsvValue && GUID.test(guid.text)) return new TranslatedValue(this, guid, `<GUID=${guid.text}>`);
    const number = header.dn >= 0 ? header.dn : Math.max(header.title, 0);
    const { start, end, kind } = this.field(number) ?? { start: 0, end: 0, kind: FIELD.plain };
    const quotes = kind === FIELD.doubled || kind === FIELD.misplaced ? CODING.doubledQuotes : 0;
    const plain = new CsvValue(this, "dn", number, { start, end }, quotes);
    if (header.dialect.cells !== "csvde" || !plain.source.includes("\\\\")) return plain;
    // Whether csvde doubles a backslash in the DN, too, is not documented: what is a DN is right.
    const unescaped = new CsvValue(this, "dn", number, { start, end }, quotes | CODING.backslashes);
    return isDn(unescaped.text) && !isDn(plain.text) ? unescaped : plain;
  }

  #findObjectType(): ObjectType {
    const { dialect, numberOf } = this.header;
    if (dialect.isCloud !== true) {
      const own = objectTypeOf(this);
      return own === "other" && dialect.name === "powershell" ? objectTypeByHeader(this.header) : own;
    }
    const recipient = this.fieldText(numberOf("recipienttypedetails")) || this.fieldText(numberOf("recipienttype"));
    if (/contact/i.test(recipient)) return "contact";
    return /group|list/i.test(recipient) ? "group" : "user";
  }
}
