import type { WrittenValue } from "../ldif/writer.ts";
import { base64ErrorAt, decodeBase64 } from "../text/base64.ts";
import { quoted } from "../text/characters.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { type Call, PARAMETERS, type Table } from "./powershell-calls.ts";
import { SCRIPT_HEAD, SCRIPT_TAIL } from "./powershell-frame.ts";

/** What a script calls, or why that cannot be said. */
export type ScriptReading = { readonly calls: readonly Call[] } | { readonly error: string };

/**
 * Reads a script as this program writes it and takes nothing else: comments, the head, calls with constants, the tail. It is no reader of
 * PowerShell, and it shares with the writer only the names of functions and parameters.
 */
export function readScript(script: string): ScriptReading {
  const other = /[^\x20-\x7e\r\n]/.exec(script);
  if (other !== null) return { error: `${quoted(other[0])} is not printable ASCII` };
  // A line that begins with "# SIG" may be taken for a signature.
  const comments = /^(?:# (?!SIG)[^\r\n]*\r\n)*/.exec(script)![0].length;
  const from = comments + SCRIPT_HEAD.length;
  const to = script.length - SCRIPT_TAIL.length;
  if (!script.startsWith(SCRIPT_HEAD, comments)) return { error: "its head is another one" };
  if (to < from || !script.endsWith(SCRIPT_TAIL)) return { error: "its end is another one" };
  try {
    return { calls: new Reader(script.slice(from, to)).calls() };
  } catch (error) {
    if (error instanceof Unexpected) return { error: error.message };
    throw error;
  }
}

class Unexpected extends Error {}

/** Reads from a place on; throws {@link Unexpected} at anything that is not as it is written. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  calls(): Call[] {
    const calls: Call[] = [];
    this.#take("\r\n");
    while (!this.#skip("\r\n")) calls.push(this.#call());
    if (this.#at < this.#text.length) throw this.#unexpected("the end");
    return calls;
  }

  #call(): Call {
    const command = this.#word() as Call["command"];
    if (!Object.hasOwn(PARAMETERS, command)) throw this.#unexpected("a call");
    this.#take(" ");
    const identity = this.#string();
    const parameters: Call["parameters"][number][] = [];
    for (const [name, kind] of Object.entries(PARAMETERS[command])) {
      if (this.#skip(` -${name} `)) parameters.push({ name, value: kind === "text" ? this.#string() : this.#table() });
    }
    this.#take("\r\n");
    return { command, identity, parameters };
  }

  #table(): Table {
    const table: Table[number][] = [];
    this.#take("@{\r\n");
    while (!this.#skip("}")) {
      this.#take("    ");
      const attribute = this.#string();
      this.#take(" = ");
      const values = [this.#value()];
      while (this.#skip(", ")) values.push(this.#value());
      this.#take("\r\n");
      table.push({ attribute, values });
    }
    const names = new Set(table.map(({ attribute }) => attribute.toLowerCase()));
    if (names.size < table.length) throw this.#unexpected("each attribute once");
    return table;
  }

  #string(): string {
    const value = this.#value();
    if ("base64" in value) throw this.#unexpected("text");
    return value.text;
  }

  #value(): WrittenValue {
    if (this.#text[this.#at] === "'") return { text: this.#quoted() };
    this.#take("(");
    const kind = this.#word();
    this.#take(" ");
    const base64 = this.#quoted();
    this.#take(")");
    if (base64ErrorAt(base64) >= 0) throw this.#unexpected("base64");
    if (kind === "Bytes") return { base64 };
    const text = decodeUtf8(decodeBase64(base64));
    if (kind !== "Text" || text === undefined) throw this.#unexpected("text in UTF-8");
    return { text };
  }

  /** What stands between single quotes, in which two of them are one. */
  #quoted(): string {
    this.#take("'");
    let text = "";
    for (;;) {
      const end = this.#text.indexOf("'", this.#at);
      if (end < 0) throw this.#unexpected("a closing quote");
      text += this.#text.slice(this.#at, end);
      this.#at = end + 1;
      if (!this.#skip("'")) break;
      text += "'";
    }
    if (/[\r\n]/.test(text)) throw this.#unexpected("a string on one line");
    return text;
  }

  #word(): string {
    const word = /^[A-Za-z-]*/.exec(this.#text.slice(this.#at, this.#at + 40))![0];
    this.#at += word.length;
    return word;
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #take(text: string): void {
    if (!this.#skip(text)) throw this.#unexpected(quoted(text));
  }

  #unexpected(expected: string): Unexpected {
    return new Unexpected(`where ${expected} is expected stands ${quoted(this.#text.slice(this.#at, this.#at + 20))}`);
  }
}
