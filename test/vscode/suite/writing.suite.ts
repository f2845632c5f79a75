// What helps to write LDIF, asked for as VS Code asks for it, and its commands.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { openExport } from "./editing.ts";
import { hasPage, takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

const TEXT = [
  "dn: CN=Jane,OU=Staff,DC=contoso,DC=com",
  "objectClass: user",
  "cn: Jane",
  "sn:: TWlsbGVy",
  "displayName:: SmFuZSBNw7xsbGVy",
  "mail: jane@",
  "proxyAddresses: SMTP:jane@contoso.com",
  "manager: CN=Joe,OU=Staff,DC=contoso,DC=com",
  "whenCreated: 20260101000000.0Z",
  "contosoBadge: 7",
  "",
].join("\n");

suite("Writing LDIF", () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  setup(async () => {
    document = await vscode.workspace.openTextDocument({ language: "ldif", content: TEXT });
    editor = await vscode.window.showTextDocument(document);
  });

  teardown(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  const positionOf = (place: string) => document.positionAt(document.getText().indexOf(place));
  const whole = () => new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));

  async function offeredAt(position: vscode.Position): Promise<string[]> {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  }

  test("is offered attributes, and domains behind an @", async () => {
    await until("the domains", async () => (await offeredAt(positionOf("\nproxy"))).includes("contoso.com"));
    const attributes = await offeredAt(positionOf("whenCreated"));
    assert(attributes.includes("proxyAddresses"));
    assert(!attributes.includes("manager"), "manager takes a single value, and is there");
  });

  test("has hints behind short values in base64, unless they are switched off", async () => {
    const settings = vscode.workspace.getConfiguration("syncready");
    const hints = async () => {
      const ask = "vscode.executeInlayHintProvider";
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(ask, document.uri, whole());
      return found.map(({ label }) => label);
    };
    await until("the hints", async () => (await hints()).join() === '"Miller","Jane Müller"');
    await settings.update("inlayHints.base64", false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await hints(), []);
    } finally {
      await settings.update("inlayHints.base64", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test("is coloured by what attributes are, and so is no table", async () => {
    const ask = "vscode.provideDocumentRangeSemanticTokens";
    const tokens = await until("the tokens", () =>
      vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(ask, document.uri, whole()),
    );
    assert(tokens.data.length > 50);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      "vscode.provideDocumentRangeSemanticTokensLegend",
      document.uri,
    );
    assert.deepEqual(legend.tokenModifiers, ["naming", "address", "link", "systemOnly", "unknown"]);
    const table = await openExport("fixtures/Users.CSV");
    const range = new vscode.Range(0, 0, 5, 0);
    assert.equal(await vscode.commands.executeCommand(ask, table.document.uri, range), undefined);
  });

  test("is converted, folded, unfolded and formatted by commands", async () => {
    const select = (place: string) => {
      editor.selection = new vscode.Selection(positionOf(place), positionOf(place));
    };
    select("TWls");
    await vscode.commands.executeCommand("syncready.convertValue");
    await until("the text", () => document.getText() === TEXT.replace("sn:: TWlsbGVy", "sn: Miller"));
    const long = `info: ${"abc ".repeat(30)}x\n`;
    await editor.edit((edit) => edit.insert(positionOf("whenCreated"), `${long}title:Boss\n`));
    select("info");
    await vscode.commands.executeCommand("syncready.foldLines");
    await until("the fold", () => document.getText().includes(`\n ${long.slice(76)}`));
    await vscode.commands.executeCommand("editor.action.formatDocument");
    await until("the blank", () => document.getText().includes("\ntitle: Boss\n"));
    assert(document.getText().includes(`\n ${long.slice(76)}`));
    await vscode.commands.executeCommand("syncready.unfoldLines");
    await until("the line", () => document.getText().includes(long));
  });

  for (const [theme, ending, kind, page] of THEMES) {
    test(`looks well in a ${theme} theme`, async function () {
      if (!hasPage()) this.skip();
      await useTheme(ending, kind);
      // The grammar takes no DN apart but that of an entry: the tokens have come.
      const coloured = '.monaco-editor .view-line:has-text("manager") span:text-is("OU")';
      await takePicture(`writing-${theme}`, [page, '.monaco-editor .view-line:has-text("Jane Müller")', coloured]);
    });
  }
});
