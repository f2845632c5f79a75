import { lowerCase } from "../model/attribute-type.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import { type ObjectType, objectTypeOf } from "../model/object-type.ts";
import { detachText, type SourceRecord } from "../model/source-record.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { LdifLine } from "./line.ts";
import type { LdifProblem } from "./problem.ts";

/** Where a record comes from. */
export interface RecordOrigin {
  readonly text: string;
  readonly start: number;
  readonly firstLine: number;
  readonly problems: readonly LdifProblem[];
  /** Reads the record again from a text of its own. */
  reread(text: string, start: number, firstLine: number): LdifRecord;
}

/**
 * A piece of the file between two record starts: an entry, a change, or what is neither (version line, comments, a
 * tool's trailer, lines without a DN). Comments before it and blank lines after it are part of it: the texts of a
 * file's records, put together, are the file.
 */
export abstract class LdifRecord implements SourceRecord {
  readonly #origin: RecordOrigin;

  constructor(origin: RecordOrigin) {
    this.#origin = origin;
  }

  get text(): string {
    return this.#origin.text;
  }

  get start(): number {
    return this.#origin.start;
  }

  get firstLine(): number {
    return this.#origin.firstLine;
  }

  get problems(): readonly LdifProblem[] {
    return this.#origin.problems;
  }

  get entry(): LdifEntry | undefined {
    return undefined;
  }

  get isChange(): boolean {
    return false;
  }

  get valueCount(): number {
    return 0;
  }

  packed(): () => LdifRecord {
    const { text, start, firstLine, reread } = this.#origin;
    const copy = detachText(text);
    return () => reread(copy, start, firstLine);
  }

  detached(): LdifRecord {
    return this.#origin.reread(detachText(this.text), this.start, this.firstLine);
  }
}

/** What holds no DN. */
export class LdifRemainder extends LdifRecord {}

/** A record with a DN and a `changetype` that is not `add`. */
export class LdifChange extends LdifRecord {
  readonly dn: LdifLine;
  readonly change: ChangeRecord;

  constructor(origin: RecordOrigin, dn: LdifLine, change: ChangeRecord) {
    super(origin);
    this.dn = dn;
    this.change = change;
  }

  override get isChange(): boolean {
    return true;
  }
}

/**
 * An entry: a content record, or a change record of type `add`, as ldifde writes its exports. Duplicate values stay
 * (Active Directory returns some attributes twice), and so does their order.
 */
export class LdifEntry extends LdifRecord implements Entry {
  readonly dn: LdifLine;
  /** The attribute lines in their order. */
  readonly lines: readonly LdifLine[];
  readonly #isAdd: boolean;
  #values: Map<string, LdifLine[]> | undefined;
  #objectType: ObjectType | undefined;

  constructor(origin: RecordOrigin, dn: LdifLine, lines: readonly LdifLine[], isAdd: boolean) {
    super(origin);
    this.dn = dn;
    this.lines = lines;
    this.#isAdd = isAdd;
  }

  override get entry(): LdifEntry {
    return this;
  }

  get identity(): object {
    return this.dn;
  }

  override get isChange(): boolean {
    return this.#isAdd;
  }

  override get valueCount(): number {
    return this.lines.length;
  }

  get objectType(): ObjectType {
    this.#objectType ??= objectTypeOf(this);
    return this.#objectType;
  }

  values(type: string): readonly AttributeValue[] {
    return this.#byType().get(lowerCase(type)) ?? [];
  }

  attributeTypes(): Iterable<string> {
    return this.#byType().keys();
  }

  #byType(): Map<string, LdifLine[]> {
    if (this.#values === undefined) {
      this.#values = new Map();
      for (const line of this.lines) {
        // What a URL names is not in the export: there is no value that a rule could judge.
        if (line.valueSpec === "url") continue;
        const { type } = line;
        const values = this.#values.get(type);
        if (values === undefined) this.#values.set(type, [line]);
        else values.push(line);
      }
    }
    return this.#values;
  }
}
