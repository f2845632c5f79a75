import { lowerCase } from "../model/attribute-type.ts";
import { AttributeNumbers } from "../model/numbered-values.ts";
import type { Checker } from "./checker.ts";
import { attributesOfRules } from "./checks-not-run.ts";
import type { KeyForm, Rule } from "./rule.ts";

/** A way to a key, with the number of its key space. */
export interface ScannedKey {
  readonly space: number;
  readonly form: KeyForm;
}

/** What a scanner is to find out about the values of an attribute. */
export interface ScannedAttribute {
  /** In lower case. */
  readonly type: string;
  /** Some rule looks at what values say. */
  readonly wantsShape: boolean;
  /** To the shape belongs which letters and digits a value has. */
  readonly lettersMatter: boolean;
  readonly isReference: boolean;
  readonly keys: readonly ScannedKey[];
}

/** What a scanner is to find out, for a checker: nothing that it needs may be missing, or the entries have to be read after all. */
export interface ScanPlan {
  readonly numbers: AttributeNumbers;
  /** By number - 1. */
  readonly attributes: readonly ScannedAttribute[];
  /** The key spaces of which an entry has one key at most, each with the numbers of its sources, the best first. */
  readonly firstOnly: ReadonlyMap<number, readonly number[]>;
}

/** A number is a byte, and the scanner needs some for itself. What has none is read when it is asked for. */
const MOST_ATTRIBUTES = 251;

/** Which tell the object type, by what they say or by being there. */
const TELLING = ["objectClass", "sAMAccountType", "groupType"];
const TELLING_BY_PRESENCE = ["userPrincipalName", "userAccountControl"];

export function scanPlan(checker: Checker): ScanPlan {
  const { rules, keySpaces } = checker;
  const sources = keySpaces.flatMap((one) => one.sources.map(({ attribute }) => attribute));
  const telling = [...TELLING, ...TELLING_BY_PRESENCE, ...sources].map(lowerCase);
  const types = [...new Set([...telling, ...attributesOfRules(rules).keys()])].slice(0, MOST_ATTRIBUTES);
  const numbers = new AttributeNumbers(types);
  const attributes = types.map((type) => {
    const own = rules.filter(({ rule }) => rule.attributes.some((name) => lowerCase(name) === type));
    const isTelling = TELLING.some((name) => lowerCase(name) === type);
    const isExact = own.some(({ rule }) => rule.exact?.some((name) => lowerCase(name) === type));
    return {
      type,
      wantsShape: isTelling || own.some(({ rule }) => readsTexts(rule)),
      lettersMatter: isTelling || isExact || own.some(({ rule }) => rule.readsLetters === true),
      isReference: own.some(({ rule }) => rule.reference === true),
      keys: keySpaces.flatMap((one, space) =>
        one.sources.filter(({ attribute }) => lowerCase(attribute) === type).map(({ form }) => ({ space, form })),
      ),
    };
  });
  const firstOnly = keySpaces.flatMap((one, space) => {
    if (one.firstOnly !== true) return [];
    return [[space, one.sources.flatMap(({ attribute }) => numbers.of(attribute) ?? [])] as const];
  });
  return { numbers, attributes, firstOnly: new Map(firstOnly) };
}

function readsTexts({ checkValue, checkEntry, countsOnly }: Rule): boolean {
  return checkValue !== undefined || (checkEntry !== undefined && countsOnly !== true);
}
