import { isDn, parseDn } from "./dn.ts";

/** What a directory takes for a boolean (RFC 4517 3.3.3). */
export const BOOLEAN = /^(?:TRUE|FALSE)$/;

/** The same in the capitals of programs that write tables: Export-Csv has `True`. */
export const ANY_BOOLEAN = /^(?:true|false)$/i;

const INTEGER = /^(-?)0*(\d+)$/;

/** An integer in its shortest form; `undefined` where the text is none. */
export function integerText(text: string): string | undefined {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return digits === "0" ? "0" : `${sign}${digits}`;
}

/** Whether an integer, in any form, fits into so many bits. */
export function fitsInto(bits: 32 | 64, integer: string): boolean {
  const most = 1n << BigInt(bits - 1);
  // Longer ones are no number that anybody has to make.
  const value = integer.length > 40 ? most : BigInt(integer);
  return value >= -most && value < most;
}

/** `20260101000000.0Z`; fractions, and an offset in the place of Z, may be there (RFC 4517 3.3.13). A directory asks for seconds. */
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d{1,9}))?(?:Z|([+-])(\d\d)(\d\d))$/;

/** The moment that a GeneralizedTime names, the same text for all its spellings; `undefined` where it is malformed. */
export function instantOf(text: string): string | undefined {
  const match = GENERALIZED_TIME.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  const local = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const isDate = new Date(local).toISOString().replace(/\D/g, "").startsWith(match.slice(1, 7).join(""));
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === "-" ? -1 : 1);
  if (!isDate || Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) return undefined;
  return `${local / 1000 - offset * 60}.${(match[7] ?? "").replace(/0+$/, "")}`;
}

/** A DN with bytes in front of it: `B:count of digits:digits:DN`. */
export function parseDnWithBytes(text: string): { readonly digits: string; readonly dn: string } | undefined {
  const match = /^B:(\d+):([0-9A-Fa-f]*):/.exec(text);
  if (match === null || Number(match[1]) !== match[2]!.length || match[2]!.length % 2 !== 0) return undefined;
  return { digits: match[2]!, dn: text.slice(match[0].length) };
}

/** Whether a text names an object, as values of attributes do: by its DN, or by what `<GUID=...>` says. */
export function namesObject(text: string): boolean {
  return isDn(text) && (text.startsWith("<") || parseDn(text).rdns.length > 0);
}
