// The table of all findings, as a person sees it and works in it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, openExport, workspacePath } from "./editing.ts";
import { hasPage, takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

const COMMAND = "syncready.showFindings";
const ROW = "[role=grid] .line.finding";

/** Closes all tabs, and waits until VS Code has told so: the command answers before. */
async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await until("no tabs", () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
}

const isOpen = () =>
  vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview ? true : undefined;

suite("The table of all findings", () => {
  suiteTeardown(closeAll);

  for (const [name, theme, kind, themeClass] of THEMES) {
    test(`shows what is wrong, and what becomes of the objects, in ${theme}`, async () => {
      await useTheme(theme, kind);
      await vscode.commands.executeCommand("notifications.clearAll");
      await openExport("contoso.ldf");
      await vscode.commands.executeCommand("workbench.action.closePanel");
      await vscode.commands.executeCommand(COMMAND);
      await until("the tab", isOpen);
      const shown = `.line:has-text("julie.moreau")`;
      await takePicture(`findings-${name}`, [`.monaco-workbench${themeClass}`, ROW, shown, ".fates svg rect.fails"]);
      await closeAll();
    });
  }

  test("leads to the place in the export with Enter, by the keyboard alone", async function () {
    if (!hasPage()) this.skip();
    const { document } = await openExport("contoso.ldf");
    const [, second] = await until(
      "findings",
      () => diagnosticsOf(document.uri).length > 2 && diagnosticsOf(document.uri),
    );
    await vscode.commands.executeCommand(COMMAND);
    await until("the tab", isOpen);
    await takePicture("findings-enter", [ROW], { click: [`${ROW} >> nth=0`], keys: ["Home", "ArrowDown", "Enter"] });
    const editor = await until("the export", () => {
      const active = vscode.window.activeTextEditor;
      return (
        active?.document.uri.path === document.uri.path && active.selection.start.isEqual(second!.range.start) && active
      );
    });
    assert(editor.selection.isEqual(new vscode.Selection(second!.range.start, second!.range.end)));
    await closeAll();
  });

  test("keeps what is decided when the tab is closed, and shows text as text", async function () {
    if (!hasPage()) this.skip();
    const uri = vscode.Uri.file(workspacePath("fixtures/markup.ldf"));
    await vscode.commands.executeCommand(COMMAND, uri);
    await until("the tab", isOpen);
    assert(
      vscode.workspace.textDocuments.every(({ uri: { path } }) => path !== uri.path),
      "it is read from the disk",
    );
    const row = `${ROW}:has(.cell.value:text-is("<img src=x onerror=alert(1)>@contoso.local"))`;
    await takePicture("findings-markup", [`${row} .cell.name:text-is("<b>Markup</b>")`], {
      click: [`${row} .cell.value`],
      keys: ["F2", "Control+A", "=markup@fabrikam.local", "Enter"],
    });
    await takePicture("findings-objection", ['.objection:has-text("fabrikam.local")'], {
      keys: ["Control+A", "=markup@contoso.com", "Enter"],
    });
    const decided = '.line.edit .cell.new:text-is("markup@contoso.com")';
    await takePicture("findings-decided", [decided]);
    await closeAll();
    await vscode.commands.executeCommand(COMMAND, uri);
    await until("the tab", isOpen);
    await takePicture("findings-again", [decided]);
  });
});
