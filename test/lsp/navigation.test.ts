import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type {
  DocumentSymbol,
  FoldingRange,
  Position,
  Range,
  SelectionRange,
} from "vscode-languageserver-protocol/node";
import { damagedFile, damagedTable } from "../core/damaged-file.ts";
import { PANES } from "../core/ldp-panes.ts";
import fc from "../property.ts";
import { EXPORT, NAVIGATION, outlineOf } from "./navigation.ts";
import { type Session, withSession } from "./session.ts";

const AT_PLACES = ["definition", "references", "documentHighlight"];
const OF_DOCUMENTS = ["documentSymbol", "foldingRange", "documentLink"];

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character <= other.character);
}

function isWithin(inner: Range, outer: Range): boolean {
  return isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);
}

/** What the protocol wants of an outline: names, and ranges in ranges. */
function expectOutline(symbols: readonly DocumentSymbol[], outer: Range): void {
  for (const symbol of symbols) {
    const { name, range, selectionRange, children = [] } = symbol;
    assert.ok(name.trim() !== "", JSON.stringify(symbol));
    assert.ok(isWithin(selectionRange, range) && isWithin(range, outer), JSON.stringify({ symbol, outer }));
    expectOutline(children, range);
  }
}

/** Asks everything about a text, at several places. */
async function askAll(session: Session, uri: string, text: string): Promise<void> {
  await session.replace(uri, text);
  const document = session.documents.get(uri)!;
  const whole = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  expectOutline((await outlineOf(session, uri)) ?? [], whole);
  const of = { textDocument: { uri } };
  const folds = await session.connection.sendRequest<FoldingRange[] | null>("textDocument/foldingRange", of);
  for (const { startLine, endLine } of folds ?? []) assert.ok(startLine < endLine && endLine <= whole.end.line);
  await session.connection.sendRequest("textDocument/documentLink", of);
  const positions = Array.from({ length: 7 }, (_, n) => document.positionAt(Math.floor((text.length * n) / 6)));
  const params = { ...of, positions };
  const selections = await session.connection.sendRequest<SelectionRange[] | null>(
    "textDocument/selectionRange",
    params,
  );
  for (const [at, selection] of (selections ?? []).entries()) {
    const position = positions[at]!;
    let inner = { start: position, end: position };
    for (let one: SelectionRange | undefined = selection; one !== undefined; one = one.parent) {
      assert.ok(isWithin(inner, one.range), JSON.stringify({ text, position, selection }));
      inner = one.range;
    }
    for (const method of AT_PLACES) {
      const context = { includeDeclaration: true };
      await session.connection.sendRequest(`textDocument/${method}`, { ...of, position, context });
    }
  }
}

function expectNoFailure({ log }: Session): void {
  assert.deepEqual(
    log.filter((line) => line.includes("This failed")),
    [],
  );
}

describe("Everything is answered", () => {
  const texts: Readonly<Record<string, readonly string[]>> = {
    "x.ldf": [
      ...fc.sample(damagedFile, { numRuns: 60, seed: 7 }),
      "",
      "\r",
      "\n\n",
      "\0",
      "dn",
      "dn:",
      "dn:: ",
      "\ud800\ndn: \udc00=x",
    ],
    "x.csv": fc.sample(damagedTable, { numRuns: 30, seed: 7 }),
    "x.txt": PANES,
  };
  for (const [name, all] of Object.entries(texts)) {
    test(
      `about damaged files like ${name}, with ranges that are in one another`,
      withSession({ capabilities: NAVIGATION }, async (session) => {
        const uri = `untitled:${name}`;
        await session.open(uri, "");
        for (const text of all) await askAll(session, uri, text);
        expectNoFailure(session);
        assert.deepEqual(await session.connection.sendRequest("workspace/symbol", { query: "zzz" }), []);
      }),
    );
  }

  test(
    "about documents that are not open, and nothing else is told of them",
    withSession({ capabilities: NAVIGATION }, async (session) => {
      const of = { textDocument: { uri: "file:///nowhere/x.ldf" } };
      const position = { line: 0, character: 0 };
      for (const method of [...OF_DOCUMENTS, ...AT_PLACES, "selectionRange"]) {
        const params = { ...of, position, positions: [position], context: {} };
        assert.equal(await session.connection.sendRequest(`textDocument/${method}`, params), null, method);
      }
      expectNoFailure(session);
    }),
  );

  test(
    "about parameters of the wrong shape",
    withSession({ capabilities: NAVIGATION }, async (session) => {
      const uri = "untitled:x.ldf";
      await session.open(uri, EXPORT);
      for (const params of [{}, [], { textDocument: null }, { textDocument: { uri } }, { query: 7 }]) {
        for (const method of [...OF_DOCUMENTS, ...AT_PLACES, "selectionRange"]) {
          await session.connection.sendRequest(`textDocument/${method}`, params).catch(() => undefined);
        }
        await session.connection.sendRequest("workspace/symbol", params).catch(() => undefined);
        await session.connection.sendRequest("documentLink/resolve", params).catch(() => undefined);
      }
      assert.equal((await outlineOf(session, uri))?.length, 4);
    }),
  );
});
