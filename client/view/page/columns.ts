import type { FindingRow } from "../../../server/lsp/findings-protocol.ts";
import type { FindingQuery } from "../messages.ts";
import { visible } from "./dom.ts";
import { ACTIONS, CLASSES, SEVERITIES } from "./names.ts";

export interface Column {
  readonly name: string;
  readonly label: string;
  readonly sort: NonNullable<FindingQuery["sort"]>;
  text(row: FindingRow): string;
  /** What a pointer that rests on it shows. */
  title?(row: FindingRow): string;
}

/** What would stand in the place of the value. */
export function newValueOf({ decision, newValue, suggestion }: FindingRow): string {
  if (decision === "edit") return newValue ?? "";
  if (decision === "remove") return "(remove)";
  if (suggestion === undefined || decision === "accept") return "";
  return suggestion.text ?? "(remove)";
}

function valueText({ value }: FindingRow): string {
  if (value === undefined) return "";
  const cut = value.length === undefined ? "" : ` … (${value.length} characters)`;
  return `${value.isBinary === true ? "(base64) " : ""}${value.text}${cut}`;
}

export const COLUMNS: readonly Column[] = [
  { name: "severity", label: "Severity", sort: "severity", text: ({ severity }) => SEVERITIES[severity] },
  { name: "name", label: "Name", sort: "dn", text: ({ name }) => name, title: ({ dn }) => dn },
  { name: "attribute", label: "Attribute", sort: "attribute", text: ({ attribute }) => attribute },
  {
    name: "message",
    label: "What Is Wrong",
    sort: "rule",
    text: ({ message }) => message,
    title: ({ message, rule, others }) => `${message} (${rule}${others > 0 ? `; ${others} more objects` : ""})`,
  },
  { name: "value", label: "Value", sort: "value", text: valueText },
  {
    name: "new",
    label: "New Value",
    sort: "decision",
    text: newValueOf,
    title: ({ suggestion }) =>
      suggestion === undefined ? "" : `${suggestion.title}${suggestion.isSafe ? " (safe)" : ""}`,
  },
  { name: "decision", label: "Decision", sort: "decision", text: ({ decision }) => ACTIONS[decision] },
  { name: "dn", label: "Distinguished Name", sort: "dn", text: ({ dn }) => dn },
  {
    name: "class",
    label: "Class",
    sort: "objectClass",
    text: ({ objectClass }) => CLASSES[objectClass] ?? objectClass,
  },
];

/** The text of a cell, on one line. */
export function cellText(column: Column, row: FindingRow): string {
  return visible(column.text(row));
}
