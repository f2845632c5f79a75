/**
 * The side door of the core: whether a table, or a plain text, is the export of a directory. For an editor's client, which looks at every
 * one that somebody opens and must weigh nothing; it imports no more of the core than what reads a header.
 */
import { type CsvHeader, csvHeader } from "../csv/header.ts";
import { ldpHead } from "../ldp/lines.ts";

/** So much of a file's beginning, in UTF-16 units, tells its format. */
export const FORMAT_HEAD = 2 ** 20;

/** How LDIF begins, and no table does: Entra's templates begin with `version:v1.0`, Export-Csv with `#TYPE`. */
const LDIF_START = /^\ufeff?(?:version: *\d|dn:|#(?!TYPE ))/i;

/** Files of these names are tables; whether a table is the export of a directory, its header tells. */
export function isTableName(name: string): boolean {
  return /\.(?:csv|tsv|tab)$/i.test(name);
}

export function isLdifName(name: string): boolean {
  return /\.(?:ldif|ldf)$/i.test(name);
}

/** The header of a table that is the export of a directory; `undefined` where the text begins like anything else. */
export function tableHeader(text: string): CsvHeader | undefined {
  return LDIF_START.test(text) ? undefined : csvHeader(text);
}

/** Whether a text that has no name and no language of its own is an export all the same: a table, or a copy of ldp's details pane. */
export function isPlainExport(text: string): boolean {
  return ldpHead(text) !== undefined || tableHeader(text) !== undefined;
}
