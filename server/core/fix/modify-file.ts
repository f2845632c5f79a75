import { readLdif } from "../ldif/reader.ts";
import { LdifChange } from "../ldif/record.ts";
import { type LineStyle, type WrittenValue, writeLine } from "../ldif/writer.ts";
import { base64Of } from "../text/base64.ts";
import { quoted } from "../text/characters.ts";
import { inverseOf, type PlannedModSpec, type PlannedRecord } from "./difference.ts";

/** Every directory's tools read this: CRLF, lines of 76 characters, values that begin on their own line. */
const STYLE: LineStyle = { lineEnd: "\r\n", width: 76 };

/** A modify file and the file that undoes it, not yet on disk. */
export interface ModifyFiles {
  readonly modify: string;
  readonly undo: string;
  readonly records: readonly PlannedRecord[];
  readonly undoRecords: readonly PlannedRecord[];
}

export interface ModifyFileNames {
  /** The file names without folders, as the administrator types them. */
  readonly original: string;
  readonly modify: string;
  readonly undo: string;
}

export function writeModifyFiles(records: readonly PlannedRecord[], names: ModifyFileNames): ModifyFiles {
  const undoRecords = records.map(inverseOf).reverse();
  const count = records.length === 1 ? "1 entry" : `${records.length} entries`;
  return {
    records,
    undoRecords,
    modify: writeFile(records, [
      `Changes ${count} of ${names.original}.`,
      `Apply: ${importLine(names.modify)}`,
      `Undo:  ${importLine(names.undo)}`,
    ]),
    undo: writeFile(undoRecords, [
      `Takes back what ${names.modify} changed in ${count} of ${names.original}.`,
      `Apply: ${importLine(names.undo)}`,
    ]),
  };
}

/** The command that imports a file; `-j .` puts ldifde's log beside it. */
function importLine(file: string): string {
  return `ldifde -i -f ${/^[\w.-]+$/.test(file) ? file : `"${file}"`} -j .`;
}

/** Comments stand only at the head, and are never folded: some readers stumble over others. */
function writeFile(records: readonly PlannedRecord[], head: readonly string[]): string {
  const comments = head.map((line) => `# ${line.replace(/[^\x20-\x7e]/gu, "?")}\r\n`);
  return [...comments, ...records.map(writeRecord)].join("");
}

/** One modify record; a `-` closes every mod-spec, the last one too, and a blank line the record: ldifde insists on both. */
function writeRecord({ dn, modSpecs }: PlannedRecord): string {
  const lines = [writeLine("dn", { text: dn }, STYLE), "changetype: modify"];
  for (const { type, attribute, values } of modSpecs) {
    lines.push(`${type}: ${attribute}`);
    for (const value of values) lines.push(writeLine(attribute, value, STYLE));
    lines.push("-");
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** What our own reader finds in a modify file. Records that are no modify records come out without mod-specs. */
export function readBack(text: string): PlannedRecord[] {
  return readLdif(text)
    .filter((record) => record instanceof LdifChange)
    .map(({ dn, change }) => ({
      dn: dn.text,
      modSpecs: change.modSpecs.map(({ type, attribute, values }) => ({
        type: type as PlannedModSpec["type"],
        attribute,
        values: values.map((value) => (value.binary ? { base64: value.base64 } : { text: value.text })),
      })),
    }));
}

/** The first thing in which `found` is not what was planned, for a person to read; `undefined` where they agree. */
export function firstDeviation(planned: readonly PlannedRecord[], found: readonly PlannedRecord[]): string | undefined {
  if (planned.length !== found.length) return `${planned.length} records were planned, ${found.length} are in the file`;
  for (const [at, record] of planned.entries()) {
    if (canonical(record) !== canonical(found[at]!))
      return `the record of ${quoted(record.dn)} is not what was planned`;
  }
  return undefined;
}

function canonical({ dn, modSpecs }: PlannedRecord): string {
  return JSON.stringify([dn, modSpecs.map(({ type, attribute, values }) => [type, attribute, values.map(bytes)])]);
}

function bytes(value: WrittenValue): string {
  return "base64" in value ? value.base64 : base64Of(value.text);
}
