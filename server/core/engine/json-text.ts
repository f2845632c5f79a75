import {
  type EditResult,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Span } from "../text/span.ts";

/** Something wrong in a JSON file of ours; the span counts from the text's start. */
export interface JsonProblem {
  readonly span: Span;
  readonly message: string;
}

/** Text to put in place of a span. */
export interface JsonChange {
  readonly span: Span;
  readonly text: string;
}

export interface JsonText {
  /** `undefined` where there is nothing but white space and comments. */
  readonly tree: Node | undefined;
  readonly problems: readonly JsonProblem[];
}

/** Reads JSON as people write it, with comments and trailing commas. What is no JSON is told, and the rest is read. */
export function parseJsonText(text: string): JsonText {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const problems = errors.map(({ error, offset, length }) => ({
    span: { start: offset, end: offset + length },
    message: `This is no JSON: ${printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()}`,
  }));
  return { tree, problems };
}

/** The members of an object, each with the node of its name; none where it is no object. */
export function* membersOf(node: Node): Iterable<[name: string, value: Node, key: Node]> {
  if (node.type !== "object") return;
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) yield [String(key.value), value, key];
  }
}

export function memberOf(node: Node, name: string): Node | undefined {
  for (const [own, value] of membersOf(node)) if (own === name) return value;
  return undefined;
}

/**
 * The changes that set a value in a JSON text, or, with `insert`, put it before the item of a list at that place; `undefined` takes it
 * away. They are in the text's own style, and leave its comments.
 */
export function jsonChanges(text: string, path: JSONPath, value: unknown, insert = false): JsonChange[] {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: lineEndOf(text),
  };
  const edits: EditResult = modify(text, path, value, { formattingOptions, isArrayInsertion: insert });
  return edits.map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    text: content,
  }));
}

export function lineEndOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
