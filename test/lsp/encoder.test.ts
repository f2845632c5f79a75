import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { messageEncoder } from "../../server/lsp/encoder.ts";
import { START } from "./exports.ts";

test("What is encoded is the message, with diagnostics that were sent before and without", async () => {
  const encoder = messageEncoder();
  const diagnostics: Diagnostic[] = ["é😀", 'a "quoted" text', "x\n"].map((message) => ({ range: START, message }));
  const published = (...sent: readonly Diagnostic[]) => ({
    jsonrpc: "2.0",
    method: "textDocument/publishDiagnostics",
    params: { diagnostics: sent, uri: "file:///%7Ba.ldf", version: 3 },
  });
  const messages = [
    { jsonrpc: "2.0", id: 1, result: { diagnostics } },
    published(),
    published(diagnostics[0]!),
    published(...diagnostics),
    published(diagnostics[2]!, { ...diagnostics[0]!, message: "another" }, diagnostics[0]!),
  ];
  for (const message of messages) {
    const bytes = await encoder.encode(message, { charset: "utf-8" });
    assert.deepEqual(JSON.parse(Buffer.from(bytes).toString("utf8")), message);
  }
});
