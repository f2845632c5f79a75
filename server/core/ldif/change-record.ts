import { attributeType } from "../model/attribute-type.ts";
import { quoted } from "../text/characters.ts";
import type { Span } from "../text/span.ts";
import type { LdifLine } from "./line.ts";
import { type LdifProblem, problem } from "./problem.ts";

/** A line that is only `-`: it closes a mod-spec. */
export interface DashLine extends Span {
  readonly dash: true;
}

export type ChangeLine = LdifLine | DashLine;

export type ModSpecType = "add" | "delete" | "replace" | "increment";

export interface ModSpec {
  readonly type: ModSpecType;
  /** The attribute description after `add:` and so on. */
  readonly attribute: string;
  readonly values: readonly LdifLine[];
}

export type ChangeType = "add" | "delete" | "modify" | "modrdn";

export interface ChangeRecord {
  /** `moddn` is `modrdn`, and ldifde's `ntdsSchemaAdd` is `add`; `undefined` for what no tool knows. */
  readonly type: ChangeType | undefined;
  /** Of `modify` only. */
  readonly modSpecs: readonly ModSpec[];
  /** Of `modrdn` only. */
  readonly rename?: RenameLines;
}

/** The lines of a `modrdn` record, as far as they are there. */
export interface RenameLines {
  readonly newRdn: LdifLine | undefined;
  readonly deleteOldRdn: LdifLine | undefined;
  readonly newSuperior: LdifLine | undefined;
}

/** RFC 2849's change types, and those of ldifde. Both are compared without regard to case. */
const CHANGE_TYPES: Readonly<Record<string, ChangeType>> = {
  add: "add",
  delete: "delete",
  modify: "modify",
  moddn: "modrdn",
  modrdn: "modrdn",
  ntdsschemaadd: "add",
  ntdsschemadelete: "delete",
  ntdsschemamodify: "modify",
  ntdsschemamodrdn: "modrdn",
};

const MOD_SPECS: readonly string[] = ["add", "delete", "replace", "increment"] satisfies readonly ModSpecType[];

/** The type of a `changetype:` value, or `undefined`. */
export function changeTypeOf(value: string): ChangeType | undefined {
  return CHANGE_TYPES[value.trim().toLowerCase()];
}

/**
 * Reads what follows `changetype:`. Never fails: what does not fit is told in `problems` and passed over. What is missing
 * at the record's end is told at its last line.
 */
export function readChange(
  type: ChangeType | undefined,
  lines: readonly ChangeLine[],
  lastLine: Span,
  problems: LdifProblem[],
): ChangeRecord {
  if (type === "modify") return { type, modSpecs: readModSpecs(lines, lastLine, problems) };
  for (const line of lines) {
    if ("dash" in line) problems.push(problem("ldif-dash-unexpected", line));
    else if (type === "delete") problems.push(problem("ldif-delete-with-attributes", lineSpan(line)));
  }
  if (type !== "modrdn") return { type, modSpecs: [] };
  const attributeLines = lines.filter(isAttributeLine);
  checkModRdn(attributeLines, lastLine, problems);
  const lineOf = (name: string) => attributeLines.find((line) => line.isNamed(name));
  const rename = {
    newRdn: lineOf("newrdn"),
    deleteOldRdn: lineOf("deleteoldrdn"),
    newSuperior: lineOf("newsuperior"),
  };
  return { type, modSpecs: [], rename };
}

function isAttributeLine(line: ChangeLine): line is LdifLine {
  return !("dash" in line);
}

function lineSpan({ start, end }: LdifLine): Span {
  return { start, end };
}

function readModSpecs(lines: readonly ChangeLine[], lastLine: Span, problems: LdifProblem[]): ModSpec[] {
  const modSpecs: ModSpec[] = [];
  let open: { type: ModSpecType; attribute: string; values: LdifLine[]; head: LdifLine } | undefined;
  const close = () => {
    if (open === undefined) return;
    modSpecs.push({ type: open.type, attribute: open.attribute, values: open.values });
    if (open.type === "increment" && open.values.length !== 1) {
      problems.push(problem("ldif-increment-without-one-value", lineSpan(open.head)));
    }
    open = undefined;
  };
  const notClosed = (at: Span) => {
    if (open === undefined) return;
    problems.push(problem("ldif-mod-spec-not-closed", at, { modSpec: `${open.type}: ${open.attribute}` }));
    close();
  };
  for (const line of lines) {
    if ("dash" in line) {
      if (open === undefined) problems.push(problem("ldif-dash-unexpected", line));
      close();
      continue;
    }
    const { description } = line;
    const type = MOD_SPECS.includes(description.toLowerCase()) ? (description.toLowerCase() as ModSpecType) : undefined;
    const head = { start: line.start, end: line.descriptionEnd };
    if (open !== undefined && attributeType(description) === attributeType(open.attribute)) open.values.push(line);
    else if (type !== undefined) {
      notClosed(head);
      open = { type, attribute: line.text.trim(), values: [], head: line };
    } else if (open !== undefined) {
      const names = { expected: open.attribute, found: description };
      problems.push(problem("ldif-mod-spec-attribute-differs", head, names));
    } else problems.push(problem("ldif-mod-spec-expected", head, { found: quoted(description) }));
  }
  notClosed(lastLine);
  return modSpecs;
}

/** RFC 2849, change-moddn: newrdn, deleteoldrdn, then perhaps newsuperior, in this order. */
function checkModRdn(lines: readonly LdifLine[], lastLine: Span, problems: LdifProblem[]): void {
  const expected = ["newrdn", "deleteoldrdn", "newsuperior"];
  let at = 0;
  for (const line of lines) {
    const found = expected.indexOf(attributeType(line.description), at);
    if (found < 0) {
      problems.push(problem("ldif-modrdn-line-unexpected", lineSpan(line), { found: quoted(line.description) }));
      continue;
    }
    if (found > at) problems.push(problem("ldif-modrdn-incomplete", lineSpan(line), { missing: expected[at]! }));
    if (found === 1 && !/^[01]$/.test(line.text)) {
      problems.push(problem("ldif-deleteoldrdn-not-0-or-1", line.span, { value: quoted(line.text) }));
    }
    at = found + 1;
  }
  if (at < 2) problems.push(problem("ldif-modrdn-incomplete", lastLine, { missing: expected[at]! }));
}
