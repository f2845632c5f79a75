import { lowerCase } from "../model/attribute-type.ts";
import type { ObjectType } from "../model/object-type.ts";
import { CSV_DIALECTS, type CsvDialect } from "./dialects.ts";
import { FIELD_NUMBERS, fieldsOf, fieldText } from "./fields.ts";
import type { ValueLook } from "./joined-values.ts";
import { rowEnd } from "./row-end.ts";

/** How the values of a column stand in its fields. An attribute that takes one value has one there, whatever this says. */
export type ColumnCells = "csvde" | "semicolons" | "joined" | "single";

/** A column that holds values of an attribute. */
export interface CsvColumn {
  /** From 0. */
  readonly number: number;
  /** The attribute description that its values have. */
  readonly attribute: string;
  readonly cells: ColumnCells;
  readonly look: ValueLook;
}

/** What the first rows of a CSV export say of all others. */
export interface CsvHeader {
  readonly dialect: CsvDialect;
  /** One of `,` `;` `|` and the tabulator. */
  readonly separator: string;
  /** The rows before the first object, the header row being the last; with their line ends. */
  readonly rows: readonly string[];
  /** The names of the columns as they are written. */
  readonly names: readonly string[];
  readonly columns: readonly (CsvColumn | undefined)[];
  /** The numbers of columns, from 0, by attribute types in lower case. */
  readonly byType: ReadonlyMap<string, readonly CsvColumn[]>;
  /** The numbers of the columns with the DN, with a name for people, and with what tells objects apart; -1 where there is none. */
  readonly dn: number;
  readonly title: number;
  readonly identity: number;
  /** The number of a column by its name in lower case; -1 where there is none. */
  numberOf(name: string): number;
}

/**
 * What the objects of an export by Export-Csv are, where no column says it: Get-ADUser, Get-ADGroup and Get-ADComputer name their type
 * above the header, and have properties that others have not.
 */
export function objectTypeByHeader({ rows, byType, numberOf }: CsvHeader): ObjectType {
  if (byType.has("objectclass") || byType.has("samaccounttype")) return "other";
  const told = /^#TYPE [\w.]*\.AD(User|Group|Computer)\b/i.exec(rows[0] ?? "")?.[1]?.toLowerCase();
  if (told !== undefined) return told as ObjectType;
  const has = (...names: readonly string[]) => names.some((name) => numberOf(name) >= 0);
  if (has("groupcategory", "groupscope", "grouptype", "members", "member")) return "group";
  if (has("dnshostname", "operatingsystem")) return "computer";
  if (has("samaccountname") && has("mail", "proxyaddresses", "displayname", "mailnickname")) return "user";
  const isUser = has(
    "userprincipalname",
    "givenname",
    "surname",
    "sn",
    "enabled",
    "useraccountcontrol",
    "emailaddress",
  );
  return isUser ? "user" : "other";
}

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Export-Csv of Windows PowerShell, Entra's templates, and Excel write such a line above the header. */
const PREAMBLE = /^(?:#TYPE [^\r\n]*|"?version:v\d[^\r\n]*|sep=[,;|\t])\r?\n/i;

/** A directory of several hundred columns has a header of some ten thousand characters. */
const LONGEST_HEADER = 2 ** 20;

/**
 * The header of a CSV file, if it is the export of a directory that we know how to read; `undefined` where it is any other text. Only the
 * beginning of the file is looked at: `text` may be cut off behind the header row.
 */
export function csvHeader(text: string): CsvHeader | undefined {
  const rows: string[] = [];
  let at = 0;
  for (let line = PREAMBLE.exec(text); line !== null; line = PREAMBLE.exec(text.slice(at))) {
    rows.push(line[0]);
    at += line[0].length;
  }
  const told = /^sep=(.)/i.exec(rows.at(-1) ?? "")?.[1];
  for (const separator of told === undefined ? SEPARATORS : [told]) {
    const row = text.slice(at, rowEnd(text.slice(at, at + LONGEST_HEADER), 0, separator, true)!.end + at);
    const names = namesIn(row, separator);
    if (names.length < 2) continue;
    const keys = names.map(nameKey);
    const known = new Set(keys);
    const dialect = CSV_DIALECTS.find((one) => one.recognizes(known, names));
    if (dialect !== undefined) return headerOf(dialect, separator, [...rows, row], names, keys);
  }
  return undefined;
}

function namesIn(row: string, separator: string): string[] {
  const names: string[] = [];
  const fields = fieldsOf(row, separator);
  for (let at = 0; at < fields.length; at += FIELD_NUMBERS) {
    names.push(fieldText(row, fields[at]!, fields[at + 1]!, fields[at + 2]!).replace(/^\ufeff/, ""));
  }
  return names;
}

/** A name in lower case, also where a program has made Turkish capitals of it; of Entra's templates what stands in brackets. */
export function nameKey(name: string): string {
  return wordKey(/\[(\w+)\]/.exec(name)?.[1] ?? name);
}

/** An English word in lower case, also where a Turkish Windows, or a Turkish keyboard, has made its capitals. */
export function wordKey(word: string): string {
  return word.trim().replaceAll("\u0130", "i").replaceAll("\u0131", "i").toLowerCase();
}

/** Whether a name has letters that only a Turkish Windows makes of English ones. */
export function isTurkish(name: string): boolean {
  return /[\u0130\u0131]/.test(name);
}

/** Attributes that take several values, and what these look like; in exports that join values only these are taken apart. */
const JOINED: ReadonlyMap<string, ValueLook> = new Map([
  ["proxyaddresses", "address" as const],
  ...names(`authOrig directReports dLMemRejectPerms dLMemSubmitPerms managedObjects member memberOf msExchDelegateListLink
publicDelegates showInAddressBook unauthOrig`).map((name) => [name, "dn"] as const),
  ...names(`objectClass otherFacsimileTelephoneNumber otherHomePhone otherIpPhone otherMailbox otherMobile otherPager
otherTelephone servicePrincipalName sIDHistory url userCertificate userSMIMECertificate`).map(
    (name) => [name, "text"] as const,
  ),
]);

function names(list: string): string[] {
  return list.toLowerCase().split(/\s+/);
}

function headerOf(
  dialect: CsvDialect,
  separator: string,
  rows: readonly string[],
  names: readonly string[],
  keys: readonly string[],
): CsvHeader {
  const numberOf = (name: string) => keys.indexOf(name);
  const firstOf = (candidates: readonly string[]) => candidates.map(numberOf).find((number) => number >= 0) ?? -1;
  const dn = firstOf(dialect.dn);
  const columns = names.map((name, number) => columnOf(dialect, name.trim(), keys[number]!, number, number === dn));
  const byType = new Map<string, CsvColumn[]>();
  for (const column of columns) {
    if (column === undefined) continue;
    const type = lowerCase(column.attribute.split(";", 1)[0]!);
    const own = byType.get(type) ?? [];
    byType.set(type, own);
    // A property that only repeats an attribute (EmailAddress beside mail) gives no second value.
    if (own.length === 0 || column.attribute.includes(";")) own.push(column);
    else if (keys[column.number] === type) own[0] = column;
  }
  const read = new Set([...byType.values()].flat());
  return {
    dialect,
    separator,
    rows,
    names,
    columns: columns.map((column) => (column && read.has(column) ? column : undefined)),
    byType,
    dn,
    title: firstOf(dialect.title),
    identity: firstOf(dialect.identity),
    numberOf,
  };
}

function columnOf(
  dialect: CsvDialect,
  name: string,
  key: string,
  number: number,
  isDn: boolean,
): CsvColumn | undefined {
  if (key === "dn" || name === "" || dialect.computed?.has(key) === true) return undefined;
  const attribute = Object.hasOwn(dialect.attributes, key)
    ? dialect.attributes[key]!
    : dialect.namesAreAttributes && /^[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9=*-]+)*$/.test(name)
      ? name
      : undefined;
  if (attribute === undefined) return undefined;
  const type = lowerCase(attribute.split(";", 1)[0]!);
  const look = JOINED.get(type) ?? "text";
  return { number, attribute, look, cells: isDn ? "single" : cellsOf(dialect, type) };
}

function cellsOf({ cells }: CsvDialect, type: string): ColumnCells {
  return cells === "joined" && !JOINED.has(type) ? "single" : cells;
}
