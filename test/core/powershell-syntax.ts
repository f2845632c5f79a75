import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import type { Call, Table } from "../../server/core/fix/powershell-calls.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";

/**
 * The grammar of PowerShell that VS Code reads command lines with: made by other people for other ends. What it finds in a script is taken
 * as PowerShell would take it, and anything but constants in a call throws.
 */
export async function powerShellParser(): Promise<Parser> {
  const fromRoot = createRequire(`${process.cwd()}/package.json`);
  const wasm = (name: string) => fromRoot.resolve(`@vscode/tree-sitter-wasm/wasm/${name}`);
  // The grammar is one enormous function: to optimize it would take V8 ten seconds, and the tests take none without that.
  setFlagsFromString("--liftoff-only");
  await Parser.init({ locateFile: () => wasm("tree-sitter.wasm") });
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm("tree-sitter-powershell.wasm")));
  return parser;
}

/** The statements of a script behind its parameters, as far as they are no function and no statement of the frame. */
export function callsIn(parser: Parser, script: string): Call[] {
  const tree = parser.parse(script)!;
  try {
    if (tree.rootNode.hasError) throw new Error(`no PowerShell: ${script.slice(0, 2000)}`);
    const statements = tree.rootNode.namedChildren.filter((node) => node?.type === "statement_list");
    return statements.flatMap((list) => list!.namedChildren.flatMap((node) => callOf(node!)));
  } finally {
    tree.delete();
  }
}

function callOf(statement: Node): Call[] {
  const command = inner(statement);
  if (statement.type !== "pipeline" || command.type !== "command") return [];
  const name = command.childForFieldName("command_name")!.text;
  if (!name.endsWith("-Entry")) return [];
  const [identity, ...rest] = argumentsOf(command);
  const parameters: Call["parameters"][number][] = [];
  for (let at = 0; at < rest.length; at += 2) {
    const [parameter, value] = [rest[at]!, rest[at + 1]!];
    if (parameter.type !== "command_parameter") throw new Error(`no parameter: ${parameter.text}`);
    const node = inner(value);
    parameters.push({
      name: parameter.text.slice(1),
      value: node.type === "hash_literal_expression" ? tableOf(node) : textOf(node),
    });
  }
  return [{ command: name as Call["command"], identity: textOf(identity!), parameters }];
}

function argumentsOf(command: Node): Node[] {
  const elements = command.childForFieldName("command_elements");
  return (elements?.namedChildren ?? []).filter(
    (node) => node !== null && node.type !== "command_argument_sep",
  ) as Node[];
}

function tableOf(node: Node): Table {
  const body = node.namedChildren.filter((child) => child?.type === "hash_literal_body");
  return body
    .flatMap((one) => one!.namedChildren.filter((child) => child?.type === "hash_entry"))
    .map((entry) => {
      const [key, value] = entry!.namedChildren;
      return { attribute: textOf(key!), values: valuesOf(value!) };
    });
}

function valuesOf(node: Node): WrittenValue[] {
  const elements = inner(node);
  return elements.type === "array_literal_expression"
    ? elements.namedChildren.map((one) => constantOf(one!))
    : [constantOf(elements)];
}

function textOf(node: Node): string {
  const value = constantOf(node);
  if (!("text" in value)) throw new Error(`no text: ${node.text}`);
  return value.text;
}

function constantOf(outer: Node): WrittenValue {
  const node = inner(outer);
  if (node.type === "verbatim_string_characters") return { text: node.text.slice(1, -1).replaceAll("''", "'") };
  const name = node.type === "command" ? node.childForFieldName("command_name")!.text : undefined;
  const [argument, another] = node.type === "command" ? argumentsOf(node) : [];
  if (argument === undefined || another !== undefined || (name !== "Text" && name !== "Bytes")) {
    throw new Error(`no constant: ${node.type} ${node.text}`);
  }
  const base64 = textOf(argument);
  return name === "Bytes" ? { base64 } : { text: Buffer.from(base64, "base64").toString("utf8") };
}

/** The node below that says something: the grammar wraps every constant in a dozen expressions of one part each. */
function inner(node: Node): Node {
  let at = node;
  while (at.type !== "command" && at.type !== "hash_literal_expression" && at.namedChildCount === 1)
    at = at.namedChild(0)!;
  return at;
}
