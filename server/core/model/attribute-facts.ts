import { EXCHANGE_FACTS } from "./exchange-facts.ts";
import { SCHEMA_FACTS } from "./schema-facts.ts";

/** How the values of an attribute are made and compared, by the names that Microsoft's documentation of the schema has for it. */
export type Syntax =
  | "AccessPoint"
  | "Boolean"
  | "DN"
  | "DNBinary"
  | "GeneralizedTime"
  | "IA5String"
  | "Integer"
  | "LargeInteger"
  | "NTSecurityDescriptor"
  | "NumericString"
  | "OID"
  | "OctetString"
  | "PresentationAddress"
  | "SID"
  | "Teletex"
  | "UnicodeString";

/** What the schema says of an attribute. */
export interface AttributeFacts {
  readonly syntax: Syntax;
  readonly isSingleValued: boolean;
  /** Only the system writes it. */
  readonly isSystemOnly: boolean;
  /** It is computed when it is read, and never stored. */
  readonly isConstructed: boolean;
  /** It holds one side of a link: `forward` is the one that can be written. */
  readonly link?: "forward" | "back";
  /** Of text in UTF-16 units, of octets in bytes, of integers the value itself. */
  readonly rangeLower?: number;
  readonly rangeUpper?: number;
}

/** The table is taken apart when somebody first asks: a program that does not ask starts the sooner. */
let table: FactsTable | undefined;

interface FactsTable {
  /** By attribute types in lower case. */
  readonly facts: ReadonlyMap<string, AttributeFacts>;
  /** Those of Active Directory's own schema. */
  readonly base: ReadonlySet<string>;
  /** In the schema's own capitals, in the order of their letters. */
  readonly names: readonly string[];
}

/**
 * What is known of an attribute type, in lower case; `undefined` where nothing is, since a directory's schema may have been extended by
 * anybody.
 */
export function attributeFacts(type: string): AttributeFacts | undefined {
  return factsTable().facts.get(type);
}

/** Whether an attribute type, in lower case, is one that every directory has: of Active Directory's own schema, without Exchange's. */
export function isOfBaseSchema(type: string): boolean {
  return factsTable().base.has(type);
}

/** The attributes of which something is known, as the schema writes them, in the order of their letters. */
export function attributeNames(): readonly string[] {
  return factsTable().names;
}

/** Whether the values of an attribute type, in lower case, are DNs. */
export function isDnValued(type: string): boolean {
  return attributeFacts(type)?.syntax === "DN";
}

/** Whether they are, or may be, since the directory's schema may know an attribute that is not known here. */
export function mayBeDnValued(type: string): boolean {
  return isDnValued(type) || attributeFacts(type) === undefined;
}

/** Whether an attribute type, in lower case, takes one value only. What is not known may take several. */
export function isSingleValued(type: string): boolean {
  return attributeFacts(type)?.isSingleValued === true;
}

function factsTable(): FactsTable {
  table ??= readTables();
  return table;
}

function readTables(): FactsTable {
  const facts = new Map<string, AttributeFacts>();
  const names = new Map<string, string>();
  addFacts(SCHEMA_FACTS, facts, names);
  const base = new Set(facts.keys());
  addFacts(EXCHANGE_FACTS, facts, names);
  const sorted = [...names].sort(([one], [other]) => (one < other ? -1 : 1));
  return { facts, base, names: sorted.map(([, name]) => name) };
}

/** Adds what a table says, where nothing has been said yet. */
function addFacts(text: string, all: Map<string, AttributeFacts>, names: Map<string, string>): void {
  let facts: AttributeFacts | undefined;
  for (const word of text.split(/\s+/)) {
    const type = word.toLowerCase();
    if (word.startsWith("=")) facts = factsOf(word);
    else if (facts !== undefined && !all.has(type)) {
      all.set(type, facts);
      names.set(type, word);
    }
  }
}

/** What the head of a group says: `=UnicodeString:s:1..64`. */
function factsOf(head: string): AttributeFacts {
  const [syntax, flags, range] = head.slice(1).split(":") as [Syntax, string, string];
  const [lower, upper] = range.split("..");
  const link = flags.includes("b") ? "back" : flags.includes("f") ? "forward" : undefined;
  return {
    syntax,
    isSingleValued: flags.includes("s"),
    isSystemOnly: flags.includes("w"),
    isConstructed: flags.includes("c"),
    ...(link && { link }),
    ...(lower && { rangeLower: Number(lower) }),
    ...(upper && { rangeUpper: Number(upper) }),
  };
}
