import { SEVERITIES, type Severity } from "../../core/index.ts";
import type { CheckedFile, ReportedFinding } from "../../node/index.ts";
import type { CheckSummary } from "../report.ts";
import { type Color, colorizer, counted, shortened, visible } from "../terminal.ts";

const COLORS: Readonly<Record<Severity, Color>> = {
  error: "red",
  warning: "yellow",
  information: "blue",
  hint: "gray",
};

/** How many of the other holders of a value are named, and how much of a new value is shown. */
const MOST_RELATED = 5;
const MOST_VALUE_LENGTH = 100;
/** A few rules say what to do first. */
const MOST_RULES = 10;

/** Programs that are called otherwise than their dialects. */
const PROGRAMS: Readonly<Record<string, string>> = {
  adfind: "AdFind",
  powershell: "Export-Csv",
  idfix: "IdFix",
  exchange: "Exchange",
  graph: "Microsoft Graph",
  "entra-users": "Entra ID",
  "entra-template": "Entra ID",
  "microsoft-365": "Microsoft 365",
};

/** What the file is, and which program wrote it where that is known. */
function written(format: CheckedFile["format"], dialect: CheckedFile["dialect"]): string {
  if (format === "ldp") return "ldp's details pane";
  const name = format.toUpperCase();
  return dialect === "ldif" ? name : `${name} written by ${PROGRAMS[dialect] ?? dialect}`;
}

type Paint = ReturnType<typeof colorizer>;

/** For a person at a terminal: one line a finding, `path:line:column severity rule message`, counting from 1. */
export function* textReport(files: readonly CheckedFile[], summary: CheckSummary): Iterable<string> {
  const paint = colorizer();
  if (summary.alsoRead.length > 0) {
    yield `Read too, for duplicates and references, since checkedTogether names them; what is wrong in them is not listed:\n`;
    for (const path of summary.alsoRead) yield `  ${visible(path)}\n`;
    yield "\n";
  }
  for (const file of files) {
    const { path, format, dialect, encoding, entries, findings, accepted } = file;
    const facts = `${written(format, dialect)}, ${encoding}, ${counted(entries, "entry", "entries")}`;
    yield `${paint("bold", visible(path))} (${facts})\n`;
    yield* findingLines(findings, paint);
    const nothing = accepted.length === 0 ? "nothing found" : "nothing found but what is accepted";
    yield findings.length === 0 ? `  ${nothing}\n\n` : "\n";
  }
  for (const { path, rows, findings } of summary.baselines) {
    if (findings.length === 0) continue;
    yield `${paint("bold", visible(path))} (baseline, ${counted(rows, "row")})\n`;
    yield* findingLines(findings, paint);
    yield "\n";
  }
  if (files.length > 0) yield* summaryLines(files.length, summary);
}

function* findingLines(findings: readonly ReportedFinding[], paint: Paint): Iterable<string> {
  const placeWidth = Math.min(60, Math.max(0, ...widths(findings.map(place))));
  const ruleWidth = Math.max(0, ...widths(findings.map(({ rule }) => rule)));
  for (const finding of findings) {
    const { severity, rule, message, fix, related = [] } = finding;
    const columns = [
      place(finding).padEnd(placeWidth),
      paint(COLORS[severity], severity.padEnd(11)),
      paint("gray", rule.padEnd(ruleWidth)),
      visible(message),
    ];
    yield `${columns.join("  ")}\n`;
    for (const other of related.slice(0, MOST_RELATED)) {
      yield `    ${paint("gray", "also:")} ${place(other)}  ${shortened(visible(other.dn), MOST_VALUE_LENGTH)}\n`;
    }
    if (related.length > MOST_RELATED) yield `    ${paint("gray", "also:")} ${related.length - MOST_RELATED} more\n`;
    if (fix !== undefined) {
      const { title, safety, newValue } = fix;
      const isTold = newValue === null || title.includes(newValue);
      const value = isTold ? "" : ` -> ${shortened(visible(newValue), MOST_VALUE_LENGTH)}`;
      yield `    ${paint("green", safety === "safe" ? "fix:" : "fix, after a look:")} ${visible(title)}${value}\n`;
    }
  }
}

/** `Math.max(...)` of a long list would not fit on the stack; a few different widths do. */
function widths(texts: readonly string[]): Set<number> {
  return new Set(texts.map(({ length }) => length));
}

function place({ file, range: { start } }: Pick<ReportedFinding, "file" | "range">): string {
  return `${visible(file)}:${start.line + 1}:${start.character + 1}`;
}

function* summaryLines(fileCount: number, summary: CheckSummary): Iterable<string> {
  const { entries, accepted, severities, rules, elapsedMs } = summary;
  const [error, warning, information, hint] = SEVERITIES.map((severity) => severities[severity]);
  const counts = [
    counted(error ?? 0, "error"),
    counted(warning ?? 0, "warning"),
    counted(information ?? 0, "information", "information"),
    counted(hint ?? 0, "hint"),
    ...(accepted === 0 ? [] : [`${accepted.toLocaleString("en-US")} accepted`]),
  ];
  const seconds = (elapsedMs / 1000).toFixed(1);
  const files = `${counted(fileCount, "file")}, ${counted(entries, "entry", "entries")}, ${seconds} s`;
  yield `${counts.join(", ")} (${files})\n`;
  if (rules.length === 0) return;
  yield rules.length > MOST_RULES ? `The ${MOST_RULES} most frequent rules:\n` : "By rule:\n";
  for (const [id, count] of rules.slice(0, MOST_RULES)) {
    yield `${count.toLocaleString("en-US").padStart(9)}  ${id}\n`;
  }
  yield "What a rule means, and what to do: syncready explain RULE\n";
}
