import assert from "node:assert/strict";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import { only, rangeOfText, START, user } from "./exports.ts";
import { Session, withSession } from "./session.ts";

const uri = "untitled:export.ldf";
const configuration = only("upn-domain-not-routable");

/** The server still does its work. */
async function expectAlive(session: Session): Promise<void> {
  const probe = "untitled:probe.ldf";
  await session.open(probe, user("Jane", "userPrincipalName: jane@contoso.local"));
  assert.deepEqual(await session.found(probe), ["upn-domain-not-routable contoso.local"]);
}

test("The server ends with 0 after shutdown and exit, with 1 after exit alone", async () => {
  const polite = await Session.start();
  assert.equal(await polite.stop(), 0);
  const rude = await Session.start();
  const exit = once(rude.process, "exit");
  await rude.connection.sendNotification("exit");
  assert.deepEqual(await exit, [1, null]);
});

test("The server ends when the client is gone", async () => {
  const child = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit");
  child.stdin.end();
  await exit;
});

test("The server speaks over node's IPC", async () => {
  const child = fork("dist/server.js", ["--node-ipc"], { stdio: "ignore" });
  const answer = once(child, "message");
  child.send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  const [message] = (await answer) as [{ result: { serverInfo: { name: string } } }];
  assert.equal(message.result.serverInfo.name, "Syncready");
  child.kill();
});

const COMMANDS = [
  "syncready.writeModifyFile",
  "syncready.fixAllSafe",
  "syncready.reviewFixes",
  "syncready.previewModifyFile",
  "syncready.takeAsOriginal",
  "syncready.openRulePage",
  "syncready.setSeverity",
  "syncready.acceptFinding",
  "syncready.setValue",
  "syncready.copyGroup",
  "syncready.showImportResult",
  "syncready.clearImportResult",
  "syncready.foldLines",
  "syncready.unfoldLines",
  "syncready.convertValue",
];

for (const [title, ownCommands, expected] of [
  ["Commands are announced to a client that does not have them", false, COMMANDS],
  ["Commands are not announced to a client that has them", true, undefined],
] as const) {
  test(
    title,
    withSession({ options: { ownCommands } }, async ({ capabilities }) => {
      assert.deepEqual(capabilities.executeCommandProvider?.commands, expected);
    }),
  );
}

const dynamicRegistration = true;
const byLanguage = {
  completion: { dynamicRegistration },
  inlayHint: { dynamicRegistration },
  semanticTokens: { dynamicRegistration, requests: { range: true }, tokenTypes: [], tokenModifiers: [], formats: [] },
  formatting: { dynamicRegistration },
  rangeFormatting: { dynamicRegistration },
};

test(
  "What is about LDIF alone is registered for LDIF alone, where the client can do that",
  withSession({ capabilities: { textDocument: byLanguage } }, async (session) => {
    const methods = ["completion", "inlayHint", "semanticTokens", "formatting", "rangeFormatting"];
    await session.until("the registrations", () => session.registrations.length === methods.length);
    for (const method of methods) {
      const registration = session.registrations.find((one) => one.method === `textDocument/${method}`);
      assert.deepEqual(registration?.registerOptions.documentSelector, [{ language: "ldif" }], method);
    }
    const { completionProvider, semanticTokensProvider, documentFormattingProvider } = session.capabilities;
    assert.deepEqual(
      [completionProvider, semanticTokensProvider, documentFormattingProvider],
      Array(3).fill(undefined),
    );
  }),
);

describe("The server survives", () => {
  const garbage: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
    "an unknown request": async ({ connection }) => {
      await assert.rejects(connection.sendRequest("textDocument/unknown", {}), /Unhandled method/);
    },
    "an unknown notification": ({ connection }) => connection.sendNotification("syncready/unknown", {}),
    "an unknown command": async (session) => {
      assert.equal(await session.command("syncready.unknown", uri), null);
    },
    "commands without or with wrong arguments": async (session) => {
      for (const command of COMMANDS) {
        for (const args of [[], [1], [null], [{}], ["nonsense"], ["file:///nowhere/x.ldf", 7, 8], [{ uri: 1 }, "x"]]) {
          await session.command(command, ...args);
        }
      }
    },
    "a change of a document that is not open": ({ connection }) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: "untitled:other.ldf", version: 2 },
        contentChanges: [{ text: "x" }],
      }),
    "a change out of bounds": async (session) => {
      await session.open(uri, user("Jane"));
      await session.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [
          { range: { start: { line: 900, character: 9 }, end: { line: 3, character: 99 } }, text: "x" },
          { range: { start: { line: -1, character: -9 }, end: { line: 0, character: -1 } }, text: "y" },
        ],
      });
    },
    "parameters of the wrong shape": async ({ connection }) => {
      for (const params of [{}, { textDocument: null }, { textDocument: { uri: 7, text: 7 } }, []]) {
        for (const method of ["didOpen", "didChange", "didClose", "didSave", "willSave"]) {
          await connection.sendNotification(`textDocument/${method}`, params);
        }
        await connection.sendRequest("textDocument/codeAction", params).catch(() => undefined);
        await connection.sendRequest("codeAction/resolve", params).catch(() => undefined);
        await connection.sendRequest("syncready/checkNewValue", params).catch(() => undefined);
        for (const method of ["completion", "inlayHint", "semanticTokens/range", "formatting", "rangeFormatting"]) {
          await connection.sendRequest(`textDocument/${method}`, params).catch(() => undefined);
        }
        await connection.sendRequest("syncready/original", params).catch(() => undefined);
        await connection.sendNotification("workspace/didChangeWatchedFiles", params as never);
      }
    },
    "URIs that are none": async (session) => {
      for (const strange of ["", "%", "file:", "file:///%ZZ.ldf", "untitled:", "\ud800:x", "http://x/y.ldf?a#b"]) {
        await session.open(strange, user("Jane"));
        await session.command("syncready.writeModifyFile", strange);
        await session.actions(strange, START);
      }
    },
    "texts that are no LDIF": async (session) => {
      for (const [n, text] of [
        "",
        "\0\0",
        "dn",
        "dn:",
        "\ud800",
        "x".repeat(100_000),
        "dn: a\n".repeat(5000),
        "\r".repeat(1000),
      ].entries()) {
        const strange = `untitled:${n}.ldf`;
        await session.open(strange, text);
        await session.diagnostics(strange);
        await session.actions(strange, { start: START.start, end: { line: 9999, character: 0 } });
        await session.actions(strange, START, ["source.fixAll"]);
        const params = { textDocument: { uri: strange }, position: START.start, range: START, options: {} };
        for (const method of ["completion", "inlayHint", "semanticTokens/range", "formatting", "rangeFormatting"]) {
          await session.connection.sendRequest(`textDocument/${method}`, params);
        }
      }
    },
  };
  for (const [name, throwAt] of Object.entries(garbage)) {
    test(
      name,
      withSession({ configuration }, async (session) => {
        await throwAt(session);
        await expectAlive(session);
      }),
    );
  }

  for (const [name, settings] of Object.entries({
    "settings of the wrong shape": {
      configuration: { ...configuration, profile: 7, verifiedDomains: "x", domainReplacements: [] },
    },
    "no settings at all": { configuration: null },
    "a client that can do nothing": { capabilities: {} },
    "options of the wrong shape": { options: { storageFolder: 7, ownCommands: "yes" } as never },
  })) {
    test(
      name,
      withSession(settings, async (session) => {
        await session.open(uri, user("Jane", "userPrincipalName: jane@contoso.local"));
        const found = await session.found(uri);
        assert.ok(found.includes("upn-domain-not-routable contoso.local"));
        await session.actions(uri, rangeOfText(session.documents.get(uri)!, "contoso.local"));
      }),
    );
  }
});

test(
  "A request that is cancelled is answered, and the next one too",
  withSession({ configuration }, async (session) => {
    await session.open(uri, Array.from({ length: 3000 }, (_, n) => user(`U${n}`)).join(""));
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri }, range: START, context: { diagnostics: [] } };
    const answer = session.connection.sendRequest("textDocument/codeAction", params, source.token);
    source.cancel();
    await answer.catch(() => undefined);
    await expectAlive(session);
  }),
);
