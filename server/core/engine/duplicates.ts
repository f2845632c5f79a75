import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import { detachText, type SourceRecord } from "../model/source-record.ts";
import { quoted } from "../text/characters.ts";
import { type Range, rangeOf } from "../text/position.ts";
import { type Span, shift } from "../text/span.ts";
import type { Checker, KeyName, LiveKey } from "./checker.ts";
import { type Finding, formatMessage } from "./finding.ts";
import { HeldKeys } from "./held-keys.ts";
import { hashKey, type KeyHash } from "./key-hash.ts";
import type { KnownExport } from "./known-export.ts";
import { NumberList } from "./numbers.ts";
import type { Rule } from "./rule.ts";
import type { ActiveRule } from "./rule-plan.ts";

/** One of the objects that share a value which must be unique, as the others' findings name it. */
export interface Holder {
  /** The file as its host names it: a path or a URI. */
  readonly file: string;
  readonly dn: string;
  readonly objectType: ObjectType;
  readonly attribute: string;
  readonly value: string;
  readonly range: Range;
  /** Where the value stands, counted from the file's start. */
  readonly span: Span;
}

/** A holder of a key, with what is needed to report it. */
export interface HeldKey extends Holder {
  readonly live: LiveKey;
  readonly role: string | undefined;
  readonly record: SourceRecord;
  /** The key of the DN: an object that is in two exports, or twice in one, is no duplicate of itself. */
  readonly object: string;
  /** Knows the rules for the export that the entry is from. */
  readonly checker: Checker;
}

/** A holder of a key, as little of it as will do until it is reported. */
interface PackedHolder {
  readonly unpack: () => SourceRecord;
  /** Which one of the entry's keys it is. */
  readonly place: number;
  readonly file: string;
  readonly checker: Checker;
}

/** So many of the other holders are named with a finding; the message counts them all. */
const MOST_OTHERS = 100;

export type ReportDuplicate = (finding: Finding, record: SourceRecord, file: string, others: readonly Holder[]) => void;

/**
 * Looks for keys that several entries hold, in one export or across several that are checked together. It takes two
 * passes: the first only notes which keys there are, so its memory is the keys', not the entries'; the second collects the
 * holders of those that came up more than once, and needs to be shown no other entries. Entries are numbered across all exports.
 */
export class DuplicateSearch {
  readonly #checker: Checker;
  readonly #known: readonly KnownExport[];
  readonly #keys = new HeldKeys();
  readonly #candidates = new NumberList();
  readonly #holders = new Map<string, PackedHolder[]>();
  readonly #spaces: ReadonlyMap<string, number>;

  /** Entries of `known` exports are holders, too, without being shown. */
  constructor(checker: Checker, known: readonly KnownExport[] = []) {
    this.#checker = checker;
    this.#known = known;
    this.#spaces = new Map(checker.keySpaces.map(({ keySpace }, number) => [keySpace, number]));
  }

  /** So many keys more are to be expected. */
  expect(keys: number): void {
    this.#keys.expect(keys);
  }

  /** First pass. Of an entry that is excluded only what a fix must not take from it is noted. */
  note(entry: Entry, number: number, excluded: boolean): void {
    const live = excluded ? 0 : this.#checker.liveSpaces(entry.objectType);
    const visit = (space: number, one: number, other: number) => {
      const holder = this.#keys.note(one, other, number, ((live >> space) & 1) === 1);
      if (holder < 0) return;
      this.#candidates.push(holder);
      this.#candidates.push(number);
    };
    if (this.#known.length === 0 && entry.numbered?.visitKeys(visit) === true) return;
    for (const held of this.#checker.heldKeys(entry)) {
      const space = this.#spaces.get(held.keySpace)!;
      const { one, other } = hashKey(space, held.key);
      visit(space, one, other);
      if (((live >> space) & 1) === 0 || !this.#known.some((known) => known.holds(held))) continue;
      this.#keys.markRepeated(one, other);
      this.#candidates.push(number);
    }
  }

  /** Whether the first pass has met a key more than once: without that a second pass finds nothing. */
  get found(): boolean {
    return this.#keys.repeatedCount > 0;
  }

  /** The numbers of the entries that the second pass needs, ascending; some of them may turn out to hold nothing twice. */
  candidates(): Int32Array {
    return this.#candidates.sorted();
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(live: KeyName): boolean {
    const { one, other } = this.#hash(live);
    const isTaken = live.held === true ? this.#keys.isHeldTwice(one, other) : this.#keys.isHeld(one, other);
    return isTaken || this.#known.some((known) => known.guards(live));
  }

  #hash({ keySpace, key }: KeyName): KeyHash {
    return hashKey(this.#spaces.get(keySpace)!, key);
  }

  #isRepeated(live: LiveKey): boolean {
    const { one, other } = this.#hash(live);
    return this.#keys.isRepeated(one, other);
  }

  /** Second pass, over the same entries. `checker` is the one for the export that the entry is from. */
  collect(record: SourceRecord, entry: Entry, file: string, checker: Checker): void {
    let unpack: (() => SourceRecord) | undefined;
    for (const [place, live] of this.#checker.uniqueKeys(entry).entries()) {
      if (!this.#isRepeated(live)) continue;
      unpack ??= record.packed();
      const id = detachText(keyId(live));
      const holders = this.#holders.get(id);
      if (holders === undefined) this.#holders.set(id, [{ unpack, place, file, checker }]);
      else holders.push({ unpack, place, file, checker });
    }
  }

  /** After the second pass: reports every holder, each with the others. */
  report(report: ReportDuplicate): void {
    for (const [id, packed] of this.#holders) {
      const own = packed.map(({ unpack, place, file, checker }) => {
        const record = unpack();
        const entry = record.entry!;
        return heldKey(this.#checker.uniqueKeys(entry)[place]!, entry, record, file, checker);
      });
      reportHolders([...own, ...this.#heldElsewhere(own[0]!.live)], report);
      // What has been read for one key is not kept for all.
      this.#holders.delete(id);
    }
  }

  /** The holders of a key in exports that are known. */
  #heldElsewhere(key: LiveKey): HeldKey[] {
    return this.#known.flatMap((known) =>
      known.holdersOf(key).flatMap(({ record, entry }) =>
        this.#checker
          .uniqueKeys(entry)
          .filter((live) => keyId(live) === keyId(key))
          .map((live) => heldKey(live, entry, record, known.file, known.checker)),
      ),
    );
  }
}

/** A key as an entry holds it, whose record knows where it stands. */
export function heldKey(live: LiveKey, entry: Entry, record: SourceRecord, file: string, checker: Checker): HeldKey {
  const { description: attribute, text } = live.value;
  return {
    file,
    dn: entry.dn.text,
    objectType: entry.objectType,
    attribute,
    value: live.shown?.() ?? text,
    range: rangeOf(record.text, live.value.span, record.firstLine),
    span: shift(live.value.span, record.start),
    live,
    role: live.role,
    record,
    object: entry.objectKey ?? dnKey(entry.dn.text),
    checker,
  };
}

/** Reports the holders of one key. */
export function reportHolders(holders: readonly HeldKey[], report: ReportDuplicate): void {
  const clashing = new Clashes(holders);
  for (const own of groupBy(holders, ({ object }) => object).values()) {
    const { live, checker, objectType } = own[0]!;
    const told = new Set<Rule>();
    for (const active of checker.uniqueRules(live.keySpace, objectType)) {
      const { rule } = active;
      for (const holder of own) {
        const others = clashing.of(rule, holder);
        const count = others.size - (others.has(holder.object) ? 1 : 0);
        if (count === 0 || isSuppressed(rule, told)) continue;
        told.add(rule);
        const named = firstOthers(others, holder.object);
        report(findingOf(active, holder, named, count), holder.record, holder.file, named);
      }
    }
  }
}

/** The entries with which a holder clashes, each with the first of its values that does: found once for all holders alike. */
class Clashes {
  readonly #byClass: ReadonlyMap<string, readonly HeldKey[]>;
  readonly #found = new Map<string, ReadonlyMap<string, HeldKey>>();

  constructor(holders: readonly HeldKey[]) {
    this.#byClass = groupBy(holders, classOf);
  }

  of(rule: Rule, holder: HeldKey): ReadonlyMap<string, HeldKey> {
    const id = `${rule.id} ${classOf(holder)}`;
    let found = this.#found.get(id);
    if (found === undefined) {
      const objects = new Map<string, HeldKey>();
      for (const others of this.#byClass.values()) {
        if (rule.unique?.clash(holderOf(holder), holderOf(others[0]!)) !== true) continue;
        for (const other of others) if (!objects.has(other.object)) objects.set(other.object, other);
      }
      found = objects;
      this.#found.set(id, found);
    }
    return found;
  }
}

/** Rules tell holders apart by nothing else. */
function classOf({ objectType, role }: HeldKey): string {
  return `${objectType} ${role}`;
}

function holderOf({ objectType, role }: HeldKey) {
  return role === undefined ? { objectType } : { objectType, role };
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function firstOthers(all: ReadonlyMap<string, HeldKey>, object: string): HeldKey[] {
  const others: HeldKey[] = [];
  for (const other of all.values()) {
    if (other.object !== object) others.push(other);
    if (others.length === MOST_OTHERS) break;
  }
  return others;
}

/** One of the rules that have spoken about the entry says more than this one. */
function isSuppressed({ id }: Rule, told: ReadonlySet<Rule>): boolean {
  return [...told].some(({ suppresses }) => suppresses?.includes(id) === true);
}

function findingOf(active: ActiveRule, holder: HeldKey, others: readonly Holder[], count: number): Finding {
  const { rule, severity } = active;
  const { live, record, attribute } = holder;
  const message = formatMessage(rule.message, { value: quoted(holder.value), others: nameOthers(others, count) });
  return {
    rule,
    severity,
    message,
    span: live.value.span,
    ...(record.entry && { entry: record.entry }),
    attribute,
    value: live.value,
    key: live.key,
  };
}

/** One name for a key of any key space. */
export function keyId({ keySpace, key }: KeyName): string {
  return `${keySpace} ${key}`;
}

function nameOthers(others: readonly Holder[], count: number): string {
  const [first] = others;
  if (first === undefined) return "";
  return count === 1 ? quoted(first.dn) : `${quoted(first.dn)} and ${count - 1} more`;
}
