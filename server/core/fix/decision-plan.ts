import { FIELD } from "../csv/fields.ts";
import { nameKey } from "../csv/header.ts";
import { IdFixEntry } from "../csv/idfix.ts";
import { CsvRow } from "../csv/row.ts";
import type { Checker, LiveKey } from "../engine/checker.ts";
import { keyId } from "../engine/duplicates.ts";
import type { Finding } from "../engine/finding.ts";
import { UNCERTAIN } from "../formats/index.ts";
import { isSingleValued } from "../model/attribute-facts.ts";
import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { quoted } from "../text/characters.ts";
import { ROUNDED } from "./change-by-program.ts";
import { differenceOf, type Refusal } from "./difference.ts";
import { carriedOut, DecidedRow, ListedObject } from "./listed-object.ts";
import type { PlannedModify } from "./planned-record.ts";
import { matchingKey } from "./value-id.ts";

/** With what the decisions of a list are looked at. */
export interface DecisionSources {
  readonly checker: Checker;
  /** Somebody accepts what a rule finds in a new value: it is written. */
  readonly isAccepted: (finding: Finding) => boolean;
  /** Nothing says in which encoding the list is written: its letters beyond ASCII may be others. */
  readonly isEncodingGuessed: boolean;
}

/** How many rows say what. */
export interface DecisionCounts {
  edit: number;
  remove: number;
  complete: number;
  /** All others. */
  undecided: number;
}

/** The columns of which a list must have one each, by their names in lower case. */
const DECISIVE_COLUMNS = ["distinguishedname", "attribute", "value", "update", "action"];

/**
 * Makes a modify file of the decisions in a list of values, such as IdFix's: of the rows that say EDIT or REMOVE, and of nothing else.
 * `add` every row; then `holder` what other exports hold of the `newKeys`; then `finish`. What nobody can have meant is refused.
 */
export class DecisionPlan {
  readonly counts: DecisionCounts = { edit: 0, remove: 0, complete: 0, undecided: 0 };
  readonly #sources: DecisionSources;
  readonly #objects = new Map<string, ListedObject>();
  /** The keys that decisions bring to objects: by their names with the rows that do, and by the rows. */
  readonly #newKeys = new Map<string, { readonly live: LiveKey; readonly rows: DecidedRow[] }>();
  readonly #newKeysOf = new Map<DecidedRow, readonly LiveKey[]>();
  readonly #refusals: Refusal[] = [];

  constructor(sources: DecisionSources) {
    this.#sources = sources;
  }

  add(record: SourceRecord): void {
    if (!(record instanceof CsvRow)) return;
    const uncertain = whyUncertain(record);
    if (!(record instanceof IdFixEntry)) {
      this.#addNameless(record, uncertain);
      return;
    }
    const row = record.detached() as IdFixEntry;
    const one = new DecidedRow(row);
    const { action, word } = row.decision;
    if (uncertain !== undefined) {
      // Where fields are missing or too many, ACTION may stand in another one.
      const isDecided = word !== "" || row.fieldCount !== row.header.names.length;
      if (isDecided) this.#refusals.push(refusalOf(one, uncertain));
      return;
    }
    const isUndecided = action === undefined || action === "undo" || action === "fail";
    this.counts[isUndecided ? "undecided" : action]++;
    const object = this.#objects.get(one.object) ?? new ListedObject();
    object.rows.push(one);
    this.#objects.set(one.object, object);
    one.refusal = this.#ownRefusal(one);
    if (one.isChange && one.refusal === undefined) this.#noteNewKeys(one);
  }

  /** A row without a DN; a blank line and the header are such rows, too. */
  #addNameless(row: CsvRow, uncertain: string | undefined): void {
    const isDecided = row.fieldText(row.header.numberOf("action")).trim() !== "";
    const isNameless = row.problems.some(({ id }) => id === "csv-name-missing");
    if (uncertain === undefined && !(isDecided && isNameless)) return;
    this.#refusals.push({ dn: "(no DN)", reason: `(line ${row.firstLine + 1}) ${uncertain ?? "names no object"}` });
  }

  /** The keys that decisions would bring to objects. */
  newKeys(): LiveKey[] {
    return Array.from(this.#newKeys.values(), ({ live }) => live);
  }

  /** An object of another export: where it holds a key that a decision would bring to a second one, that decision is refused. */
  holder(entry: Entry): void {
    if (this.#newKeys.size === 0) return;
    const { checker } = this.#sources;
    const key = dnKey(entry.dn.text);
    let after: Entry | undefined;
    for (const held of checker.uniqueKeys(entry)) {
      for (const one of this.#newKeys.get(keyId(held))?.rows ?? []) {
        if (one.refusal !== undefined || one.object === key) continue;
        // What the list takes from the one it may give to the other.
        after ??= carriedOut(entry, this.#objects.get(key)?.rows ?? []);
        if (!this.#clashes(one, held, after)) continue;
        one.refusal = `would get ${newValueOf(one)}, which ${quoted(entry.dn.text)} holds`;
      }
    }
  }

  /** Planned records in the order of the list, and what is not written. */
  finish(): { records: readonly PlannedModify[]; refusals: readonly Refusal[] } {
    const others = this.#rowsWithNewKeys();
    for (let isRefusing = true; isRefusing; ) {
      // A decision that is refused leaves a value where it is, which may speak against others.
      isRefusing = false;
      for (const found of [() => this.#contradictions(), () => this.#takenTwice(others)]) {
        for (const [one, reason] of [...found()]) {
          one.refusal ??= reason;
          isRefusing = true;
        }
      }
    }
    const records: PlannedModify[] = [];
    const refusals = [...this.#refusals];
    for (const object of this.#objects.values()) {
      for (const one of object.rows) if (one.refusal !== undefined) refusals.push(refusalOf(one, one.refusal));
      if (!object.rows.some(isStanding)) continue;
      const difference = differenceOf(object, object.edited);
      if (difference.record !== undefined) records.push(difference.record);
      refusals.push(...difference.refusals);
    }
    return { records, refusals };
  }

  *#contradictions(): Generator<[DecidedRow, string]> {
    for (const { rows } of this.#objects.values()) yield* againstOthers(rows);
  }

  /** What speaks against a row by itself. */
  #ownRefusal({ row, isChange }: DecidedRow): string | undefined {
    const { action, attribute, update, value, word } = row.decision;
    if (word !== "" && action === undefined) {
      return `has ${quoted(word)} in ACTION, which is none of EDIT, REMOVE, COMPLETE, UNDO and FAIL`;
    }
    if (!isChange) return undefined;
    const twice = columnTwice(row);
    if (twice !== undefined) return `cannot be read with certainty: the list has two columns ${twice}`;
    if (attribute === "") return "is not named: ATTRIBUTE is empty";
    const rounded = [value, update].find((one) => one !== undefined && ROUNDED.test(one.text));
    if (rounded !== undefined) return `has ${quoted(rounded.text)}, a number that a spreadsheet has rounded`;
    if (action === "remove") return value === undefined ? "is to be removed, but VALUE is empty" : undefined;
    if (update === undefined || update.text.trim() === "") return "is to be edited, but UPDATE is empty";
    if (update.text === value?.text) return "is to be edited, but UPDATE is what VALUE is";
    if (this.#sources.isEncodingGuessed && /[^\x00-\x7f]/.test(update.text)) {
      return `would get ${quoted(update.text)}, but the encoding of the list is guessed: save it as UTF-8`;
    }
    return this.#brokenRule(row);
  }

  /** An error that a rule finds in the new value. */
  #brokenRule(row: IdFixEntry): string | undefined {
    const { checker, isAccepted } = this.#sources;
    const broken = checker
      .check(row)
      .findings.find((finding) => finding.severity === "error" && finding.value !== undefined && !isAccepted(finding));
    return broken && `would get a value that is an error: ${broken.message} (${broken.rule.id})`;
  }

  #noteNewKeys(one: DecidedRow): void {
    const { checker } = this.#sources;
    const before = new Set(checker.uniqueKeys(one.before).map(keyId));
    const keys = checker.uniqueKeys(one.row).filter((live) => !before.has(keyId(live)));
    if (keys.length > 0) this.#newKeysOf.set(one, keys);
    for (const live of keys) {
      const known = this.#newKeys.get(keyId(live)) ?? { live, rows: [] };
      known.rows.push(one);
      this.#newKeys.set(keyId(live), known);
    }
  }

  /** The rows that hold one of the new keys, before what is decided or after it. */
  #rowsWithNewKeys(): ReadonlyMap<string, readonly DecidedRow[]> {
    const { checker } = this.#sources;
    const found = new Map<string, DecidedRow[]>();
    if (this.#newKeys.size === 0) return found;
    for (const { rows } of this.#objects.values()) {
      for (const one of rows) {
        const keys = [...checker.uniqueKeys(one.row), ...(one.isChange ? checker.uniqueKeys(one.before) : [])];
        for (const id of new Set(keys.map(keyId))) {
          if (!this.#newKeys.has(id)) continue;
          const own = found.get(id);
          if (own === undefined) found.set(id, [one]);
          else own.push(one);
        }
      }
    }
    return found;
  }

  /** The rows that give an object what another object of the list has, or gets. */
  *#takenTwice(others: ReadonlyMap<string, readonly DecidedRow[]>): Generator<[DecidedRow, string]> {
    for (const [one, keys] of this.#newKeysOf) {
      if (one.refusal !== undefined) continue;
      for (const live of keys) {
        const holder = others
          .get(keyId(live))
          ?.find((other) => other.object !== one.object && this.#clashes(one, live, other.after));
        if (holder === undefined) continue;
        const verb = isStanding(holder) ? "is to get, too" : "holds";
        yield [one, `would get ${newValueOf(one)}, which ${quoted(holder.row.dn.text)} ${verb} (line ${holder.line})`];
        break;
      }
    }
  }

  /** Whether an object must not have a key that a decision brings to another one. */
  #clashes({ row }: DecidedRow, key: LiveKey, other: Entry): boolean {
    const { checker } = this.#sources;
    const live = checker.uniqueKeys(row).find((one) => keyId(one) === keyId(key));
    return live !== undefined && checker.clashes(row, live, other) && !checker.check(other).excluded;
  }
}

/** What rows about one object say against each other. */
function* againstOthers(rows: readonly DecidedRow[]): Generator<[DecidedRow, string]> {
  if (rows.length < 2 || !rows.some(isStanding)) return;
  const byValue = grouped(rows, (one) => (one.row.decision.value === undefined ? undefined : valueId(one)));
  const byNewValue = grouped(rows.filter(isStanding), newValueId);
  const byType = grouped(rows.filter(isStanding), ({ type }) => (isSingleValued(type) ? type : undefined));
  const otherThan = (one: DecidedRow, group: readonly DecidedRow[] | undefined) =>
    group?.find((other) => !other.saysTheSame(one));
  for (const one of rows.filter(isStanding)) {
    const { value } = one.row.decision;
    const same = value && byValue.get(valueId(one))?.filter(({ isDecided }) => isDecided);
    const contrary = otherThan(one, same);
    const id = newValueId(one);
    const rival = id === undefined ? undefined : otherThan(one, byNewValue.get(id));
    const holder =
      id === undefined || id === (value && valueId(one))
        ? undefined
        : byValue.get(id)?.find((other) => !isStanding(other));
    const sibling = otherThan(one, byType.get(one.type));
    if (contrary !== undefined) yield [one, `is decided in another way in line ${contrary.line}`];
    else if (rival !== undefined) yield [one, `would get ${newValueOf(one)}, and line ${rival.line} gives it, too`];
    else if (holder !== undefined) yield [one, `would get ${newValueOf(one)}, which it holds (line ${holder.line})`];
    else if (sibling !== undefined) yield [one, `takes one value, and line ${sibling.line} changes it, too`];
  }
}

function grouped(
  rows: readonly DecidedRow[],
  idOf: (one: DecidedRow) => string | undefined,
): ReadonlyMap<string, readonly DecidedRow[]> {
  const groups = new Map<string, DecidedRow[]>();
  for (const one of rows) {
    const id = idOf(one);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [one]);
    else group.push(one);
  }
  return groups;
}

/** A change that nothing has been found against. */
function isStanding({ isChange, refusal }: DecidedRow): boolean {
  return isChange && refusal === undefined;
}

/** Equal for values that are one value to a directory. */
function valueId({ type, row }: DecidedRow): string {
  return `${type} ${matchingKey(row.decision.value?.text ?? "")}`;
}

function newValueId({ type, row }: DecidedRow): string | undefined {
  const { action, update } = row.decision;
  return action === "edit" && update !== undefined ? `${type} ${matchingKey(update.text)}` : undefined;
}

function newValueOf({ row }: DecidedRow): string {
  return quoted(row.decision.update?.text ?? "");
}

/** Why nobody can say what a row was meant to be. */
function whyUncertain(row: CsvRow): string | undefined {
  if (row.fieldCount > row.header.names.length) {
    for (let number = 0; number < row.fieldCount; number++) {
      if (row.field(number)!.kind !== FIELD.misplaced) continue;
      return "cannot be read with certainty: a quote that is not doubled may have ended a field";
    }
  }
  const problem = row.problems.find(({ id }) => UNCERTAIN.has(id));
  return problem && `cannot be read with certainty (${problem.id})`;
}

/** The name of a column that there must be one of, where there are two. */
function columnTwice({ header }: IdFixEntry): string | undefined {
  const names = header.names.map(nameKey);
  return DECISIVE_COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name))?.toUpperCase();
}

function refusalOf({ row, line }: DecidedRow, reason: string): Refusal {
  const { attribute } = row.decision;
  return { dn: row.dn.text, ...(attribute !== "" && { attribute }), reason: `(line ${line}) ${reason}` };
}
