import type { LdifLine } from "../ldif/line.ts";
import { readLdif } from "../ldif/reader.ts";
import { LdifChange, LdifEntry } from "../ldif/record.ts";
import { type LineStyle, type WrittenValue, writeLine } from "../ldif/writer.ts";
import { dnKey } from "../model/dn.ts";
import { base64Of } from "../text/base64.ts";
import { quoted, visible } from "../text/characters.ts";
import {
  inverseOf,
  type PlannedAdd,
  type PlannedModSpec,
  type PlannedRecord,
  type Unrestorable,
} from "./planned-record.ts";

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
  const undoRecords = undoRecordsOf(records);
  const lost = lossesOf(records);
  const removed = records.filter(({ changeType }) => changeType === "delete");
  return {
    records,
    undoRecords,
    modify: writeFile(records, [
      `Changes ${countedEntries(records)} of ${names.original}.`,
      ...(removed.length === 0 ? [] : [`REMOVES ${countedEntries(removed)}, which no file brings back.`]),
      ...(lost.length === 0
        ? []
        : [`The file that undoes it DOES NOT RESTORE ${countedAttributes(lost)}, and names them.`]),
      `Apply: ${importLine(names.modify)}`,
      `Undo:  ${importLine(names.undo)}`,
    ]),
    undo: writeFile(undoRecords, [
      `Takes back what ${names.modify} changed in ${countedEntries(undoRecords)} of ${names.original}.`,
      ...(removed.length === 0 ? [] : [`DOES NOT BRING BACK ${countedEntries(removed)} that it removes:`]),
      ...removed.map(({ dn }) => `  ${dn}`),
      ...lost.map((loss) => `DOES NOT RESTORE ${describeLoss(loss)}`),
      `Apply: ${importLine(names.undo)}`,
    ]),
  };
}

/** The records that take back what `records` do, as far as that can be taken back. */
export function undoRecordsOf(records: readonly PlannedRecord[]): PlannedRecord[] {
  return records
    .map(inverseOf)
    .filter((record) => record !== undefined)
    .reverse();
}

/** An attribute of an entry that no undo file restores. */
export interface Loss extends Unrestorable {
  readonly dn: string;
}

/** What the undo file does not restore, since the directory would refuse it; what was removed with its entry is not among it. */
export function lossesOf(records: readonly PlannedRecord[]): Loss[] {
  return records.flatMap((record) => {
    if (record.changeType !== "modify") return [];
    return (record.unrestorable ?? []).map((one) => ({ ...one, dn: record.dn }));
  });
}

/** What is not restored, and why, in one line. */
export function describeLoss({ attribute, dn, reason }: Loss): string {
  return visible(`${attribute} of ${dn}: ${reason}`);
}

export function countedAttributes({ length }: readonly Loss[]): string {
  return length === 1 ? "1 attribute" : `${length} attributes`;
}

/** How many entries the records are about. */
export function countedEntries(records: readonly PlannedRecord[]): string {
  const { size } = new Set(records.map((record) => dnKey(record.dn)));
  return size === 1 ? "1 entry" : `${size} entries`;
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

/**
 * One record. A `-` closes every mod-spec, the last one too, and a blank line the record: ldifde insists on both. Active Directory wants
 * `deleteoldrdn: 1`.
 */
function writeRecord(record: PlannedRecord): string {
  const line = (attribute: string, value: WrittenValue) => writeLine(attribute, value, STYLE);
  const lines = [line("dn", { text: record.dn }), `changetype: ${record.changeType}`];
  if (record.changeType === "modify") {
    for (const { type, attribute, values } of record.modSpecs) {
      lines.push(`${type}: ${attribute}`, ...values.map((value) => line(attribute, value)), "-");
    }
  } else if (record.changeType === "add") {
    for (const { attribute, values } of record.attributes) lines.push(...values.map((value) => line(attribute, value)));
  } else if (record.changeType === "modrdn") {
    lines.push(line("newrdn", { text: record.newRdn }), "deleteoldrdn: 1");
    if (record.newSuperior !== undefined) lines.push(line("newsuperior", { text: record.newSuperior }));
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** What our own reader finds in a modify file. What is written nowhere, such as a `replace`, comes out as it is, and is none of the planned. */
export function readBack(text: string): PlannedRecord[] {
  return readLdif(text).flatMap((record) => {
    if (record instanceof LdifChange) return [changeReadBack(record)];
    return record instanceof LdifEntry ? [addReadBack(record)] : [];
  });
}

function changeReadBack({ dn, change }: LdifChange): PlannedRecord {
  const { newRdn, deleteOldRdn, newSuperior } = change.rename ?? {};
  if (newRdn !== undefined && deleteOldRdn?.text === "1") {
    const superior = newSuperior === undefined ? {} : { newSuperior: newSuperior.text };
    return { changeType: "modrdn", dn: dn.text, newRdn: newRdn.text, ...superior };
  }
  if (change.type === "delete") return { changeType: "delete", dn: dn.text };
  const modSpecs = change.modSpecs.map(({ type, attribute, values }) => ({
    type: type as PlannedModSpec["type"],
    attribute,
    values: values.map(writtenValue),
  }));
  return { changeType: "modify", dn: dn.text, modSpecs };
}

function addReadBack({ dn, lines }: LdifEntry): PlannedAdd {
  return {
    changeType: "add",
    dn: dn.text,
    attributes: groupedByAttribute(lines.map((line) => [line.description, writtenValue(line)])),
  };
}

/** The lines of an entry by their attribute, where those of one attribute follow each other. */
export function groupedByAttribute(lines: readonly (readonly [string, WrittenValue])[]): PlannedAdd["attributes"] {
  const attributes: { attribute: string; values: WrittenValue[] }[] = [];
  for (const [attribute, value] of lines) {
    const last = attributes.at(-1);
    if (last?.attribute === attribute) last.values.push(value);
    else attributes.push({ attribute, values: [value] });
  }
  return attributes;
}

function writtenValue(value: LdifLine): WrittenValue {
  return value.binary ? { base64: value.base64 } : { text: value.text };
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

/** A record as a text that is equal for equal records: text or base64 makes no difference, the bytes do. */
function canonical(record: PlannedRecord): string {
  return JSON.stringify([record.changeType, record.dn, contentOf(record)]);
}

function contentOf(record: PlannedRecord): unknown {
  switch (record.changeType) {
    case "modify":
      return record.modSpecs.map(({ type, attribute, values }) => [type, attribute, values.map(bytes)]);
    case "add":
      return record.attributes.map(({ attribute, values }) => [attribute, values.map(bytes)]);
    case "modrdn":
      return [record.newRdn, record.newSuperior];
    case "delete":
      return [];
  }
}

function bytes(value: WrittenValue): string {
  return "base64" in value ? value.base64 : base64Of(value.text);
}
