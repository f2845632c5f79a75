import { CsvEntry } from "../csv/row.ts";
import { UNCERTAIN } from "../formats/index.ts";
import { LdifEntry } from "../ldif/record.ts";
import { LdpEntry } from "../ldp/record.ts";
import { isSingleValued } from "../model/attribute-facts.ts";
import { attributeType } from "../model/attribute-type.ts";
import type { EntryRecord } from "../model/source-record.ts";

/** Why nobody can say what the edited entry was meant to be; `undefined` where it is certain. */
export function whyNotCertain(original: EntryRecord, edited: EntryRecord): string | undefined {
  const known = brokenLines(original);
  const broken = brokenLines(edited).find((line) => !known.includes(line));
  if (broken !== undefined) return uncertain(broken);
  if (original instanceof CsvEntry || edited instanceof CsvEntry) return whyNotCertainRow(original, edited);
  if (original instanceof LdpEntry !== edited instanceof LdpEntry) {
    return "is in a copy of ldp's details pane in only one of the exports";
  }
  if (isCutShort(original, edited)) return CUT_SHORT;
  for (const type of edited.attributeTypes()) {
    if (!isSingleValued(type) || edited.values(type).length < 2 || original.values(type).length > 1) continue;
    const name = edited.values(type)[0]?.description;
    return `has several values of ${name} now, of which a directory keeps one: two entries may have become one`;
  }
  if (!(original instanceof LdifEntry && edited instanceof LdifEntry)) return undefined;
  for (const type of original.attributeTypes()) {
    if (edited.values(type).length > 0) continue;
    const swallowed = edited.lines.find(
      (line) => line.text.toLowerCase().includes(`${type}:`) && !had(original, line.text),
    );
    if (swallowed === undefined) continue;
    return `has "${type}:" within a value of ${swallowed.description} now: a line may have become the continuation of another`;
  }
  return undefined;
}

/** What is said of a line that {@link brokenLines} has found. */
export function uncertain(brokenLine: string): string {
  return `cannot be read with certainty as it is now (${brokenLine.split(" ", 1)[0]})`;
}

const CUT_SHORT = "ends where the edited export ends, and earlier than before: it may be cut off";

/** Whether a record is the beginning of what it was, and ends within a line. */
function isCutShort(original: EntryRecord, edited: EntryRecord): boolean {
  return (
    original.text.length > edited.text.length && !edited.text.endsWith("\n") && original.text.startsWith(edited.text)
  );
}

/** Why nobody can say what a row means for the directory. */
function whyNotCertainRow(original: EntryRecord, edited: EntryRecord): string | undefined {
  if (!(original instanceof CsvEntry && edited instanceof CsvEntry)) return "is in a table in only one of the exports";
  if (original.header.dialect !== edited.header.dialect) {
    return "is in tables of two programs, which write values in different ways: compare two of the same";
  }
  return isCutShort(original, edited) ? CUT_SHORT : undefined;
}

/** The attribute types, in lower case, whose values are not in a row: they are not known. */
export function lostTypes(entry: EntryRecord): string[] {
  if (!(entry instanceof CsvEntry)) return [];
  return entry.lostColumns.map((number) => attributeType(entry.header.columns[number]!.attribute));
}

function had(entry: LdifEntry, text: string): boolean {
  return entry.lines.some((line) => line.text === text);
}

/** What makes an entry uncertain, each with the source that does. */
export function brokenLines({ problems, text }: EntryRecord): string[] {
  return problems
    .filter(({ id }) => UNCERTAIN.has(id))
    .map(({ id, span }) => `${id} ${text.slice(text.lastIndexOf("\n", span.start) + 1, span.end)}`);
}

/** Whether an entry was changed before another state of it was. Generalized times of one form are in the order of their texts. */
export function isOlder(entry: EntryRecord, other: EntryRecord): boolean {
  const [time, otherTime] = [entry, other].map((one) => one.values("whenchanged")[0]?.text);
  if (time === undefined || otherTime === undefined) return false;
  return GENERALIZED_TIME.test(time) && GENERALIZED_TIME.test(otherTime) && time < otherTime;
}

const GENERALIZED_TIME = /^\d{14}\.0Z$/;
