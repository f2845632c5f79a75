import type { DecisionAction, Facet, FateKind, Severity } from "../../../server/lsp/findings-protocol.ts";

export const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  information: "Information",
  hint: "Hint",
};

export const ACTIONS: Readonly<Record<DecisionAction, string>> = {
  undecided: "Undecided",
  edit: "Edit",
  remove: "Remove",
  accept: "Accept as it is",
};

export const FATES: Readonly<Record<FateKind, string>> = {
  clean: "Synchronize as they are",
  changes: "Change on the way",
  fails: "Fail",
  staysOut: "Stay out",
};

export const CLASSES: Readonly<Record<string, string>> = { "": "(the file)", other: "Other" };

export const FACET_LABELS: Readonly<Record<Facet, string>> = {
  severity: "Severity",
  rule: "Rule",
  objectClass: "Object class",
  ou: "Organizational unit",
  decision: "Decision",
  fate: "What becomes of the object",
  domain: "Domain suffix",
};

/** A name of a facet as a person reads it. */
export function nameIn(facet: Facet, name: string): string {
  if (facet === "severity") return SEVERITIES[name as Severity] ?? name;
  if (facet === "decision") return ACTIONS[name as DecisionAction] ?? name;
  if (facet === "fate") return FATES[name as FateKind] ?? name;
  if (facet === "objectClass") return CLASSES[name] ?? name;
  return name === "" ? "(none)" : name;
}
