import {
  type Checker,
  isDn,
  LDIF_FORMAT,
  LDIF_SCAN,
  type PieceScanner,
  plainBlock,
  type ReadPiece,
  scanPlan,
} from "../core/index.ts";
import { ExportScanner, ScannedWindow } from "./export-scanner.ts";

/** In UTF-16 units: what is scanned at once stays in the cache of a processor until it has been judged. */
const ROOM = 2 ** 18;

/** In UTF-16 units: a scanner takes memory of its own, which a small export is not worth. */
const LEAST = 2 ** 16;

/** What ends the last record: the begin of another one. */
const END = Buffer.from("#\n");

/** No record begins there. */
const NOWHERE = -1;

const utf8 = new TextEncoder();

/** Scans the pieces of an open export in LDIF. It is made for a checker, and those that the checker makes for exports. */
export class LdifPieceScanner implements PieceScanner {
  readonly room = ROOM;
  readonly #checker: Checker;
  readonly #least: number;
  #scanner: ExportScanner | undefined;
  #scanned: ScannedWindow | undefined;

  /** Until there are `least` units at once, it leaves all pieces to the reader. */
  constructor(checker: Checker, least = LEAST) {
    this.#checker = checker;
    this.#least = least;
  }

  scan(pieces: readonly string[]): readonly (ReadPiece | undefined)[] {
    const units = pieces.reduce((sum, { length }) => sum + length, 0);
    if (this.#scanner === undefined && units < this.#least) return [];
    this.#scanner ??= new ExportScanner(scanPlan(this.#checker), 2 * ROOM);
    const { plan, window, ints } = this.#scanner;
    this.#scanned ??= new ScannedWindow(LDIF_SCAN, plan, window, ints);
    this.#scanned.renew();
    const { starts, end } = fill(window, pieces);
    const { count } = this.#scanner.scan(0, end);
    return readPieces(this.#scanned, count, pieces, starts);
  }
}

/** Writes one piece behind the other. Answers where each begins, in bytes; those are left out that cannot be plain or have no room. */
function fill(window: Uint8Array, pieces: readonly string[]): { readonly starts: number[]; readonly end: number } {
  const last = window.length - END.length;
  let to = 0;
  const starts = pieces.map((piece) => {
    // Nothing but ASCII can be plain, and only what is whole has an end in sight.
    if (piece.length > last - to || !LDIF_FORMAT.blocks.isWhole(piece)) return NOWHERE;
    const { read, written } = utf8.encodeInto(piece, window.subarray(to, last));
    if (read !== piece.length || written !== read) return NOWHERE;
    to += written;
    return to - written;
  });
  window.set(END, to);
  return { starts, end: to + END.length };
}

function readPieces(
  scanned: ScannedWindow,
  count: number,
  pieces: readonly string[],
  starts: readonly number[],
): (ReadPiece | undefined)[] {
  const found = scanned.records(count);
  let next = 0;
  return pieces.map((piece, index) => {
    const start = starts[index]!;
    if (start === NOWHERE) return undefined;
    while (next < found.length && found[next]!.start < start) next++;
    const record = found[next];
    if (record?.isPlain !== true || record.start !== start || record.end !== start + piece.length) return undefined;
    const entry = scanned.entry(record, 0, 0, piece);
    if (!record.hasPlainDn && (entry.dn.binary || !isDn(entry.dn.text))) return undefined;
    return plainBlock(entry);
  });
}
