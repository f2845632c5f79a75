// The sample as a user sees it. In the browser this takes the pictures that stand in the README.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, openExport } from "./editing.ts";
import { takePicture } from "./picture.ts";
import { until } from "./until.ts";

/** Theme ids have changed with the years ("Default Light Modern", "Light Modern"): take the one that this VS Code has. */
function themeId(ending: string): string {
  const themes = vscode.extensions.getExtension("vscode.theme-defaults")?.packageJSON.contributes.themes as
    | readonly { readonly id: string }[]
    | undefined;
  const theme = themes?.find(({ id }) => id.endsWith(ending));
  assert(theme, `VS Code has a theme ${ending}`);
  return theme.id;
}

suite("The sample export", () => {
  suiteSetup(async () => {
    const { document } = await openExport("contoso.ldf");
    await until("findings in the sample", () => diagnosticsOf(document.uri).length > 0);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  });

  suiteTeardown(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  for (const [picture, theme, kind, themeClass] of [
    ["sample-light", "Light Modern", vscode.ColorThemeKind.Light, ".vs"],
    ["sample-dark", "Dark Modern", vscode.ColorThemeKind.Dark, ".vs-dark"],
  ] as const) {
    test(`is readable in ${theme}`, async () => {
      const settings = vscode.workspace.getConfiguration("workbench");
      await settings.update("colorTheme", themeId(theme), vscode.ConfigurationTarget.Global);
      await until(theme, () => vscode.window.activeColorTheme.kind === kind);
      await vscode.commands.executeCommand("notifications.clearAll");
      await takePicture(picture, [
        `.monaco-workbench${themeClass}`,
        ".editor-instance [class*=squiggly-]",
        ".markers-panel .monaco-list-row",
      ]);
    });
  }
});
