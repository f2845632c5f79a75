import { ScannedEntry, type ScannerOutput } from "../model/scanned-entry.ts";
import type { CsvHeader } from "./header.ts";
import { readRow } from "./read-row.ts";
import type { CsvEntry } from "./row.ts";
import { CsvValue } from "./value.ts";

/** A row of a table that a scanner has found, and that shows an object. */
export class ScannedRow extends ScannedEntry<CsvValue> {
  readonly #header: CsvHeader;

  /** `at` is where the row stands in the output; `start` and `firstLine` are its place in the file. Whoever has its text gives it. */
  constructor(header: CsvHeader, output: ScannerOutput, at: number, start: number, firstLine: number, text?: string) {
    super(output, at, start, firstLine, text);
    this.#header = header;
  }

  protected makeDn(): CsvValue {
    const { ints } = this.output;
    return new CsvValue(this, "dn", this.#header.dn, { start: ints[this.at + 6]!, end: ints[this.at + 7]! }, 0);
  }

  protected makeValue(at: number): CsvValue {
    const { ints } = this.output;
    const number = ints[at]! >>> 16;
    const { attribute } = this.#header.columns[number]!;
    return new CsvValue(this, attribute, number, { start: ints[at + 2]!, end: ints[at + 3]! }, ints[at + 1]!);
  }

  protected reading(): (text: string) => CsvEntry {
    const { start, firstLine } = this;
    const header = this.#header;
    return (text) => readRow(text, start, firstLine, header).row as CsvEntry;
  }
}
