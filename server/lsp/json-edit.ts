import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import { applyChanges, type JsonChange } from "../core/index.ts";
import type { ClientFeatures } from "./capabilities.ts";
import { LineIndex, textEdits, workspaceEdit } from "./convert.ts";
import type { FileText } from "./files-beside.ts";

/** The edit that makes changes of a file's text, and creates it where there is none; `undefined` where the client cannot. */
export function jsonEdit(
  file: FileText,
  changes: readonly JsonChange[] | undefined,
  client: ClientFeatures,
): WorkspaceEdit | undefined {
  if (changes === undefined) return undefined;
  const { uri, text } = file;
  if (text !== undefined) return workspaceEdit(file, textEdits(new LineIndex(text), changes), client);
  if (!client.createFile) return undefined;
  const start = { line: 0, character: 0 };
  const edit: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText: `${applyChanges("", changes)}\n` }],
  };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, edit] };
}
