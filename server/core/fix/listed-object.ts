import type { IdFixEntry } from "../csv/idfix.ts";
import type { CsvValue } from "../csv/value.ts";
import { attributeType, lowerCase } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { type ObjectType, objectTypeOf } from "../model/object-type.ts";

/** A row of a list that says what is to become of a value, and what speaks against it. */
export class DecidedRow {
  readonly row: IdFixEntry;
  /** The key of the object's DN. */
  readonly object: string;
  /** The attribute type in lower case. */
  readonly type: string;
  /** Why it is not written, as the end of a sentence that begins with the attribute's name. */
  refusal: string | undefined;
  #before: Entry | undefined;

  constructor(row: IdFixEntry) {
    this.row = row;
    this.object = dnKey(row.dn.text);
    this.type = attributeType(row.decision.attribute);
  }

  /** From 1. */
  get line(): number {
    return this.row.firstLine + 1;
  }

  /** It says EDIT or REMOVE. */
  get isChange(): boolean {
    const { action } = this.row.decision;
    return action === "edit" || action === "remove";
  }

  /** Somebody has said what is to become of the value. */
  get isDecided(): boolean {
    return this.isChange || this.row.decision.action === "complete";
  }

  /** The row, so to speak, before anybody decided: with its old value. */
  get before(): Entry {
    this.#before ??= this.#beforeDecision();
    return this.#before;
  }

  /** What it shows once the list is carried out: the old value where the decision is refused. */
  get after(): Entry {
    return this.refusal === undefined ? this.row : this.before;
  }

  #beforeDecision(): Entry {
    const { attribute, action, update, value } = this.row.decision;
    if (!this.isChange) return this.row;
    return EditedEntry.of(this.row).with({
      attribute,
      ...(action === "edit" && update !== undefined && { old: update }),
      ...(value !== undefined && { text: value.text }),
    });
  }

  /** Both say the same, to the letter. */
  saysTheSame({ type, row }: DecidedRow): boolean {
    const [own, other] = [this.row.decision, row.decision];
    return (
      type === this.type &&
      own.action === other.action &&
      own.value?.text === other.value?.text &&
      (own.action !== "edit" || own.update?.text === other.update?.text)
    );
  }
}

/** An object with the values that the rows of a list name. */
export class ListedObject implements Entry {
  readonly rows: DecidedRow[] = [];
  readonly #values = new Map<string, readonly AttributeValue[]>();
  #objectType: ObjectType | undefined;

  get dn(): CsvValue {
    return this.rows[0]!.row.dn;
  }

  get isPartial(): boolean {
    return true;
  }

  get objectType(): ObjectType {
    this.#objectType ??= objectTypeOf(this);
    return this.#objectType;
  }

  /** Each value once, however many rows name it. To be asked when all rows are there. */
  values(type: string): readonly AttributeValue[] {
    const wanted = lowerCase(type);
    let values = this.#values.get(wanted);
    if (values === undefined) {
      values = this.#find(wanted);
      this.#values.set(wanted, values);
    }
    return values;
  }

  #find(type: string): readonly AttributeValue[] {
    const own = this.rows.filter((one) => one.type === type);
    if (type === "objectclass" && own.length === 0) return this.rows[0]!.row.values(type);
    const named = own.map(({ row }) => row.decision.value).filter((value) => value !== undefined);
    return [...new Map(named.map((value) => [value.text, value])).values()];
  }

  attributeTypes(): Iterable<string> {
    return new Set(["objectclass", ...this.rows.map(({ type }) => type)]);
  }

  /** What the rows that are not refused make of it. */
  get edited(): EditedEntry {
    return carriedOut(
      this,
      this.rows.filter(({ refusal }) => refusal === undefined),
    );
  }
}

/** An object after the decisions of rows about it, as far as it holds the values that they name. */
export function carriedOut(object: Entry, rows: readonly DecidedRow[]): EditedEntry {
  const held = new Map<string, ReadonlyMap<string, AttributeValue>>();
  let edited = EditedEntry.of(object);
  for (const { isChange, type, row } of rows) {
    if (!isChange) continue;
    const { attribute, action, value, update } = row.decision;
    const values = held.get(type) ?? new Map(object.values(type).map((one) => [one.text, one]));
    held.set(type, values);
    const old = value && values.get(value.text);
    if (value !== undefined && old === undefined) continue;
    // A row that says what another has said finds nothing left to change.
    edited = edited.with({
      attribute: old?.description ?? attribute,
      ...(old !== undefined && { old }),
      ...(action === "edit" && update !== undefined && { text: update.text }),
    });
  }
  return edited;
}
