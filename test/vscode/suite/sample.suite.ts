// The sample as a user sees it. In the browser this takes the pictures that stand in the README.
import * as vscode from "vscode";
import { diagnosticsOf, openExport } from "./editing.ts";
import { takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

suite("The sample export", () => {
  suiteSetup(async () => {
    const { document } = await openExport("contoso.ldf");
    await until("findings in the sample", () => diagnosticsOf(document.uri).length > 0);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  });

  suiteTeardown(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  for (const [name, theme, kind, themeClass] of THEMES) {
    test(`is readable in ${theme}`, async () => {
      await useTheme(theme, kind);
      await vscode.commands.executeCommand("notifications.clearAll");
      await takePicture(`sample-${name}`, [
        `.monaco-workbench${themeClass}`,
        ".editor-instance [class*=squiggly-]",
        ".markers-panel .monaco-list-row",
      ]);
    });
  }
});
