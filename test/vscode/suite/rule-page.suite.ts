// The way from a finding to the page of its rule, which needs no network.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, openExport, ruleOf } from "./editing.ts";
import { hasPage, takePicture } from "./picture.ts";
import { until } from "./until.ts";

const RULE = "upn-domain-not-routable";

/** The tab with the rendered page. */
function previewTab(): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.path === `/${RULE}.md`);
}

suite("The page of a rule", () => {
  let editor: vscode.TextEditor;
  let finding: vscode.Diagnostic;

  setup(async () => {
    editor = await openExport("contoso.ldf");
    finding = await until("a finding", () => diagnosticsOf(editor.document.uri).find((it) => ruleOf(it) === RULE));
  });

  teardown(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  test("comes from the server", async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(`syncready-rule:/${RULE}.md`));
    assert.equal(page.languageId, "markdown");
    assert.match(page.getText(), /^# The suffix of the user principal name is not routable\n/);
  });

  test("is shown as a preview by the command", async () => {
    await vscode.commands.executeCommand("syncready.openRulePage", RULE);
    await until("the page", previewTab);
  });

  test("is linked in the hover of a finding", async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      editor.document.uri,
      finding.range.start,
    );
    const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    const own = texts.find(({ value }) => value.includes("The suffix of the user principal name is not routable"));
    assert(own, texts.map(({ value }) => value).join(" | "));
    assert.deepEqual(own.isTrusted, { enabledCommands: ["syncready.openRulePage"] });
  });

  for (const [picture, name, link] of [
    ["code-link", "the id in a diagnostic's hover", `.monaco-hover a.code-link:has-text("${RULE}")`],
    ["hover-link", "the link in the hover", `.monaco-hover .rendered-markdown a:has-text("${RULE}")`],
  ] as const) {
    test(`is opened by ${name}`, async function () {
      if (!hasPage()) this.skip();
      editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
      editor.revealRange(finding.range, vscode.TextEditorRevealType.InCenter);
      await vscode.commands.executeCommand("editor.action.showHover");
      await takePicture(picture, [link], { click: [link] });
      await until("the page", previewTab);
      await takePicture(`${picture}-page`, ['h1:has-text("not routable")']);
    });
  }
});
