import type { Cutter } from "../text/pieced-text.ts";
import type { FormatProblem, SourceRecord } from "./source-record.ts";

/** What a piece of an export holds, as far as other pieces depend on it. */
export interface ReadPiece {
  /** They count from the piece's start. */
  readonly records: readonly SourceRecord[];
  /** One bit each; which, only the format knows. */
  readonly traits: number;
}

/** The pieces of an export by their traits. */
export interface TraitIndex<P> {
  /** The first piece that has one of the traits. */
  first(traits: number): P | undefined;
  /** All pieces that have one of the traits, in their order. */
  all(traits: number): Iterable<P>;
  readonly last: P | undefined;
  compare(one: P, other: P): number;
}

/** A problem that only the whole file shows, and the record at which it is told. */
export interface ProblemOfTheFile<P> {
  readonly problem: FormatProblem;
  /** Without a piece it is told at the beginning of the file. */
  readonly piece?: P;
  /** Where the record begins in the piece. */
  readonly record: number;
}

/** Reads pieces in which nothing is peculiar many at once, and quicker than their format does. */
export interface PieceScanner {
  /** So many UTF-16 units it takes at once. */
  readonly room: number;
  /**
   * What the format reads in each piece; `undefined` where the format has to be asked. It is quick until the next scan, and right
   * ever after.
   */
  scan(pieces: readonly string[]): readonly (ReadPiece | undefined)[];
}

/** How exports of a format are cut and read, one piece by itself, so that they can be read again in part. */
export interface SourceFormat extends Cutter {
  read(piece: string): ReadPiece;
  /** What was not seen where each piece was read by itself. */
  problemsOfTheFile<P extends { readonly text: string }>(pieces: TraitIndex<P>): readonly ProblemOfTheFile<P>[];
}
