import type { TraitIndex } from "../model/source-format.ts";
import type { Measure, PieceList } from "../text/piece-list.ts";
import type { LivePiece, PlacedFinding } from "./live-piece.ts";
import type { Rule } from "./rule.ts";
import { SEVERITIES, type Severity } from "./settings.ts";

/** What is added up of the pieces: findings of each severity come first. */
const ACCEPTED = SEVERITIES.length;
const OF_BASELINE = ACCEPTED + 1;
const ENTRIES = OF_BASELINE + 1;
const ENTRIES_AND_CHANGES = ENTRIES + 1;
const TRAITS = ENTRIES_AND_CHANGES + 1;
const BITS = 31;
const CARRIED = TRAITS + BITS;
const ONCE = CARRIED + BITS;

/** Where in an export there is something: most questions lead to a few runs of pieces, and the others are not gone through. */
export class ShareSums implements Measure<LivePiece>, TraitIndex<LivePiece> {
  readonly size: number;
  readonly #pieces: PieceList<LivePiece>;
  readonly #once: readonly Rule[];
  /** The findings in a run of pieces by severity, and all of them, by the run's sums. */
  readonly #lists = new WeakMap<Int32Array, readonly (readonly PlacedFinding[])[]>();

  /** `once` are the rules that are told once for a file. */
  constructor(pieces: PieceList<LivePiece>, once: readonly Rule[]) {
    this.#pieces = pieces;
    this.#once = once;
    this.size = ONCE + once.length;
  }

  add({ share }: LivePiece, sums: Int32Array): void {
    if (share === undefined) return;
    for (const { finding, row } of share.all)
      sums[row === undefined ? SEVERITIES.indexOf(finding.severity) : ACCEPTED]!++;
    if (share.known.length > 0) sums[OF_BASELINE]!++;
    sums[ENTRIES]! += share.entries;
    sums[ENTRIES_AND_CHANGES]! += share.entries + share.changeRecords;
    addBits(share.traits, TRAITS, sums);
    addBits(share.carried, CARRIED, sums);
    for (const { finding } of share.once) sums[ONCE + this.#once.indexOf(finding.rule)]!++;
  }

  /** How many findings of a severity there are. */
  count(severity: Severity): number {
    return this.#pieces.sum(SEVERITIES.indexOf(severity));
  }

  get accepted(): number {
    return this.#pieces.sum(ACCEPTED);
  }

  /** The findings in their order, of one severity or of all. Those that the baseline accepts are left out. */
  *findings(severity?: Severity): Generator<PlacedFinding> {
    const wanted = severity === undefined ? ALL : SEVERITIES.indexOf(severity);
    for (const run of this.#pieces.runsWhere(...(severity === undefined ? SEVERITIES.keys() : [wanted]))) {
      let lists = this.#lists.get(run.sums);
      if (lists === undefined) {
        lists = listsOf(run.pieces);
        this.#lists.set(run.sums, lists);
      }
      yield* lists[wanted]!;
    }
  }

  /** The pieces that the baseline has something to do with, and perhaps others. */
  *ofBaseline(): Generator<LivePiece> {
    for (const { pieces } of this.#pieces.runsWhere(ACCEPTED, OF_BASELINE)) yield* pieces;
  }

  firstEntry(): LivePiece | undefined {
    return this.#pieces.firstWhere(ENTRIES, ({ share }) => share !== undefined && share.entries > 0);
  }

  firstEntryOrChange(): LivePiece | undefined {
    const holds = ({ share }: LivePiece) => share !== undefined && share.entries + share.changeRecords > 0;
    return this.#pieces.firstWhere(ENTRIES_AND_CHANGES, holds);
  }

  /** The first piece whose entries carry an attribute that rules require, given as its bit. */
  firstCarrying(bit: number): LivePiece | undefined {
    const carries = ({ share }: LivePiece) => share !== undefined && (share.carried & bit) !== 0;
    return this.#pieces.firstWhere(CARRIED + numberOf(bit), carries);
  }

  /** The first piece in which a rule found something that is told once for a file. */
  firstOnce(rule: Rule): LivePiece | undefined {
    const holds = ({ share }: LivePiece) => share?.once.some(({ finding }) => finding.rule === rule) === true;
    return this.#pieces.firstWhere(ONCE + this.#once.indexOf(rule), holds);
  }

  first(traits: number): LivePiece | undefined {
    const firsts = bitsOf(traits).map((bit) =>
      this.#pieces.firstWhere(TRAITS + numberOf(bit), ({ share }) => share !== undefined && (share.traits & bit) !== 0),
    );
    return firsts.filter((piece) => piece !== undefined).sort((one, other) => this.compare(one, other))[0];
  }

  *all(traits: number): Generator<LivePiece> {
    for (const { pieces } of this.#pieces.runsWhere(...bitsOf(traits).map((bit) => TRAITS + numberOf(bit)))) {
      yield* pieces.filter(({ share }) => share !== undefined && (share.traits & traits) !== 0);
    }
  }

  get last(): LivePiece | undefined {
    return this.#pieces.last;
  }

  compare(one: LivePiece, other: LivePiece): number {
    return this.#pieces.compare(one, other);
  }
}

/** Behind the lists of each severity. */
const ALL = SEVERITIES.length;

function listsOf(pieces: readonly LivePiece[]): PlacedFinding[][] {
  const lists: PlacedFinding[][] = Array.from({ length: ALL + 1 }, () => []);
  for (const { share } of pieces) {
    for (const placed of share?.all ?? []) {
      if (placed.row !== undefined) continue;
      lists[SEVERITIES.indexOf(placed.finding.severity)]!.push(placed);
      lists[ALL]!.push(placed);
    }
  }
  return lists;
}

function bitsOf(set: number): number[] {
  const bits: number[] = [];
  for (let rest = set; rest !== 0; rest &= rest - 1) bits.push(rest & -rest);
  return bits;
}

function numberOf(bit: number): number {
  return 31 - Math.clz32(bit);
}

function addBits(set: number, at: number, sums: Int32Array): void {
  for (let rest = set; rest !== 0; rest &= rest - 1) sums[at + numberOf(rest & -rest)]!++;
}
