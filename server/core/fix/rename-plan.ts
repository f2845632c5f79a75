import { dnKey, parentDn, parseDn, rdnText } from "../model/dn.ts";
import type { Refusal } from "./difference.ts";
import type { PlannedRename } from "./planned-record.ts";

/** An entry that has another DN in the edited export than in the original one. */
export interface RenamedEntry {
  readonly from: string;
  readonly to: string;
  /** It keeps its name, since something speaks against the new one. */
  readonly isRefused: boolean;
}

const EXCHANGED =
  "takes a name that another entry had, or leaves its name to another one: do one after the other, with an export between the two";

const BELOW_ITSELF = "would come below an entry that is below it itself, as long as that one is not moved";

/**
 * What becomes of the DNs of one export in the other, and the records that rename and move entries. An entry whose DN differs only
 * because an entry above it has another one needs no record of its own.
 */
export class RenamePlan {
  /** The DN in the edited export, by the key of the DN in the original one; the other way round. */
  readonly #edited = new Map<string, string>();
  readonly #original = new Map<string, string>();
  readonly #refusals: Refusal[] = [];
  readonly #records: PlannedRename[] = [];
  /** The keys of the DNs from below which entries are moved away. */
  readonly #left = new Set<string>();
  readonly #places = new Places();

  /** The keys of the old and of the new DNs of entries that exchange names with others. */
  readonly #exchangedFrom = new Set<string>();
  readonly #exchangedTo = new Set<string>();

  /**
   * `had` and `has` tell whether any entry has a DN with this key in the original, and in the edited export. A name that two entries have
   * one after the other makes it uncertain which of them the values of others mean: such renames are refused.
   */
  constructor(entries: readonly RenamedEntry[], had: (key: string) => boolean, has: (key: string) => boolean) {
    for (const { from, to } of entries) {
      this.#edited.set(dnKey(from), to);
      this.#original.set(dnKey(to), from);
    }
    for (const { from, to } of entries) {
      const [before, after] = [dnKey(from), dnKey(to)];
      // The places, too, as the other export calls them: the entries above may have other names there.
      const place = dnKey(`${rdnText(to)},${this.toOriginal(parentDn(to))}`);
      const left = dnKey(`${rdnText(from)},${this.toEdited(parentDn(from))}`);
      const isNew = (one: string) => one !== before && had(one);
      const isLeft = (one: string) => one !== after && has(one);
      if (!isNew(after) && !isNew(place) && !isLeft(before) && !isLeft(left)) continue;
      this.#exchangedFrom.add(before);
      this.#exchangedTo.add(after);
    }
    // Whoever is to be the entry above comes first: units may change places in which one was below the other.
    const renamed = entries
      .filter((entry) => !entry.isRefused && this.#isRenamed(entry))
      .map((entry) => ({ ...entry, depth: parseDn(entry.to).rdns.length }));
    for (const { from, to } of renamed.sort((one, other) => one.depth - other.depth)) {
      const parent = this.toOriginal(parentDn(to));
      if (this.#exchangedFrom.has(dnKey(from)) || this.isGivenUp(parentDn(to))) {
        this.#refusals.push({ dn: from, reason: EXCHANGED });
      } else if (this.#places.isWithin(parent, from)) this.#refusals.push({ dn: from, reason: BELOW_ITSELF });
      else this.#plan(from, rdnText(to), parent);
    }
  }

  #plan(from: string, newRdn: string, parent: string): void {
    const record = this.#places.rename(from, newRdn, parent);
    this.#records.push(record);
    if (record.newSuperior === undefined) return;
    for (let above = parentDn(from); above !== ""; above = parentDn(above)) this.#left.add(dnKey(above));
  }

  /** Whether an entry is moved away from below the entry with this key of its DN in the original. */
  isLeft(key: string): boolean {
    return this.#left.has(key);
  }

  /** Whether no DN differs. */
  get isEmpty(): boolean {
    return this.#edited.size === 0;
  }

  get records(): readonly PlannedRename[] {
    return this.#records;
  }

  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  /** The DN that an entry of the original export has in the edited one. */
  toEdited(dn: string): string {
    return translated(dn, this.#edited);
  }

  /** The DN that an entry of the edited export has in the original one, or would have there. */
  toOriginal(dn: string): string {
    return translated(dn, this.#original);
  }

  /** Whether a DN of the edited export, or one above it, is the old name of an entry: which entry it names changes within the file. */
  isGivenUp(dn: string): boolean {
    for (let above = dn; above !== ""; above = parentDn(above)) {
      const key = dnKey(above);
      if (this.#original.has(key)) return false;
      if (this.#edited.has(key)) return true;
    }
    return false;
  }

  /** The DN that an entry of the original export has when all records are applied. */
  afterwards(dn: string): string {
    return this.isEmpty ? dn : this.#places.now(dn);
  }

  /** The entry itself is renamed or moved, and not only an entry above it. */
  #isRenamed({ from, to }: RenamedEntry): boolean {
    return !isSameRdn(from, to) || dnKey(this.toEdited(parentDn(from))) !== dnKey(parentDn(to));
  }

  /** Whether an old value names an entry that exchanges names with another. */
  isExchangedOriginal(dn: string): boolean {
    return this.#exchangedFrom.has(dnKey(dn));
  }

  /** The same of a new value. */
  isExchangedEdited(dn: string): boolean {
    return this.#exchangedTo.has(dnKey(dn));
  }
}

/** Whether two DNs begin with the same name, capitals included, however it is spelled. */
export function isSameRdn(one: string, other: string): boolean {
  const [first, second] = [one, other].map((dn) =>
    JSON.stringify(
      parseDn(dn)
        .rdns[0]?.attributes.map(({ type, value }) => [type.toLowerCase(), value])
        .sort(),
    ),
  );
  return first === second;
}

/** Where entries are while one rename after the other is applied. Entries are named by their DNs before the first. */
class Places {
  readonly #places = new Map<string, { readonly rdn: string; readonly parent: string }>();

  rename(from: string, newRdn: string, parent: string): PlannedRename {
    const dn = this.now(from);
    const isMoved = dnKey(parent) !== dnKey(parentDn(from));
    const newSuperior = isMoved ? { newSuperior: this.now(parent) } : {};
    this.#places.set(dnKey(from), { rdn: newRdn, parent });
    return { changeType: "modrdn", dn, newRdn, ...newSuperior };
  }

  /** The DN at this moment. */
  now(dn: string): string {
    const rdns: string[] = [];
    for (let at = dn; at !== ""; at = this.#place(at).parent) rdns.push(this.#place(at).rdn);
    return rdns.join(",");
  }

  /** Whether an entry is another one or, at this moment, below it. */
  isWithin(dn: string, other: string): boolean {
    const key = dnKey(other);
    for (let at = dn; at !== ""; at = this.#place(at).parent) if (dnKey(at) === key) return true;
    return false;
  }

  #place(dn: string) {
    return this.#places.get(dnKey(dn)) ?? { rdn: rdnText(dn), parent: parentDn(dn) };
  }
}

/** The DN with its nearest entry above, or itself, replaced by what `others` has for it. */
function translated(dn: string, others: ReadonlyMap<string, string>): string {
  if (others.size === 0) return dn;
  for (let above = dn; above !== ""; above = parentDn(above)) {
    const other = others.get(dnKey(above));
    if (other !== undefined) return dn.slice(0, dn.length - above.length) + other;
  }
  return dn;
}
