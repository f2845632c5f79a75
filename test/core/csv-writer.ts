import { readLdif } from "../../server/core/ldif/reader.ts";
import type { LdifEntry } from "../../server/core/ldif/record.ts";
import { isSingleValued } from "../../server/core/model/attribute-facts.ts";
import type { AttributeValue } from "../../server/core/model/entry.ts";

/** Tables as programs write them, made of the entries of an LDIF text. Written by the facts about these programs, not by our reader. */
export type Writer = "csvde" | "Export-Csv";

/** Attributes of several values that an administrator joins with semicolons before Export-Csv. */
const JOINED = new Set(["proxyaddresses", "member", "usercertificate", "usersmimecertificate", "othermailbox", "url"]);

/** The classes of an object from the most special one, which is all that both programs show. */
const SPECIAL = [
  "msds-groupmanagedserviceaccount",
  "msds-managedserviceaccount",
  "computer",
  "inetorgperson",
  "user",
  "contact",
  "group",
];

export interface Table {
  readonly text: string;
  /** The attributes of which Export-Csv writes no values, only the name of their type, in lower case. */
  readonly lost: ReadonlySet<string>;
}

/** The table; `undefined` where it has no way to show one of the values. */
export function tableOf(ldif: string, writer: Writer): Table | undefined {
  const entries = readLdif(ldif).filter((record) => record.entry !== undefined) as LdifEntry[];
  const columns: string[] = [];
  for (const { lines } of entries) {
    for (const { description } of lines) {
      if (!columns.some((one) => one.toLowerCase() === description.toLowerCase())) columns.push(description);
    }
  }
  const lost = new Set<string>();
  const rows: string[][] = [[writer === "csvde" ? "DN" : "DistinguishedName", ...columns]];
  for (const entry of entries) {
    const row = [entry.dn.text];
    for (const column of columns) {
      if (writer === "Export-Csv" && entry.values(column).some(({ binary }) => binary)) lost.add(column.toLowerCase());
      const cell = cellOf(entry.values(column), column.toLowerCase(), writer);
      if (cell === undefined) return undefined;
      row.push(cell);
    }
    rows.push(row);
  }
  const lineEnd = "\r\n";
  const text = rows.map((row) => `${row.map((cell) => fieldOf(cell, writer)).join(",")}${lineEnd}`).join("");
  return { text, lost };
}

function cellOf(values: readonly AttributeValue[], type: string, writer: Writer): string | undefined {
  if (values.some(({ text }) => text === "")) return undefined;
  if (type === "objectclass") {
    const rank = ({ text }: AttributeValue) => SPECIAL.indexOf(text.toLowerCase());
    const special = values.filter(({ text }) => SPECIAL.includes(text.toLowerCase()));
    return special.sort((one, other) => rank(one) - rank(other))[0]?.text ?? values.at(-1)?.text ?? "";
  }
  if (writer === "csvde") {
    if (isSingleValued(type) && values.length > 1) return undefined;
    return values.map(csvdeValue).join(";");
  }
  if (values.some(({ binary }) => binary)) {
    return isSingleValued(type) ? "System.Byte[]" : "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection";
  }
  if (values.length > 1 && !JOINED.has(type)) return undefined;
  // What is joined with semicolons must not have any.
  if (JOINED.has(type) && values.some(({ text }) => text.includes(";"))) return undefined;
  return values.map(({ text }) => text).join(";");
}

function csvdeValue(value: AttributeValue): string {
  if (value.binary) return `X'${Buffer.from(value.base64, "base64").toString("hex")}'`;
  return value.text.replace(/[\\;]/g, "\\$&");
}

function fieldOf(cell: string, writer: Writer): string {
  const quoted = `"${cell.replaceAll('"', '""')}"`;
  if (writer === "Export-Csv") return cell === "" ? "" : quoted;
  return /[,"\r\n]/.test(cell) ? quoted : cell;
}
