import type * as vscode from "vscode";
import type { Decision, DecisionChange } from "../../server/lsp/findings-protocol.ts";

const PREFIX = "syncready.decisions:";

/** So long decisions are gathered before they are written, in milliseconds. */
const GATHER_MS = 300;

/** The decisions about the findings of exports, kept with the workspace: they are there when the window is opened again. */
export class KeptDecisions implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #known = new Map<string, Map<string, Decision>>();
  readonly #due = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(uri: string): readonly Decision[] {
    return [...this.#of(uri).values()];
  }

  change(uri: string, changes: readonly DecisionChange[]): void {
    if (changes.length === 0) return;
    const known = this.#of(uri);
    for (const { identity, action, text } of changes) {
      const key = keyOf(identity);
      if (action === "undecided") known.delete(key);
      else known.set(key, { identity, action, ...(text !== undefined && { text }) });
    }
    clearTimeout(this.#due.get(uri));
    this.#due.set(
      uri,
      setTimeout(() => this.#write(uri), GATHER_MS),
    );
  }

  dispose(): void {
    for (const uri of [...this.#due.keys()]) this.#write(uri);
  }

  #write(uri: string): void {
    clearTimeout(this.#due.get(uri));
    this.#due.delete(uri);
    const all = this.of(uri);
    void this.#memory.update(PREFIX + uri, all.length === 0 ? undefined : all);
  }

  #of(uri: string): Map<string, Decision> {
    let known = this.#known.get(uri);
    if (known === undefined) {
      const kept = this.#memory.get<readonly Decision[]>(PREFIX + uri, []);
      known = new Map(kept.map((decision) => [keyOf(decision.identity), decision]));
      this.#known.set(uri, known);
    }
    return known;
  }
}

function keyOf({ rule, dn, file, attribute, value }: Decision["identity"]): string {
  return JSON.stringify([rule, dn, file, attribute, value]);
}
