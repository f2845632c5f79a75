// A language server at the other end of a pipe, and an editor that does nothing but measure.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { cpuOf, peakOf } from "./process.mjs";

/** So long an answer may take; a JSON server needs seconds for one edit of a large document. */
const PATIENCE_MS = 120_000;

const CAPABILITIES = {
  workspace: {
    configuration: true,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

export class Session {
  #connection;
  #child;
  #version = 0;
  /** What waits for diagnostics: answers whether those that have come are the ones. */
  #awaited;

  /** The diagnostics of the document that came last. */
  diagnostics = [];

  /** Seconds from the start of the process until `initialize` was answered. */
  startTook;

  /** Starts `node program --stdio` and waits until `initialize` has been answered. */
  static async start(program) {
    const session = new Session();
    const begin = performance.now();
    const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    session.#child = child;
    session.#connection = connection;
    connection.onNotification("textDocument/publishDiagnostics", (params) => session.#published(params));
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
    connection.onRequest("client/registerCapability", () => null);
    connection.listen();
    const options = { processId: process.pid, rootUri: null, capabilities: CAPABILITIES, initializationOptions: {} };
    await connection.sendRequest("initialize", options);
    session.startTook = (performance.now() - begin) / 1000;
    await connection.sendNotification("initialized", {});
    return session;
  }

  /** CPU seconds so far; `undefined` where there is no /proc. */
  get cpu() {
    return cpuOf(this.#child.pid);
  }

  /** The peak memory in bytes so far; `undefined` where there is no /proc. */
  get peak() {
    return peakOf(this.#child.pid);
  }

  /** Opens a document and waits for its first diagnostics. */
  open(uri, languageId, text) {
    this.#version = 1;
    const textDocument = { uri, languageId, version: 1, text };
    return this.#diagnosticsAfter("textDocument/didOpen", { textDocument }, () => true);
  }

  /**
   * Replaces a range, and answers the seconds until diagnostics came that are as expected. Those of an older text, and those that do not
   * yet show what the edit has done, are not waited for in vain: the next ones are looked at.
   */
  async edit(uri, range, text, isExpected) {
    this.#version++;
    const begin = performance.now();
    const change = { textDocument: { uri, version: this.#version }, contentChanges: [{ range, text }] };
    await this.#diagnosticsAfter("textDocument/didChange", change, isExpected);
    return (performance.now() - begin) / 1000;
  }

  /** Ends the server, and does not ask how. */
  async stop() {
    const gone = once(this.#child, "exit");
    this.#child.kill();
    await gone;
    this.#connection.dispose();
  }

  #diagnosticsAfter(method, params, isExpected) {
    return new Promise((resolve, reject) => {
      const settle = (action) => {
        clearTimeout(timer);
        this.#child.off("exit", ended);
        this.#awaited = undefined;
        action();
      };
      const fail = (reason) => settle(() => reject(new Error(`${method}: ${reason}`)));
      const ended = (code, signal) => fail(`the server ended with ${signal ?? code}`);
      const timer = setTimeout(() => fail("no diagnostics as expected"), PATIENCE_MS);
      this.#child.once("exit", ended);
      this.#awaited = (diagnostics) => {
        if (isExpected(diagnostics)) settle(resolve);
      };
      this.#connection.sendNotification(method, params).catch(reject);
    });
  }

  /** A server need not say to which version its diagnostics belong. */
  #published({ version = this.#version, diagnostics }) {
    if (version !== this.#version) return;
    this.diagnostics = diagnostics;
    this.#awaited?.(diagnostics);
  }
}
