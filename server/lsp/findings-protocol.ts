/** What the server and the view of findings say to each other. The client imports this file too, so it imports types only. */
import type {
  DecisionAction,
  Facet,
  FacetCount,
  FateKind,
  FindingIdentity,
  FindingQuery,
  Severity,
} from "../core/index.ts";

export type { DecisionAction, Facet, FacetCount, FateKind, FindingQuery, Severity };

/** Request to the server: a part of the findings of an export, {@link FindingsParams}. Answers {@link FindingsPart}, or null where it cannot be read. */
export const FINDINGS = "syncready/findings";

export interface FindingsParams {
  readonly uri: string;
  readonly query: FindingQuery;
  /** Of the findings that the query means, so many from this one on. */
  readonly offset: number;
  readonly limit: number;
}

export interface FindingsPart {
  /** Another number when there are other findings: numbers of rows belong to it. */
  readonly version: number;
  /** How many findings there are, and how many of them the query means. */
  readonly total: number;
  readonly matching: number;
  readonly offset: number;
  readonly rows: readonly FindingRow[];
  /** By facet the names that occur, so many at most as a person may look through. */
  readonly facets: Readonly<Record<Facet, readonly FacetCount[]>>;
  readonly entries: number;
  /** Where the query groups: the groups in their order, which is that of the rows. */
  readonly groups: readonly FacetCount[];
  /** How many entries have each fate. */
  readonly fates: Readonly<Record<FateKind, number>>;
}

export interface FindingRow {
  readonly row: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Empty for a finding about the file. */
  readonly dn: string;
  readonly name: string;
  readonly objectClass: string;
  readonly attribute: string;
  /** `undefined` where a value is missing. */
  readonly value?: ShownValue;
  /** What the rule proposes. */
  readonly suggestion?: Suggestion;
  readonly decision: DecisionAction;
  /** The new value that is decided. */
  readonly newValue?: string;
  /** What can be decided about it. */
  readonly actions: readonly DecisionAction[];
  /** So many other objects hold the same value. */
  readonly others: number;
}

export interface ShownValue {
  /** The beginning of a long value; base64 of what is no text. */
  readonly text: string;
  /** In UTF-16 units, where it is more than is shown. */
  readonly length?: number;
  readonly isBinary?: boolean;
}

/** Without a text the value is to be removed. */
export interface Suggestion {
  readonly title: string;
  readonly text?: string;
  readonly isSafe: boolean;
}

/** A finding, and what a person has decided about it. */
export interface Decision {
  readonly identity: FindingIdentity;
  readonly action: Exclude<DecisionAction, "undecided">;
  /** The new value, for an edit. */
  readonly text?: string;
}

/** Request to the server: what has been decided before, {@link RestoreDecisionsParams}. */
export const RESTORE_DECISIONS = "syncready/restoreDecisions";

export interface RestoreDecisionsParams {
  readonly uri: string;
  readonly decisions: readonly Decision[];
}

/** Request to the server: decides about findings, {@link DecideParams}. Answers {@link Decided}. */
export const DECIDE = "syncready/decide";

export interface DecideParams {
  readonly uri: string;
  readonly version: number;
  /** The rows; without them, all that the query means. */
  readonly rows?: readonly number[];
  readonly query?: FindingQuery;
  /** `suggested`: what the rule proposes, where that is safe or the row is named. */
  readonly action: DecisionAction | "suggested";
  readonly text?: string;
}

export interface Decided {
  /** What is decided now about what was decided anew, each finding's identity once. */
  readonly changes: readonly DecisionChange[];
  /** About so many findings something was decided. */
  readonly count: number;
  /** Why nothing was. */
  readonly message?: string;
}

export interface DecisionChange {
  readonly identity: FindingIdentity;
  readonly action: DecisionAction;
  readonly text?: string;
}

/** Request to the server: what speaks against a new value, {@link CheckDecisionParams}. Answers a `NewValueObjection`, or null. */
export const CHECK_DECISION = "syncready/checkDecision";

export interface CheckDecisionParams {
  readonly uri: string;
  readonly version: number;
  readonly row: number;
  readonly text: string;
}

/** Request to the server: where a finding stands, {@link FindingPlaceParams}. Answers its range, or null where the export has changed. */
export const FINDING_PLACE = "syncready/findingPlace";

export interface FindingPlaceParams {
  readonly uri: string;
  readonly version: number;
  readonly row: number;
}

/** Request to the server: writes what is decided as a modify file, `{ uri }`. Answers a `WrittenModifyFile`, or null where nothing was written. */
export const WRITE_DECISIONS = "syncready/writeDecisions";

/** Request to the server: the findings that a query means as a file, {@link ExportFindingsParams}. Answers `{ text }`, or null. */
export const EXPORT_FINDINGS = "syncready/exportFindings";

export interface ExportFindingsParams {
  readonly uri: string;
  readonly query: FindingQuery;
  readonly format: "csv" | "idfix";
}

export interface ExportedFindings {
  readonly text: string;
}

/** Request to the server: nobody looks at the findings of an export any more, `{ uri }`. */
export const FINDINGS_CLOSED = "syncready/findingsClosed";
