import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { SEVERITIES } from "../../core/index.ts";
import type { Analysis, PlacedFinding } from "../analysis.ts";
import type { ClientFeatures } from "../capabilities.ts";
import { fileName } from "../context.ts";
import { diagnosticOf, SOURCE } from "../convert.ts";
import type { CheckedStatus } from "../protocol.ts";

/** VS Code shows so many diagnostics of one file. */
const MOST_SHOWN = 1000;

/** The diagnostics of an export. Where there are too many, those that matter most are shown, and how many more there are. */
export function diagnosticsOf(analysis: Analysis, client: ClientFeatures): Diagnostic[] {
  const { findings } = analysis;
  if (findings.length <= MOST_SHOWN) return findings.map((finding) => diagnosticOf(analysis, finding, client));
  const shown = mostImportant(findings, MOST_SHOWN - 1);
  const summary: Diagnostic = {
    range: analysis.lines.range({ start: 0, end: 0 }),
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: `${findings.length - shown.length} more findings are not shown here; the command line lists them all`,
  };
  return [summary, ...shown.map((finding) => diagnosticOf(analysis, finding, client))];
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
