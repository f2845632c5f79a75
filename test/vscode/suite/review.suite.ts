// What a person sees before anything is changed or written: all fixes in the refactor preview, an entry beside what it was, and the
// modify file.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { diagnosticsOf, openExport, workspacePath } from "./editing.ts";
import { hasPage, takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

/** The refactor preview. */
const PANEL = ".bulk-edit-panel";

const closeAll = () => vscode.commands.executeCommand("workbench.action.closeAllEditors");

suite("A review of all fixes", () => {
  let document: vscode.TextDocument;
  let before: string;

  suiteSetup(async () => {
    ({ document } = await openExport("contoso.ldf"));
    before = document.getText();
    await until("findings", () => diagnosticsOf(document.uri).length > 0);
  });

  suiteTeardown(closeAll);

  for (const [name, theme, kind, themeClass] of THEMES) {
    test(`shows them by rule in ${theme}, and nothing is changed before somebody says so`, async function () {
      if (!hasPage()) this.skip();
      await useTheme(theme, kind);
      await vscode.window.showTextDocument(document);
      const answer = vscode.commands.executeCommand("syncready.reviewFixes");
      const row = (text: string) => `${PANEL} .monaco-list-row:has-text("${text}")`;
      await takePicture(`review-${name}`, [`.monaco-workbench${themeClass}`, row("to review")]);
      await vscode.commands.executeCommand("workbench.action.toggleMaximizedPanel");
      await takePicture(`review-${name}-maximized`, [
        row("to review"),
        row("upn-domain-not-routable + upn-non-ascii-characters: 1 change to review"),
      ]);
      await vscode.commands.executeCommand("workbench.action.toggleMaximizedPanel");
      assert.equal(document.getText(), before);
      await vscode.commands.executeCommand("refactorPreview.discard");
      assert.equal(await answer, undefined);
      assert.equal(document.getText(), before);
    });
  }

  test("makes what is taken: the safe ones are chosen already", async function () {
    if (!hasPage()) this.skip();
    await vscode.window.showTextDocument(document);
    const answer = vscode.commands.executeCommand("syncready.reviewFixes");
    await takePicture("review-apply", [`${PANEL} .monaco-list-row:has-text("to review")`]);
    await vscode.commands.executeCommand("refactorPreview.apply");
    assert(typeof (await answer) === "number");
    const after = document.getText();
    assert.match(after, /^proxyAddresses: SMTP:julie\.moreau@contoso\.com$/m);
    assert.match(after, /^userPrincipalName: pschulz@contoso\.local$/m);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });
});

suite("A review of what has been edited", () => {
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    const editor = await openExport("contoso.ldf");
    ({ document } = editor);
    const at = document.getText().indexOf("smtp:julie.moreau@contoso.com");
    const place = document.positionAt(at);
    const range = new vscode.Range(place, place.translate(0, "smtp".length));
    assert(await editor.edit((edit) => edit.replace(range, "SMTP")));
    editor.selection = new vscode.Selection(place, place);
  });

  suiteTeardown(async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await closeAll();
  });

  for (const [name, theme, kind, themeClass] of THEMES) {
    test(`shows an entry beside what it was in ${theme}`, async () => {
      await useTheme(theme, kind);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("syncready.compareEntryWithOriginal");
      const tab = await until("the comparison", () => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        return input instanceof vscode.TabInputTextDiff && input;
      });
      const [original, now] = await Promise.all(
        [tab.original, tab.modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
      );
      assert.match(original!, /^dn: CN=Julie Moreau,/m);
      assert.equal(now, original!.replace("smtp:julie", "SMTP:julie"));
      await takePicture(`entry-${name}`, [
        `.monaco-workbench${themeClass}`,
        ".diff-editor-widget, .monaco-diff-editor",
      ]);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });

    test(`shows the modify file that would be written in ${theme}`, async () => {
      await useTheme(theme, kind);
      await vscode.window.showTextDocument(document);
      const files = () => readdirSync(dirname(workspacePath("contoso.ldf"))).sort();
      const onDisk = files();
      await vscode.commands.executeCommand("syncready.previewModifyFile");
      const preview = await until("the preview", () => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.uri.scheme === "syncready-text" && shown;
      });
      assert.equal(preview.languageId, "ldif");
      assert.match(preview.getText(), /^# PREVIEW: nothing is written yet\.\r?\n# Entries: 1 modified, 0 added/);
      await takePicture(`preview-${name}`, [`.monaco-workbench${themeClass}`, '.view-line:has-text("PREVIEW")']);
      assert.deepEqual(files(), onDisk);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });
  }
});
