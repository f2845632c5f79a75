import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensRangeParams,
} from "vscode-languageserver";
import { attributeFacts, attributeType, isDnValued, LdifChange, parseDn, type Span } from "../../core/index.ts";
import { addressAttributes, namingAttributes } from "../attribute-classes.ts";
import type { Context } from "../context.ts";
import { ldifDocument, linesIn, type PlacedLine } from "../ldif-places.ts";

/**
 * What is told of an export in LDIF. `property` is an attribute description, and its modifiers say what the schema knows of it:
 * `naming` tells the object from others, `address` is where it gets mail, `link` leads to another object, `systemOnly` is written by
 * the directory alone, `unknown` is in no schema that we know. `parameter` and `string` are the types and the values of a DN's
 * parts, `invalidBase64` what makes a value no base64. Keywords and comments have no tokens: the grammar colours them.
 */
export const LEGEND = {
  tokenTypes: ["property", "parameter", "string", "invalidBase64"],
  tokenModifiers: ["naming", "address", "link", "systemOnly", "unknown"],
} as const satisfies SemanticTokensLegend;

type TokenType = (typeof LEGEND.tokenTypes)[number];
type TokenModifier = (typeof LEGEND.tokenModifiers)[number];

/** The longest DN that is taken apart, in UTF-16 units: a directory's are much shorter. */
const LONGEST_DN = 10_000;

interface Token extends Span {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** The tokens of the lines that a range touches. */
export function semanticTokens(context: Context, { textDocument, range }: SemanticTokensRangeParams): SemanticTokens {
  const document = ldifDocument(context, textDocument.uri);
  const builder = new SemanticTokensBuilder();
  if (document === undefined) return { data: [] };
  for (const line of linesIn(document, range)) {
    for (const token of tokensOf(line)) put(builder, line, token);
  }
  return { data: builder.build().data };
}

/** Tokens are within a line: one that is folded becomes several. */
function put(builder: SemanticTokensBuilder, { record, placed }: PlacedLine, token: Token): void {
  const modifiers = token.modifiers.reduce(
    (bits, modifier) => bits | (1 << LEGEND.tokenModifiers.indexOf(modifier)),
    0,
  );
  const source = record.text.slice(token.start, token.end);
  let at = token.start;
  for (const part of source.split(/(\r?\n[ \t])/)) {
    const span = { start: at, end: at + part.length };
    at = span.end;
    if (part === "" || part.includes("\n")) continue;
    const { start } = placed.range(record, span);
    builder.push(start.line, start.character, part.length, LEGEND.tokenTypes.indexOf(token.type), modifiers);
  }
}

function tokensOf(placed: PlacedLine): readonly Token[] {
  const { line } = placed;
  if (line === undefined) return [];
  const name = line.description.toLowerCase();
  if (placed.record instanceof LdifChange && MOD_SPECS.has(name) && line.valueSpec === "text") {
    return [{ type: "property", ...line.span, modifiers: modifiersOf(attributeType(line.text.trim())) }];
  }
  const attribute: Token[] = KEYWORDS.has(name)
    ? []
    : [{ type: "property", start: line.start, end: line.descriptionEnd, modifiers: modifiersOf(line.type) }];
  const invalid = invalidBase64(placed);
  if (invalid.length > 0) return [...attribute, ...invalid];
  const isDn = name === "dn" || name === "newrdn" || name === "newsuperior" || isDnValued(line.type);
  return isDn && line.end - line.valueStart <= LONGEST_DN ? [...attribute, ...dnTokens(placed)] : attribute;
}

/** Behind these the attribute description is the value. */
const MOD_SPECS: ReadonlySet<string> = new Set(["add", "delete", "replace", "increment"]);

/** What stands before a colon without being an attribute. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...["version", "dn", "control", "changetype", ...MOD_SPECS],
  ...["newrdn", "deleteoldrdn", "newsuperior", "search", "result", "ref", "charset", "include"],
]);

function modifiersOf(type: string): readonly TokenModifier[] {
  const facts = attributeFacts(type);
  const modifiers: TokenModifier[] = [];
  if (namingAttributes.has(type)) modifiers.push("naming");
  else if (addressAttributes.has(type)) modifiers.push("address");
  if (facts === undefined && modifiers.length === 0) return ["unknown"];
  if (facts?.link !== undefined) modifiers.push("link");
  if (facts?.isSystemOnly === true || facts?.isConstructed === true) modifiers.push("systemOnly");
  return modifiers;
}

/** One character that is none of base64, or the whole value where it ends too early. */
function invalidBase64({ line, record }: PlacedLine): Token[] {
  if (line?.valueSpec !== "base64") return [];
  return record.problems
    .filter(({ id, span }) => BROKEN.has(id) && span.start >= line.start && span.end <= line.end)
    .map(
      ({ span }): Token => ({
        type: "invalidBase64",
        start: Math.max(span.start, line.valueStart),
        end: span.end,
        modifiers: [],
      }),
    )
    .filter(({ start, end }) => start < end);
}

const BROKEN: ReadonlySet<string> = new Set(["ldif-base64-illegal-character", "ldif-base64-incomplete"]);

/** In base64 a character may hold bits of two parts: it belongs to the first one. */
function dnTokens({ line }: PlacedLine): Token[] {
  if (line === undefined || line.valueSpec === "url" || line.binary) return [];
  const { text } = line;
  const tokens: Token[] = [];
  let end = 0;
  const put = (type: TokenType, from: number, to: number) => {
    const span = line.slice(from, to);
    const start = Math.max(span.start, end);
    if (from >= to || start >= span.end) return;
    tokens.push({ type, start, end: span.end, modifiers: [] });
    end = span.end;
  };
  for (const rdn of parseDn(text).rdns) {
    const equals = text.indexOf("=", rdn.start);
    if (equals < 0 || equals >= rdn.end) continue;
    put("parameter", rdn.start, equals);
    put("string", equals + 1, rdn.end);
  }
  return tokens;
}
