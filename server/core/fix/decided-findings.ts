import type { Checker, KeyName } from "../engine/checker.ts";
import type { Finding } from "../engine/finding.ts";
import { attributeType } from "../model/attribute-type.ts";
import { EditedEntry } from "../model/edited-entry.ts";
import type { Entry } from "../model/entry.ts";
import { quoted } from "../text/characters.ts";
import { differenceOf, type Refusal } from "./difference.ts";
import type { PlannedModify } from "./planned-record.ts";
import { changeFor, newKeys, objections } from "./propose.ts";
import { ProposedKeys } from "./proposed-keys.ts";

/** What a person has decided about a finding of an entry: a new value, or, without one, that the value is to go. */
export interface DecidedFinding {
  readonly finding: Finding;
  readonly newValue?: string;
}

interface DecidedEntry {
  readonly entry: Entry;
  readonly edited: EditedEntry;
  readonly name: string;
}

/**
 * Plans what is decided about findings, entry by entry: `add` every entry with its decisions, then `finish`. An entry of which the
 * decisions contradict each other, break a rule or take what another one holds is refused as a whole.
 */
export class DecidedFindings {
  readonly #checker: Checker;
  readonly #proposed: ProposedKeys;
  readonly #entries: DecidedEntry[] = [];
  readonly #refusals: Refusal[] = [];

  constructor(checker: Checker, held: { isTaken(key: KeyName): boolean }) {
    this.#checker = checker;
    this.#proposed = new ProposedKeys(held);
  }

  add(entry: Entry, decided: readonly DecidedFinding[]): void {
    const edited = this.#edited(entry, decided);
    if (edited === undefined) return;
    const name = `${this.#entries.length}`;
    for (const key of newKeys(this.#checker, entry, edited)) this.#proposed.propose(key, name);
    this.#entries.push({ entry, edited, name });
  }

  /** Planned records in the order of the entries, and what is not written. */
  finish(): { readonly records: readonly PlannedModify[]; readonly refusals: readonly Refusal[] } {
    const records: PlannedModify[] = [];
    const refusals = [...this.#refusals];
    for (const { entry, edited } of this.#entries) {
      const taken = newKeys(this.#checker, entry, edited).find((key) => !this.#proposed.isFree(key));
      if (taken !== undefined) {
        const reason = `would get ${quoted(taken.value.text)}, which another object holds or is to get, too`;
        refusals.push({ dn: entry.dn.text, attribute: taken.value.description, reason });
        continue;
      }
      const difference = differenceOf(entry, edited);
      if (difference.record !== undefined) records.push(difference.record);
      refusals.push(...difference.refusals);
    }
    return { records, refusals };
  }

  /** The entry after all that is decided about it; `undefined` where something speaks against it. */
  #edited(entry: Entry, decided: readonly DecidedFinding[]): EditedEntry | undefined {
    const dn = entry.dn.text;
    const outcomes = new Map<unknown, DecidedFinding>();
    let edited = EditedEntry.of(entry);
    for (const one of decided) {
      const { attribute = "", value } = one.finding;
      const place = value ?? attributeType(attribute);
      const other = outcomes.get(place);
      outcomes.set(place, one);
      if (other !== undefined && other.newValue !== one.newValue) {
        this.#refusals.push({ dn, attribute, reason: `${quoted(value?.text ?? "")} is decided in two ways` });
        return undefined;
      }
      const change = other === undefined ? changeFor(one.finding, one.newValue) : undefined;
      if (change !== undefined) edited = edited.with(change);
    }
    const broken = this.#broken(entry, edited);
    if (broken === undefined) return edited;
    const reason = `would get a value that is an error: ${broken.message} (${broken.rule.id})`;
    this.#refusals.push({ dn, ...(broken.attribute !== undefined && { attribute: broken.attribute }), reason });
    return undefined;
  }

  /** An error that is new, or one that a new value has like the old one had it. */
  #broken(entry: Entry, edited: EditedEntry): Finding | undefined {
    const checker = this.#checker;
    const isError = ({ severity }: Finding) => severity === "error";
    const isAtNewValue = ({ value }: Finding) =>
      value !== undefined && !entry.values(attributeType(value.description)).includes(value);
    return (
      objections(checker, entry, edited, undefined, { attribute: "" }).find(isError) ??
      checker.check(edited).findings.find((finding) => isError(finding) && isAtNewValue(finding))
    );
  }
}
