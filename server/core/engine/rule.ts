import type { AttributeValue, Entry } from "../model/entry.ts";
import type { ObjectType } from "../model/object-type.ts";
import type { Span } from "../text/span.ts";
import type { Profile, Ruleset, Settings, Severity, Switch } from "./settings.ts";

/**
 * What Microsoft Entra ID makes of an object that breaks the rule.
 * `excluded`: the object stays out without any error. `none`: nothing; the finding is about the file.
 */
export type Effect = "excluded" | "export-error" | "quarantined" | "value-changed" | "attribute-dropped" | "none";

/** `safe` joins fix-all; `review` is applied one at a time, by a person who has looked at it. */
export type Safety = "safe" | "review";

/** A fix is a new value, never an edit: each format writes it in its own way. */
export interface Fix {
  /** What the fix does, as a command: "Make it the primary address". */
  readonly title: string;
  readonly safety: Safety;
  /** There is no other way to put it right; otherwise it is one suggestion among others, and only a person can choose. */
  readonly deterministic: boolean;
  /** The value to put in place of the finding's value (or to add, where the finding has none); `undefined` removes it. */
  readonly newValue: string | undefined;
}

export interface RuleContext {
  readonly entry: Entry;
  readonly settings: Settings;
}

export interface FixContext extends RuleContext {
  /** The value that the finding is about; `undefined` where it is about a missing one. */
  readonly value: AttributeValue | undefined;
}

/** Where a finding stands: at a value or a part of it, or, where a value is missing, at the entry's DN. */
export type Place =
  | { readonly value: AttributeValue; readonly span?: Span }
  | {
      readonly value?: undefined;
      /** The attribute that is missing, or that the DN stands for. */
      readonly attribute: string;
      /** A part of the DN. */
      readonly span?: Span;
    };

/** The names between braces in a message: `"{a} is not {b}"` has `a` and `b`. */
export type ArgumentName<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ArgumentName<Rest>
  : never;

export type Arguments<Message extends string> = { readonly [Name in ArgumentName<Message>]: string };

export type Report<Message extends string> = (
  place: Place,
  ...args: [ArgumentName<Message>] extends [never] ? [] : [Arguments<Message>]
) => void;

/** A key that only one entry may hold, and the value it comes from. */
export interface UniqueKey {
  readonly key: string;
  readonly value: AttributeValue;
  /** What the entry holds the key as, where that makes a difference: one text can be a user principal name and an address. */
  readonly role?: string;
  /** The value as messages show it, where its text says nothing to people. */
  readonly shown?: () => string;
}

/** An entry that holds a key, as far as rules tell holders apart. */
export interface KeyHolder {
  readonly objectType: ObjectType;
  readonly role?: string;
}

/**
 * How the key of a value is made: all of it in lower case, without white space around it or not (`lowerCase`, `trimmed`); so what
 * follows the colon of an address type (`address`); so, of proxy addresses, what follows `smtp:` (`smtpAddress`), or the whole of
 * those of the types SIP, X500 and EUM (`otherAddress`); or the base64 of its bytes (`bytes`). Nothing is no key.
 */
export type KeyForm = "lowerCase" | "trimmed" | "address" | "smtpAddress" | "otherAddress" | "bytes";

/** An attribute whose values give keys. */
export interface KeySource {
  readonly attribute: string;
  readonly form: KeyForm;
}

/**
 * The duplicates of several rules may share keys: an address on a user and on a group is another rule's business. Where two of
 * them find the same key in the same entry, the one that suppresses the other speaks alone.
 */
export interface Uniqueness {
  /** The name of the set of keys. Rules with the same key space have the same `keys` and `sources`. */
  readonly keySpace: string;
  keys(context: RuleContext): Iterable<UniqueKey>;
  /** How a scanner makes the same keys of values that are plain ASCII, or plain bytes: a number for each is all that it needs. */
  readonly sources: readonly KeySource[];
  /** Only the first source that an entry has a value of gives a key, and only by its first value. */
  readonly firstOnly?: boolean;
  /** Whether one entry breaks this rule because another one holds the same key. Of the two it may be only one that does. */
  clash(one: KeyHolder, other: KeyHolder): boolean;
}

/** A line of an example that must be reported is marked with `«` and `»`: they enclose the span. */
export type Example =
  | {
      /** Attribute lines in LDIF of one entry or, with a blank line between, of several. Where no DN is given, one is made. */
      readonly bad: string;
      /** The same entries after the rule's fix. */
      readonly fixed?: string;
      readonly settings?: Partial<Settings>;
    }
  | { readonly good: string; readonly settings?: Partial<Settings> };

export interface RuleDefinition<Message extends string = string> {
  /** Says what is wrong, not what to do about it. Never renamed, never reused. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** True of so many objects that it is told only to those who ask for it in the settings. */
  readonly offByDefault?: boolean;
  readonly effect: Effect;
  /** One sentence without a full stop. `{name}` is filled in by the report. */
  readonly message: Message;
  /** Why it matters and what to do: the text of the rule's page, in Markdown. */
  readonly why: string;
  readonly sources: readonly string[];
  /** Where it is not given the rule is about the file, whatever its entries are. */
  readonly objectTypes?: readonly ObjectType[];
  /** The attributes that the rule looks at, as Active Directory spells them. */
  readonly attributes: readonly string[];
  /**
   * Attributes that must occur somewhere in the export before the absence of a value means anything: not exported is
   * not missing.
   */
  readonly requires?: readonly string[];
  /** The synchronization tools for which the rule is documented; both where it is not given. */
  readonly profiles?: readonly Profile[];
  /** The rule sets that have the rule, besides `default`, which has all. */
  readonly rulesets?: readonly Ruleset[];
  /** The setting with which the rule has nothing to say. */
  readonly unless?: Switch;
  /** The exclusion is meant to be: it is told, and nothing else about the object is worth telling. */
  readonly byDesign?: boolean;
  /** Rules that say less about the same value (or the same missing value) and are silent beside this one. */
  readonly suppresses?: readonly string[];
  /** What it reports is wrong in a directory, and right where Entra ID shows its own objects. */
  readonly notInCloud?: boolean;
  /** Told once for each file, at the first place. */
  readonly oncePerFile?: boolean;
  /** The file is of no known format: what else is wrong with its format is not worth telling. */
  readonly replacesFormatFindings?: boolean;
  /**
   * Looks at one value of the attributes, at its own text only. Whether it reports must follow from the settings and from the shape of
   * the text (text/shape.ts), unless the rule `readsLetters`.
   */
  checkValue?(context: RuleContext & { readonly value: AttributeValue }, report: Report<Message>): void;
  /** Which letters and digits a value has matters to `checkValue`, not only where there are some. */
  readonly readsLetters?: boolean;
  /** Attributes of which `checkEntry` reads which letters and digits a value has. */
  readonly exact?: readonly string[];
  /** `checkEntry` wants to know of its attributes only how many values there are, up to 15 or whether there are a thousand. */
  readonly countsOnly?: boolean;
  /** `checkEntry` reads the DN, or any values it likes: it must see every entry, or every one of these types. */
  readonly everyEntry?: true | readonly ObjectType[];
  /**
   * Looks at the entry as a whole. Whether it reports must follow from the settings and from the entry's signature: which values its
   * attributes have, by their shapes, and which of them are equal keys. A DN with a peculiarity, such as characters that are escaped by
   * hexadecimal digits, has no signature. A rule that looks at more says so with `exact` or `everyEntry`, at less with `countsOnly`.
   */
  checkEntry?(context: RuleContext, report: Report<Message>): void;
  readonly unique?: Uniqueness;
  /** Reports the values of the attributes that name an object which does not synchronize; its message has `{object}`. */
  readonly reference?: true;
  /** The new value for one finding, or `undefined` where only a person can know it. */
  fix?(context: FixContext): Fix | undefined;
  readonly examples: readonly Example[];
}

/** A rule whose message arguments are no longer known to the type system. */
export type Rule = RuleDefinition<string>;

/** Declares a rule: message, severity, fix, page, settings entry and test vectors come from this one object. */
export function defineRule<const Message extends string>(definition: RuleDefinition<Message>): Rule {
  return definition as unknown as Rule;
}
