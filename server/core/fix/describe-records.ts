import type { WrittenValue } from "../ldif/writer.ts";
import { dnKey, parentDn, rdnText } from "../model/dn.ts";
import { visible } from "../text/characters.ts";
import type { Refusal } from "./difference.ts";
import { describeLoss, lossesOf, type ModifyFiles } from "./modify-file.ts";
import type { PlannedModSpec, PlannedRecord, PlannedRename } from "./planned-record.ts";

/** How many entries a modify file changes in which way, and how many changes are refused. An entry that is renamed may be modified, too. */
export interface RecordCounts {
  readonly modified: number;
  readonly added: number;
  /** Renamed, moved, or both. */
  readonly renamed: number;
  readonly removed: number;
  readonly refused: number;
}

export function countRecords(records: readonly PlannedRecord[], refusals: readonly Refusal[]): RecordCounts {
  const entries = (type: PlannedRecord["changeType"]) =>
    new Set(records.filter(({ changeType }) => changeType === type).map(({ dn }) => dnKey(dn))).size;
  return {
    modified: entries("modify"),
    added: entries("add"),
    renamed: entries("modrdn"),
    removed: entries("delete"),
    refused: refusals.length,
  };
}

/** The counts in one line without a line end. All are named, so that nobody wonders about one that is not. */
export function countsText({ modified, added, renamed, removed, refused }: RecordCounts): string {
  const counted = (count: number) => count.toLocaleString("en-US");
  return `Entries: ${counted(modified)} modified, ${counted(added)} added, ${counted(renamed)} renamed or moved, ${counted(removed)} removed; changes refused: ${counted(refused)}`;
}

/** Refusals of one attribute for one reason: of one entry, or of so many that they are told together. */
export interface GroupedRefusal extends Refusal {
  /** How many entries; of more than one, `dn` is the first. */
  readonly count: number;
}

/** So many entries with the same refusal are told one by one. */
const MOST_ALIKE = 10;

/** The refusals in their order, where those that are alike for more than ten entries are one. */
export function groupedRefusals(refusals: readonly Refusal[]): GroupedRefusal[] {
  const keyOf = ({ attribute, reason, rule }: Refusal) => JSON.stringify([attribute?.toLowerCase(), reason, rule]);
  const counts = new Map<string, number>();
  for (const refusal of refusals) counts.set(keyOf(refusal), (counts.get(keyOf(refusal)) ?? 0) + 1);
  const told = new Set<string>();
  return refusals.flatMap((refusal) => {
    const key = keyOf(refusal);
    const count = counts.get(key)!;
    if (count <= MOST_ALIKE) return [{ ...refusal, count: 1 }];
    if (told.has(key)) return [];
    told.add(key);
    return [{ ...refusal, count }];
  });
}

/** A change that is not written, in one line, with the id of the rule that has more about it in brackets. */
export function describeRefusal({
  dn,
  attribute,
  reason,
  rule,
  count = 1,
}: Refusal & { readonly count?: number }): string {
  const what = `${attribute === undefined ? "" : `${attribute} `}${reason}`;
  const told = count > 1 ? `${what} (${count.toLocaleString("en-US")} entries)` : `${dn}: ${what}`;
  return shown(rule === undefined ? told : `${told} [${rule}]`);
}

/**
 * What a record does, for a person to read: the DN, then a line for each value that goes (`- `) or comes (`+ `). Characters that cannot be
 * seen are named, long values are cut where old and new are still alike, and of bytes that are no text only the number is told.
 */
export function describeRecord(record: PlannedRecord): string[] {
  const dn = shown(record.dn);
  switch (record.changeType) {
    case "modify":
      return [dn, ...describeModSpecs(record.modSpecs)];
    case "add":
      return [
        `${dn} (added)`,
        ...record.attributes.flatMap(({ attribute, values }) =>
          values.map((value) => valueLine("+", attribute, value)),
        ),
      ];
    case "modrdn":
      return [dn, ...describeRename(record)];
    case "delete":
      return [`${dn} (removed)`];
  }
}

function describeModSpecs(modSpecs: readonly PlannedModSpec[]): string[] {
  return modSpecs.flatMap(({ type, attribute, values }, at) => {
    const others = [modSpecs[at - 1], modSpecs[at + 1]].filter((spec) => spec?.attribute === attribute);
    // Of several values nobody knows which one has become which.
    const other =
      values.length === 1 && others.length === 1 && others[0]?.values.length === 1 ? others[0].values[0] : undefined;
    return values.map((value) => valueLine(type === "add" ? "+" : "-", attribute, value, other));
  });
}

function describeRename({ dn, newRdn, newSuperior }: PlannedRename): string[] {
  const before = rdnText(dn);
  const lines = before === newRdn ? [] : [`${shown(before)} -> ${shown(newRdn)}`];
  if (newSuperior !== undefined) lines.push(`below ${shown(parentDn(dn))} -> below ${shown(newSuperior)}`);
  return lines;
}

function valueLine(sign: "+" | "-", attribute: string, value: WrittenValue, other?: WrittenValue): string {
  return `${sign} ${visible(attribute)}: ${describeValue(value, other)}`;
}

function describeValue(value: WrittenValue, other: WrittenValue | undefined): string {
  if ("base64" in value) return `<${bytesOf(value.base64)} bytes>`;
  return shortened(value.text, other !== undefined && "text" in other ? other.text : undefined);
}

function bytesOf(base64: string): string {
  const digits = base64.replace(/=+$/, "").length;
  return Math.floor((digits * 3) / 4).toLocaleString("en-US");
}

/** A value is shown with so many UTF-16 units at most, */
const MOST_UNITS = 160;
/** and where it is cut at its beginning, with so many of those that old and new have in common. */
const COMMON_UNITS = 40;

/** A value in one line. Of a long one that differs from `other`, the part that does is in it. */
function shortened(text: string, other: string | undefined): string {
  if (text.length <= MOST_UNITS) return shown(text);
  const differs = other === undefined ? 0 : firstDifference(text, other);
  const wanted = Math.min(Math.max(0, differs - COMMON_UNITS), text.length - MOST_UNITS);
  const start = wholeFrom(text, wanted);
  const end = wholeFrom(text, start + MOST_UNITS);
  const cut = `${start > 0 ? "..." : ""}${shown(text.slice(start, end))}${end < text.length ? "..." : ""}`;
  return `${cut} (${text.length.toLocaleString("en-US")} characters)`;
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/** The nearest place at or behind `at` that does not cut a surrogate pair. */
function wholeFrom(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}

/** `text` in one line, with blanks at its ends named, too, and every other kind of blank: changes of these are what fixes are about. */
function shown(text: string): string {
  const named = "<U+0020>";
  return visible(text)
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, (blank) => {
      return `<U+${blank.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
    })
    .replace(/^ +| +$/g, (blanks) => named.repeat(blanks.length));
}

/**
 * A modify file that is not written yet, for a person to read: it holds what would be in it, what that comes to, in words what stands in
 * it in base64, and at the end what is refused. It is LDIF, but has comments where some directories' tools stumble over them.
 */
export function describeModifyFile(
  { modify, records }: Pick<ModifyFiles, "modify" | "records">,
  refusals: readonly Refusal[],
): string {
  const head = /^(?:#.*\r\n)*/.exec(modify)?.[0] ?? "";
  // A blank line ends every record, and stands nowhere else.
  const written = modify.slice(head.length).split(/(?<=\r\n\r\n)/);
  const lost = lossesOf(records);
  const body = records.map((record, at) => {
    const text = written[at] ?? "";
    return /^[^#\s]+:: /m.test(text) ? comment(describeRecord(record)) + text : text;
  });
  return [
    comment(["PREVIEW: nothing is written yet.", `${countsText(countRecords(records, refusals))}.`]),
    records.length === 0 ? "" : head,
    "\r\n",
    ...body,
    ...(refusals.length === 0
      ? []
      : [comment(["NOT WRITTEN:", ...groupedRefusals(refusals).map((one) => `  ${describeRefusal(one)}`)])]),
    ...(lost.length === 0
      ? []
      : [comment(["NOT RESTORED BY THE FILE THAT UNDOES IT:", ...lost.map((one) => `  ${describeLoss(one)}`)])]),
  ].join("");
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\r\n`).join("");
}
