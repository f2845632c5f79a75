import type { Entry } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { quoted } from "../text/characters.ts";
import { type Range, rangeOf } from "../text/position.ts";
import type { Checker, LiveKey } from "./checker.ts";
import { type Finding, formatMessage } from "./finding.ts";

/** One of the objects that share a value which must be unique, as the others' findings name it. */
export interface Holder {
  /** The file as its host names it: a path or a URI. */
  readonly file: string;
  readonly dn: string;
  readonly objectType: ObjectType;
  readonly attribute: string;
  readonly value: string;
  readonly range: Range;
}

interface HeldKey extends Holder {
  readonly live: LiveKey;
  readonly record: SourceRecord;
  readonly entry: Entry;
}

export type ReportDuplicate = (finding: Finding, record: SourceRecord, file: string, others: readonly Holder[]) => void;

/**
 * Looks for keys that several entries hold, in one export or across several that are checked together. It takes two
 * passes: the first only notes which keys there are, so its memory is the keys', not the entries'; the second collects the
 * holders of those that came up more than once. Entries that are excluded are not to be shown to it.
 */
export class DuplicateSearch {
  readonly #checker: Checker;
  readonly #seen = new Set<string>();
  readonly #repeated = new Set<string>();
  readonly #holders = new Map<string, HeldKey[]>();

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /** First pass. */
  note(entry: Entry): void {
    const own = new Set<string>();
    for (const live of this.#checker.uniqueKeys(entry)) {
      const id = keyId(live);
      if (own.has(id)) continue;
      own.add(id);
      if (this.#seen.has(id)) this.#repeated.add(id);
      else this.#seen.add(id);
    }
  }

  /** Whether the first pass has met a key more than once: without that a second pass finds nothing. */
  get found(): boolean {
    return this.#repeated.size > 0;
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(live: Pick<LiveKey, "keySpace" | "key">): boolean {
    return this.#seen.has(keyId(live));
  }

  /** Second pass, over the same entries. */
  collect(record: SourceRecord, entry: Entry, file: string): void {
    let kept: SourceRecord | undefined;
    for (const live of this.#checker.uniqueKeys(entry)) {
      const id = keyId(live);
      if (!this.#repeated.has(id)) continue;
      kept ??= record.detached();
      const range = rangeOf(record.text, live.value.span, record.firstLine);
      const { description: attribute, text: value } = live.value;
      const holder = { file, dn: entry.dn.text, objectType: entry.objectType, attribute, value, range };
      const holders = this.#holders.get(id) ?? [];
      holders.push({ ...holder, live, record: kept, entry: kept.entry ?? entry });
      this.#holders.set(id, holders);
    }
  }

  /** After the second pass: reports every holder, each with all the others. */
  report(report: ReportDuplicate): void {
    for (const holders of this.#holders.values()) {
      for (const holder of holders) {
        const rules = this.#checker.uniqueRules(holder.live.keySpace, holder.objectType);
        const told: string[] = [];
        for (const { rule, severity } of rules) {
          if (told.some((id) => rules.find(({ rule }) => rule.id === id)?.rule.suppresses?.includes(rule.id))) continue;
          const others = holders.filter(
            (other) => other.entry !== holder.entry && rule.unique?.clash(holder.objectType, other.objectType) === true,
          );
          if (others.length === 0) continue;
          told.push(rule.id);
          const message = formatMessage(rule.message, { value: quoted(holder.value), others: nameOthers(others) });
          const { live, entry, record, file, attribute } = holder;
          const finding = {
            rule,
            severity,
            message,
            span: live.value.span,
            entry,
            attribute,
            value: live.value,
            key: live.key,
          };
          report(finding, record, file, others);
        }
      }
    }
    this.#holders.clear();
  }
}

function keyId({ keySpace, key }: Pick<LiveKey, "keySpace" | "key">): string {
  return `${keySpace} ${key}`;
}

function nameOthers(others: readonly Holder[]): string {
  const [first] = others;
  if (first === undefined) return "";
  const more = others.length === 1 ? "" : ` and ${others.length - 1} more`;
  return `${quoted(first.dn)}${more}`;
}
