import type { Diagnostic, Range, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { countLineEnds } from "../core/index.ts";
import type { Host } from "./host.ts";
import { isFile, uriKey } from "./uri.ts";

/** A record, or the entry of an export, with what an import has made of it. */
export interface ShownRecord {
  readonly diagnostic: Diagnostic;
  /** The record's lines: the first one, and the one behind its last. */
  readonly from: number;
  readonly to: number;
  /** Where its text begins in the file, in UTF-16 units, and its beginning. */
  readonly offset: number;
  readonly text: string;
}

/** More of a record is not compared to find out whether a file is still the same. */
export const MOST_COMPARED = 2 ** 16;

interface ShownFile {
  readonly uri: string;
  records: readonly ShownRecord[];
  /** The state of the file on the disk, as it was read there. */
  readonly stamp: string | undefined;
  isOpen: boolean;
  isEdited: boolean;
}

/** What becomes of the diagnostics. */
export interface ImportResultsListener {
  show(uri: string, diagnostics: readonly Diagnostic[]): void;
  /** Other files than before are to be watched. */
  changed(): void;
}

/**
 * The result of an import, as long as it is true: the diagnostic of a record goes when the record is edited, and all of a file when the file changes
 * on the disk. There is one result at a time.
 */
export class ImportResults {
  readonly #host: Pick<Host, "fileState">;
  readonly #listener: ImportResultsListener;
  readonly #files = new Map<string, ShownFile>();

  constructor(host: Pick<Host, "fileState">, listener: ImportResultsListener) {
    this.#host = host;
    this.#listener = listener;
  }

  uris(): readonly string[] {
    return [...this.#files.values()].map(({ uri }) => uri);
  }

  /** Shows a result in place of the one before. */
  show(files: readonly Omit<ShownFile, "isEdited">[]): void {
    this.clear();
    for (const file of files) {
      if (file.records.length === 0) continue;
      this.#files.set(uriKey(file.uri), { ...file, isEdited: false });
      this.#publish(file);
    }
    this.#listener.changed();
  }

  clear(): void {
    this.#forget([...this.#files.keys()]);
  }

  /** A file was opened; `text` is that of its document. What is not as it was on the disk shows nothing. */
  opened(uri: string, text: () => string): void {
    const file = this.#files.get(uriKey(uri));
    if (file === undefined) return;
    const whole = text();
    const records = file.records.filter((one) => whole.startsWith(one.text, one.offset));
    if (file.uri !== uri) this.#listener.show(file.uri, []);
    this.#files.set(uriKey(uri), { ...file, uri, records, isOpen: true });
    this.#publish({ uri, records });
  }

  /** A document was edited. */
  edited(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const file = this.#files.get(uriKey(uri));
    if (file === undefined || changes.length === 0) return;
    const before = file.records;
    file.isEdited = true;
    for (const change of changes) {
      file.records = "range" in change ? file.records.flatMap((one) => moved(one, change.range, change.text)) : [];
    }
    const isSame = before.length === file.records.length && before.every((one, at) => one === file.records[at]);
    if (!isSame) this.#publish(file);
  }

  /** A document was closed: the disk has the file again, and what was edited may or may not be on it. */
  closed(uri: string): void {
    const file = this.#files.get(uriKey(uri));
    if (file === undefined) return;
    file.isOpen = false;
    if (file.isEdited) this.#forget([uriKey(uri)]);
  }

  /** Files are said to have changed on disk, or to be gone. */
  async changed(uris: readonly string[]): Promise<void> {
    const known = uris.map(uriKey).filter((key) => this.#files.get(key)?.isOpen === false);
    const gone = await Promise.all(
      known.map(async (key) => {
        const file = this.#files.get(key);
        const state = file && isFile(file.uri) ? await this.#host.fileState(file.uri) : undefined;
        return file !== undefined && this.#files.get(key) === file && state?.stamp !== file.stamp ? [key] : [];
      }),
    );
    this.#forget(gone.flat());
  }

  #publish({ uri, records }: Pick<ShownFile, "uri" | "records">): void {
    this.#listener.show(
      uri,
      records.map(({ diagnostic }) => diagnostic),
    );
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      const file = this.#files.get(key);
      this.#files.delete(key);
      if (file !== undefined) this.#listener.show(file.uri, []);
    }
    if (keys.length > 0) this.#listener.changed();
  }
}

/** A record after an edit: itself, elsewhere, or nothing where the edit touches it. */
function moved(record: ShownRecord, { start, end }: Range, text: string): ShownRecord[] {
  if (start.line >= record.to) return [record];
  const endsBefore =
    end.line < record.from ||
    (end.line === record.from && end.character === 0 && (text === "" ? start.character === 0 : /[\r\n]$/.test(text)));
  if (!endsBefore) return [];
  const lines = countLineEnds(text) - (end.line - start.line);
  if (lines === 0) return [record];
  const { range } = record.diagnostic;
  const line = (one: { line: number; character: number }) => ({ ...one, line: one.line + lines });
  const diagnostic = { ...record.diagnostic, range: { start: line(range.start), end: line(range.end) } };
  return [{ ...record, diagnostic, from: record.from + lines, to: record.to + lines }];
}
