import type { Entry } from "../model/entry.ts";
import type { PieceScanner, ReadPiece, SourceFormat } from "../model/source-format.ts";
import type { SourceRecord } from "../model/source-record.ts";
import type { PieceList } from "../text/piece-list.ts";
import type { PiecedText } from "../text/pieced-text.ts";
import { type Baseline, BaselineUse } from "./baseline.ts";
import type { Checker, KeyName } from "./checker.ts";
import type { ExportCounts } from "./export-check.ts";
import type { KnownExport } from "./known-export.ts";
import { LiveAttributes } from "./live-attributes.ts";
import { LiveDuplicates, type LiveEntry } from "./live-duplicates.ts";
import { LiveFile } from "./live-file.ts";
import { LiveJudge } from "./live-judge.ts";
import { type LivePiece, type PlacedFinding, Share } from "./live-piece.ts";
import { ShareSums } from "./live-sums.ts";
import type { Rule } from "./rule.ts";
import type { Severity } from "./settings.ts";

/** What an open export is checked with. */
export interface LiveSources {
  readonly format: SourceFormat;
  /** Reads what of the format is plain. */
  readonly scanner?: PieceScanner | undefined;
  readonly checker: Checker;
  readonly formatRules: ReadonlyMap<string, Rule>;
  /** The exports that it is checked together with. */
  readonly known: readonly KnownExport[];
  readonly baseline: Baseline;
  /** The file as the host names it, and its name without its folder. */
  readonly file: string;
  readonly fileName: string;
}

/**
 * The check of an export while it is edited: it finds what an ExportCheck with a Forest finds in the text as it is, but each piece of
 * the text has its share in it, which is taken back when the piece goes. So an edit costs as much as the pieces that it touches, and
 * what these have to do with others: keys that others hold, references to them, attributes that nobody else carries.
 */
export class LiveCheck {
  readonly #sources: LiveSources;
  readonly #pieces: PieceList<LivePiece>;
  readonly #sums: ShareSums;
  readonly #attributes: LiveAttributes;
  readonly #judge: LiveJudge;
  readonly #duplicates: LiveDuplicates;
  readonly #file: LiveFile;
  readonly #counts: ExportCounts = { entries: 0, values: 0, changeRecords: 0 };
  /** What remains to be done. An update that is given up leaves here what it has not come to. */
  readonly #gone: LivePiece[] = [];
  readonly #due = new Set<LivePiece>();
  readonly #misjudged = new Set<LivePiece>();
  readonly #referring = new Set<LivePiece>();
  #dueUnits = 0;
  /** The attributes that no entry carries, as the findings about duplicates know them. */
  #missing: number;
  /** What has been read since the last edit: who asks twice gets the same records. */
  readonly #read = new Map<LivePiece, ReadPiece>();

  /** From now on the check follows the text. Of several checks of one text only the last does. */
  constructor(text: PiecedText<LivePiece>, sources: LiveSources) {
    this.#sources = sources;
    this.#pieces = text.pieces;
    this.#attributes = new LiveAttributes(sources.checker);
    this.#missing = this.#attributes.missing;
    this.#judge = new LiveJudge(sources, this.#attributes);
    const once = sources.checker.rules.map(({ rule }) => rule).filter(({ oncePerFile }) => oncePerFile === true);
    this.#sums = new ShareSums(this.#pieces, once);
    const recordsOf = (piece: LivePiece) => this.recordsOf(piece);
    this.#file = new LiveFile(sources, this.#pieces, this.#sums, this.#attributes, this.#judge, once, recordsOf);
    const checker = () => this.checker;
    const entries = {
      file: sources.file,
      pieces: this.#pieces,
      get checker() {
        return checker();
      },
      entriesOf: (piece: LivePiece) => this.#entriesOf(piece),
    };
    this.#duplicates = new LiveDuplicates(entries, sources.known);
    for (const piece of this.#pieces) {
      piece.share = undefined;
      this.#isDue(piece);
    }
    this.#pieces.measureBy(this.#sums);
    text.listen((removed, added) => this.#edited(removed, added));
  }

  /** Knows the rules for the export as it is now: the one to ask for fixes of its findings. */
  get checker(): Checker {
    return this.#attributes.checkerFor(this.#attributes.missing);
  }

  get counts(): Readonly<ExportCounts> {
    return this.#counts;
  }

  /** How much of the text has come since the last update, in UTF-16 units. */
  get dueUnits(): number {
    return this.#dueUnits;
  }

  /** Brings the findings up to date, step by step. It may be given up between two steps; the next one goes on from there. */
  *update(): Generator<undefined, void> {
    for (let piece = this.#gone.pop(); piece !== undefined; piece = this.#gone.pop()) {
      this.#takeBack(piece);
      yield;
    }
    this.#duplicates.expect(this.#dueUnits);
    while (this.#due.size > 0) yield* this.#takeDue();
    yield* this.#settle();
    this.#file.tell();
    this.#read.clear();
  }

  /** How many findings of a severity there are; those that the baseline accepts are not counted. */
  count(severity: Severity): number {
    const inEmptyFile = unaccepted(this.#file.empty).filter(({ finding }) => finding.severity === severity);
    return this.#sums.count(severity) + inEmptyFile.length;
  }

  /** How many findings the baseline accepts. */
  get accepted(): number {
    return this.#sums.accepted + this.#file.empty.length - unaccepted(this.#file.empty).length;
  }

  /** The findings in their order, of one severity or of all. Those that the baseline accepts are left out. */
  *findings(severity?: Severity): Generator<PlacedFinding> {
    yield* this.#sums.findings(severity);
    for (const placed of unaccepted(this.#file.empty)) {
      if (severity === undefined || placed.finding.severity === severity) yield placed;
    }
  }

  /** The findings in a piece. */
  findingsOf({ share }: LivePiece): readonly PlacedFinding[] {
    return unaccepted(share?.all ?? []);
  }

  /** What of the baseline the check has made use of. */
  use(): BaselineUse {
    const use = new BaselineUse(this.#sources.baseline);
    use.see({ file: this.#sources.fileName });
    for (const { share } of this.#sums.ofBaseline()) {
      for (const dn of share?.known ?? []) use.see({ dn });
      for (const { row } of share?.all ?? []) if (row !== undefined) use.take(row);
    }
    for (const { row } of this.#file.empty) if (row !== undefined) use.take(row);
    return use;
  }

  /** The records of a piece, the same ones until the next edit. */
  recordsOf(piece: LivePiece): readonly SourceRecord[] {
    let read = this.#read.get(piece);
    if (read === undefined) {
      read = this.#sources.format.read(piece.text);
      this.#read.set(piece, read);
    }
    return read.records;
  }

  /** Whether an entry that does not hold the key itself would take it from another. */
  isTaken(key: KeyName): boolean {
    return this.#duplicates.isTaken(key);
  }

  /** The entries that hold a key and synchronize, in their order; not those of other exports. */
  holdersOf(key: KeyName): readonly Entry[] {
    return this.#duplicates.holdersOf(key).map(({ entry }) => entry);
  }

  #edited(removed: readonly LivePiece[], added: readonly LivePiece[]): void {
    this.#read.clear();
    for (const piece of removed) {
      if (this.#due.delete(piece)) this.#dueUnits -= piece.text.length;
      else this.#gone.push(piece);
    }
    for (const piece of added) this.#isDue(piece);
  }

  *#takeDue(): Generator<undefined, void> {
    const { format, scanner } = this.#sources;
    for (const batch of batches(this.#due, scanner?.room ?? 0)) {
      const scanned = scanner?.scan(batch.map(({ text }) => text)) ?? [];
      for (const [index, piece] of batch.entries()) {
        // Meanwhile it may have gone.
        if (!this.#due.delete(piece)) continue;
        this.#dueUnits -= piece.text.length;
        this.#take(piece, scanned[index] ?? format.read(piece.text));
        yield;
      }
    }
  }

  #isDue(piece: LivePiece): void {
    this.#due.add(piece);
    this.#dueUnits += piece.text.length;
  }

  #entriesOf(piece: LivePiece): LiveEntry[] {
    return this.recordsOf(piece).flatMap((record) =>
      record.entry === undefined ? [] : [{ piece, record, entry: record.entry }],
    );
  }

  /** A piece has its share from now on. */
  #take(piece: LivePiece, { records, traits }: ReadPiece): void {
    const share = new Share(traits);
    const keys: number[] = [];
    const known: string[] = [];
    for (const { entry, isChange, valueCount } of records) {
      if (isChange) share.changeRecords++;
      if (entry === undefined) continue;
      share.entries++;
      share.values += valueCount;
      share.attributes = this.#attributes.union(share.attributes, this.#attributes.of(entry));
      for (const key of this.#duplicates.add(piece, entry)) keys.push(key);
      if (this.#sources.baseline.subject({ dn: entry.dn.text }) !== undefined) known.push(entry.dn.text);
    }
    if (keys.length > 0) share.keys = keys;
    if (known.length > 0) share.known = known;
    share.carried = this.#attributes.required(share.attributes);
    share.missingBefore = this.#attributes.missingBefore(piece, this.#pieces);
    this.#attributes.add(share.attributes);
    share.missing = this.#attributes.missing;
    this.#count(share, 1);
    piece.share = share;
    this.#judge.judge(piece, share, records);
    this.#judge.refer(piece, share, records, this.checker);
    this.#pieces.measureAgain(piece);
  }

  #takeBack(piece: LivePiece): void {
    const { share } = piece;
    if (share === undefined) return;
    piece.share = undefined;
    this.#duplicates.remove(piece, share.keys);
    this.#attributes.remove(share.attributes);
    this.#count(share, -1);
    this.#judge.exclude(share, []);
  }

  #count({ entries, values, changeRecords }: Share, sign: 1 | -1): void {
    this.#counts.entries += sign * entries;
    this.#counts.values += sign * values;
    this.#counts.changeRecords += sign * changeRecords;
  }

  /** What pieces have to do with each other. */
  *#settle(): Generator<undefined, void> {
    for (const piece of this.#attributes.misjudged(this.#pieces, this.#sums)) this.#misjudged.add(piece);
    if (this.#missing !== this.#attributes.missing) this.#duplicates.touchAll();
    this.#missing = this.#attributes.missing;
    for (const piece of this.#misjudged) {
      this.#misjudged.delete(piece);
      this.#judgeAgain(piece);
      yield;
    }
    for (const piece of this.#judge.turned(this.#pieces)) this.#referring.add(piece);
    for (const piece of this.#referring) {
      this.#referring.delete(piece);
      const { share } = piece;
      if (share === undefined) continue;
      this.#judge.refer(piece, share, this.#sources.format.read(piece.text).records, this.checker);
      this.#pieces.measureAgain(piece);
      yield;
    }
    yield* this.#duplicates.report(
      (piece, hash) => this.#tellDuplicates(piece, hash, []),
      (hash) => (finding, piece, record, others) => {
        const before = piece.share?.ofDuplicates.get(hash) ?? [];
        this.#tellDuplicates(piece, hash, [...before, this.#judge.place(finding, piece, record, others)]);
      },
    );
  }

  #judgeAgain(piece: LivePiece): void {
    const { share } = piece;
    if (share === undefined) return;
    const wasExcluded = share.excluded.map(({ record }) => record).join();
    share.missingBefore = this.#attributes.missingBefore(piece, this.#pieces);
    share.missing = this.#attributes.missing;
    const { records } = this.#sources.format.read(piece.text);
    this.#judge.judge(piece, share, records);
    if (share.excluded.map(({ record }) => record).join() !== wasExcluded) {
      this.#duplicates.touch(share.keys);
      this.#judge.refer(piece, share, records, this.checker);
    }
    this.#pieces.measureAgain(piece);
  }

  #tellDuplicates(piece: LivePiece, hash: number, findings: readonly PlacedFinding[]): void {
    const { share } = piece;
    if (share === undefined) return;
    const told = new Map(share.ofDuplicates);
    if (findings.length === 0) told.delete(hash);
    else told.set(hash, findings);
    share.ofDuplicates = told;
    share.changed();
    this.#pieces.measureAgain(piece);
  }
}

/** Pieces, as many at once as take the room or one more. */
function* batches(pieces: Iterable<LivePiece>, room: number): Generator<readonly LivePiece[], void> {
  let batch: LivePiece[] = [];
  let units = 0;
  for (const piece of pieces) {
    batch.push(piece);
    units += piece.text.length;
    if (units < room) continue;
    yield batch;
    batch = [];
    units = 0;
  }
  if (batch.length > 0) yield batch;
}

function unaccepted(findings: readonly PlacedFinding[]): readonly PlacedFinding[] {
  return findings.every(({ row }) => row === undefined) ? findings : findings.filter(({ row }) => row === undefined);
}
