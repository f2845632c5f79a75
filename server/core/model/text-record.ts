import { detachText, type EntryRecord, type FormatProblem, type SourceRecord } from "./source-record.ts";

/** Where a record comes from, and what is wrong with it. */
export interface TextOrigin<Self extends SourceRecord, Problem extends FormatProblem> {
  readonly text: string;
  readonly start: number;
  readonly firstLine: number;
  readonly problems: readonly Problem[];
  /** Reads the record again, in the same place, from another text. */
  reread(text: string): Self;
}

/** A record that can be read again from nothing but its text. By itself it shows no object. */
export abstract class TextRecord<
  Self extends SourceRecord,
  Problem extends FormatProblem,
  Origin extends TextOrigin<Self, Problem> = TextOrigin<Self, Problem>,
> implements SourceRecord
{
  protected readonly origin: Origin;

  constructor(origin: Origin) {
    this.origin = origin;
  }

  get text(): string {
    return this.origin.text;
  }

  get start(): number {
    return this.origin.start;
  }

  get firstLine(): number {
    return this.origin.firstLine;
  }

  get problems(): readonly Problem[] {
    return this.origin.problems;
  }

  get entry(): EntryRecord | undefined {
    return undefined;
  }

  get isChange(): boolean {
    return false;
  }

  get valueCount(): number {
    return 0;
  }

  /** What another text would be in the place of this record. */
  readAgain(text: string): Self {
    return this.origin.reread(text);
  }

  detached(): Self {
    return this.origin.reread(detachText(this.text));
  }

  packed(): () => Self {
    const text = detachText(this.text);
    return () => this.origin.reread(text);
  }
}
