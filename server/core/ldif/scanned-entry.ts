import { ScannedEntry } from "../model/scanned-entry.ts";
import { LdifLine } from "./line.ts";
import type { LdifEntry } from "./record.ts";
import { readRecord } from "./record-reader.ts";

const DN_IS_BASE64 = 4;
/** What is said of a value; from bit 16 on there is the length of its description. */
const IS_BASE64 = 0x100;

/** An entry of LDIF that a scanner has found. */
export class ScannedLdifEntry extends ScannedEntry<LdifLine> {
  protected makeDn(): LdifLine {
    const { at, flags } = this;
    const { ints } = this.output;
    const start = ints[at + 8]!;
    return this.#line(start, start + "dn".length, ints[at + 6]!, ints[at + 7]!, (flags & DN_IS_BASE64) !== 0);
  }

  protected makeValue(at: number): LdifLine {
    const { ints } = this.output;
    const flags = ints[at]!;
    const start = ints[at + 1]!;
    return this.#line(start, start + (flags >>> 16), ints[at + 2]!, ints[at + 3]!, (flags & IS_BASE64) !== 0);
  }

  protected reading(): (text: string) => LdifEntry {
    const { start, firstLine } = this;
    return (text) => readRecord(text, start, firstLine).record as LdifEntry;
  }

  #line(start: number, descriptionEnd: number, valueStart: number, end: number, isBase64: boolean): LdifLine {
    const next = this.text.charCodeAt(end) === 13 ? end + 2 : end + 1;
    return new LdifLine(this, isBase64 ? "base64" : "text", { start, descriptionEnd, valueStart, end, next });
  }
}
