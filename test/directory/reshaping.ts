import fc from "../property.ts";
import { cnIn, type NewEntry } from "./entries.ts";
import { NAMES } from "./fixture.ts";
import type { ExportedEntry } from "./state.ts";

/** How a person changes which entries there are, and under which names. Numbers are taken modulo what there is to choose from. */
export interface Reshaping {
  readonly action: "add" | "rename" | "move" | "delete";
  readonly entry: number;
  readonly name: number;
  /** Whether the values that repeat the name are edited along with the DN. */
  readonly isThorough: boolean;
}

export const reshaping: fc.Arbitrary<Reshaping> = fc.record({
  action: fc.constantFrom("add", "add", "rename", "rename", "move", "move", "delete"),
  entry: fc.nat(),
  name: fc.nat(),
  isThorough: fc.boolean(),
});

/** Where entries are, may go to, and must not go from. */
export interface Surroundings {
  readonly home: NewEntry;
  readonly elsewhere: NewEntry;
  /** The DNs of those that stay as they are, since others link to them. */
  readonly fixed: ReadonlySet<string>;
  /** No other script in any run has this number. */
  readonly unique: number;
}

/** Entries after a person has added, renamed, moved or removed some of them. */
export function reshaped(
  entries: readonly ExportedEntry[],
  changes: readonly Reshaping[],
  { home, elsewhere, fixed, unique }: Surroundings,
): ExportedEntry[] {
  let result = [...entries];
  const touched = new Set(fixed);
  for (const [at, { action, entry, name, isThorough }] of changes.entries()) {
    const cn = NAMES[name % NAMES.length]!(10_000 + unique * 10 + at);
    if (action === "add") {
      result.push(contact(home, cn, unique * 10 + at));
      continue;
    }
    // What is added is a contact. One that is removed in the same file might be the same under another name, and that is refused.
    const mayGo = (one: ExportedEntry) => action !== "delete" || !isContact(one);
    const possible = result.filter((one) => one.isNew !== true && !touched.has(one.dn) && mayGo(one));
    const chosen = possible[entry % possible.length];
    if (chosen === undefined) continue;
    const now = action === "rename" ? renamed(chosen, cn, isThorough) : moved(chosen, home, elsewhere);
    touched.add(now.dn);
    result = result.filter((one) => one !== chosen);
    if (action !== "delete") result.push(now);
  }
  return result;
}

function isContact({ values }: ExportedEntry): boolean {
  return values.some(({ name, value }) => name.toLowerCase() === "objectclass" && value === "contact");
}

function contact(home: NewEntry, cn: string, number: number): ExportedEntry {
  const classes = ["top", "person", "organizationalPerson", "contact"].map((value) => ({ name: "objectClass", value }));
  const values = Object.entries({
    cn,
    displayName: `Größe ${cn}`,
    mail: `new${number}@fabrikam.com`,
    info: " leading\r\nlines ",
    proxyAddresses: `SMTP:new${number}@fabrikam.com`,
  }).map(([name, value]) => ({ name, value }));
  return { dn: `${cnIn(cn)},${home.dn}`, values: [...classes, ...values], isNew: true };
}

function renamed({ dn, values }: ExportedEntry, cn: string, isThorough: boolean): ExportedEntry {
  const repeats = new Set(isThorough ? ["cn", "name"] : []);
  return {
    dn: `${cnIn(cn)},${parentOf(dn)}`,
    values: values.map((one) => (repeats.has(one.name.toLowerCase()) ? { ...one, value: cn } : one)),
    from: dn,
    cn,
  };
}

function moved(entry: ExportedEntry, home: NewEntry, elsewhere: NewEntry): ExportedEntry {
  const rdn = entry.dn.slice(0, -parentOf(entry.dn).length - 1);
  const isHome = parentOf(entry.dn).split(",").length === home.dn.split(",").length;
  return { ...entry, from: entry.dn, dn: `${rdn},${isHome ? elsewhere.dn : home.dn}` };
}

/** What stands behind the first comma that is none of the name. */
function parentOf(dn: string): string {
  return dn.replace(/^(?:\\.|[^,\\])*,/s, "");
}
