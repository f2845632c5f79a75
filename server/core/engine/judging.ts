import type { AttributeValue, Entry } from "../model/entry.ts";
import type { NumberedValues } from "../model/numbered-values.ts";
import { quoted } from "../text/characters.ts";
import { type Finding, formatMessage } from "./finding.ts";
import type { Arguments, Place } from "./rule.ts";
import { type ActiveRule, NumberedChecks, type Step, type ValueChecks } from "./rule-plan.ts";
import type { Settings } from "./settings.ts";

export const NOTHING: readonly Finding[] = [];

type ReportAnything = (place: Place, args?: Arguments<string>) => void;

/** One entry under judgement, one after the other: made anew for each, it would be most of what is made. */
export class Judging {
  readonly #settings: Settings;
  readonly #report: ReportAnything;
  #findings: Finding[] = [];
  #entry!: Entry;
  #active: ActiveRule | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#report = (place, args = {}) => this.#note(place, args);
  }

  begin(entry: Entry): void {
    this.#entry = entry;
  }

  /** What was found. */
  end(): readonly Finding[] {
    if (this.#findings.length === 0) return NOTHING;
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  /** Whether rules have nothing to say about an entry as a whole. */
  isSilent(entry: Entry, rules: readonly ActiveRule[]): boolean {
    if (rules.length === 0) return true;
    this.#entry = entry;
    this.#takeEntry(rules);
    return this.end().length === 0;
  }

  #takeEntry(rules: readonly ActiveRule[]): void {
    const context = { entry: this.#entry, settings: this.#settings };
    for (const active of rules) {
      this.#active = active;
      active.rule.checkEntry?.(context, this.#report);
    }
  }

  take(step: Step): void {
    const { values, entries } = step;
    const { numbered } = this.#entry;
    if (numbered === undefined || !this.#areSilent(step, numbered)) this.#takeValues(values);
    if (this.#entry.isPartial !== true) this.#takeEntry(entries);
  }

  #takeValues(values: Step["values"]): void {
    const entry = this.#entry;
    for (const [type, checks] of values) {
      for (const value of entry.values(type)) {
        const shape = checks.shapeOf(value);
        if (!checks.isSilent(shape) && this.#isSilent(checks, value)) checks.noteSilent(shape);
      }
    }
  }

  /** Whether there is nothing to say about the values. What there is, is said in the order of the rules, not in that of the values. */
  #areSilent(step: Step, values: NumberedValues): boolean {
    if (step.numbered?.numbers !== values.numbers) step.numbered = new NumberedChecks(step, values.numbers);
    const { numbered } = step;
    for (let index = 0; index < values.count; index++) {
      const number = values.numberAt(index);
      const shape = values.shapeAt(index);
      const checks = numbered.of(number, shape);
      if (checks === undefined) continue;
      const before = this.#findings.length;
      if (!this.#isSilent(checks, values.valueAt(index))) {
        this.#findings.length = before;
        return false;
      }
      numbered.noteSilent(number, shape);
    }
    return true;
  }

  /** Looks at a value. Answers whether there was nothing to say about it. */
  #isSilent({ checks }: ValueChecks, value: AttributeValue): boolean {
    const before = this.#findings.length;
    const context = { entry: this.#entry, settings: this.#settings, value };
    for (const { active, check } of checks) {
      this.#active = active;
      check(context, this.#report);
    }
    return this.#findings.length === before;
  }

  takeReferences(active: ActiveRule, isExcluded: (dn: string) => boolean): void {
    this.#active = active;
    for (const attribute of active.rule.attributes) {
      for (const value of this.#entry.values(attribute)) {
        if (isExcluded(value.text)) this.#note({ value }, { object: quoted(value.text) });
      }
    }
  }

  #note(place: Place, args: Arguments<string>): void {
    const { rule, severity } = this.#active!;
    const message = formatMessage(rule.message, args);
    this.#findings.push({ rule, severity, message, entry: this.#entry, ...whereabouts(place, this.#entry) });
  }
}

function whereabouts(place: Place, entry: Entry) {
  if (place.value === undefined) return { span: place.span ?? entry.dn.span, attribute: place.attribute };
  return { span: place.span ?? place.value.span, attribute: place.value.description, value: place.value };
}

/** A rule suppresses another at the same value, or anywhere in the entry where one of them is about a missing value. */
export function withoutSuppressed(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const inEntry = new Set<string>();
  const atMissing = new Set<string>();
  const atValue = new Map<AttributeValue, Set<string>>();
  for (const { rule, value } of findings) {
    if (rule.suppresses === undefined) continue;
    let ids = atMissing;
    if (value !== undefined) {
      ids = atValue.get(value) ?? new Set();
      atValue.set(value, ids);
    }
    for (const id of rule.suppresses) {
      ids.add(id);
      inEntry.add(id);
    }
  }
  return findings.filter(({ rule: { id }, value }) =>
    value === undefined ? !inEntry.has(id) : !atMissing.has(id) && atValue.get(value)?.has(id) !== true,
  );
}
