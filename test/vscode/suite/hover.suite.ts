// Hovers and lenses as a user sees them.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

/** A head and shoulders, 48 by 48 pixels. */
const PHOTO =
  "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAIAAADYYG7QAAAAiklEQVR42u3W0RGAMAgD0MzjKm7khH46ixN0AivQUomXOwZ4HxCC+9xLDQQSSCCBmEHbcT3NB6COZsSEDMoIix/k0gRMyNZ4TQIJJJBAXKBySa3nStqHijZGlXxS0NwFioOSbp4/h2r9srDGZcIajd2EZRqjCSs1FhMbaLrm1UQFStL0TQIJ9DtQAz1EkrsKwPUtAAAAAElFTkSuQmCC";

const HOSTILE = "[click](command:workbench.action.closeAllEditors) <img src=x> http://evil.example";

const EXPORT = `dn: CN=Doe\\, Ida,OU=Staff,DC=contoso,DC=com
objectClass: user
sAMAccountName: ida
userAccountControl: 514
mail: ida.doe@contoso.com
proxyAddresses: smtp:i.doe@contoso.com
description:: ${Buffer.from(HOSTILE).toString("base64")}
thumbnailPhoto:: ${PHOTO}
`;

suite("The hover", () => {
  let editor: vscode.TextEditor;

  suiteSetup(async () => {
    const document = await vscode.workspace.openTextDocument({ language: "ldif", content: EXPORT });
    editor = await vscode.window.showTextDocument(document);
  });

  suiteTeardown(async () => {
    await setLenses(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  /** The place after the first occurrence of a text. */
  function placeOf(text: string): vscode.Position {
    const { document } = editor;
    return document.positionAt(document.getText().indexOf(text) + text.length);
  }

  async function hoverAt(text: string): Promise<string> {
    const { uri } = editor.document;
    const hovers = await until("a hover", async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        placeOf(text),
      );
      return found.length > 0 && found;
    });
    return hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value)).join("\n");
  }

  function setLenses(value: boolean | undefined): Thenable<void> {
    const settings = vscode.workspace.getConfiguration("syncready");
    return settings.update("codeLens.addresses", value, vscode.ConfigurationTarget.Global);
  }

  test("says what stands there", async () => {
    assert.match(await hoverAt("userAccountControl: 5"), /ACCOUNTDISABLE/);
    assert.match(await hoverAt("userAcc"), /accountEnabled/);
    assert.match(await hoverAt("dn: CN=D"), /\*\*Synchronizes/);
    assert.match(await hoverAt("smtp:i"), /Primary: `ida\.doe@/);
  });

  test("shows above the entries what Exchange Online will show, once that is wanted", async () => {
    const titles = async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        editor.document.uri,
      );
      return lenses.map(({ command }) => command?.title ?? "");
    };
    assert.deepEqual(await titles(), []);
    await setLenses(true);
    const [title] = await until("a lens", async () => {
      const found = await titles();
      return found.length > 0 && found;
    });
    assert.match(title!, /^Exchange Online: ida\.doe@.*, 1 secondary, 1 not used$/);
  });

  for (const [name, theme, kind, themeClass] of THEMES) {
    for (const [what, place, visible] of [
      ["photo", "thumbnailPhoto:: iVBO", ".monaco-hover img[src^='data:image/png']"],
      ["hostile", "description:: W2", ".monaco-hover .monaco-tokenized-source"],
      ["addresses", "proxyAddresses: smtp:i", ".monaco-hover li:nth-child(3)"],
    ] as const) {
      test(`shows ${what} in ${theme}`, async () => {
        await useTheme(theme, kind);
        await vscode.commands.executeCommand("notifications.clearAll");
        await vscode.window.showTextDocument(editor.document);
        const at = placeOf(place);
        editor = vscode.window.activeTextEditor!;
        editor.selection = new vscode.Selection(at, at);
        await vscode.commands.executeCommand("editor.action.hideHover");
        await vscode.commands.executeCommand("editor.action.showHover");
        await takePicture(`hover-${what}-${name}`, [`.monaco-workbench${themeClass}`, visible]);
      });
    }
  }
});
