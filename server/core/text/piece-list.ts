import { countLineEnds } from "./position.ts";

/** A piece of a text that is edited. It never changes: an edit puts other pieces in its place. */
export class Piece {
  readonly text: string;
  /** How many lines end in it. */
  readonly lineEnds: number;
  /** Where the list that holds it keeps it; `undefined` for a piece that is in no list. */
  place: PlaceInList | undefined;

  constructor(text: string) {
    this.text = text;
    this.lineEnds = countLineEnds(text);
  }
}

/** A piece's place in a list: the run of pieces that it is in, and what of this run stands before it. */
interface PlaceInList {
  run: Run<Piece>;
  index: number;
  offset: number;
  line: number;
}

/** Pieces that stand one after another. What is known of a run is worked out anew when one of its pieces is replaced. */
interface Run<P> {
  readonly pieces: readonly P[];
  readonly length: number;
  readonly lineEnds: number;
  /** These three count from the beginning of the text, and are right up to the first run that has been replaced. */
  index: number;
  start: number;
  firstLine: number;
  sums: Int32Array | undefined;
}

/** Long enough for few runs, short enough to be gone through for every key that is pressed. */
const LONGEST_RUN = 256;

/** A run of pieces, and what is added up of them. */
export interface SummedRun<P> {
  readonly pieces: readonly P[];
  readonly sums: Int32Array;
}

/** Numbers that are added up over the pieces of a run, so that whoever looks for some need not look at all. */
export interface Measure<P> {
  readonly size: number;
  add(piece: P, sums: Int32Array): void;
}

/**
 * The pieces of a text, in their order. Offsets count UTF-16 units, lines are those of the Language Server Protocol. Pieces hold no
 * place in the text, so that replacing some moves none of the others: it costs as much as one run of pieces, and a step for each run.
 */
export class PieceList<P extends Piece> {
  #runs: Run<P>[] = [];
  /** Runs before this one know where they begin. */
  #settled = 0;
  #measure: Measure<P> = { size: 0, add: () => undefined };

  /** The length of the text. */
  get length(): number {
    const last = this.#last();
    return last === undefined ? 0 : last.start + last.length;
  }

  /** How many lines end in the text. */
  get lineEnds(): number {
    const last = this.#last();
    return last === undefined ? 0 : last.firstLine + last.lineEnds;
  }

  get first(): P | undefined {
    return this.#runs[0]?.pieces[0];
  }

  get last(): P | undefined {
    return this.#runs.at(-1)?.pieces.at(-1);
  }

  *[Symbol.iterator](): Generator<P> {
    for (const run of this.#runs) yield* run.pieces;
  }

  has(piece: P): boolean {
    return piece.place !== undefined;
  }

  /** Where a piece of the list begins. */
  startOf(piece: P): number {
    const { run, offset } = this.#placeOf(piece);
    return run.start + offset;
  }

  /** The 0-based number of the line at which a piece of the list begins. */
  firstLineOf(piece: P): number {
    const { run, line } = this.#placeOf(piece);
    return run.firstLine + line;
  }

  /** Below 0 where `one` stands before `other`. */
  compare(one: P, other: P): number {
    return this.startOf(one) - this.startOf(other);
  }

  next(piece: P): P | undefined {
    const { run, index } = this.#placeOf(piece);
    return (run.pieces[index + 1] ?? this.#runs[run.index + 1]?.pieces[0]) as P | undefined;
  }

  previous(piece: P): P | undefined {
    const { run, index } = this.#placeOf(piece);
    return (run.pieces[index - 1] ?? this.#runs[run.index - 1]?.pieces.at(-1)) as P | undefined;
  }

  /** The piece that holds the unit at an offset; the last one at the end of the text. */
  at(offset: number): P | undefined {
    this.#settle();
    const run = lastUpTo(this.#runs, (one) => one.start, offset);
    return run && lastUpTo(run.pieces, ({ place }) => run.start + place!.offset, offset);
  }

  /** The piece in which a line begins; the last one for lines behind the end. */
  atLine(line: number): P | undefined {
    this.#settle();
    const run = lastUpTo(this.#runs, (one) => one.firstLine, line);
    return run && lastUpTo(run.pieces, ({ place }) => run.firstLine + place!.line, line);
  }

  /** Puts pieces in the place of those from `from` to `to`, both included; without them, at the end. */
  replace(from: P | undefined, to: P | undefined, pieces: readonly P[]): P[] {
    const first = from === undefined ? undefined : this.#placeOf(from);
    const last = to === undefined ? undefined : this.#placeOf(to);
    if (first === undefined || last === undefined) {
      const end = this.#runs.length;
      this.#runs = this.#runs.concat(runsOf(pieces));
      this.#settled = Math.min(this.#settled, end);
      return [];
    }
    const begin = first.run.index;
    const end = last.run.index + 1;
    const old = this.#runs.slice(begin, end).flatMap((run) => run.pieces);
    const removed = old.slice(first.index, old.length - (last.run.pieces.length - 1 - last.index));
    const runs = runsOf([...old.slice(0, first.index), ...pieces, ...old.slice(first.index + removed.length)]);
    for (const piece of removed) piece.place = undefined;
    if (runs.length === 1 && end === begin + 1) this.#runs[begin] = runs[0]!;
    else this.#runs = [...this.#runs.slice(0, begin), ...runs, ...this.#runs.slice(end)];
    this.#settled = Math.min(this.#settled, begin);
    return removed;
  }

  /** What is to be added up from now on. */
  measureBy(measure: Measure<P>): void {
    this.#measure = measure;
    for (const run of this.#runs) run.sums = undefined;
  }

  /** What is added up of a piece has changed. */
  measureAgain(piece: P): void {
    if (piece.place !== undefined) piece.place.run.sums = undefined;
  }

  /** One of the sums, over all pieces. */
  sum(at: number): number {
    return this.#runs.reduce((sum, run) => sum + this.#sumsOf(run)[at]!, 0);
  }

  /** The runs of pieces in which one of the sums is not 0. Their sums are the same array until something in the run changes. */
  *runsWhere(...sums: readonly number[]): Generator<SummedRun<P>> {
    for (const run of this.#runs) {
      const here = this.#sumsOf(run);
      if (sums.some((at) => here[at] !== 0)) yield { pieces: run.pieces, sums: here };
    }
  }

  /** The first piece for which `isWanted`, in those runs in which a sum is not 0. */
  firstWhere(sum: number, isWanted: (piece: P) => boolean): P | undefined {
    for (const run of this.#runs) {
      const found = this.#sumsOf(run)[sum] === 0 ? undefined : run.pieces.find(isWanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #sumsOf(run: Run<P>): Int32Array {
    if (run.sums === undefined) {
      run.sums = new Int32Array(this.#measure.size);
      for (const piece of run.pieces) this.#measure.add(piece, run.sums);
    }
    return run.sums;
  }

  #last(): Run<P> | undefined {
    this.#settle();
    return this.#runs.at(-1);
  }

  #placeOf(piece: P): PlaceInList {
    this.#settle();
    if (piece.place === undefined) throw new Error("The piece is in the text no more");
    return piece.place;
  }

  #settle(): void {
    for (; this.#settled < this.#runs.length; this.#settled++) {
      const run = this.#runs[this.#settled]!;
      const before = this.#runs[this.#settled - 1];
      run.index = this.#settled;
      run.start = before === undefined ? 0 : before.start + before.length;
      run.firstLine = before === undefined ? 0 : before.firstLine + before.lineEnds;
    }
  }
}

function runsOf<P extends Piece>(pieces: readonly P[]): Run<P>[] {
  const count = Math.ceil(pieces.length / LONGEST_RUN);
  // Of like length, so that a run that was too long by one piece does not soon have to be cut again.
  const length = Math.ceil(pieces.length / count);
  return Array.from({ length: count }, (_, at) => runOf(pieces.slice(at * length, (at + 1) * length))).filter(
    (run) => run.pieces.length > 0,
  );
}

function runOf<P extends Piece>(pieces: readonly P[]): Run<P> {
  let offset = 0;
  let line = 0;
  for (const piece of pieces) {
    offset += piece.text.length;
    line += piece.lineEnds;
  }
  const run: Run<P> = { pieces, length: offset, lineEnds: line, index: 0, start: 0, firstLine: 0, sums: undefined };
  offset = 0;
  line = 0;
  for (const [index, piece] of pieces.entries()) {
    piece.place = { run, index, offset, line };
    offset += piece.text.length;
    line += piece.lineEnds;
  }
  return run;
}

/** The last item that begins at or before `wanted`; the items begin in their order. */
function lastUpTo<Item>(items: readonly Item[], startOf: (item: Item) => number, wanted: number): Item | undefined {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(items[middle]!) <= wanted) low = middle;
    else high = middle - 1;
  }
  return items[low];
}
