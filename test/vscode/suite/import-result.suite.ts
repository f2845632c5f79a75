// The log of an import leads to the records that were refused.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { ShownImportResult } from "../../../server/lsp/protocol.ts";
import { diagnosticsOf, ruleOf, workspacePath } from "./editing.ts";
import { until } from "./until.ts";

suite("The result of an import", () => {
  const write = (name: string, text: string) => {
    writeFileSync(workspacePath(name), text);
    return vscode.Uri.file(workspacePath(name));
  };
  const record = (name: string) =>
    `dn: CN=${name},OU=Users,DC=contoso,DC=com\nchangetype: modify\nadd: mail\nmail: ${name}@contoso.com\n-\n\n`;

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("syncready.clearImportResult");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  test("is in the Problems list, leads to a page, and goes when it is cleared", async () => {
    const modify = write("import.modify.ldf", ["Ann", "Ben", "Cleo"].map(record).join(""));
    const log = write(
      "import.log",
      'Importing directory from file "import.modify.ldf"\nLoading entries..\nAdd error on entry starting on line 7: Insufficient Rights\nThe server side error is: 0x2098 Insufficient access rights to perform the operation.\n\n1 entry modified successfully.\nAn error has occurred in the program\n',
    );
    const answer = await vscode.commands.executeCommand<ShownImportResult>("syncready.showImportResult", log);
    assert.deepEqual([answer.applied, answer.failed, answer.notApplied], [1, 1, 1]);
    const [failed] = await until("two diagnostics", () => {
      const shown = diagnosticsOf(modify);
      return shown.length === 2 && shown;
    });
    assert.equal(ruleOf(failed!), "import-50");
    assert.equal(failed!.range.start.line, 6);
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("syncready-rule:/import-50.md"));
    assert.match(page.getText(), /^# 50 insufficientAccessRights\n/);
    await vscode.commands.executeCommand("syncready.clearImportResult");
    await until("no diagnostics", () => diagnosticsOf(modify).length === 0);
  });
});
