import { basename } from "node:path";
import {
  type ExportDialect,
  type ExportFormat,
  type FindingIdentity,
  type Range,
  type Safety,
  type Severity,
  withoutOptions,
} from "../core/index.ts";
import type { BaselineOfFile } from "./baseline.ts";
import type { Encoding } from "./decode.ts";

/** Where another object holds the same value. */
export interface RelatedPlace {
  readonly file: string;
  readonly dn: string;
  readonly range: Range;
}

/** A finding as reports and editors show it. It holds nothing of the file but its own few strings. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly dn?: string;
  readonly attribute?: string;
  readonly value?: string;
  readonly range: Range;
  /** The other objects that hold the same value. */
  readonly related?: readonly RelatedPlace[];
  readonly fix?: ReportedFix;
  /** The most special object class of the object, where that was asked for. */
  readonly objectClass?: string;
  /** What a baseline calls the value. */
  readonly valueHash?: string;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: Safety;
  /** `null` where the fix removes the value. */
  readonly newValue: string | null;
  /** The changes of the file's text that set the new value, for reports that show them. */
  readonly edits?: readonly { readonly range: Range; readonly text: string }[];
}

/** A finding that a baseline accepts, and why. */
export interface AcceptedFinding extends ReportedFinding {
  readonly reason: string;
}

/** The identity of a finding, by which a baseline knows it. */
export function reportedIdentity({ rule, file, dn, attribute, valueHash }: ReportedFinding): FindingIdentity {
  return {
    rule,
    ...(dn === undefined ? { file: basename(file) } : { dn }),
    ...(attribute !== undefined && { attribute: withoutOptions(attribute) }),
    ...(valueHash !== undefined && { value: valueHash }),
  };
}

export interface CheckedFile {
  readonly path: string;
  readonly format: ExportFormat["kind"];
  readonly dialect: ExportDialect;
  readonly encoding: Encoding;
  readonly entries: number;
  readonly values: number;
  readonly changeRecords: number;
  /** In the order of their places. */
  readonly findings: readonly ReportedFinding[];
  /** Not reported, since the baseline accepts them. */
  readonly accepted: readonly AcceptedFinding[];
  /** The baseline by which it was checked. */
  readonly baseline: BaselineOfFile | undefined;
}

/** A baseline that exports were checked by, and its rows that accept nothing. */
export interface CheckedBaseline {
  readonly path: string;
  readonly rows: number;
  readonly accepted: number;
  readonly findings: readonly ReportedFinding[];
}

export interface CheckedExports {
  readonly files: readonly CheckedFile[];
  readonly baselines: readonly CheckedBaseline[];
  /** One line for each file that could not be read. */
  readonly failures: readonly string[];
  /** Exports that were only read because the settings say that others are checked together with them. */
  readonly alsoRead: readonly string[];
}
