import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, type IToken, parseRawGrammar, Registry, type StackElement } from "vscode-textmate";

/** The tests run from the repository's root, where the grammar and the packages are found. */
const fromRoot = createRequire(`${process.cwd()}/package.json`);

/** Loads the LDIF grammar into the engine VS Code uses. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(fromRoot.resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async () => {
      const path = "syntaxes/ldif.tmLanguage.json";
      return parseRawGrammar(readFileSync(path, "utf8"), path);
    },
  });
  const grammar = await registry.loadGrammar("text.ldif");
  if (!grammar) throw new Error("The grammar has another scope name than text.ldif");
  return grammar;
}

export interface TokenizedLine {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** The rules still open after the line. */
  readonly ruleStack: StackElement;
}

/** Tokenizes lines as an editor does: one after the other, without their line ends, carrying the open rules along. */
export function tokenize(grammar: IGrammar, lines: readonly string[]): readonly TokenizedLine[] {
  let ruleStack = INITIAL;
  return lines.map((text) => {
    const result = grammar.tokenizeLine(text, ruleStack);
    ruleStack = result.ruleStack;
    return { text, tokens: result.tokens, ruleStack };
  });
}
