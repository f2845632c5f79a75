// Finding one's way: what VS Code gets from its own commands for outlines, definitions and the like.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { openExport } from "./editing.ts";
import { takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

suite("An export in which somebody looks around", () => {
  let document: vscode.TextDocument;
  const jane = "CN=Jane Doe,OU=Sales,DC=contoso,DC=com";

  suiteSetup(async () => {
    ({ document } = await openExport("fixtures/team.ldf"));
  });

  suiteTeardown(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  /** The place of a text, which stands in the document. */
  function place(text: string): vscode.Position {
    const at = document.getText().indexOf(text);
    assert(at >= 0, text);
    return document.positionAt(at);
  }

  function ask<Answer>(command: string, ...args: unknown[]): Promise<Answer[]> {
    return until(command, async () => {
      const found = await vscode.commands.executeCommand<Answer[] | undefined>(command, ...args);
      return found !== undefined && found.length > 0 && found;
    });
  }

  test("has an outline: entries with an icon by their class, and attributes below them", async () => {
    const symbols = await ask<vscode.DocumentSymbol>("vscode.executeDocumentSymbolProvider", document.uri);
    assert.deepEqual(
      symbols.map(({ name, detail, kind }) => [name, detail, kind]),
      [
        ["Team", "OU=Sales,DC=contoso,DC=com", vscode.SymbolKind.Enum],
        ["Jane Doe", "OU=Sales,DC=contoso,DC=com", vscode.SymbolKind.Class],
        ["Jürgen 😀", "OU=Sales,DC=contoso,DC=com", vscode.SymbolKind.Interface],
      ],
    );
    const names = symbols[0]!.children.map(({ name, detail }) => `${name}: ${detail}`);
    assert.deepEqual(names.slice(-2), ["member: 2 values", `managedBy: ${jane}`]);
    assert.equal(symbols[0]!.range.end.line, place("managedBy").line);
  });

  test("leads from a folded value, and from one in base64, to the entry", async () => {
    for (const [from, to] of [
      [" ane Doe,OU", "dn: CN=Jane"],
      ["Q049SsO8", "dn:: Q049"],
    ] as const) {
      const at = place(from).translate(0, 2);
      const [link, ...others] = await ask<vscode.LocationLink>("vscode.executeDefinitionProvider", document.uri, at);
      assert.equal(others.length, 0);
      assert.equal(link!.targetUri.toString(), document.uri.toString());
      assert.equal(link!.targetSelectionRange?.start.line, place(to).line);
      assert(link!.originSelectionRange?.contains(at));
    }
  });

  test("names what refers to an entry", async () => {
    const at = place("dn: CN=Jane").translate(0, 8);
    const found = await ask<vscode.Location>("vscode.executeReferenceProvider", document.uri, at);
    const lines = found.map(({ range }) => range.start.line).sort((one, other) => one - other);
    const [member, managedBy, manager] = ["member: CN=J", "managedBy", "manager"].map((text) => place(text).line);
    assert.deepEqual(
      lines.filter((line) => line !== at.line),
      [member, managedBy, manager],
    );
  });

  test("finds an entry by an address", async () => {
    const found = await ask<vscode.SymbolInformation>("vscode.executeWorkspaceSymbolProvider", "j.doe@contoso");
    const [first] = found.filter(({ location }) => location.uri.toString() === document.uri.toString());
    assert.equal(first?.name, "Jane Doe \u00b7 smtp:j.doe@contoso.com");
    assert.equal(first?.location.range.start.line, place("dn: CN=Jane").line);
  });

  test("folds entries and folded values", async () => {
    const found = await ask<vscode.FoldingRange>("vscode.executeFoldingRangeProvider", document.uri);
    const lines = found.map(({ start, end }) => [start, end]);
    const member = place("member: CN=J").line;
    for (const expected of [
      [place("dn: CN=Team").line, place("managedBy").line],
      [member, member + 1],
    ]) {
      assert(
        lines.some((one) => one.join() === expected.join()),
        JSON.stringify(lines),
      );
    }
  });

  test("marks the same address", async () => {
    const at = place("SMTP:jane@").translate(0, 6);
    const found = await ask<vscode.DocumentHighlight>("vscode.executeDocumentHighlights", document.uri, at);
    assert.deepEqual(
      found.map(({ range }) => document.getText(range)),
      ["Jane@Contoso.com", "jane@contoso.com"],
    );
  });

  for (const [name, theme, kind, themeClass] of THEMES) {
    test(`shows where one is, and what there is, in ${theme}`, async () => {
      await useTheme(theme, kind);
      const editor = await openExport("fixtures/team.ldf");
      const at = place("ane Doe,OU");
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("outline.focus");
      const row = (text: string) => `.monaco-list-row:has-text("${text}")`;
      const visible = [".monaco-breadcrumbs", `.outline-pane ${row("Jane Doe")}`].map((one) => `${themeClass} ${one}`);
      await takePicture(`outline-${name}`, visible);
      // The editor looks for the words again: the first in the name that is shown, the others in the DN.
      await vscode.commands.executeCommand("workbench.action.quickOpen", "#j.doe@ sales");
      await takePicture(`symbols-${name}`, [
        `.quick-input-widget ${row("Jane Doe \u00b7 j.doe@fabrikam.com \u00b7 smtp:j.doe@contoso.com")}`,
      ]);
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    });
  }
});
