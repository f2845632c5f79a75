import type { ProblemOfTheFile } from "../model/source-format.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { PieceList } from "../text/piece-list.ts";
import { checksNotRun } from "./checks-not-run.ts";
import { MOST_BEFORE_ENTRY } from "./export-check.ts";
import { formatMessage } from "./finding.ts";
import type { LiveAttributes } from "./live-attributes.ts";
import type { LiveSources } from "./live-check.ts";
import type { LiveJudge } from "./live-judge.ts";
import { type LivePiece, NO_FINDINGS, type PlacedFinding } from "./live-piece.ts";
import type { ShareSums } from "./live-sums.ts";
import type { Rule } from "./rule.ts";

/** What the finding of the checks that did not run was made of. */
interface NotRun {
  readonly piece: LivePiece;
  readonly changes: number;
  readonly placed: PlacedFinding | undefined;
}

/** What is told of an open export as a whole, each at one place. */
export class LiveFile {
  readonly #sources: LiveSources;
  readonly #pieces: PieceList<LivePiece>;
  readonly #sums: ShareSums;
  readonly #attributes: LiveAttributes;
  readonly #judge: LiveJudge;
  readonly #once: readonly Rule[];
  readonly #recordsOf: (piece: LivePiece) => readonly SourceRecord[];
  #told = new Map<LivePiece, readonly PlacedFinding[]>();
  /** The pieces whose problems may not all be told. */
  #limited = new Set<LivePiece>();
  #notRun: NotRun | undefined;
  /** What is told of a file in which there is nothing. */
  empty: readonly PlacedFinding[] = NO_FINDINGS;

  constructor(
    sources: LiveSources,
    pieces: PieceList<LivePiece>,
    sums: ShareSums,
    attributes: LiveAttributes,
    judge: LiveJudge,
    once: readonly Rule[],
    recordsOf: (piece: LivePiece) => readonly SourceRecord[],
  ) {
    this.#sources = sources;
    this.#pieces = pieces;
    this.#sums = sums;
    this.#attributes = attributes;
    this.#judge = judge;
    this.#once = once;
    this.#recordsOf = recordsOf;
  }

  /** Tells what is to be told now in the place of what was told before. */
  tell(): void {
    const problems = this.#sources.format.problemsOfTheFile(this.#sums);
    const isReplaced = problems.some(({ problem }) => this.#replaces(problem.id));
    const left = this.#limitProblems(isReplaced);
    const told = new Map<LivePiece, PlacedFinding[]>();
    const empty: PlacedFinding[] = [];
    const tell = (placed: PlacedFinding) => {
      if (placed.piece === undefined) empty.push(placed);
      else told.set(placed.piece, [...(told.get(placed.piece) ?? []), placed]);
    };
    for (const one of problems) {
      if (!this.#replaces(one.problem.id) && this.#isLeftOut(one, left)) continue;
      const placed = this.#placed(one);
      if (placed !== undefined) tell(placed);
    }
    for (const rule of this.#once) {
      const first = this.#sums.firstOnce(rule)?.share?.once.find(({ finding }) => finding.rule === rule);
      if (first !== undefined) tell(first);
    }
    const notRun = this.#checksNotRun();
    if (notRun !== undefined) tell(notRun);
    this.empty = empty.length === 0 ? NO_FINDINGS : empty;
    this.#put(told);
  }

  #put(told: ReadonlyMap<LivePiece, readonly PlacedFinding[]>): void {
    for (const piece of new Set([...this.#told.keys(), ...told.keys()])) {
      if (piece.share === undefined) continue;
      piece.share.ofTheFile = told.get(piece) ?? NO_FINDINGS;
      piece.share.changed();
      this.#pieces.measureAgain(piece);
    }
    this.#told = new Map(told);
  }

  #placed({ problem, piece, record: start }: ProblemOfTheFile<LivePiece>): PlacedFinding | undefined {
    const record = piece && this.#recordsOf(piece).find((one) => one.start === start);
    const finding = this.#judge.formatFinding(problem, record);
    return finding && this.#judge.place(finding, piece ?? this.#pieces.first, record);
  }

  /**
   * Of a file that turns out to be of another format, not every problem need be told: only some of those up to its first entry or
   * change are, or none where one says it all. Answers how many more could be told.
   */
  #limitProblems(isReplaced: boolean): number {
    const first = this.#sums.firstEntryOrChange();
    const limited = new Set<LivePiece>();
    let left = isReplaced ? 0 : MOST_BEFORE_ENTRY;
    for (const piece of this.#pieces) {
      const problems = piece.share?.problems ?? 0;
      if (problems > left) limited.add(piece);
      if (problems > left || this.#limited.has(piece)) this.#limit(piece, left);
      left = Math.max(0, left - problems);
      if (piece === first) break;
    }
    for (const piece of this.#limited) if (!limited.has(piece)) this.#limit(piece, Number.POSITIVE_INFINITY);
    this.#limited = limited;
    return left;
  }

  #limit(piece: LivePiece, most: number): void {
    const { share } = piece;
    if (share === undefined || share.mostProblems === most) return;
    const told = Math.min(share.problems, share.mostProblems);
    share.mostProblems = most;
    if (told === Math.min(share.problems, most)) return;
    this.#judge.judge(piece, share, this.#recordsOf(piece));
    this.#pieces.measureAgain(piece);
  }

  #isLeftOut({ piece }: ProblemOfTheFile<LivePiece>, left: number): boolean {
    if (piece === undefined) return left === 0;
    const share = piece.share;
    return this.#limited.has(piece) && share !== undefined && share.problems >= share.mostProblems;
  }

  #replaces(id: string): boolean {
    const rule = this.#sources.formatRules.get(id);
    return rule?.replacesFormatFindings === true && this.#sources.checker.severity(rule) !== undefined;
  }

  /** Told at the first entry: it is true of all of them. */
  #checksNotRun(): PlacedFinding | undefined {
    const rule = this.#sources.formatRules.get("export-attributes-missing");
    const severity = rule && this.#sources.checker.severity(rule);
    const piece = this.#sums.firstEntry();
    if (rule === undefined || severity === undefined || piece === undefined) return undefined;
    const { changes } = this.#attributes;
    if (this.#notRun?.piece !== piece || this.#notRun.changes !== changes) {
      const notRun = checksNotRun(this.#sources.checker.rules, this.#attributes.notCarried());
      const record = this.#recordsOf(piece).find(({ entry }) => entry !== undefined);
      const isTold = notRun !== undefined && record?.entry?.isExtract !== true;
      const finding = isTold && { rule, severity, message: formatMessage(rule.message, { ...notRun }), span: START };
      this.#notRun = { piece, changes, placed: finding ? this.#judge.place(finding, piece, record) : undefined };
    }
    return this.#notRun?.placed;
  }
}

const START = { start: 0, end: 0 };
