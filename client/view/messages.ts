/** What the page of the findings view and the extension say to each other. Both import this, so it has types only. */
import type { DecisionAction, FindingQuery, FindingsPart } from "../../server/lsp/findings-protocol.ts";

/** A question of the page; each is answered once, under its number. */
export interface Question {
  readonly id: number;
  readonly ask: Ask;
}

export type Ask =
  | { readonly kind: "findings"; readonly query: FindingQuery; readonly offset: number; readonly limit: number }
  | { readonly kind: "check"; readonly version: number; readonly row: number; readonly text: string }
  | {
      readonly kind: "decide";
      readonly version: number;
      /** Without rows, all that the query means. */
      readonly rows?: readonly number[];
      readonly query?: FindingQuery;
      readonly action: DecisionAction | "suggested";
      readonly text?: string;
    }
  | { readonly kind: "place"; readonly version: number; readonly row: number }
  | { readonly kind: "rule"; readonly rule: string }
  | { readonly kind: "write" }
  | { readonly kind: "export"; readonly query: FindingQuery; readonly format: "csv" | "idfix" };

export interface Answer {
  readonly id: number;
  readonly answer: unknown;
}

/** Told to the page: there may be other findings now. */
export interface Changed {
  readonly changed: true;
}

export type ToPage = Answer | Changed;

export type { FindingQuery, FindingsPart };
