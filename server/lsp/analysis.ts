import {
  type Baseline,
  type BaselineUse,
  Checker,
  type Entry,
  type EntryRecord,
  type ExportCounts,
  type Fate,
  type Finding,
  FORMAT_RULES,
  fateOf,
  findingIdentity,
  isExcluded,
  isInScope,
  type KeyName,
  type LineStyle,
  LiveCheck,
  type LivePiece,
  ownAcceptance,
  type PiecedText,
  type PlacedFinding,
  type Position,
  type Range,
  RULES,
  SEVERITIES,
  type Settings,
  type Severity,
  type SourceRecord,
  type Span,
  styleOf,
  withoutOptions,
} from "../core/index.ts";
import type { Companion } from "./companions.ts";
import { fileName } from "./context.ts";
import { LineIndex, touches } from "./convert.ts";
import type { ExportDocument } from "./export-document.ts";
import type { Host } from "./host.ts";

/** An export's text at one moment. */
export interface ExportText {
  readonly uri: string;
  readonly version: number;
  readonly text: () => string;
}

/** How much is read between two pauses, in UTF-16 units. */
export const CHUNK = 2 ** 16;

/** What an export is checked with. */
export interface Surroundings {
  readonly settings: Settings;
  readonly baseline: Baseline;
  /** The exports that it is checked together with. */
  readonly companions: readonly Companion[];
}

/**
 * The check of an open export. It follows the document: between an edit and the update after it there are no findings to be had, and
 * with them change all answers. Whoever waits for something asks anew afterwards.
 */
export class Analysis {
  readonly document: ExportDocument;
  readonly surroundings: Surroundings;
  /** The text that it follows. */
  readonly text: PiecedText<LivePiece>;
  readonly #check: LiveCheck;
  readonly #pieceOf = new WeakMap<SourceRecord, LivePiece>();
  readonly #lines = new WeakMap<LivePiece, LineIndex>();
  #version: number;
  #use: BaselineUse | undefined;
  #style: LineStyle | undefined;

  constructor(document: ExportDocument, surroundings: Surroundings, scanner: Host["pieceScanner"]) {
    const { settings, baseline, companions } = surroundings;
    this.document = document;
    this.text = document.text;
    this.surroundings = surroundings;
    this.#version = document.version;
    const checker = new Checker(RULES, settings);
    this.#check = new LiveCheck(document.text, {
      format: document.format.blocks,
      scanner: scanner?.(checker, document.format),
      checker,
      formatRules: FORMAT_RULES,
      known: companions.map(({ known }) => known),
      baseline,
      file: document.uri,
      fileName: fileName(document.uri),
    });
  }

  /** How much of the text is still to be read, in UTF-16 units. */
  get dueUnits(): number {
    return this.#check.dueUnits;
  }

  /** Brings the findings up to date step by step: whoever runs it may do other things between two steps, or give up and begin again. */
  *update(): Generator<undefined, this> {
    yield* this.#check.update();
    this.#version = this.document.version;
    this.#use = undefined;
    this.#style = undefined;
    return this;
  }

  get uri(): string {
    return this.document.uri;
  }

  /** The version of the document to which the findings belong. */
  get version(): number {
    return this.#version;
  }

  get settings(): Settings {
    return this.surroundings.settings;
  }

  get companions(): readonly Companion[] {
    return this.surroundings.companions;
  }

  /** Knows which attributes this export does not carry. */
  get checker(): Checker {
    return this.#check.checker;
  }

  get counts(): Readonly<ExportCounts> {
    return this.#check.counts;
  }

  /** How many findings the baseline accepts. */
  get accepted(): number {
    return this.#check.accepted;
  }

  /** The baseline, and what of it was made use of. */
  get use(): BaselineUse {
    this.#use ??= this.#check.use();
    return this.#use;
  }

  /** How many findings of a severity there are, or of all. What the baseline accepts is not counted. */
  count(severity?: Severity): number {
    if (severity !== undefined) return this.#check.count(severity);
    return SEVERITIES.reduce<number>((count, one) => count + this.#check.count(one), 0);
  }

  /** What is to be reported, in its order, of one severity or of all: not what the baseline accepts. */
  findings(severity?: Severity): Iterable<PlacedFinding> {
    return this.#check.findings(severity);
  }

  /** The findings that touch a range of the text, so many of them at most. */
  findingsAt(range: Range, most: number): PlacedFinding[] {
    const { text } = this.document;
    const found: PlacedFinding[] = [];
    let piece = text.pieces.at(text.offsetAt(range.start));
    // What ends where a piece ends touches the beginning of the next one.
    piece &&= text.pieces.previous(piece) ?? piece;
    for (; piece !== undefined && found.length < most; piece = text.pieces.next(piece)) {
      if (text.pieces.firstLineOf(piece) > range.end.line) break;
      found.push(...this.#check.findingsOf(piece).filter((placed) => touches(this.rangeOf(placed), range)));
    }
    if (text.length === 0) found.push(...this.findings());
    return found.slice(0, most);
  }

  /** Where a finding stands in the text. */
  rangeOf({ piece, record, finding }: PlacedFinding): Range {
    return piece === undefined ? START : this.#range(piece, finding.span, record);
  }

  /** Where a span of a record stands in the text. */
  rangeIn(record: SourceRecord, span: Span): Range {
    return this.#range(this.#pieceOf.get(record)!, span, record.start);
  }

  /** Where a record begins in the text. */
  startOf(record: SourceRecord): number {
    return this.document.text.pieces.startOf(this.#pieceOf.get(record)!) + record.start;
  }

  #range(piece: LivePiece, { start, end }: Span, from: number): Range {
    let lines = this.#lines.get(piece);
    if (lines === undefined) {
      lines = new LineIndex(piece.text);
      this.#lines.set(piece, lines);
    }
    return lines.range({ start, end }, from, this.document.text.pieces.firstLineOf(piece));
  }

  /** The style in which the export's own lines are written. */
  get style(): LineStyle {
    this.#style ??= styleOf(this.#tellingRecords());
    return this.#style;
  }

  /** The first record, and all that may be folded. */
  *#tellingRecords(): Generator<SourceRecord> {
    const { first } = this.document.text.pieces;
    for (const piece of this.document.text.pieces) {
      if (piece === first || /\n[ \t]/.test(piece.text)) yield* this.document.format.blocks.read(piece.text).records;
    }
  }

  /** The record that begins at an offset. */
  recordAt(start: number): SourceRecord | undefined {
    const { pieces } = this.document.text;
    const piece = pieces.at(start);
    return piece && this.#recordIn(piece, start - pieces.startOf(piece));
  }

  /** The record at a place of the text, and how far in it the place is. What follows an entry up to the next one is its own. */
  recordAround(position: Position): { readonly record: SourceRecord; readonly offset: number } | undefined {
    const { pieces, length } = this.document.text;
    const at = Math.min(this.document.text.offsetAt(position), length - 1);
    const piece = pieces.at(at);
    if (piece === undefined) return undefined;
    const within = at - pieces.startOf(piece);
    const record = this.#check
      .recordsOf(piece)
      .filter(({ start }) => start <= within)
      .at(-1);
    if (record === undefined) return undefined;
    this.#pieceOf.set(record, piece);
    return { record, offset: this.document.text.offsetAt(position) - pieces.startOf(piece) - record.start };
  }

  /** The entries in their order. */
  *entries(): Generator<EntryRecord> {
    for (const piece of this.document.text.pieces) {
      for (const record of this.#check.recordsOf(piece)) {
        if (record.entry === undefined) continue;
        this.#pieceOf.set(record, piece);
        yield record.entry;
      }
    }
  }

  /** What becomes of an entry, by all that is found in it, accepted or not. */
  fateOf(entry: EntryRecord): Fate {
    const piece = this.#pieceOf.get(entry)!;
    const found = piece.share?.all.filter(({ record }) => record === entry.start) ?? [];
    const inScope = isInScope(entry.dn.text, this.settings.scope);
    return fateOf(
      found.map(({ finding }) => finding),
      inScope,
      isExcluded(piece, entry.start),
    );
  }

  /** How many findings an entry has; those that the baseline accepts are not counted. */
  countIn(entry: EntryRecord): number {
    const piece = this.#pieceOf.get(entry)!;
    return this.#check.findingsOf(piece).filter(({ record }) => record === entry.start).length;
  }

  /** The record that a finding is about. */
  recordOf({ piece, record }: PlacedFinding): SourceRecord | undefined {
    return piece && this.#recordIn(piece, record);
  }

  #recordIn(piece: LivePiece, start: number): SourceRecord | undefined {
    const record = this.#check.recordsOf(piece).find((one) => one.start === start);
    if (record !== undefined) this.#pieceOf.set(record, piece);
    return record;
  }

  /** The value of an attribute that begins at an offset of its entry. */
  valueAt(entry: EntryRecord, attribute: string, start: number) {
    const type = withoutOptions(attribute);
    return entry.values(type).find(({ span }) => span.start === start);
  }

  /** The entry and the finding in terms of our records. */
  live(placed: PlacedFinding): { readonly entry: EntryRecord; readonly finding: Finding } | undefined {
    const entry = this.recordOf(placed)?.entry;
    const { finding } = placed;
    if (entry === undefined) return undefined;
    const { attribute, value: found } = finding;
    if (attribute === undefined || found === undefined) return { entry, finding: { ...finding, entry } };
    const value = this.valueAt(entry, attribute, found.span.start);
    return value && { entry, finding: { ...finding, entry, value } };
  }

  /** Whether the baseline, or the export itself, accepts a finding of a value. */
  isAccepted(finding: Finding): boolean {
    const { baseline } = this.surroundings;
    if (ownAcceptance(finding, fileName(this.uri)) !== undefined) return true;
    return baseline.rows.length > 0 && baseline.row(findingIdentity(finding, fileName(this.uri))) !== undefined;
  }

  /** Whether an entry that does not hold a key would take it from another. */
  isTaken(key: KeyName): boolean {
    return this.#check.isTaken(key);
  }

  /** The entries that hold a key and synchronize, first those of this export. */
  holdersOf(key: KeyName): readonly Entry[] {
    const others = this.companions.flatMap(({ known }) => known.holdersOf(key).map(({ entry }) => entry));
    return [...this.#check.holdersOf(key), ...others];
  }
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
