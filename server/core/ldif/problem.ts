import type { Span } from "../text/span.ts";

/**
 * What can be wrong with an LDIF file, and what each message needs to know. The rules of these names (in `rules/ldif`)
 * say it in words; the reader only finds it.
 */
export interface LdifProblemArguments {
  "ldif-attribute-description-illegal-character": { readonly description: string; readonly character: string };
  "ldif-bare-carriage-return": object;
  "ldif-base64-illegal-character": { readonly character: string };
  "ldif-base64-incomplete": object;
  "ldif-base64-trailing-space": object;
  "ldif-blank-line-with-spaces": object;
  "ldif-byte-order-mark": object;
  "ldif-changetype-misplaced": object;
  "ldif-changetype-unknown": { readonly changetype: string };
  "ldif-content-and-changes-mixed": object;
  "ldif-continuation-without-line": object;
  "ldif-control-malformed": object;
  "ldif-dash-trailing-space": object;
  "ldif-dash-unexpected": object;
  "ldif-delete-with-attributes": object;
  "ldif-deleteoldrdn-not-0-or-1": { readonly value: string };
  "ldif-dn-malformed": { readonly dn: string; readonly reason: string };
  "ldif-dn-not-utf8": object;
  "ldif-dn-url": object;
  "ldif-empty": object;
  "ldif-encoding-guessed": object;
  "ldif-entry-without-attributes": object;
  "ldif-export-incomplete": { readonly result: string };
  "ldif-include-not-read": { readonly line: string };
  "ldif-increment-without-one-value": object;
  "ldif-line-without-colon": { readonly line: string };
  "ldif-mod-spec-attribute-differs": { readonly expected: string; readonly found: string };
  "ldif-mod-spec-expected": { readonly found: string };
  "ldif-mod-spec-not-closed": { readonly modSpec: string };
  "ldif-modrdn-incomplete": { readonly missing: string };
  "ldif-modrdn-line-unexpected": { readonly found: string };
  "ldif-no-final-line-end": object;
  "ldif-not-ldif": object;
  "ldif-null-character": object;
  "ldif-record-too-long": { readonly limit: string };
  "ldif-record-without-dn": { readonly attribute: string };
  "ldif-records-not-separated": object;
  "ldif-referral-not-followed": { readonly url: string };
  "ldif-replacement-character": object;
  "ldif-tab-continuation": object;
  "ldif-url-not-read": { readonly url: string };
  "ldif-value-not-ascii": { readonly character: string };
  "ldif-value-unsafe-start": { readonly character: string };
  "ldif-version-repeated": object;
  "ldif-version-unknown": { readonly version: string };
}

export type LdifProblemId = keyof LdifProblemArguments;

/** Problems after which nobody can say what a record's values were meant to be: no change is made out of such a record. */
export const UNTRUSTWORTHY: ReadonlySet<LdifProblemId> = new Set<LdifProblemId>([
  "ldif-attribute-description-illegal-character",
  "ldif-bare-carriage-return",
  "ldif-base64-illegal-character",
  "ldif-base64-incomplete",
  "ldif-continuation-without-line",
  "ldif-dash-unexpected",
  "ldif-dn-malformed",
  "ldif-dn-not-utf8",
  "ldif-dn-url",
  "ldif-line-without-colon",
  "ldif-null-character",
  "ldif-record-too-long",
  "ldif-records-not-separated",
  "ldif-replacement-character",
  "ldif-tab-continuation",
]);

/** One thing that is wrong with a record. The span counts from the record's start. */
export interface LdifProblem {
  readonly id: LdifProblemId;
  readonly span: Span;
  readonly args: Readonly<Record<string, string>>;
}

/** Makes a problem; the type of `args` follows from `id`. */
export function problem<Id extends LdifProblemId>(
  id: Id,
  { start, end }: Span,
  ...args: object extends LdifProblemArguments[Id] ? [] : [LdifProblemArguments[Id]]
): LdifProblem {
  return { id, span: { start, end }, args: (args[0] ?? {}) as Record<string, string> };
}
