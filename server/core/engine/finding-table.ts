import type { ObjectType } from "../model/object-type.ts";
import { Column } from "./column.ts";
import type { Finding } from "./finding.ts";
import type { Effect } from "./rule.ts";
import { SEVERITIES } from "./settings.ts";

/** What becomes of an object, from the best to the worst. */
export const FATES = ["clean", "changes", "fails", "staysOut"] as const;
export type FateKind = (typeof FATES)[number];

const FATE_OF: Readonly<Record<Effect, FateKind>> = {
  none: "clean",
  "value-changed": "changes",
  "attribute-dropped": "changes",
  quarantined: "changes",
  "export-error": "fails",
  excluded: "staysOut",
};

/** What a person decides about a finding. */
export const DECISIONS = ["undecided", "edit", "remove", "accept"] as const;
export type DecisionAction = (typeof DECISIONS)[number];

/** By what findings are told apart and counted. */
export const FACETS = ["severity", "rule", "objectClass", "ou", "decision", "fate", "domain"] as const;
export type Facet = (typeof FACETS)[number];

/** By what findings are put in order; `place` is the order of the export. */
export const SORT_KEYS = ["place", "dn", "attribute", "message", "value", ...FACETS] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** What is known of the object that findings are about. */
export interface FindingObject {
  readonly dn: string;
  readonly objectType: ObjectType | "";
  /** The DN above it. */
  readonly ou: string;
  /** The domain suffix of its user principal name, or of its mail address; empty where it has neither. */
  readonly domain: string;
}

export interface FindingQuery {
  /** Stands somewhere in DN, attribute, message or value, in capitals or not. */
  readonly text?: string;
  /** A finding has one of the names in each facet that is given. */
  readonly facets?: Partial<Readonly<Record<Facet, readonly string[]>>>;
  /** Findings with the same name in this facet stand together. */
  readonly group?: Facet;
  readonly sort?: SortKey;
  readonly descending?: boolean;
}

export interface FacetCount {
  readonly name: string;
  readonly count: number;
}

/** What a query finds. */
export interface FoundRows {
  /** The numbers of the findings, in their order. */
  readonly rows: Uint32Array;
  /** The groups in their order; none where there is no grouping. */
  readonly groups: readonly FacetCount[];
  /** How many findings there would be with each name of a facet, whatever the filter says of this facet itself. */
  readonly facets: Readonly<Record<Facet, readonly FacetCount[]>>;
}

/**
 * All findings of one check by numbers: what they can be filtered, counted and ordered by stands in columns, everything else is looked up in
 * the findings when it is wanted. A query makes a list of numbers and no copy of a finding.
 */
export class FindingTable<Row extends { readonly finding: Finding }> {
  readonly #rows: Row[] = [];
  readonly #objects: FindingObject[] = [];
  readonly #objectOf: number[] = [];
  readonly #worst: number[] = [];
  readonly #columns: Readonly<Record<Facet, Column>> = {
    severity: new Column(SEVERITIES),
    rule: new Column(),
    objectClass: new Column(),
    ou: new Column(),
    decision: new Column(DECISIONS),
    fate: new Column(FATES),
    domain: new Column(),
  };
  readonly #ranks = new Map<SortKey, Int32Array>();
  #last: { readonly key: string; readonly found: FoundRows } | undefined;

  /** The findings that are added next are about it. */
  beginObject(object: FindingObject): void {
    this.#objects.push(object);
    this.#worst.push(0);
  }

  /** Adds a finding about the object that was begun last. */
  add(row: Row, decision: DecisionAction): void {
    const object = this.#objects.length - 1;
    const { objectType, ou, domain } = this.#objects[object]!;
    const { rule, severity } = row.finding;
    this.#rows.push(row);
    this.#objectOf.push(object);
    this.#columns.severity.add(severity);
    this.#columns.rule.add(rule.id);
    this.#columns.objectClass.add(objectType);
    this.#columns.ou.add(ou);
    this.#columns.domain.add(domain);
    this.#columns.decision.add(decision);
    this.#worst[object] = Math.max(this.#worst[object]!, FATES.indexOf(FATE_OF[rule.effect]));
  }

  /** Nothing is added any more. */
  finish(): void {
    for (const object of this.#objectOf) this.#columns.fate.add(FATES[this.#worst[object]!]!);
  }

  get length(): number {
    return this.#rows.length;
  }

  row(number: number): Row | undefined {
    return this.#rows[number];
  }

  objectOf(row: number): FindingObject | undefined {
    return this.#objects[this.#objectOf[row] ?? -1];
  }

  decisionOf(row: number): DecisionAction {
    return this.#columns.decision.at(row) as DecisionAction;
  }

  decide(row: number, decision: DecisionAction): void {
    this.#columns.decision.put(row, decision);
    this.#ranks.delete("decision");
    this.#last = undefined;
  }

  /** The findings about the same object, in their order. */
  siblings(row: number): number[] {
    const object = this.#objectOf[row];
    let first = row;
    while (first > 0 && this.#objectOf[first - 1] === object) first--;
    const found: number[] = [];
    for (let at = first; this.#objectOf[at] === object && at < this.length; at++) found.push(at);
    return found;
  }

  /** How many objects with findings have each fate. Findings about the file itself are about no object. */
  fates(): Record<FateKind, number> {
    const counts = { clean: 0, changes: 0, fails: 0, staysOut: 0 };
    for (const [object, worst] of this.#worst.entries()) {
      if (this.#objects[object]!.objectType !== "") counts[FATES[worst]!]++;
    }
    return counts;
  }

  /** The findings that a query means. The same query is not worked out twice in a row: who scrolls asks again and again. */
  query(query: FindingQuery): FoundRows {
    const key = JSON.stringify([
      query.text ?? "",
      FACETS.map((facet) => query.facets?.[facet]),
      query.group,
      query.sort,
      query.descending,
    ]);
    if (this.#last?.key !== key) this.#last = { key, found: this.#find(query) };
    return this.#last.found;
  }

  #find(query: FindingQuery): FoundRows {
    const filters = FACETS.map((facet) => new FacetFilter(this.#columns[facet], query.facets?.[facet]));
    const found = new Uint32Array(this.length);
    const matches = this.#matcher(query.text ?? "");
    let count = 0;
    for (let row = 0; row < this.length; row++) {
      let failed: FacetFilter | undefined;
      let failures = 0;
      for (const filter of filters) {
        if (filter.passes(row)) continue;
        failed = filter;
        failures++;
      }
      if (failures > 1 || !matches(row)) continue;
      failed?.count(row);
      if (failed !== undefined) continue;
      found[count++] = row;
      for (const filter of filters) filter.count(row);
    }
    const [severity, rule, objectClass, ou, decision, fate, domain] = filters.map((filter) => filter.counts());
    const facets = { severity, rule, objectClass, ou, decision, fate, domain } as FoundRows["facets"];
    const rows = this.#sorted(found.slice(0, count), query);
    return { rows, groups: query.group === undefined ? [] : this.#groupsOf(rows, query.group), facets };
  }

  /** Whether a finding has a text somewhere; each object is looked at once. */
  #matcher(text: string): (row: number) => boolean {
    if (text === "") return () => true;
    const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "i");
    let object = -1;
    let isInDn = false;
    return (row) => {
      if (this.#objectOf[row] !== object) {
        object = this.#objectOf[row]!;
        isInDn = pattern.test(this.#objects[object]!.dn);
      }
      if (isInDn) return true;
      const { message, attribute = "", value, rule } = this.#rows[row]!.finding;
      return (
        pattern.test(message) ||
        pattern.test(attribute) ||
        pattern.test(rule.id) ||
        (value !== undefined && pattern.test(value.text))
      );
    };
  }

  #sorted(rows: Uint32Array, { sort = "place", descending = false, group }: FindingQuery): Uint32Array {
    if (sort === "place" && group === undefined) return descending ? rows.reverse() : rows;
    const groups = group && this.#ranksBy(group);
    const ranks = sort === "place" ? undefined : this.#ranksBy(sort);
    const sign = descending ? -1 : 1;
    return rows.sort((one, other) => {
      const ofGroups = groups === undefined ? 0 : groups[one]! - groups[other]!;
      if (ofGroups !== 0) return ofGroups;
      const ofRanks = ranks === undefined ? sign * (one - other) : sign * (ranks[one]! - ranks[other]!);
      return ofRanks || one - other;
    });
  }

  /** The groups in which sorted findings stand. */
  #groupsOf(rows: Uint32Array, group: Facet): FacetCount[] {
    const { names, codes } = this.#columns[group];
    const groups: { name: string; count: number }[] = [];
    let before = -1;
    for (const row of rows) {
      const code = codes[row]!;
      if (code !== before) groups.push({ name: names[code]!, count: 0 });
      groups.at(-1)!.count++;
      before = code;
    }
    return groups;
  }

  /** The rank of each finding in an order; equal for what is equal. */
  #ranksBy(sort: Exclude<SortKey, "place">): Int32Array {
    const known = this.#ranks.get(sort);
    if (known !== undefined) return known;
    const ranks = this.#newRanks(sort);
    this.#ranks.set(sort, ranks);
    return ranks;
  }

  #newRanks(sort: Exclude<SortKey, "place">): Int32Array {
    if (sort === "dn") {
      const byObject = ranksOf(this.#objects.map(({ dn }) => dn));
      return Int32Array.from(this.#objectOf, (object) => byObject[object]!);
    }
    if (sort === "attribute" || sort === "message" || sort === "value") {
      return ranksOf(
        this.#rows.map(({ finding }) => (sort === "value" ? (finding.value?.text ?? "") : (finding[sort] ?? ""))),
      );
    }
    const { names, codes, isOrdered } = this.#columns[sort];
    if (isOrdered) return Int32Array.from(codes);
    const byName = ranksOf(names);
    return Int32Array.from(codes, (code) => byName[code]!);
  }
}

/** The ranks of texts among each other, in capitals or not. */
function ranksOf(texts: readonly string[]): Int32Array {
  const keys = texts.map((text) => text.toLowerCase());
  const order = [...keys.keys()].sort((one, other) =>
    keys[one]! < keys[other]! ? -1 : keys[one]! > keys[other]! ? 1 : 0,
  );
  const ranks = new Int32Array(texts.length);
  let rank = -1;
  for (const [at, number] of order.entries()) {
    if (at === 0 || keys[number] !== keys[order[at - 1]!]) rank++;
    ranks[number] = rank;
  }
  return ranks;
}

/** One facet of a query. */
class FacetFilter {
  readonly #column: Column;
  readonly #passes: Uint8Array | undefined;
  readonly #counts: Int32Array;

  constructor(column: Column, wanted: readonly string[] | undefined) {
    this.#column = column;
    this.#passes = column.passes(wanted);
    this.#counts = new Int32Array(column.names.length);
  }

  passes(row: number): boolean {
    return this.#passes === undefined || this.#passes[this.#column.codes[row]!] === 1;
  }

  count(row: number): void {
    this.#counts[this.#column.codes[row]!]!++;
  }

  /** The names: those of a list in its order, others by how often they occur. */
  counts(): FacetCount[] {
    const { names, isOrdered } = this.#column;
    const all = names.map((name, code) => ({ name, count: this.#counts[code]! }));
    if (isOrdered) return all;
    return all.sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
  }
}
