import { isOfBaseSchema } from "./attribute-facts.ts";
import { lowerCase } from "./attribute-type.ts";
import { CLASS_FACTS, UNPLACED } from "./class-facts.ts";

/** What objects of one class hold, with all that comes from the classes above it and from auxiliary ones. */
interface ClassFacts {
  /** The attribute types as the schema writes them, by their lower case. */
  readonly held: ReadonlyMap<string, string>;
  readonly needed: readonly string[];
}

interface Row {
  readonly above: readonly string[];
  readonly names: string[];
  readonly needed: string[];
}

/** By classes in lower case. The table is taken apart when somebody first asks. */
let rows: ReadonlyMap<string, Row> | undefined;
const resolved = new Map<string, ClassFacts>();
let uncertain: ReadonlySet<string> | undefined;

/**
 * Attributes of the base schema that objects of a class hold only where Microsoft has extended it: with Exchange 2010 SP1 and newer, or by
 * the schema extension for hierarchical address books (Microsoft's support article on that).
 */
const EXTENDED: Readonly<Record<string, string>> = {
  group: "location msDS-HABSeniorityIndex msDS-PhoneticDisplayName thumbnailPhoto",
};

/**
 * Whether objects of a class may hold an attribute. Both in any capitals, the attribute without options. `undefined` where that is not
 * known: of a class that the table does not have, of attributes that are not of Active Directory's own schema, such as those of
 * Exchange, and where Microsoft's own extensions differ from it.
 */
export function mayHold(objectClass: string, type: string): boolean | undefined {
  const name = lowerCase(objectClass);
  const facts = factsOf(name);
  if (facts === undefined) return undefined;
  const low = lowerCase(type);
  if (facts.held.has(low)) return true;
  uncertain ??= new Set([
    ...UNPLACED.toLowerCase().split(/\s+/),
    ...Object.entries(EXTENDED).flatMap(([extended, names]) =>
      names.split(" ").map((one) => `${extended} ${one.toLowerCase()}`),
    ),
  ]);
  return !isOfBaseSchema(low) || uncertain.has(low) || uncertain.has(`${name} ${low}`) ? undefined : false;
}

/** The attributes that objects of a class may hold, as the schema writes them, in their order; none where the class is not known. */
export function attributesOf(objectClass: string): readonly string[] {
  return [...(factsOf(lowerCase(objectClass))?.held.values() ?? [])].sort();
}

/** The attributes without which no object of a class exists; none where the class is not known. */
export function neededOf(objectClass: string): readonly string[] {
  return factsOf(lowerCase(objectClass))?.needed ?? [];
}

function factsOf(name: string): ClassFacts | undefined {
  rows ??= rowsIn(CLASS_FACTS);
  const known = resolved.get(name);
  if (known !== undefined || !rows.has(name)) return known;
  const all = [...withAbove(name, rows)];
  const facts = {
    held: new Map(all.flatMap(({ names }) => names.map((one) => [one.toLowerCase(), one] as const))),
    needed: [...new Set(all.flatMap(({ needed }) => needed))],
  };
  resolved.set(name, facts);
  return facts;
}

/** The rows of a class and of all classes above it. */
function withAbove(name: string, table: ReadonlyMap<string, Row>, found = new Set<Row>()): Set<Row> {
  const row = table.get(name);
  if (row === undefined || found.has(row)) return found;
  found.add(row);
  for (const above of row.above) withAbove(above, table, found);
  return found;
}

function rowsIn(table: string): ReadonlyMap<string, Row> {
  const all = new Map<string, Row>();
  let row: Row | undefined;
  for (const word of table.split(/\s+/)) {
    if (word.startsWith("=")) {
      const [name = "", above = ""] = word.slice(1).toLowerCase().split(":");
      row = { above: above === "" ? [] : above.split(","), names: [], needed: [] };
      all.set(name, row);
    } else if (word.startsWith("!")) {
      row?.needed.push(word.slice(1));
      row?.names.push(word.slice(1));
    } else row?.names.push(word);
  }
  return all;
}
