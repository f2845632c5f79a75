import { lowerCase } from "../model/attribute-type.ts";
import type { Entry } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import { type Finding, formatMessage } from "./finding.ts";
import type { Arguments, Fix, Place, Rule, UniqueKey } from "./rule.ts";
import type { Settings, Severity } from "./settings.ts";

/** What the rules say about one entry. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** The entry does not synchronize: it takes no part in the search for duplicates. */
  readonly excluded: boolean;
  /** A rule would have had something to say, had the export carried the attribute. */
  readonly silenced: boolean;
}

/** A key that the export may hold only once, with the rules to break. */
export interface LiveKey extends UniqueKey {
  readonly keySpace: string;
}

/** A rule under the settings at hand. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/**
 * Applies the rules to single entries. It knows nothing of other entries and keeps no state, so entries can be checked in any
 * order and again. What needs the whole export (duplicates, attributes that are not exported) is ExportCheck's business.
 */
export class Checker {
  readonly settings: Settings;
  /** The attributes without which some rule cannot tell a missing value, in lower case. */
  readonly requiredAttributes: readonly string[];
  readonly #severities = new Map<string, Severity>();
  readonly #byObjectType = new Map<ObjectType, readonly ActiveRule[]>();
  readonly #declared: readonly Rule[];
  readonly #rules: readonly ActiveRule[];
  readonly #notCarried: ReadonlySet<string>;

  /** `notCarried` are attributes that the export does not carry, in lower case: rules that require one of them are silent. */
  constructor(rules: readonly Rule[], settings: Settings, notCarried: ReadonlySet<string> = new Set()) {
    this.settings = settings;
    this.#declared = rules;
    this.#notCarried = notCarried;
    const active: ActiveRule[] = [];
    for (const rule of rules) {
      const severity = settings.rules[rule.id] ?? rule.severity;
      if (severity === "off" || rule.profiles?.includes(settings.profile) === false) continue;
      active.push({ rule, severity });
      this.#severities.set(rule.id, severity);
    }
    this.#rules = active;
    const required = active.flatMap(({ rule }) => rule.requires ?? []);
    this.requiredAttributes = [...new Set(required.map((attribute) => attribute.toLowerCase()))];
  }

  /** A checker for an export that does not carry some attributes. The set may still change while the export is read. */
  forExport(notCarried: ReadonlySet<string>): Checker {
    return new Checker(this.#declared, this.settings, notCarried);
  }

  /** The rule would take for missing what is only not exported. */
  isSilenced({ requires }: Rule): boolean {
    return this.#notCarried.size > 0 && requires?.some((name) => this.#notCarried.has(lowerCase(name))) === true;
  }

  /** The severity under the settings; `undefined` where the rule is off. */
  severity(rule: Rule): Severity | undefined {
    return this.#severities.get(rule.id);
  }

  check(entry: Entry): Judgement {
    const findings: Finding[] = [];
    let excluded = false;
    let silenced = false;
    for (const { rule, severity } of this.#rulesFor(entry.objectType)) {
      const before = findings.length;
      this.#apply(rule, severity, entry, findings);
      if (findings.length === before) continue;
      if (this.isSilenced(rule)) {
        findings.length = before;
        silenced = true;
      } else if (rule.effect === "excluded") {
        excluded = true;
        if (rule.byDesign === true) return { findings: findings.slice(before), excluded, silenced };
      }
    }
    return { findings: withoutSuppressed(findings), excluded, silenced };
  }

  /** The keys that no other entry may hold. */
  *uniqueKeys(entry: Entry): Iterable<LiveKey> {
    const told = new Set<string>();
    for (const { rule } of this.#rulesFor(entry.objectType)) {
      const { unique } = rule;
      if (unique === undefined || told.has(unique.keySpace)) continue;
      told.add(unique.keySpace);
      for (const { key, value } of unique.keys({ entry, settings: this.settings })) {
        yield { key, value, keySpace: unique.keySpace };
      }
    }
  }

  /** The rules about uniqueness in a key space, for entries of that type. */
  uniqueRules(keySpace: string, type: ObjectType): readonly ActiveRule[] {
    return this.#rulesFor(type).filter(({ rule }) => rule.unique?.keySpace === keySpace);
  }

  /** The new value that the finding's rule proposes; `undefined` where there is none. */
  fix({ rule, entry, value }: Finding): Fix | undefined {
    return entry === undefined ? undefined : rule.fix?.({ entry, value, settings: this.settings });
  }

  /** The rules for an object type, exclusions first: what is excluded by design needs no other judgement. */
  #rulesFor(type: ObjectType): readonly ActiveRule[] {
    let rules = this.#byObjectType.get(type);
    if (rules === undefined) {
      const rank = ({ rule }: ActiveRule) => (rule.byDesign === true ? 0 : rule.effect === "excluded" ? 1 : 2);
      rules = this.#rules
        .filter(({ rule }) => rule.objectTypes?.includes(type) === true)
        .sort((one, other) => rank(one) - rank(other));
      this.#byObjectType.set(type, rules);
    }
    return rules;
  }

  #apply(rule: Rule, severity: Severity, entry: Entry, findings: Finding[]): void {
    const context = { entry, settings: this.settings };
    const report = (place: Place, args: Arguments<string> = {}) => {
      const message = formatMessage(rule.message, args);
      findings.push({ rule, severity, message, entry, ...whereabouts(place, entry) });
    };
    rule.checkEntry?.(context, report);
    if (rule.checkValue === undefined) return;
    for (const attribute of rule.attributes) {
      for (const value of entry.values(attribute)) rule.checkValue({ ...context, value }, report);
    }
  }
}

function whereabouts(place: Place, entry: Entry) {
  if (place.value === undefined) return { span: entry.dn.span, attribute: place.attribute };
  return { span: place.span ?? place.value.span, attribute: place.value.description, value: place.value };
}

function withoutSuppressed(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  return findings.filter((finding) => !findings.some((other) => suppresses(other, finding)));
}

/** A rule suppresses another at the same value, or anywhere in the entry where one of them is about a missing value. */
function suppresses(strong: Finding, weak: Finding): boolean {
  if (strong.rule.suppresses?.includes(weak.rule.id) !== true) return false;
  return strong.value === undefined || weak.value === undefined || strong.value === weak.value;
}
