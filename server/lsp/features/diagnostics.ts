import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { type PlacedFinding, SEVERITIES } from "../../core/index.ts";
import type { Analysis } from "../analysis.ts";
import type { ClientFeatures } from "../capabilities.ts";
import { fileName } from "../context.ts";
import { diagnosticOf, diskDiagnostic, SOURCE } from "../convert.ts";
import type { DiskFinding } from "../host.ts";
import type { CheckedStatus } from "../protocol.ts";

/** VS Code shows so many diagnostics of one file. */
export const MOST_SHOWN = 1000;

/** The diagnostics of an export on disk. `findings` are the most important of `count`, what matters most first. */
export function diskDiagnosticsOf(
  findings: readonly DiskFinding[],
  count: number,
  client: ClientFeatures,
): Diagnostic[] {
  if (findings.length === count) return [...findings].sort(byPlace).map((finding) => diskDiagnostic(finding, client));
  const shown = findings.slice(0, MOST_SHOWN - 1);
  return [summaryOf(count - shown.length), ...shown.map((finding) => diskDiagnostic(finding, client))];
}

function byPlace({ range: { start: one } }: DiskFinding, { range: { start: other } }: DiskFinding): number {
  return one.line - other.line || one.character - other.character;
}

/** The diagnostics of one export as the client has them. */
export class ShownDiagnostics {
  #shown: ReadonlyMap<PlacedFinding, Diagnostic> = new Map();
  #diagnostics: readonly Diagnostic[] | undefined;
  /** The export's count of moved lines at that time. */
  #moves = -1;

  /** The diagnostics that the client is to have now; `undefined` where it has them. */
  update(analysis: Analysis, client: ClientFeatures): Diagnostic[] | undefined {
    const { moves } = analysis.document;
    const known = moves === this.#moves ? this.#shown : new Map<PlacedFinding, Diagnostic>();
    const shown = new Map<PlacedFinding, Diagnostic>();
    for (const placed of mostImportant(analysis)) {
      shown.set(placed, known.get(placed) ?? diagnosticOf(analysis, placed, client));
    }
    const hidden = analysis.count() - shown.size;
    const diagnostics = [...(hidden > 0 ? [summaryOf(hidden)] : []), ...shown.values()];
    const isSame = this.#diagnostics !== undefined && areSame(diagnostics, this.#diagnostics);
    this.#shown = shown;
    this.#moves = moves;
    this.#diagnostics = diagnostics;
    return isSame ? undefined : diagnostics;
  }
}

/** All findings in their order. Where there are too many, those that matter most, and there is room for the number of the others. */
function* mostImportant(analysis: Analysis): Generator<PlacedFinding> {
  if (analysis.count() <= MOST_SHOWN) {
    yield* analysis.findings();
    return;
  }
  let left = MOST_SHOWN - 1;
  for (const severity of SEVERITIES) {
    for (const placed of analysis.findings(severity)) {
      if (left-- === 0) return;
      yield placed;
    }
  }
}

function summaryOf(hidden: number): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: `${hidden} more findings are not shown here; the command line lists them all`,
  };
}

/** Most are the same objects as before; those that are not, few of them, are looked at. */
function areSame(some: readonly Diagnostic[], others: readonly Diagnostic[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, at) => {
    const other = others[at]!;
    if (one === other) return true;
    const isAlike = one.message === other.message && one.range.start.line === other.range.start.line;
    return isAlike && JSON.stringify(one) === JSON.stringify(other);
  });
}

export function statusOf(analysis: Analysis, milliseconds: number): CheckedStatus {
  const { accepted, counts, settings, companions } = analysis;
  const errors = analysis.count("error");
  const warnings = analysis.count("warning");
  const together = companions.map(({ uri }) => fileName(uri));
  return {
    profile: settings.profile,
    entries: counts.entries,
    errors,
    warnings,
    others: analysis.count() - errors - warnings,
    accepted,
    milliseconds,
    ...(together.length > 0 && { together }),
  };
}
