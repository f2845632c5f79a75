import { writeLine } from "../../server/core/ldif/writer.ts";
import { DOMAIN } from "./engines.ts";

export type DirectoryName = "Samba" | "OpenLDAP";

/** A value as a directory keeps it. */
export type Value = string | Buffer;

/** An entry to be put into a directory. */
export interface NewEntry {
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly Value[]>;
}

/** Attributes with their values; `undefined` takes one away that an entry would have otherwise. */
export type Attributes = Readonly<Record<string, Value | readonly Value[] | undefined>>;

/** The domain and its folders, which Samba brings along, and OpenLDAP does not. */
export const ROOT: readonly NewEntry[] = [entryOf(DOMAIN, { objectClass: "domainDNS", dc: "contoso" })];

export function folder(name: string, parent = DOMAIN): NewEntry {
  return entryOf(`OU=${escaped(name)},${parent}`, { objectClass: "organizationalUnit", ou: name });
}

/** An entry below a folder. */
export function entryIn(ou: NewEntry, cn: string, attributes: Attributes): NewEntry {
  return entryOf(dnIn(ou, cn), { cn, ...attributes });
}

export function dnIn(ou: NewEntry, cn: string): string {
  return `${cnIn(cn)},${ou.dn}`;
}

/** A common name as the RDN of a DN. */
export function cnIn(cn: string): string {
  return `CN=${escaped(cn)}`;
}

/** The value of an RDN as it stands in a DN (RFC 4514). */
function escaped(value: string): string {
  return value.replace(/[\\,+"<>;=]/g, "\\$&").replace(/^[ #]|(?<!\\) $/g, "\\$&");
}

export function entryOf(dn: string, attributes: Attributes): NewEntry {
  return {
    dn,
    attributes: new Map(
      Object.entries(attributes).flatMap(([name, given]) => (given === undefined ? [] : [[name, valuesOf(given)]])),
    ),
  };
}

export function valuesOf(given: Value | readonly Value[]): readonly Value[] {
  return typeof given === "string" || Buffer.isBuffer(given) ? [given] : given;
}

/** Entries as LDIF that both directories take in. */
export function toLdif(entries: readonly NewEntry[]): string {
  return entries
    .map(({ dn, attributes }) => `${[`${line("dn", dn)}`, ...valueLines(attributes)].join("\n")}\n\n`)
    .join("");
}

function valueLines(attributes: ReadonlyMap<string, readonly Value[]>): string[] {
  return [...attributes].flatMap(([name, values]) => values.map((value) => line(name, value)));
}

function line(name: string, value: Value): string {
  const written = typeof value === "string" ? { text: value } : { base64: value.toString("base64") };
  return writeLine(name, written, { lineEnd: "\n", width: undefined });
}

/** What sets attributes of entries to other values, one after the other, or takes them away where there are none. */
export function replacements(dn: string, attributes: Attributes): string {
  const specs = Object.entries(attributes).map(([name, given]) => {
    const lines = given === undefined ? [] : valuesOf(given).map((value) => line(name, value));
    return [`replace: ${name}`, ...lines, "-"].join("\n");
  });
  return `${line("dn", dn)}\nchangetype: modify\n${specs.join("\n")}\n\n`;
}

/** As many bytes as are wanted, other ones for each number, and no text. */
export function bytes(count: number, n: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, at) => (0xff - at * 7 - (n >> ((at % 2) * 8))) & 0xff));
}
