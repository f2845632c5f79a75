import {
  type ChangeAnnotation,
  type Diagnostic,
  DiagnosticSeverity,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import {
  EditedEntry,
  type EntryRecord,
  editRecord,
  type Holder,
  type JsonProblem,
  type PlacedFinding,
  type Position,
  type Range,
  type Rule,
  rulePageUrl,
  type Severity,
  type Span,
  type TextChange,
  type ValueChange,
} from "../core/index.ts";
import type { Analysis } from "./analysis.ts";
import type { ClientFeatures } from "./capabilities.ts";
import type { DiskFinding } from "./host.ts";
import { RULE_SCHEME } from "./protocol.ts";

export const SOURCE = "syncready";

/** Where the lines of a text begin: lines end at LF, at CRLF, or at a CR alone, as the protocol says. */
export class LineIndex {
  readonly #length: number;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#length = text.length;
    if (/\r(?!\n)/.test(text)) {
      for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) this.#starts.push(index + end.length);
    } else {
      // Millions of lines are usual, and lines that end with a CR alone are not.
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
    }
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return { line: low, character: at - this.#starts[low]! };
  }

  /** The range of a span that counts from `from`, in a text that begins at line `firstLine`. */
  range({ start, end }: Span, from = 0, firstLine = 0): Range {
    const position = (offset: number) => {
      const { line, character } = this.position(from + offset);
      return { line: firstLine + line, character };
    };
    return { start: position(start), end: position(end) };
  }
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** It says nothing of the document's version and holds no offset: what an edit does not touch stays equal, and is not sent again. */
export function diagnosticOf(analysis: Analysis, placed: PlacedFinding, client: ClientFeatures): Diagnostic {
  const { finding, others } = placed;
  const { rule, severity, message } = finding;
  return {
    range: analysis.rangeOf(placed),
    severity: SEVERITY[severity],
    code: rule.id,
    codeDescription: rulePageOf(rule, client),
    source: SOURCE,
    message,
    ...(others.length > 0 &&
      client.relatedInformation && {
        relatedInformation: others.map(relatedInformationOf),
      }),
  };
}

/** A diagnostic of an export that is not open. There is nothing to be done with it but to read it. */
export function diskDiagnostic(finding: DiskFinding, client: ClientFeatures): Diagnostic {
  const { rule: id, severity, message, range, related } = finding;
  return {
    range,
    severity: SEVERITY[severity],
    code: id,
    codeDescription: rulePageOf({ id }, client),
    source: SOURCE,
    message,
    ...(related.length > 0 &&
      client.relatedInformation && {
        relatedInformation: related.map(({ file: uri, dn, range }) => ({ location: { uri, range }, message: dn })),
      }),
  };
}

/** Where a diagnostic leads to: the page inside of the client, or the one on the web. */
function rulePageOf({ id }: Pick<Rule, "id">, { options }: ClientFeatures) {
  return { href: options.opensRulePages ? `${RULE_SCHEME}:/${id}.md` : rulePageUrl(id) };
}

function relatedInformationOf({ file, dn, attribute, value, range }: Holder) {
  return { location: { uri: file, range }, message: `${dn}: ${attribute} ${value}` };
}

/** A diagnostic of a JSON file of ours; `found` says which rule found it, where it is a finding. */
export function jsonDiagnostic(
  lines: LineIndex,
  { span, message }: JsonProblem,
  client: ClientFeatures,
  found?: { readonly rule: Rule; readonly severity: Severity },
): Diagnostic {
  return {
    range: lines.range(span),
    severity: found === undefined ? DiagnosticSeverity.Warning : SEVERITY[found.severity],
    source: SOURCE,
    ...(found !== undefined && { code: found.rule.id, codeDescription: rulePageOf(found.rule, client) }),
    message,
  };
}

/** Whether two ranges have at least an end in common. */
export function touches(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

/** Changes of a text that begins at line `firstLine` as edits. */
export function textEdits(lines: LineIndex, changes: readonly TextChange[], firstLine = 0): TextEdit[] {
  return changes.map(({ span, text }) => ({ range: lines.range(span, 0, firstLine), newText: text }));
}

/** Changes of an entry's values as edits of the export; none where its format has no place for them. */
export function valueEdits(analysis: Analysis, entry: EntryRecord, changes: readonly ValueChange[]): TextEdit[] {
  return (editRecord(entry, changes, analysis.style) ?? []).map(({ span, text }) => ({
    range: analysis.rangeIn(entry, span),
    newText: text,
  }));
}

/** The edit that changes one value of an entry; `undefined` where it changes nothing. */
export function valueEdit(
  analysis: Analysis,
  entry: EntryRecord,
  change: ValueChange,
  client: ClientFeatures,
): WorkspaceEdit | undefined {
  const edits = valueEdits(analysis, entry, EditedEntry.of(entry).with(change).changes());
  return edits.length === 0 ? undefined : workspaceEdit(analysis, edits, client);
}

/** Edits of one document. They name its version where the client looks at it: an edit of a text that has changed is refused. */
export function workspaceEdit(
  { uri, version }: { readonly uri: string; readonly version: number | null },
  edits: TextEdit[],
  client: ClientFeatures,
): WorkspaceEdit {
  if (!client.documentChanges) return { changes: { [uri]: edits } };
  const change: TextDocumentEdit = { textDocument: { uri, version }, edits };
  return { documentChanges: [change] };
}

/** Edits that a person takes or leaves together, under a heading of their own. */
export interface EditGroup {
  /** Names the group within its edit. */
  readonly id: string;
  readonly annotation: ChangeAnnotation;
  readonly edits: readonly TextEdit[];
}

/** Edits that the client is to show a person first, in groups; `undefined` where it cannot. */
export function reviewedEdit(
  { uri, version }: { readonly uri: string; readonly version: number | null },
  groups: readonly EditGroup[],
  client: ClientFeatures,
): WorkspaceEdit | undefined {
  if (!client.changeAnnotations) return undefined;
  const edits = groups.flatMap(({ id, edits }) => edits.map((edit) => ({ ...edit, annotationId: id })));
  return {
    documentChanges: [{ textDocument: { uri, version }, edits }],
    changeAnnotations: Object.fromEntries(groups.map(({ id, annotation }) => [id, annotation])),
  };
}
