import {
  type CancellationToken,
  type Hover,
  type HoverParams,
  type MarkupContent,
  MarkupKind,
} from "vscode-languageserver";
import { EFFECTS, type Rule, rulePageUrl } from "../../core/index.ts";
import type { ClientFeatures } from "../capabilities.ts";
import type { Context } from "../context.ts";
import { MARKDOWN, type Markup, PLAIN } from "../markup.ts";
import { COMMANDS } from "../protocol.ts";
import { hoverPlace } from "./hover-place.ts";
import { placeSections } from "./hover-sections.ts";

/**
 * What the rules are about that have found something at a place, in a few sentences (their pages say more), and what stands there: what the
 * value means, what its attribute is, what becomes of the object.
 */
export async function hover(
  { exports, client, host }: Context,
  { textDocument, position }: HoverParams,
  token?: CancellationToken,
): Promise<Hover | undefined> {
  const analysis = await exports.current(textDocument.uri, token);
  if (analysis === undefined) return undefined;
  const placed = analysis.findingsAt({ start: position, end: position }, Number.POSITIVE_INFINITY);
  const rules = [...new Set(placed.map(({ finding }) => finding.rule))];
  const markup = client.markdown ? MARKDOWN : PLAIN;
  const around = analysis.recordAround(position);
  const place = around && hoverPlace(around.record, around.offset);
  const sections = rules.map((rule) => about(rule, client, markup));
  if (around !== undefined && place !== undefined) {
    sections.push(...placeSections(analysis, around.record, place, host.localOffset, markup));
  }
  if (sections.length === 0) return undefined;
  const [first] = placed;
  const range =
    first !== undefined ? analysis.rangeOf(first) : around && place && analysis.rangeIn(around.record, place.span);
  return { contents: contentsOf(sections, client, markup), ...(range && { range }) };
}

function contentsOf(sections: readonly string[], { markdown }: ClientFeatures, { rule }: Markup): MarkupContent {
  return { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: sections.join(rule) };
}

function about(rule: Rule, client: ClientFeatures, markup: Markup): string {
  const link = markup.link(`The page of rule ${rule.id}`, rulePageLink(rule.id, client));
  const between = client.markdown ? "\n\n" : "\n";
  return [markup.strong(rule.title), ...effectOf(rule), firstParagraph(rule), link].join(between);
}

/** VS Code follows a link of a hover to a command that it was told to trust, but to no document of a scheme of ours. */
function rulePageLink(id: string, { options }: ClientFeatures): string {
  if (options.opensRulePages !== true) return rulePageUrl(id);
  return `command:${COMMANDS.openRulePage}?${encodeURIComponent(JSON.stringify([id]))}`;
}

/** What Entra ID makes of it, where it makes something of it. */
function effectOf({ effect }: Rule): string[] {
  return effect === "none" ? [] : [EFFECTS[effect]];
}

/** The reason for a rule in short. */
export function firstParagraph({ why }: Rule): string {
  return why.trim().split(/\n\s*\n/, 1)[0]!;
}
