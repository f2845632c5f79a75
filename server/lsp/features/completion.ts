import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionOptions,
  type CompletionParams,
  InsertTextFormat,
  type Range,
} from "vscode-languageserver";
import {
  type LdifRecord,
  type LogicalLine,
  logicalLines,
  MOD_SPEC_SKELETONS,
  RECORD_SKELETONS,
  type Skeleton,
  skeletonText,
} from "../../core/index.ts";
import type { Context } from "../context.ts";
import type { ExportDocument } from "../export-document.ts";
import { ldifDocument, ldifRecordAt } from "../ldif-places.ts";
import type { RecordPlace } from "../placed-records.ts";
import { entryAttributeItems, isLike } from "./completion-attributes.ts";
import { valueItems } from "./completion-values.ts";

export const COMPLETION: CompletionOptions = { triggerCharacters: ["@", " ", "=", ","] };

/** A place where something is being written. */
export interface WritingSite {
  readonly document: ExportDocument;
  readonly record: LdifRecord;
  /** All lines of the record. */
  readonly lines: readonly LogicalLine[];
  /** The line of the place; `undefined` where it is empty. */
  readonly line: LogicalLine | undefined;
  /** Where the physical line begins, and the place itself, counted from the record's start. */
  readonly lineStart: number;
  readonly at: number;
  range(start: number, end: number): Range;
}

/** What can be written at a place of an export in LDIF. */
export async function completion(
  context: Context,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const document = ldifDocument(context, textDocument.uri);
  const place = document && ldifRecordAt(document, position);
  if (document === undefined) return null;
  if (place === undefined)
    return { isIncomplete: false, items: recordItems(context, { start: position, end: position }) };
  const site = siteOf(document, place);
  const line = site.line?.line;
  if (line !== undefined && site.at > line.descriptionEnd) return valueItems(context, site, line, token);
  const typed = site.record.text.slice(site.lineStart, site.at);
  return isDescription(typed) && (site.line === undefined || site.line.start === site.lineStart)
    ? descriptionItems(context, site, typed)
    : null;
}

function siteOf(document: ExportDocument, { placed, record, offset: at }: RecordPlace<LdifRecord>): WritingSite {
  const { text } = record;
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const lines = [...logicalLines(record)];
  const line = lines.find(({ start, end, kind }) => start <= at && at <= end && kind !== "blank" && end > start);
  const range = (start: number, end: number) => placed.range(record, { start, end });
  return { document, record, lines, line, lineStart, at, range };
}

function isDescription(typed: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9.;-]*)?$/.test(typed);
}

/** What a line can begin with. */
function descriptionItems(context: Context, site: WritingSite, typed: string): CompletionList | null {
  const { lines, lineStart, line } = site;
  const before = lines.filter(({ next, start }) => next <= lineStart && start < lineStart);
  const content = before.filter(({ kind }) => kind === "attribute" || kind === "dash" || kind === "stray");
  const range = site.range(lineStart, line === undefined ? site.at : endOfDescription(site, line));
  const isNew = before.at(-1)?.kind === "blank" || !content.some((one) => one.line?.isNamed("dn"));
  if (isNew) return { isIncomplete: false, items: recordItems(context, range) };
  const changetype = content.find((one) => one.line?.isNamed("changetype"))?.line;
  const type = changetype?.text.trim().toLowerCase();
  const colon = line?.line === undefined ? ": " : "";
  switch (type) {
    case "modify":
      return { isIncomplete: false, items: modSpecItems(context, content, range, colon) };
    case "modrdn":
    case "moddn":
      return { isIncomplete: false, items: renameItems(content, range, colon) };
    case "delete":
      return null;
    default: {
      const { items, isIncomplete } = entryAttributeItems(site, typed, range, colon);
      const begins =
        isLike("changetype", typed) && changetype === undefined && content.at(-1)?.line?.isNamed("dn") === true;
      return { isIncomplete, items: begins ? [keyword("changetype", range, colon), ...items] : items };
    }
  }
}

function endOfDescription({ record, at }: WritingSite, { line, start, end }: LogicalLine): number {
  if (line !== undefined) return line.descriptionEnd;
  const word = /^[A-Za-z0-9.;-]*/.exec(record.text.slice(start, end))![0];
  return Math.max(start + word.length, at);
}

function keyword(name: string, range: Range, colon: string): CompletionItem {
  const newText = `${name}${colon}`;
  return { label: name, kind: CompletionItemKind.Keyword, sortText: `0${name}`, textEdit: { range, newText } };
}

function recordItems(context: Context, range: Range): CompletionItem[] {
  return context.client.options.ownSnippets ? [] : skeletonItems(context, RECORD_SKELETONS, range);
}

function skeletonItems({ client }: Context, skeletons: readonly Skeleton[], range: Range): CompletionItem[] {
  return skeletons.map((skeleton) => ({
    label: skeleton.title,
    filterText: skeleton.prefix,
    kind: CompletionItemKind.Snippet,
    detail: skeleton.description,
    insertTextFormat: client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: client.snippets ? skeleton.body : skeletonText(skeleton) },
  }));
}

/** In a mod-spec: another value, or its end. Between two of them: the next one. */
function modSpecItems(
  context: Context,
  content: readonly LogicalLine[],
  range: Range,
  colon: string,
): CompletionItem[] {
  const last = content.filter(({ kind, line }) => kind === "dash" || (line !== undefined && isModSpec(line))).at(-1);
  const attribute = last?.line?.text.trim();
  if (attribute === undefined || attribute === "") return skeletonItems(context, MOD_SPEC_SKELETONS, range);
  return [keyword(attribute, range, colon), { ...keyword("-", range, ""), sortText: "1" }];
}

function isModSpec({ description }: { readonly description: string }): boolean {
  return /^(?:add|delete|replace|increment)$/i.test(description);
}

function renameItems(content: readonly LogicalLine[], range: Range, colon: string): CompletionItem[] {
  return ["newrdn", "deleteoldrdn", "newsuperior"]
    .filter((name) => !content.some(({ line }) => line?.isNamed(name)))
    .map((name, index) => ({ ...keyword(name, range, colon), sortText: `${index}` }));
}
