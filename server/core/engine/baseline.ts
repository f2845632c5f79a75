import { attributeType, withoutOptions } from "../model/attribute-type.ts";
import { dnKey } from "../model/dn.ts";
import type { SourceRecord } from "../model/source-record.ts";
import { quoted } from "../text/characters.ts";
import { fnv1a64 } from "../text/fnv1a.ts";
import type { Span } from "../text/span.ts";
import type { Finding } from "./finding.ts";

/** The name of the file that stands beside an export and lists the findings that are accepted. */
export const BASELINE_FILE = ".syncready-baseline.json";

/** What makes a finding the same one in the next export, and in a file that names it: no place and no message. */
export interface FindingIdentity {
  readonly rule: string;
  /** The object that it is about. */
  readonly dn?: string;
  /** Without an object: the name of the file that it is about, without its folder. */
  readonly file?: string;
  /** The attribute type. */
  readonly attribute?: string;
  /** The hash of the value with its attribute type: values are personal data. Without it, a value is missing. */
  readonly value?: string;
}

/** A finding that somebody has accepted, and why. */
export interface BaselineRow extends FindingIdentity {
  readonly reason: string;
}

/** A row and where it stands in its file. */
export interface PlacedRow extends BaselineRow {
  readonly span: Span;
}

/** What of a finding makes its identity. */
export type Identified = Pick<Finding, "rule" | "attribute" | "value" | "span"> & {
  readonly entry?: { readonly dn: { readonly text: string } };
};

/** The identity of a finding. `file` names the export without its folder; `record` is needed for findings about the format. */
export function findingIdentity(
  finding: Identified,
  file: string,
  record?: Pick<SourceRecord, "text">,
): FindingIdentity {
  const { rule, entry, attribute, value, span } = finding;
  const about = { rule: rule.id, ...(entry === undefined ? { file } : { dn: entry.dn.text }) };
  if (attribute !== undefined) {
    const type = withoutOptions(attribute);
    // As LDIF has it: a text after a colon, base64 after two.
    const content = value && (value.binary ? `:${value.base64}` : value.text);
    const hash = content === undefined ? {} : { value: fnv1a64(`${attributeType(attribute)}:${content}`) };
    return { ...about, attribute: type, ...hash };
  }
  // What is told once for a file is told at its first place, which may be another one tomorrow.
  const place = rule.oncePerFile === true ? "" : (record?.text.slice(span.start, span.end) ?? "");
  return place === "" ? about : { ...about, value: fnv1a64(place) };
}

/**
 * The row that an export itself has for a finding, where it says that what rules find in the entry is accepted; `undefined` where it does
 * not. What is wrong with the file's format it cannot accept.
 */
export function ownAcceptance(
  finding: Finding,
  file: string,
  record?: Pick<SourceRecord, "text">,
): BaselineRow | undefined {
  const reason = finding.attribute === undefined ? undefined : finding.entry?.acceptedBecause;
  return reason === undefined ? undefined : { ...findingIdentity(finding, file, record), reason };
}

/** Equal for equal identities, however their DNs are spelled. Rows are sorted by it. */
export function identityKey({ rule, dn, file, attribute = "", value = "" }: FindingIdentity): string {
  return `${subjectKey({ dn, file })}\n${rule}\n${attribute.toLowerCase()}\n${value}`;
}

/** A short name of an identity, for tools that follow findings from one run to the next. */
export function fingerprint(identity: FindingIdentity): string {
  return fnv1a64(identityKey(identity));
}

function subjectKey({ dn, file }: { readonly dn: string | undefined; readonly file: string | undefined }): string {
  return dn === undefined ? `file ${file}` : `object ${dnKey(dn)}`;
}

/** The rows of a baseline file. */
export class Baseline {
  readonly rows: readonly PlacedRow[];
  readonly #byKey = new Map<string, PlacedRow>();
  readonly #subjects = new Set<string>();

  constructor(rows: readonly PlacedRow[] = []) {
    this.rows = rows;
    for (const row of rows) {
      const key = identityKey(row);
      if (!this.#byKey.has(key)) this.#byKey.set(key, row);
      this.#subjects.add(subjectOf(row));
    }
  }

  /** The row that accepts a finding. */
  row(identity: FindingIdentity): PlacedRow | undefined {
    return this.rows.length === 0 ? undefined : this.#byKey.get(identityKey(identity));
  }

  /** An earlier row says the same. */
  isRepeated(row: PlacedRow): boolean {
    return this.#byKey.get(identityKey(row)) !== row;
  }

  /** The name under which rows know an object or a file; `undefined` where none is about it. */
  subject(about: { readonly dn?: string; readonly file?: string }): string | undefined {
    if (this.rows.length === 0) return undefined;
    const key = subjectKey({ dn: about.dn, file: about.file });
    return this.#subjects.has(key) ? key : undefined;
  }
}

function subjectOf({ dn, file }: FindingIdentity): string {
  return subjectKey({ dn, file });
}

/** A row that accepts nothing, and why. */
export interface StaleRow {
  readonly row: PlacedRow;
  readonly reason: string;
}

/** What of a baseline a check has made use of. */
export class BaselineUse {
  readonly baseline: Baseline;
  readonly #accepted = new Set<BaselineRow>();
  readonly #seen = new Set<string>();

  constructor(baseline: Baseline) {
    this.baseline = baseline;
  }

  /** An object, or a file, is among what is checked. */
  see(about: { readonly dn?: string; readonly file?: string }): void {
    const subject = this.baseline.subject(about);
    if (subject !== undefined) this.#seen.add(subject);
  }

  /** The row that accepts a finding; `undefined` where it is to be reported. */
  accept(identity: FindingIdentity): PlacedRow | undefined {
    const row = this.baseline.row(identity);
    if (row !== undefined) this.#accepted.add(row);
    return row;
  }

  /** A row was found to accept a finding. */
  take(row: BaselineRow): void {
    this.#accepted.add(row);
  }

  hasAccepted(row: PlacedRow): boolean {
    return this.#accepted.has(row);
  }

  /** Whether what a row is about was checked. One baseline serves several exports, which need not be checked together. */
  hasSeen(row: PlacedRow): boolean {
    return this.#seen.has(subjectOf(row));
  }
}

/** The rows of one baseline that accept nothing in what was checked, although it holds what they are about. */
export function staleRows(baseline: Baseline, uses: readonly BaselineUse[]): StaleRow[] {
  return baseline.rows.flatMap((row) => {
    if (baseline.isRepeated(row)) return [{ row, reason: "an earlier row accepts the same finding" }];
    if (uses.some((use) => use.hasAccepted(row)) || !uses.some((use) => use.hasSeen(row))) return [];
    const { rule, dn, file, attribute } = row;
    const where = dn === undefined ? `the file ${quoted(file ?? "")}` : quoted(dn);
    const what = attribute === undefined ? "" : ` for this ${row.value === undefined ? "" : "value of "}${attribute}`;
    return [{ row, reason: `${rule} finds nothing${what} in ${where} any more` }];
  });
}
