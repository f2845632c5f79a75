import { dnKey } from "../model/dn.ts";
import type { Entry } from "../model/entry.ts";
import type { FormatProblem, SourceRecord } from "../model/source-record.ts";
import { findingIdentity, ownAcceptance } from "./baseline.ts";
import type { Checker } from "./checker.ts";
import type { Holder } from "./duplicates.ts";
import { type Finding, formatFinding } from "./finding.ts";
import { hashDn } from "./key-hash.ts";
import type { LiveAttributes } from "./live-attributes.ts";
import type { LiveSources } from "./live-check.ts";
import {
  type ExcludedEntry,
  isExcluded,
  type LivePiece,
  NO_FINDINGS,
  type PlacedFinding,
  type Share,
} from "./live-piece.ts";

/** Finds what is wrong with the pieces of an open export, each by itself, and which of their entries do not synchronize. */
export class LiveJudge {
  readonly #sources: LiveSources;
  readonly #attributes: LiveAttributes;
  /** How many entries with a DN, by its key, do not synchronize. */
  readonly #excluded = new Map<string, number>();
  /** The same by the hash of the DN. */
  readonly #excludedHashes = new Map<number, number>();
  /** The hashes of DNs that have come to be excluded, or are no more. */
  readonly #turned = new Set<number>();

  constructor(sources: LiveSources, attributes: LiveAttributes) {
    this.#sources = sources;
    this.#attributes = attributes;
  }

  /** Finds what is wrong with each record by itself. */
  judge(piece: LivePiece, share: Share, records: readonly SourceRecord[]): void {
    const findings: PlacedFinding[] = [];
    const once = new Map<string, PlacedFinding>();
    const excluded: ExcludedEntry[] = [];
    const keep = (finding: Finding, record: SourceRecord) => {
      const { id, oncePerFile } = finding.rule;
      if (oncePerFile !== true) findings.push(this.place(finding, piece, record));
      else if (!once.has(id)) once.set(id, this.place(finding, piece, record));
    };
    let missing = share.missingBefore;
    let isWaiting = true;
    share.problems = 0;
    share.silenced = false;
    for (const record of records) {
      const { entry } = record;
      for (const finding of record.problems.map((problem) => this.formatFinding(problem, record))) {
        if (finding === undefined) continue;
        if (!isWaiting || ++share.problems <= share.mostProblems) keep(finding, record);
      }
      if (record.isChange || entry !== undefined) isWaiting = false;
      if (entry === undefined) continue;
      missing &= ~this.#attributes.requiredOf(entry);
      const judgement = this.#judgeEntry(entry, missing, share);
      for (const finding of judgement.findings) keep(finding, record);
      if (!judgement.excluded) continue;
      excluded.push({ record: record.start, dn: dnKey(entry.dn.text), hash: hashDn(entry.dn.text) });
    }
    share.own = findings.length === 0 ? NO_FINDINGS : findings;
    share.once = once.size === 0 ? NO_FINDINGS : [...once.values()];
    this.exclude(share, excluded);
    share.changed();
  }

  /**
   * An export is read from its beginning to its end: what a rule cannot tell yet, since no entry has carried an attribute so far, it
   * tells in addition when one has.
   */
  #judgeEntry(entry: Entry, missingYet: number, share: Share): { findings: readonly Finding[]; excluded: boolean } {
    const checkerYet = this.#attributes.checkerFor(missingYet);
    const yet = checkerYet.check(entry);
    if (yet.silenced.length === 0) return yet;
    share.silenced = true;
    if (missingYet === share.missing) return yet;
    const { findings, excluded } = this.#attributes.checkerFor(share.missing).check(entry);
    return { findings: [...yet.findings, ...findings.filter(({ rule }) => checkerYet.isSilenced(rule))], excluded };
  }

  /** Puts other entries of a piece in the place of those that do not synchronize. */
  exclude(share: Share, excluded: Share["excluded"]): void {
    const before = share.excluded;
    if (before.length === 0 && excluded.length === 0) return;
    share.excluded = excluded;
    for (const one of before) this.#count(one, -1);
    for (const one of excluded) this.#count(one, 1);
  }

  #count({ dn, hash }: ExcludedEntry, change: 1 | -1): void {
    const count = add(this.#excluded, dn, change);
    add(this.#excludedHashes, hash, change);
    if (count === 0 || count === change) this.#turned.add(hash);
  }

  /** Finds the references that lead to what does not synchronize. */
  refer(piece: LivePiece, share: Share, records: readonly SourceRecord[], checker: Checker): void {
    const references: number[] = [];
    const findings: PlacedFinding[] = [];
    const { known } = this.#sources;
    let mayLeadOut = false;
    const note = (hash: number) => {
      references.push(hash);
      mayLeadOut ||= this.#excludedHashes.has(hash) || known.some((one) => one.mayExclude(hash));
    };
    const leadsOut = (dn: string) => {
      const key = dnKey(dn);
      references.push(hashDn(dn));
      return this.#excluded.has(key) || known.some((one) => one.excludes(key));
    };
    for (const record of records) {
      if (record.entry === undefined || isExcluded(piece, record.start)) continue;
      mayLeadOut = false;
      if (record.entry.numbered?.visitReferences(note) === true && !mayLeadOut) continue;
      for (const finding of checker.checkReferences(record.entry, leadsOut)) {
        findings.push(this.place(finding, piece, record));
      }
    }
    share.references = references.length === 0 ? [] : references;
    share.ofReferences = findings.length === 0 ? NO_FINDINGS : findings;
    share.changed();
  }

  /** Those of the pieces that refer to what has come to be excluded, or is no more, since this was last asked. */
  turned(pieces: Iterable<LivePiece>): LivePiece[] {
    if (this.#turned.size === 0) return [];
    const refers = ({ share }: LivePiece) => share?.references.some((hash) => this.#turned.has(hash)) === true;
    const found = [...pieces].filter(refers);
    this.#turned.clear();
    return found;
  }

  /** What is said of a problem; `undefined` where its rule is off. */
  formatFinding(problem: FormatProblem, record: SourceRecord | undefined): Finding | undefined {
    const rule = this.#sources.formatRules.get(problem.id);
    const severity = rule && this.#sources.checker.severity(rule);
    return rule && severity && formatFinding(rule, severity, problem, record?.entry);
  }

  place(
    finding: Finding,
    piece: LivePiece | undefined,
    record: SourceRecord | undefined,
    others: readonly Holder[] = [],
  ): PlacedFinding {
    const { baseline, fileName } = this.#sources;
    const { entry, ...kept } = finding;
    const isKnown = baseline.subject(entry === undefined ? { file: fileName } : { dn: entry.dn.text }) !== undefined;
    const row = isKnown ? baseline.row(findingIdentity(finding, fileName, record)) : undefined;
    const accepting = row ?? ownAcceptance(finding, fileName, record);
    return { finding: kept, piece, record: record?.start ?? 0, others, row: accepting };
  }
}

/** Adds to a count, of which those that are 0 are not kept. */
function add<Key>(counts: Map<Key, number>, key: Key, change: number): number {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
  return count;
}
