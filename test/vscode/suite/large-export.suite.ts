// An export that is too large for VS Code to make a document of it for extensions: it is checked from disk.
import assert from "node:assert/strict";
import { appendFileSync, statSync } from "node:fs";
import * as vscode from "vscode";
import type { CheckedFromDisk } from "../../../server/lsp/protocol.ts";
import { diagnosticsOf, ruleOf, workspacePath } from "./editing.ts";
import { takePicture } from "./picture.ts";
import { until } from "./until.ts";

suite("An export of 55 MB", () => {
  const path = workspacePath("../large/Large.LDF");
  const uri = vscode.Uri.file(path);

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("syncready.clearChecked");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  async function check(command: string, ...named: readonly vscode.Uri[]): Promise<CheckedFromDisk> {
    const answer = await vscode.commands.executeCommand<CheckedFromDisk | undefined>(command, ...named);
    assert(answer, "the check came to its end");
    assert.deepEqual(answer.failures, []);
    return answer;
  }

  /** Waits for all diagnostics: they come by another way than the answer. */
  async function untilShown({ errors, warnings, others, notShown }: CheckedFromDisk): Promise<void> {
    const count = errors + warnings + others - notShown + (notShown > 0 ? 1 : 0);
    assert(count > 0);
    await until(`${count} diagnostics`, () => diagnosticsOf(uri).length === count);
  }

  test("is checked without being opened, and what is found is in the Problems list", async () => {
    assert(statSync(path).size > 50 * 2 ** 20);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("notifications.clearAll");
    const answer = await check("syncready.checkExport", uri);
    assert(answer.entries > 20_000, `${answer.entries} entries`);
    await untilShown(answer);
    assert(diagnosticsOf(uri).some((it) => ruleOf(it) === "duplicate-userprincipalname"));
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    // VS Code keeps documents, and what is found in them, for a while after their editors are closed: their rows come first.
    await vscode.commands.executeCommand("list.collapseAll");
    await takePicture("large-export", ['.markers-panel .monaco-list-row:has-text("Large.LDF")']);
    await vscode.commands.executeCommand("syncready.clearChecked");
    await until("no diagnostics", () => diagnosticsOf(uri).length === 0);
  });

  test("is checked when its tab is the active one, of which extensions get no document", async () => {
    await vscode.commands.executeCommand("vscode.open", uri);
    await until("its tab", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputText && input.uri.path === uri.path;
    });
    assert(vscode.workspace.textDocuments.every((document) => document.uri.path !== uri.path));
    await untilShown(await check("syncready.checkExport"));
  });

  test("is checked with its folder, and what was found goes when the file changes", async () => {
    await untilShown(await check("syncready.checkFolder", vscode.Uri.file(workspacePath("../large"))));
    appendFileSync(path, "\r\n");
    await until("no diagnostics", () => diagnosticsOf(uri).length === 0);
  });
});
