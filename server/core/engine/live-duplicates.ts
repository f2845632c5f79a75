import type { Entry } from "../model/entry.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { PieceList } from "../text/piece-list.ts";
import { shift } from "../text/span.ts";
import type { Checker, KeyName, LiveKey } from "./checker.ts";
import { type HeldKey, type Holder, heldKey, keyId, reportHolders } from "./duplicates.ts";
import type { Finding } from "./finding.ts";
import { hashKey } from "./key-hash.ts";
import { KeyIndex } from "./key-index.ts";
import type { KnownExport } from "./known-export.ts";
import { type ExcludedEntry, isExcluded, type LivePiece } from "./live-piece.ts";

/** In exports of whole directories with Exchange, as measured; see {@link KeyIndex.expect}. */
const UNITS_A_KEY = 370;

/** An entry of an open export. */
export interface LiveEntry {
  readonly piece: LivePiece;
  readonly record: SourceRecord;
  readonly entry: Entry;
}

/** What the search needs to know of the export. */
export interface LiveEntries {
  readonly file: string;
  readonly pieces: PieceList<LivePiece>;
  /** Knows the rules for the export as it is now. */
  readonly checker: Checker;
  entriesOf(piece: LivePiece): readonly LiveEntry[];
}

/** Keys of one hash as a piece's entries hold them, as long as the same ones of these synchronize. */
interface HeldInPiece {
  readonly excluded: readonly ExcludedEntry[];
  readonly keys: readonly HeldKey[];
}

export type ReportLiveDuplicate = (
  finding: Finding,
  piece: LivePiece,
  record: SourceRecord,
  others: readonly Holder[],
) => void;

/**
 * Keeps track of the keys that entries hold while they come and go, and of those that several hold. It keeps hashes, not keys: what
 * is behind them is read again in the few pieces that they lead to.
 */
export class LiveDuplicates {
  readonly #entries: LiveEntries;
  readonly #known: readonly KnownExport[];
  readonly #index = new KeyIndex<LivePiece>();
  readonly #spaces: ReadonlyMap<string, number>;
  /** The hashes of keys whose holders have come, gone or changed. */
  readonly #touched = new Set<number>();
  /** The hashes of keys that are held more than once, with the pieces in which they are. */
  readonly #told = new Map<number, ReadonlyMap<LivePiece, HeldInPiece>>();

  constructor(entries: LiveEntries, known: readonly KnownExport[]) {
    this.#entries = entries;
    this.#known = known;
    this.#spaces = new Map(entries.checker.keySpaces.map(({ keySpace }, number) => [keySpace, number]));
  }

  /** So many UTF-16 units of text come. */
  expect(units: number): void {
    this.#index.expect(units / UNITS_A_KEY);
  }

  /** Takes in the keys of an entry; answers their hashes, by which they are taken out again. */
  add(piece: LivePiece, entry: Entry): number[] {
    const hashes: number[] = [];
    const note = (_space: number, hash: number) => {
      if (hashes.includes(hash)) return;
      hashes.push(hash);
      if (this.#index.add(hash, piece)) this.#touched.add(hash);
    };
    if (this.#known.length === 0 && entry.numbered?.visitKeys(note) === true) return hashes;
    for (const held of this.#entries.checker.heldKeys(entry)) {
      const hash = this.#hashOf(held);
      note(0, hash);
      if (this.#known.some((one) => one.holds(held))) this.#touched.add(hash);
    }
    return hashes;
  }

  remove(piece: LivePiece, hashes: readonly number[]): void {
    for (const hash of hashes) {
      this.#index.remove(hash, piece);
      if (this.#told.has(hash)) this.#touched.add(hash);
    }
  }

  /** Whether entries synchronize has changed. */
  touch(hashes: readonly number[]): void {
    for (const hash of hashes) if (this.#index.isRepeated(hash) || this.#known.length > 0) this.#touched.add(hash);
  }

  /** What the rules are has changed. */
  touchAll(): void {
    for (const [hash, pieces] of this.#told) {
      this.#touched.add(hash);
      // What is held knows the rules; the pieces are kept, since something is told in them.
      this.#told.set(hash, new Map(Array.from(pieces.keys(), (piece) => [piece, NOTHING_HELD])));
    }
  }

  /**
   * Tells again what is to be told of the keys whose holders have changed, key by key: `clear` comes first, for each piece in which
   * something was told of a hash before.
   */
  *report(clear: (piece: LivePiece, hash: number) => void, report: (hash: number) => ReportLiveDuplicate) {
    for (const hash of this.#touched) {
      const before = this.#told.get(hash) ?? new Map<LivePiece, HeldInPiece>();
      for (const piece of before.keys()) clear(piece, hash);
      this.#told.delete(hash);
      if (this.#index.isRepeated(hash) || this.#known.length > 0) this.#reportHash(hash, before, report(hash));
      this.#touched.delete(hash);
      yield;
    }
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(key: KeyName): boolean {
    if (this.#known.some((one) => one.guards(key))) return true;
    const { checker } = this.#entries;
    const isHeld = ({ entry }: LiveEntry) => checker.heldKeys(entry).some((held) => keyId(held) === keyId(key));
    return this.#candidates(this.#hashOf(key)).filter(isHeld).length > (key.held === true ? 1 : 0);
  }

  /** The entries that hold a key and synchronize, in their order. */
  holdersOf(key: KeyName): readonly LiveEntry[] {
    const { checker } = this.#entries;
    const isHolder = (one: LiveEntry) =>
      !isExcluded(one.piece, one.record.start) &&
      checker.uniqueKeys(one.entry).some((live) => keyId(live) === keyId(key));
    return this.#candidates(this.#hashOf(key)).filter(isHolder);
  }

  /** A hash of a key and its key space. */
  #hashOf({ keySpace, key }: KeyName): number {
    return hashKey(this.#spaces.get(keySpace)!, key).one;
  }

  /** The entries of the pieces in which some entry holds a key of this hash, in their order. */
  #candidates(hash: number): LiveEntry[] {
    return this.#holding(hash).flatMap((piece) => this.#entries.entriesOf(piece));
  }

  #holding(hash: number): LivePiece[] {
    const { pieces } = this.#entries;
    const holding = [...new Set(this.#index.owners(hash))].filter((piece) => pieces.has(piece));
    return holding.sort((one, other) => pieces.compare(one, other));
  }

  #reportHash(hash: number, before: ReadonlyMap<LivePiece, HeldInPiece>, report: ReportLiveDuplicate): void {
    const held = new Map<LivePiece, HeldInPiece>();
    const byKey = new Map<string, HeldKey[]>();
    const pieceOf = new Map<SourceRecord, LivePiece>();
    for (const piece of this.#holding(hash)) {
      const known = before.get(piece);
      const here = known !== undefined && known.excluded === piece.share?.excluded ? known : this.#heldIn(piece, hash);
      held.set(piece, here);
      for (const key of here.keys) {
        pieceOf.set(key.record, piece);
        const id = keyId(key.live);
        const holders = byKey.get(id);
        if (holders === undefined) byKey.set(id, [key]);
        else holders.push(key);
      }
    }
    this.#told.set(hash, held);
    for (const holders of byKey.values()) {
      for (const one of this.#known) holders.push(...this.#heldElsewhere(one, holders[0]!.live));
      if (holders.length < 2) continue;
      reportHolders(holders, (finding, record, file, others) => {
        const piece = file === this.#entries.file ? pieceOf.get(record) : undefined;
        if (piece !== undefined) report(finding, piece, record, others);
      });
    }
  }

  #heldIn(piece: LivePiece, hash: number): HeldInPiece {
    const entries = this.#entries.entriesOf(piece).filter(({ record }) => !isExcluded(piece, record.start));
    const keys = entries.flatMap((one) => {
      const live = this.#entries.checker.uniqueKeys(one.entry).filter((key) => this.#hashOf(key) === hash);
      return live.map((key) => this.#held(key, one));
    });
    return { excluded: piece.share?.excluded ?? [], keys };
  }

  /** The record counts from its piece: where the piece stands is found out when it is asked for. */
  #held(live: LiveKey, { piece, record, entry }: LiveEntry): HeldKey {
    const { file, checker, pieces } = this.#entries;
    const held = heldKey(live, entry, record, file, checker);
    return {
      ...held,
      get span() {
        return shift(held.span, pieces.startOf(piece));
      },
      get range() {
        const { start, end } = held.range;
        const line = pieces.firstLineOf(piece);
        return { start: { ...start, line: start.line + line }, end: { ...end, line: end.line + line } };
      },
    };
  }

  #heldElsewhere(known: KnownExport, key: LiveKey): HeldKey[] {
    const { checker } = this.#entries;
    return known.holdersOf(key).flatMap(({ record, entry }) =>
      checker
        .uniqueKeys(entry)
        .filter((live) => keyId(live) === keyId(key))
        .map((live) => heldKey(live, entry, record, known.file, known.checker)),
    );
  }
}

/** Looked up again when it is needed: no piece has this list of excluded entries. */
const NOTHING_HELD: HeldInPiece = { excluded: [], keys: [] };
