import { Piece } from "../text/piece-list.ts";
import type { BaselineRow } from "./baseline.ts";
import type { Holder } from "./duplicates.ts";
import type { Finding } from "./finding.ts";
import { SEVERITIES } from "./settings.ts";

/** A piece of an open export, and what it has to do with the check of the whole. */
export class LivePiece extends Piece {
  /** `undefined` until the piece has been read and checked. */
  share: Share | undefined;
}

/** A finding and the record that it is about, wherever this stands now. */
export interface PlacedFinding {
  /** It does not hold its entry: entries are read again when they are needed. */
  readonly finding: Finding;
  /** Only in an empty file there is none. */
  readonly piece: LivePiece | undefined;
  /** Where the record begins in the piece. */
  readonly record: number;
  /** The other holders of a value that must be unique. */
  readonly others: readonly Holder[];
  /** The row that accepts it, of the baseline or of the export itself. */
  readonly row: BaselineRow | undefined;
}

/** An entry that does not synchronize. */
export interface ExcludedEntry {
  /** Where its record begins in the piece. */
  readonly record: number;
  /** The key of its DN, and a hash of it (`hashDn`). */
  readonly dn: string;
  readonly hash: number;
}

/** What one piece contributes to the check of an export: all of it is taken back when the piece goes. */
export class Share {
  readonly traits: number;
  entries = 0;
  values = 0;
  changeRecords = 0;
  /** The numbers of the attributes of rules that its entries carry. */
  attributes: readonly number[] = NO_NUMBERS;
  /** Those of them that rules require, one bit each. */
  carried = 0;
  /** The hashes of the keys that its entries hold, each entry's once. */
  keys: readonly number[] = NO_NUMBERS;
  /** The hashes of the DNs that its entries refer to (`hashDn`). */
  references: readonly number[] = NO_NUMBERS;
  /** The DNs of its entries of which the baseline knows. */
  known: readonly string[] = NO_TEXTS;
  excluded: readonly ExcludedEntry[] = NONE_EXCLUDED;
  /** What was found in each record by itself. */
  own: readonly PlacedFinding[] = NO_FINDINGS;
  /** The first findings of those rules that are told once for a file. */
  once: readonly PlacedFinding[] = NO_FINDINGS;
  ofReferences: readonly PlacedFinding[] = NO_FINDINGS;
  /** By the hash of the key. */
  ofDuplicates: ReadonlyMap<number, readonly PlacedFinding[]> = NO_DUPLICATES;
  /** What is true of the whole file, and told here. */
  ofTheFile: readonly PlacedFinding[] = NO_FINDINGS;
  /** How many problems of the format there are up to the first entry or change, and how many of them may be told. */
  problems = 0;
  mostProblems = Number.POSITIVE_INFINITY;
  /** The attributes, one bit each, that no entry before the piece carries, and those that none in the file does. */
  missingBefore = 0;
  missing = 0;
  /** A rule would have had something to say, had an attribute been carried. */
  silenced = false;
  #all: readonly PlacedFinding[] | undefined;

  constructor(traits: number) {
    this.traits = traits;
  }

  /** All that is found in the piece, in its order. */
  get all(): readonly PlacedFinding[] {
    if (this.#all === undefined) {
      const all = [this.own, this.ofReferences, ...this.ofDuplicates.values(), this.ofTheFile].flat();
      this.#all = all.length === 0 ? NO_FINDINGS : all.sort(comparePlaced);
    }
    return this.#all;
  }

  /** Some of the findings have changed. */
  changed(): void {
    this.#all = undefined;
  }
}

const NO_NUMBERS: readonly number[] = [];
const NO_TEXTS: readonly string[] = [];
const NONE_EXCLUDED: readonly ExcludedEntry[] = [];
export const NO_FINDINGS: readonly PlacedFinding[] = [];
const NO_DUPLICATES: ReadonlyMap<number, readonly PlacedFinding[]> = new Map();

/** The order of findings in a piece: by their places, and at one place by what they are. */
function comparePlaced(one: PlacedFinding, other: PlacedFinding): number {
  return one.record - other.record || compareFindings(one.finding, other.finding);
}

/** The order of findings in a record. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    one.span.start - other.span.start ||
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compareTexts(one.rule.id, other.rule.id) ||
    one.span.end - other.span.end ||
    compareTexts(one.message, other.message)
  );
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether an entry, by the start of its record, does not synchronize. */
export function isExcluded({ share }: LivePiece, record: number): boolean {
  return share?.excluded.some((one) => one.record === record) === true;
}
