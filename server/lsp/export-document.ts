import type { TextDocumentContentChangeEvent, TextDocumentsConfiguration } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type ExportFormat,
  FORMAT_HEAD,
  formatOf,
  isLdifName,
  isPlainExport,
  isTableName,
  LivePiece,
  NO_EXPORT,
  PiecedText,
} from "../core/index.ts";
import { fileName } from "./context.ts";
import { PLAIN_TEXT, TABLE_LANGUAGES } from "./protocol.ts";

/**
 * An export that is open in the editor, or a table that may become one. It is kept in pieces: an edit copies no text but that of the
 * pieces that it touches.
 */
export class ExportDocument {
  readonly uri: string;
  readonly languageId: string;
  #format: ExportFormat;
  #text: PiecedText<LivePiece>;
  #version: number;
  #moves = 0;
  #lastChanges: readonly TextDocumentContentChangeEvent[] = [];

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.#version = version;
    this.#format = this.#formatOf(text);
    this.#text = this.#pieced(text);
  }

  /** Another object when an edit has changed what the way to read the file depends on. */
  get format(): ExportFormat {
    return this.#format;
  }

  /** `false` for a table that is none as long as its header stays as it is: it is nobody's business here. */
  get isExport(): boolean {
    return this.#format !== NO_EXPORT;
  }

  /** The text; another object with another format. */
  get text(): PiecedText<LivePiece> {
    return this.#text;
  }

  get version(): number {
    return this.#version;
  }

  /** Another number whenever an edit has moved lines that it did not touch. */
  get moves(): number {
    return this.#moves;
  }

  /** What the last update was made of. */
  get lastChanges(): readonly TextDocumentContentChangeEvent[] {
    return this.#lastChanges;
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.#lastChanges = changes;
    for (const change of changes) {
      const { lineEnds } = this.text.pieces;
      this.text.update([change]);
      if (this.text.pieces.lineEnds !== lineEnds) this.#moves++;
    }
    this.#followFormat();
    this.#version = version;
  }

  #followFormat(): void {
    const { head } = this.#format;
    if (head === this.text.slice(0, head.length) && this.#format !== NO_EXPORT) return;
    const format = this.#formatOf(this.text.slice(0, FORMAT_HEAD));
    if (format === this.#format) return;
    this.#format = format;
    this.#text = this.#pieced(this.getText());
  }

  #formatOf(text: string): ExportFormat {
    const head = text.slice(0, FORMAT_HEAD);
    if (isPlain(this.uri, this.languageId) && !isPlainExport(head)) return NO_EXPORT;
    return formatOf(formatName(this.uri, this.languageId), head) ?? NO_EXPORT;
  }

  #pieced(text: string): PiecedText<LivePiece> {
    return new PiecedText(text, this.#format.blocks, (piece) => new LivePiece(piece));
  }

  /** The text as a whole: it is put together, which takes a while where it is long. */
  getText(): string {
    return this.text.text();
  }
}

/** Settings and baselines are small, and what keeps them is made for such documents. */
export const DOCUMENTS: TextDocumentsConfiguration<TextDocument | ExportDocument> = {
  create: (uri, languageId, version, text) =>
    mayBeExport(uri, languageId)
      ? new ExportDocument(uri, languageId, version, text)
      : TextDocument.create(uri, languageId, version, text),
  update(document, changes, version) {
    if (!(document instanceof ExportDocument)) return TextDocument.update(document, changes, version);
    document.update(changes, version);
    return document;
  },
};

function mayBeExport(uri: string, languageId: string): boolean {
  const name = fileName(uri);
  return ["ldif", PLAIN_TEXT, ...TABLE_LANGUAGES].includes(languageId) || isLdifName(name) || isTableName(name);
}

/** Neither its name nor its language says what it is. */
function isPlain(uri: string, languageId: string): boolean {
  const name = fileName(uri);
  return languageId === PLAIN_TEXT && !isLdifName(name) && !isTableName(name);
}

/** The name that tells a document's format: where that says nothing, or somebody has chosen another language, the language tells. */
function formatName(uri: string, languageId: string): string {
  const name = fileName(uri);
  if (languageId === "ldif") return isTableName(name) ? "" : name;
  return TABLE_LANGUAGES.includes(languageId) && !isLdifName(name) ? `${name}.csv` : name;
}
