import { lowerCase } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { AttributeValue, Entry } from "../model/entry.ts";
import type { NumberedValues } from "../model/numbered-values.ts";
import type { ObjectType } from "../model/object-type.ts";
import type { Finding } from "./finding.ts";
import { Judging, NOTHING, withoutSuppressed } from "./judging.ts";
import type { Fix, Rule, UniqueKey, Uniqueness } from "./rule.ts";
import { type ActiveRule, type RulePlan, rulePlan, SilentSignatures, type Step } from "./rule-plan.ts";
import type { Settings, Severity } from "./settings.ts";

/** What the rules say about one entry. */
export interface Judgement {
  readonly findings: readonly Finding[];
  /** The entry does not synchronize: it takes no part in the search for duplicates. */
  readonly excluded: boolean;
  /** Rules that would have had something to say, had the export carried an attribute. */
  readonly silenced: readonly Rule[];
}

/** A key that the export may hold only once, with the rules to break. */
export interface LiveKey extends UniqueKey {
  readonly keySpace: string;
  /** Of a key that a fix would bring: the entry holds it in another role already. It is taken only if others do, too. */
  readonly held?: boolean;
}

/** Names a key of any key space. */
export type KeyName = Pick<LiveKey, "keySpace" | "key" | "held">;

interface FoundOnce {
  readonly byDesign: readonly Finding[];
  rest: readonly Finding[] | undefined;
}

const NO_RULES: readonly Rule[] = [];

/**
 * What the rules said about entries that are read once and checked many times, as in an editor. It is kept under the identity of
 * an entry, and forgotten with it.
 */
export class CheckMemory {
  readonly findings = new WeakMap<object, FoundOnce>();
  readonly keys = new WeakMap<object, readonly LiveKey[]>();
  readonly held = new WeakMap<object, readonly LiveKey[]>();
}

/**
 * Applies the rules to single entries. It knows nothing of other entries, so entries can be checked in any order and again; what
 * it remembers of the like of an entry only makes it quicker. What needs the whole export (duplicates, attributes that are not exported) is ExportCheck's business.
 */
export class Checker {
  readonly settings: Settings;
  /** The attributes without which some rule cannot tell a missing value, in lower case. */
  readonly requiredAttributes: readonly string[];
  #severities = new Map<string, Severity>();
  #plans = new Map<ObjectType, RulePlan>();
  readonly #declared: readonly Rule[];
  #rules: readonly ActiveRule[];
  readonly #notCarried: ReadonlySet<string>;
  readonly #memory: CheckMemory | undefined;
  readonly #judging: Judging;
  readonly #silent = new SilentSignatures();
  /** One for each key space, of all rules, on or off. A key space's number is its place. */
  readonly keySpaces: readonly Uniqueness[];

  /**
   * `notCarried` are attributes that the export does not carry, in lower case: rules that require one of them are silent. With a
   * `memory` no entry is judged twice; it must not be used with other rules or settings.
   */
  constructor(
    rules: readonly Rule[],
    settings: Settings,
    notCarried: ReadonlySet<string> = new Set(),
    memory?: CheckMemory,
  ) {
    this.settings = settings;
    this.#judging = new Judging(settings);
    this.#declared = rules;
    this.#notCarried = notCarried;
    this.#memory = memory;
    const spaces = rules.flatMap(({ unique }) => (unique === undefined ? [] : [[unique.keySpace, unique] as const]));
    this.keySpaces = [...new Map(spaces).values()];
    const active: ActiveRule[] = [];
    for (const rule of rules) {
      const severity = settings.rules[rule.id] ?? ownSeverity(rule, settings);
      if (severity === "off" || !applies(rule, settings)) continue;
      active.push({ rule, severity });
      this.#severities.set(rule.id, severity);
    }
    this.#rules = active;
    const required = active.flatMap(({ rule }) => rule.requires ?? []);
    this.requiredAttributes = [...new Set(required.map((attribute) => attribute.toLowerCase()))];
  }

  /** The rules under the settings. */
  get rules(): readonly ActiveRule[] {
    return this.#rules;
  }

  /** A checker for an export that does not carry some attributes. The set may still change while the export is read. */
  forExport(notCarried: ReadonlySet<string>): Checker {
    const checker = new Checker(this.#declared, this.settings, notCarried, this.#memory);
    // Of the rules and the settings alone. Exports may come in thousands, so they share it.
    checker.#severities = this.#severities;
    checker.#plans = this.#plans;
    checker.#rules = this.#rules;
    return checker;
  }

  /** The same checker, which does not judge an entry twice. */
  remembering(): Checker {
    return new Checker(this.#declared, this.settings, this.#notCarried, new CheckMemory());
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
    if (!isInScope(entry.dn.text, this.settings.scope)) return OUT_OF_SCOPE;
    if (entry.numbered !== undefined && this.#isSurelySilent(entry, entry.numbered)) return SILENT;
    const found = this.#findingsOf(entry);
    const byDesign = this.#told(found.byDesign);
    const [first] = byDesign;
    if (first !== undefined) {
      const findings = byDesign.filter(({ rule }) => rule === first.rule);
      return { findings, excluded: true, silenced: this.#silencedRules(found.byDesign) };
    }
    found.rest ??= this.#judge(entry, this.#planFor(entry.objectType).rest);
    if (entry.numbered !== undefined && found.byDesign.length + found.rest.length === 0) {
      this.#silent.add(entry.numbered, entry.objectType);
      return SILENT;
    }
    const told = this.#told(found.rest);
    const rest = entry.isExtract === true ? told.filter(({ rule }) => rule.notInCloud !== true) : told;
    const silenced = [...this.#silencedRules(found.byDesign), ...this.#silencedRules(found.rest)];
    const excluded = rest.some(({ rule }) => rule.effect === "excluded");
    return { findings: withoutSuppressed(rest), excluded, silenced };
  }

  /** Of most entries that no rule has anything to say about, others of the same signature have told it. */
  #isSurelySilent(entry: Entry, numbered: NumberedValues): boolean {
    const type = this.#silent.typeOf(numbered);
    if (type === undefined) return false;
    numbered.objectType = type;
    const { byDesign, rest } = this.#planFor(type);
    return this.#judging.isSilent(entry, byDesign.everyEntry) && this.#judging.isSilent(entry, rest.everyEntry);
  }

  /** The keys that no other entry may hold. */
  uniqueKeys(entry: Entry): readonly LiveKey[] {
    const memory = this.#memory;
    if (memory === undefined || entry.identity === undefined) return this.#keysOf(entry);
    let keys = memory.keys.get(entry.identity);
    if (keys === undefined) {
      keys = this.#keysOf(entry);
      memory.keys.set(entry.identity, keys);
    }
    return keys;
  }

  #keysOf(entry: Entry): readonly LiveKey[] {
    const live: LiveKey[] = [];
    for (const { keySpace, keys } of this.#planFor(entry.objectType).unique) {
      for (const key of keys({ entry, settings: this.settings })) live.push({ ...key, keySpace });
    }
    return live;
  }

  /**
   * The keys that an entry holds whatever the settings are, and whether or not it synchronizes: the directory itself refuses some of
   * them a second time. No fix may bring a key that another entry holds.
   */
  heldKeys(entry: Entry): readonly LiveKey[] {
    const known = entry.identity && this.#memory?.held.get(entry.identity);
    if (known !== undefined) return known;
    const held: LiveKey[] = [];
    for (const { keySpace, keys } of this.keySpaces) {
      for (const key of keys({ entry, settings: this.settings })) held.push({ ...key, keySpace });
    }
    if (entry.identity !== undefined) this.#memory?.held.set(entry.identity, held);
    return held;
  }

  /** The numbers of the key spaces in which entries of a type must not hold what others do, as bits. */
  liveSpaces(type: ObjectType): number {
    return this.#planFor(type).liveSpaces;
  }

  /** Whether entries of a type have references that lead out. */
  hasReferences(type: ObjectType): boolean {
    return this.#planFor(type).references.length > 0;
  }

  /** Whatever the rules have to say, were every attribute exported; what is not needed is not yet found out. */
  #findingsOf(entry: Entry): FoundOnce {
    const memory = this.#memory;
    const known =
      memory === undefined || entry.identity === undefined ? undefined : memory.findings.get(entry.identity);
    if (known !== undefined) return known;
    const found = { byDesign: this.#judge(entry, this.#planFor(entry.objectType).byDesign), rest: undefined };
    if (memory !== undefined && entry.identity !== undefined) memory.findings.set(entry.identity, found);
    return found;
  }

  #judge(entry: Entry, step: Step): readonly Finding[] {
    this.#judging.begin(entry);
    this.#judging.take(step);
    return this.#judging.end();
  }

  #silencedRules(findings: readonly Finding[]): readonly Rule[] {
    if (findings.length === 0 || this.#notCarried.size === 0) return NO_RULES;
    return findings.filter(({ rule }) => this.isSilenced(rule)).map(({ rule }) => rule);
  }

  /** Without what a rule takes for missing that is only not exported. */
  #told(findings: readonly Finding[]): readonly Finding[] {
    if (findings.length === 0 || this.#notCarried.size === 0) return findings;
    return findings.filter(({ rule }) => !this.isSilenced(rule));
  }

  /** The values of an entry that name other objects. */
  *references(entry: Entry): Iterable<AttributeValue> {
    for (const { rule } of this.#planFor(entry.objectType).references) {
      for (const attribute of rule.attributes) yield* entry.values(attribute);
    }
  }

  /** What the rules say about values that name an object of which `isExcluded` is true. */
  checkReferences(entry: Entry, isExcluded: (dn: string) => boolean): readonly Finding[] {
    const { references } = this.#planFor(entry.objectType);
    if (references.length === 0) return NOTHING;
    this.#judging.begin(entry);
    for (const active of references) this.#judging.takeReferences(active, isExcluded);
    return this.#told(this.#judging.end());
  }

  /** The rules about uniqueness in a key space, for entries of that type. */
  uniqueRules(keySpace: string, type: ObjectType): readonly ActiveRule[] {
    return this.#planFor(type).rules.filter(({ rule }) => rule.unique?.keySpace === keySpace && !this.isSilenced(rule));
  }

  /** Whether an entry that holds a key breaks a rule because another entry holds it, too. */
  clashes(entry: Entry, live: LiveKey, other: Entry): boolean {
    const rules = this.uniqueRules(live.keySpace, entry.objectType);
    const holder = { ...live, objectType: entry.objectType };
    for (const held of this.uniqueKeys(other)) {
      if (held.keySpace !== live.keySpace || held.key !== live.key) continue;
      const otherHolder = { ...held, objectType: other.objectType };
      if (rules.some(({ rule }) => rule.unique?.clash(holder, otherHolder))) return true;
    }
    return false;
  }

  /** The new value that the finding's rule proposes; `undefined` where there is none. */
  fix({ rule, entry, value }: Finding): Fix | undefined {
    return entry === undefined ? undefined : rule.fix?.({ entry, value, settings: this.settings });
  }

  #planFor(type: ObjectType): RulePlan {
    let plan = this.#plans.get(type);
    if (plan === undefined) {
      plan = rulePlan(this.#rules, type, this.keySpaces);
      this.#plans.set(type, plan);
    }
    return plan;
  }
}

const SILENT: Judgement = { findings: NOTHING, excluded: false, silenced: NO_RULES };

const OUT_OF_SCOPE: Judgement = { findings: [], excluded: true, silenced: NO_RULES };

/** Whether the settings have the entry of a DN in scope. */
export function isInScope(dn: string, { include, exclude }: Settings["scope"]): boolean {
  if (include.length === 0 && exclude.length === 0) return true;
  const key = dnKey(dn);
  const isBelow = (parent: string) => key === parent || key.endsWith(`,${parent}`);
  return (include.length === 0 || include.some(isBelow)) && !exclude.some(isBelow);
}

function ownSeverity(rule: Rule, { ruleset }: Settings): Severity | "off" {
  return rule.offByDefault === true || !isInRuleset(rule, ruleset) ? "off" : rule.severity;
}

/** What decides which objects are looked at, and what concerns the file, is in every rule set. */
function isInRuleset({ rulesets, effect, objectTypes }: Rule, ruleset: Settings["ruleset"]): boolean {
  if (ruleset === "default" || effect === "excluded" || objectTypes === undefined) return true;
  return rulesets?.includes(ruleset) === true;
}

/** The settings leave the rule something to say. */
function applies({ profiles, unless }: Rule, settings: Settings): boolean {
  return profiles?.includes(settings.profile) !== false && (unless === undefined || !settings[unless]);
}
