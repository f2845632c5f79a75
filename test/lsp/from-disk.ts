import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import type { CheckedFromDisk } from "../../server/lsp/protocol.ts";
import { only, user, withFolder } from "./exports.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";

export const options = { checksFromDisk: true };
export const configuration = only("upn-domain-not-routable", "duplicate-userprincipalname", "displayname-missing");
export const WRONG = (name: string) => user(name, `userPrincipalName: ${name.toLowerCase()}@contoso.local`);

/** Bytes: the check is not over before somebody has seen that it runs. */
export const LARGE = 8e6;

/** A session and a folder that are gone afterwards. */
export function disk(work: (session: Session, folder: string) => Promise<void>, settings: SessionOptions = {}) {
  return () =>
    withFolder((folder) => withSession({ options, configuration, ...settings }, (session) => work(session, folder))());
}

export function checkExport(session: Session, ...uris: readonly string[]): Promise<CheckedFromDisk | null> {
  return session.command("syncready.checkExport", ...uris) as Promise<CheckedFromDisk | null>;
}

export function rules(diagnostics: readonly Diagnostic[] | undefined): unknown[] {
  return (diagnostics ?? []).map(({ code }) => code);
}

/** What the editor shows now, by file; files without diagnostics are left out. */
export function shown(session: Session): Record<string, number> {
  const latest = new Map(session.published.map(({ uri, diagnostics }) => [uri, diagnostics.length]));
  return Object.fromEntries([...latest].filter(([, count]) => count > 0));
}

/** Writes an export of many users of whom each has the same finding, until it has so many bytes. */
export function large(folder: string, name: string, bytes: number): { readonly uri: string; readonly users: number } {
  const path = join(folder, name);
  const target = openSync(path, "w");
  let users = 0;
  for (let written = 0; written < bytes; ) {
    const text = Array.from({ length: 500 }, () => WRONG(`U${users++}`)).join("");
    written += writeSync(target, text);
  }
  closeSync(target);
  return { uri: pathToFileURL(path).href, users };
}
