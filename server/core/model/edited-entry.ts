import { base64Of } from "../text/base64.ts";
import type { Span } from "../text/span.ts";
import { attributeType, lowerCase } from "./attribute-type.ts";
import type { AttributeValue, Entry } from "./entry.ts";
import { type ObjectType, objectTypeOf } from "./object-type.ts";

/** One value put in place of another: without `old` it is added, without `text` the old one is removed. */
export interface ValueChange {
  readonly attribute: string;
  readonly old?: AttributeValue;
  readonly text?: string;
}

/** A value that is not in the export yet. Its place is that of the value it replaces. */
class NewValue implements AttributeValue {
  readonly description: string;
  readonly text: string;
  readonly binary = false;
  readonly isEncoded = false;
  readonly span: Span;
  /** The value of the export in whose place it stands. */
  readonly replaces: AttributeValue | undefined;

  constructor(description: string, text: string, span: Span, replaces: AttributeValue | undefined) {
    this.description = description;
    this.text = text;
    this.span = span;
    this.replaces = replaces;
  }

  get base64(): string {
    return base64Of(this.text);
  }

  slice(): Span {
    return this.span;
  }
}

/** An entry with changes that are not written yet. The entry beneath stays as it is. */
export class EditedEntry implements Entry {
  readonly original: Entry;
  readonly #edited: ReadonlyMap<string, readonly AttributeValue[]>;
  #objectType: ObjectType | undefined;

  constructor(original: Entry, edited: ReadonlyMap<string, readonly AttributeValue[]> = new Map()) {
    this.original = original;
    this.#edited = edited;
  }

  /** The entry, ready to be edited further. */
  static of(entry: Entry): EditedEntry {
    return entry instanceof EditedEntry ? entry : new EditedEntry(entry);
  }

  get dn() {
    return this.original.dn;
  }

  get acceptedBecause(): string | undefined {
    return this.original.acceptedBecause;
  }

  get identity(): object {
    return this;
  }

  get objectKey(): string | undefined {
    return this.original.objectKey;
  }

  get isExtract(): boolean {
    return this.original.isExtract === true;
  }

  get isPartial(): boolean {
    return this.original.isPartial === true;
  }

  get objectType(): ObjectType {
    this.#objectType ??= this.#findObjectType();
    return this.#objectType;
  }

  values(type: string): readonly AttributeValue[] {
    return this.#edited.get(lowerCase(type)) ?? this.original.values(type);
  }

  /** An export may know the type from elsewhere than the values: it stays what it was, unless the changes say something else. */
  #findObjectType(): ObjectType {
    const own = objectTypeOf(this);
    return own === objectTypeOf(this.original) ? this.original.objectType : own;
  }

  *attributeTypes(): Iterable<string> {
    for (const type of this.original.attributeTypes()) if (this.values(type).length > 0) yield type;
    for (const [type, values] of this.#edited) {
      if (values.length > 0 && this.original.values(type).length === 0) yield type;
    }
  }

  /** This entry with one more change. A change of a value that it does not have changes nothing. */
  with({ attribute, old, text }: ValueChange): EditedEntry {
    const type = attributeType(attribute);
    const values = this.values(type);
    const index = old === undefined ? values.length : values.indexOf(old);
    if (index < 0) return this;
    const base = old instanceof NewValue ? old.replaces : old;
    const added =
      text === undefined ? [] : [new NewValue(old?.description ?? attribute, text, (old ?? this.dn).span, base)];
    const edited = new Map(this.#edited);
    edited.set(type, [...values.slice(0, index), ...added, ...values.slice(index + 1)]);
    return new EditedEntry(this.original, edited);
  }

  /** The changes from the original to this, the least that does it: each value of the original at most once. */
  changes(): ValueChange[] {
    const changes: ValueChange[] = [];
    for (const [type, values] of this.#edited) {
      const kept = new Set(values);
      for (const old of this.original.values(type)) {
        if (kept.has(old)) continue;
        const text = values.find((value) => value instanceof NewValue && value.replaces === old)?.text;
        if (text !== old.text) changes.push({ attribute: old.description, old, ...(text !== undefined && { text }) });
      }
      for (const value of values) {
        if (value instanceof NewValue && value.replaces === undefined) {
          changes.push({ attribute: value.description, text: value.text });
        }
      }
    }
    return changes;
  }
}
