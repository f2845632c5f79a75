import type { WrittenValue } from "../ldif/writer.ts";
import { base64Of } from "../text/base64.ts";
import { quoted } from "../text/characters.ts";
import {
  countedAttributes,
  countedEntries,
  describeLoss,
  lossesOf,
  type ModifyFileNames,
  type ModifyFiles,
  undoRecordsOf,
} from "./modify-file.ts";
import type { PlannedRecord } from "./planned-record.ts";
import { type Call, callsOf, type Table, whyNoCalls } from "./powershell-calls.ts";
import { SCRIPT_HEAD, SCRIPT_TAIL } from "./powershell-frame.ts";
import { readScript } from "./powershell-reader.ts";

/** Scripts of PowerShell that change a directory like the modify file and the undo file of the same records. */
export interface Scripts {
  readonly files: ModifyFiles;
  /** Why the scripts must not be written, for a person to read: what they cannot say, or what reading them back has found. */
  readonly objection: string | undefined;
}

/** Writes the scripts and reads them back. */
export function writeScripts(records: readonly PlannedRecord[], names: ModifyFileNames): Scripts {
  const undoRecords = undoRecordsOf(records);
  for (const record of [...records, ...undoRecords]) {
    const why = whyNoCalls(record);
    if (why === undefined) continue;
    const objection = `${quoted(record.dn)} ${why}: a modify file of LDIF can say it`;
    return { files: { records, undoRecords, modify: "", undo: "" }, objection };
  }
  const calls = records.flatMap((record) => callsOf(record, "rename first"));
  const undoCalls = undoRecords.flatMap((record) => callsOf(record, "move first"));
  const files = {
    records,
    undoRecords,
    modify: writeScript(calls, modifyHead(records, names)),
    undo: writeScript(undoCalls, undoHead(records, undoRecords, names)),
  };
  const objection =
    firstDeviation("modify script", files.modify, calls) ?? firstDeviation("undo script", files.undo, undoCalls);
  return { files, objection };
}

function modifyHead(records: readonly PlannedRecord[], { original, modify, undo }: ModifyFileNames): string[] {
  const removed = records.filter(({ changeType }) => changeType === "delete");
  const lost = lossesOf(records);
  return [
    `Changes ${countedEntries(records)} of ${original}.`,
    ...(removed.length === 0 ? [] : [`REMOVES ${countedEntries(removed)}, which no script brings back.`]),
    ...(lost.length === 0
      ? []
      : [`The script that undoes it DOES NOT RESTORE ${countedAttributes(lost)}, and names them.`]),
    `Look:  ${runLine(modify)} -WhatIf`,
    `Apply: ${runLine(modify)}`,
    `Undo:  ${runLine(undo)}`,
  ];
}

function undoHead(
  records: readonly PlannedRecord[],
  undoRecords: readonly PlannedRecord[],
  { original, modify, undo }: ModifyFileNames,
): string[] {
  const removed = records.filter(({ changeType }) => changeType === "delete");
  return [
    `Takes back what ${modify} changed in ${countedEntries(undoRecords)} of ${original}.`,
    ...(removed.length === 0 ? [] : [`DOES NOT BRING BACK ${countedEntries(removed)} that it removes:`]),
    ...removed.map(({ dn }) => `- ${dn}`),
    ...lossesOf(records).map((loss) => `DOES NOT RESTORE ${describeLoss(loss)}`),
    `Look:  ${runLine(undo)} -WhatIf`,
    `Apply: ${runLine(undo)}`,
  ];
}

/** The command that runs a script, in cmd as in PowerShell. */
function runLine(file: string): string {
  return `powershell -NoProfile -File ${/^[\w.-]+$/.test(file) ? file : `"${file}"`}`;
}

function writeScript(calls: readonly Call[], head: readonly string[]): string {
  const comments = head.map((line) => `# ${line.replace(/[^\x20-\x7e]/gu, "?")}\r\n`);
  return [...comments, SCRIPT_HEAD, "\r\n", ...calls.map(writeCall), "\r\n", SCRIPT_TAIL].join("");
}

function writeCall({ command, identity, parameters }: Call): string {
  const written = parameters.map(({ name, value }) =>
    typeof value === "string" ? ` -${name} ${literal({ text: value })}` : ` -${name} ${writeTable(value)}`,
  );
  return `${command} ${literal({ text: identity })}${written.join("")}\r\n`;
}

function writeTable(table: Table): string {
  const lines = table.map(
    ({ attribute, values }) => `    ${literal({ text: attribute })} = ${values.map(literal).join(", ")}\r\n`,
  );
  return `@{\r\n${lines.join("")}}`;
}

/**
 * A value as an expression, in printable ASCII: Windows PowerShell reads a file without a mark in the code page of the computer. Within
 * single quotes nothing has a meaning but the single quote itself, and the four of Unicode that PowerShell takes for one (U+2018 to
 * U+201B), which are never written as they are (about_Quoting_Rules).
 */
export function literal(value: WrittenValue): string {
  if ("base64" in value) return `(Bytes '${value.base64}')`;
  return /^[\x20-\x7e]*$/.test(value.text)
    ? `'${value.text.replaceAll("'", "''")}'`
    : `(Text '${base64Of(value.text)}')`;
}

/** What is wrong with a script that should make `calls`; `undefined` where nothing is. */
function firstDeviation(name: string, script: string, calls: readonly Call[]): string | undefined {
  const found = readScript(script);
  if ("error" in found) return `the ${name} could not be read back: ${found.error}`;
  if (found.calls.length !== calls.length) {
    return `the ${name} does not say what it should: ${calls.length} calls were planned, ${found.calls.length} are in it`;
  }
  const wrong = calls.find((call, at) => canonical(call) !== canonical(found.calls[at]!));
  return wrong && `the ${name} does not say what it should: the call about ${quoted(wrong.identity)} is another one`;
}

/** A call as a text that is equal for equal calls. */
function canonical({ command, identity, parameters }: Call): string {
  const values = parameters.map(({ name, value }) => [
    name,
    typeof value === "string" ? value : value.map((row) => [row.attribute, row.values.map(canonicalValue)]),
  ]);
  return JSON.stringify([command, identity, values]);
}

function canonicalValue(value: WrittenValue): readonly string[] {
  return "base64" in value ? ["bytes", value.base64] : ["text", value.text];
}
