import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { quoted } from "../text/characters.ts";
import { type Range, rangeOf } from "../text/position.ts";
import { type Span, shift } from "../text/span.ts";
import type { Checker, KeyName, LiveKey } from "./checker.ts";
import { type Finding, formatMessage } from "./finding.ts";
import { KeySet } from "./key-set.ts";
import type { KnownExport } from "./known-export.ts";
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

/** So many of the other holders are named with a finding; the message counts them all. */
const MOST_OTHERS = 100;

export type ReportDuplicate = (finding: Finding, record: SourceRecord, file: string, others: readonly Holder[]) => void;

/**
 * Looks for keys that several entries hold, in one export or across several that are checked together. It takes two
 * passes: the first only notes which keys there are, so its memory is the keys', not the entries'; the second collects the
 * holders of those that came up more than once. Entries that are excluded are not to be shown to it.
 */
export class DuplicateSearch {
  readonly #checker: Checker;
  readonly #known: readonly KnownExport[];
  readonly #held = new KeySet();
  readonly #heldTwice = new KeySet();
  readonly #seen = new KeySet();
  readonly #repeated = new KeySet();
  readonly #holders = new Map<string, HeldKey[]>();

  /** Entries of `known` exports are holders, too, without being shown. */
  constructor(checker: Checker, known: readonly KnownExport[] = []) {
    this.#checker = checker;
    this.#known = known;
  }

  /** First pass: what a fix must not take from the entry, even one that does not synchronize. */
  guard(entry: Entry): void {
    const own = new Set<string>();
    for (const held of this.#checker.heldKeys(entry)) {
      const id = keyId(held);
      if (own.has(id)) continue;
      own.add(id);
      if (!this.#held.add(id)) this.#heldTwice.add(id);
    }
  }

  /** First pass, for entries that synchronize. */
  note(entry: Entry): void {
    const own = new Set<string>();
    for (const live of this.#checker.uniqueKeys(entry)) {
      const id = keyId(live);
      if (own.has(id)) continue;
      own.add(id);
      if (!this.#seen.add(id) || this.#known.some((one) => one.holds(live))) this.#repeated.add(id);
    }
  }

  /** Whether the first pass has met a key more than once: without that a second pass finds nothing. */
  get found(): boolean {
    return this.#repeated.size > 0;
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(live: KeyName): boolean {
    const held = live.held === true ? this.#heldTwice : this.#held;
    return held.has(keyId(live)) || this.#known.some((one) => one.guards(live));
  }

  /** Second pass, over the same entries. `checker` is the one for the export that the entry is from. */
  collect(record: SourceRecord, entry: Entry, file: string, checker: Checker): void {
    const isWanted = (live: LiveKey) => this.#repeated.has(keyId(live));
    if (![...this.#checker.uniqueKeys(entry)].some(isWanted)) return;
    const kept = record.detached();
    this.#hold(kept, kept.entry ?? entry, file, checker, isWanted);
  }

  #hold(kept: SourceRecord, own: Entry, file: string, checker: Checker, isWanted: (live: LiveKey) => boolean): void {
    for (const live of this.#checker.uniqueKeys(own)) {
      const id = keyId(live);
      if (!isWanted(live)) continue;
      const holders = this.#holders.get(id) ?? [];
      holders.push(heldKey(live, own, kept, file, checker));
      this.#holders.set(id, holders);
    }
  }

  /** After the second pass: reports every holder, each with the others. */
  report(report: ReportDuplicate): void {
    const keys = [...this.#holders.values()].map(([first]) => first!.live);
    for (const key of keys) {
      const isWanted = (live: LiveKey) => keyId(live) === keyId(key);
      for (const known of this.#known) {
        for (const { record, entry } of known.holdersOf(key)) {
          this.#hold(record, entry, known.file, known.checker, isWanted);
        }
      }
    }
    for (const holders of this.#holders.values()) reportHolders(holders, report);
    this.#holders.clear();
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
    object: dnKey(entry.dn.text),
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
