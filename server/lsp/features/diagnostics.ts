import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { SEVERITIES } from "../../core/index.ts";
import type { Analysis, PlacedFinding } from "../analysis.ts";
import type { ClientFeatures } from "../capabilities.ts";
import { fileName } from "../context.ts";
import { diagnosticOf, diskDiagnostic, SOURCE } from "../convert.ts";
import type { DiskFinding } from "../host.ts";
import type { CheckedStatus } from "../protocol.ts";

/** VS Code shows so many diagnostics of one file. */
export const MOST_SHOWN = 1000;

/** The diagnostics of an export. Where there are too many, those that matter most are shown, and how many more there are. */
export function diagnosticsOf(analysis: Analysis, client: ClientFeatures): Diagnostic[] {
  const { findings } = analysis;
  if (findings.length <= MOST_SHOWN) return findings.map((finding) => diagnosticOf(analysis, finding, client));
  const shown = mostImportant(findings, MOST_SHOWN - 1);
  const summary = summaryOf(findings.length - shown.length);
  return [summary, ...shown.map((finding) => diagnosticOf(analysis, finding, client))];
}

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

function summaryOf(notShown: number): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: `${notShown} more findings are not shown here; the command line lists them all`,
  };
}

function mostImportant(findings: readonly PlacedFinding[], most: number): PlacedFinding[] {
  return SEVERITIES.flatMap((severity) => findings.filter(({ finding }) => finding.severity === severity)).slice(
    0,
    most,
  );
}

export function statusOf(analysis: Analysis, milliseconds: number): CheckedStatus {
  const { findings, accepted, counts, settings, companions } = analysis;
  const errors = findings.filter(({ finding }) => finding.severity === "error").length;
  const warnings = findings.filter(({ finding }) => finding.severity === "warning").length;
  const others = findings.length - errors - warnings;
  const together = companions.map(({ uri }) => fileName(uri));
  return {
    profile: settings.profile,
    entries: counts.entries,
    errors,
    warnings,
    others,
    accepted,
    milliseconds,
    ...(together.length > 0 && { together }),
  };
}
