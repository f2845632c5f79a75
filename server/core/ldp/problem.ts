import type { FormatProblem } from "../model/source-record.ts";
import type { Span } from "../text/span.ts";

/** What can be wrong with a copy of ldp's details pane, and what each message needs to know. The rules of these names say it in words. */
export interface LdpProblemArguments {
  "ldp-dn-malformed": { readonly dn: string; readonly reason: string };
  "ldp-empty": object;
  "ldp-encoding-guessed": object;
  "ldp-entry-too-long": { readonly limit: string };
  "ldp-line-unexpected": object;
  "ldp-null-character": object;
  "ldp-replacement-character": object;
  "ldp-search-failed": { readonly result: string };
  "ldp-value-cut": { readonly attribute: string };
  "ldp-values-uncertain": { readonly attribute: string; readonly expected: string; readonly found: string };
}

export type LdpProblemId = keyof LdpProblemArguments;

/** Problems after which nobody can say what an entry's values were meant to be: no change is made out of such an entry. */
export const UNCERTAIN_ENTRY: ReadonlySet<LdpProblemId> = new Set<LdpProblemId>([
  "ldp-dn-malformed",
  "ldp-entry-too-long",
  "ldp-line-unexpected",
  "ldp-null-character",
  "ldp-replacement-character",
  "ldp-value-cut",
  "ldp-values-uncertain",
]);

export interface LdpProblem extends FormatProblem {
  readonly id: LdpProblemId;
}

/** Makes a problem; the type of `args` follows from `id`. */
export function ldpProblem<Id extends LdpProblemId>(
  id: Id,
  { start, end }: Span,
  ...args: object extends LdpProblemArguments[Id] ? [] : [LdpProblemArguments[Id]]
): LdpProblem {
  return { id, span: { start, end }, args: (args[0] ?? {}) as Record<string, string> };
}
