import { attributeType, lowerCase } from "../model/attribute-type.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { type ObjectType, objectTypeOf } from "../model/object-type.ts";
import { type TextOrigin, TextRecord } from "../model/text-record.ts";
import type { Span } from "../text/span.ts";
import type { AttributeHead } from "./lines.ts";
import type { LdpProblem } from "./problem.ts";
import { LdpValue, ldpValue } from "./value.ts";

/** An attribute of an object, on one line or, where a value or a copy has line ends, on several. Offsets count from the record's start. */
export interface LdpAttribute {
  readonly head: AttributeHead;
  /** Where its first line begins, and where its last one ends, line end included. */
  readonly start: number;
  readonly end: number;
  /** Where the values begin, and where the last one ends, before the semicolon behind it. */
  readonly valuesStart: number;
  readonly valuesEnd: number;
  readonly values: readonly Span[];
}

/** Where a record stands, what it is made of, and what is wrong with it. */
export interface RecordOrigin extends TextOrigin<LdpRecord, LdpProblem> {
  readonly dn: Span;
  readonly attributes: readonly LdpAttribute[];
}

/**
 * A part of a copy of ldp's details pane: from a line with a DN to before the next one. This one shows no object of the directory: what
 * stands before the first DN, or the rootDSE.
 */
export class LdpRecord extends TextRecord<LdpRecord, LdpProblem, RecordOrigin> {
  override get entry(): LdpEntry | undefined {
    return undefined;
  }
}

const NO_VALUES: readonly AttributeValue[] = [];

/** An object that ldp's details pane shows. */
export class LdpEntry extends LdpRecord implements Entry {
  readonly dn: LdpValue;
  #objectType: ObjectType | undefined;
  readonly #byType = new Map<string, LdpAttribute[]>();
  readonly #values = new Map<string, readonly LdpValue[]>();

  constructor(origin: RecordOrigin) {
    super(origin);
    this.dn = new LdpValue(this, "dn", origin.dn);
    for (const attribute of origin.attributes) {
      const type = attributeType(attribute.head.description);
      const same = this.#byType.get(type);
      if (same === undefined) this.#byType.set(type, [attribute]);
      else same.push(attribute);
    }
  }

  override get entry(): LdpEntry {
    return this;
  }

  get identity(): object {
    return this.origin;
  }

  /** The pane shows what an object has, and a search in it what was asked for. */
  get isExtract(): boolean {
    return true;
  }

  get objectType(): ObjectType {
    this.#objectType ??= objectTypeOf(this);
    return this.#objectType;
  }

  get attributes(): readonly LdpAttribute[] {
    return this.origin.attributes;
  }

  override get valueCount(): number {
    return this.attributes.reduce((sum, { values }) => sum + values.length, 0);
  }

  values(type: string): readonly AttributeValue[] {
    const key = lowerCase(type);
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const attributes = this.#byType.get(key);
    if (attributes === undefined) return NO_VALUES;
    const values = attributes.flatMap(({ head, values }) =>
      values.map((span) => ldpValue(this, head.description, span)),
    );
    this.#values.set(key, values);
    return values;
  }

  *attributeTypes(): Iterable<string> {
    for (const [type, attributes] of this.#byType) {
      if (attributes.some(({ values }) => values.length > 0)) yield type;
    }
  }
}
