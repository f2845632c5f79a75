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
import { COMMANDS } from "../protocol.ts";

/** What the rules are about that have found something at a place, in a few sentences; their pages say more. */
export async function hover(
  { exports, client }: Context,
  { textDocument, position }: HoverParams,
  token?: CancellationToken,
): Promise<Hover | undefined> {
  const analysis = await exports.current(textDocument.uri, token);
  if (analysis === undefined) return undefined;
  const range = { start: position, end: position };
  const placed = analysis.findingsAt(range, Number.POSITIVE_INFINITY);
  const [first] = placed;
  if (first === undefined) return undefined;
  const rules = new Set(placed.map(({ finding }) => finding.rule));
  return { contents: contentsOf([...rules], client), range: analysis.rangeOf(first) };
}

function contentsOf(rules: readonly Rule[], client: ClientFeatures): MarkupContent {
  if (!client.markdown)
    return { kind: MarkupKind.PlainText, value: rules.map((rule) => plain(rule, client)).join("\n\n") };
  return { kind: MarkupKind.Markdown, value: rules.map((rule) => markdown(rule, client)).join("\n\n---\n\n") };
}

function markdown(rule: Rule, client: ClientFeatures): string {
  const link = `[The page of rule ${rule.id}](${rulePageLink(rule.id, client)})`;
  return [`**${escaped(rule.title)}**`, ...effectOf(rule), firstParagraph(rule), link].join("\n\n");
}

function plain(rule: Rule, client: ClientFeatures): string {
  return [rule.title, ...effectOf(rule), firstParagraph(rule), rulePageLink(rule.id, client)].join("\n");
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

/** A text in which Markdown finds nothing. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~&]/g, "\\$&");
}
