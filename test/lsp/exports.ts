import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Range } from "vscode-languageserver-protocol/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { RULES } from "../../server/core/index.ts";

/** A folder that is gone after the test. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "syncready-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file and answers its URI. */
export function file(folder: string, name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}

export const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The range of the first occurrence of a text in a document. */
export function rangeOfText(document: TextDocument, text: string): Range {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${text} is not there`);
  return { start: document.positionAt(at), end: document.positionAt(at + text.length) };
}

/** Settings under which only these rules speak: what others find is none of a test's business. */
export function only(...ids: readonly string[]): { readonly rules: Readonly<Record<string, string>> } {
  const silent = RULES.filter(({ id }) => !ids.includes(id));
  return { rules: Object.fromEntries(silent.map(({ id }) => [id, "off"])) };
}

/** A user who has what every rule wants, and the lines given. */
export function user(name: string, ...lines: readonly string[]): string {
  const given = lines.map((line) => line.split(":", 1)[0]!.toLowerCase());
  const usual = [
    "objectClass: user",
    `cn: ${name}`,
    `displayName: ${name}`,
    `sAMAccountName: ${name.toLowerCase()}`,
    `userPrincipalName: ${name.toLowerCase()}@contoso.com`,
  ].filter((line) => !given.includes(line.split(":", 1)[0]!.toLowerCase()));
  return [`dn: CN=${name},DC=contoso,DC=com`, ...usual, ...lines, "", ""].join("\n");
}
