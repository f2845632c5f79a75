// A table in VS Code, beside an extension that has languages for CSV. It comes first: nothing has started the server yet.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { CheckedFromDisk, WrittenModifyFile } from "../../../server/lsp/protocol.ts";
import {
  applyAction,
  diagnosticsOf,
  openExport,
  quickFixesAt,
  ruleOf,
  untilDiagnostics,
  workspacePath,
} from "./editing.ts";
import { takePicture } from "./picture.ts";
import { THEMES, useTheme } from "./theme.ts";
import { until } from "./until.ts";

/** Whether the server has been started: what only it has a use for is registered then. */
async function isStarted(): Promise<boolean> {
  return (await vscode.commands.getCommands(true)).includes("syncready.typeNewValue");
}

const closeAll = () => vscode.commands.executeCommand("workbench.action.closeAllEditors");

/** The document of a file, once the other extension has given it its language. */
async function untilLanguage(name: string, languageId: string): Promise<vscode.TextDocument> {
  const path = vscode.Uri.file(workspacePath(name)).path;
  return until(`${name} as ${languageId}`, () =>
    vscode.workspace.textDocuments.find((document) => document.uri.path === path && document.languageId === languageId),
  );
}

suite("A table that is no export", () => {
  suiteTeardown(closeAll);

  test("starts nothing, and nothing is said about it", async () => {
    await openExport("fixtures/invoices.csv");
    const document = await untilLanguage("fixtures/invoices.csv", "csv (semicolon)");
    await until("the extension", () => vscode.extensions.getExtension("syncready.syncready")?.isActive);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "x");
    assert(await vscode.workspace.applyEdit(edit));
    await vscode.commands.executeCommand("undo");
    await vscode.commands.executeCommand("workbench.action.quickOpen", ">Syncready: ");
    const withoutCommands = '.quick-input-list:has-text("Check Export"):not(:has-text("Write LDIF Modify File"))';
    await takePicture("no-export-palette", [withoutCommands]);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    assert.equal(await isStarted(), false);
    assert.deepEqual(diagnosticsOf(document.uri), []);
  });
});

suite("An export in a table", () => {
  const name = "fixtures/Users.CSV";
  const duplicates = [
    "duplicate-userprincipalname 2:77-2:92 lee@contoso.com",
    "duplicate-userprincipalname 4:70-4:85 lee@contoso.com",
  ] as const;
  let document: vscode.TextDocument;

  suiteSetup(async () => {
    await openExport(name);
    document = await untilLanguage(name, "csv (semicolon)");
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  });

  suiteTeardown(closeAll);

  test("shows each finding at its place, in the language that another extension has given it", async () => {
    await untilDiagnostics(document, [duplicates[0], "proxyaddresses-no-primary 3:112-3:116 smtp", duplicates[1]]);
    assert(await isStarted());
  });

  test("keeps its findings while its language changes", async () => {
    const counts = new Set<number>();
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some(({ path }) => path === document.uri.path)) counts.add(diagnosticsOf(document.uri).length);
    });
    document = await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    document = await vscode.languages.setTextDocumentLanguage(document, "csv");
    document = await untilLanguage(name, "csv (semicolon)");
    await until(
      "an answer",
      async () => (await quickFixesAt(document.uri, diagnosticsOf(document.uri)[1]!.range)).length,
    );
    listening.dispose();
    assert.deepEqual(
      [...counts].filter((count) => count !== 3),
      [],
    );
    assert.equal(diagnosticsOf(document.uri).length, 3);
  });

  for (const [picture, theme, kind, themeClass] of THEMES) {
    test(`is readable in ${theme}`, async () => {
      await useTheme(theme, kind);
      await vscode.commands.executeCommand("notifications.clearAll");
      await takePicture(`table-${picture}`, [
        `.monaco-workbench${themeClass}`,
        ".editor-instance [class*=squiggly-]",
        ".markers-panel .monaco-list-row",
      ]);
    });
  }

  test("has the commands of exports in the palette and in the menu of its editor", async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.quickOpen", ">Syncready: ");
    const command = (title: string) => `.quick-input-list .monaco-list-row:has-text("${title}")`;
    await takePicture("table-palette", [command("Write LDIF Modify File"), command("Fix All Safe Findings")]);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    const more = ".editor-group-container.active .editor-actions .codicon-toolbar-more";
    await takePicture("table-editor", [more], { click: [more] });
    await takePicture("table-menu", ['.monaco-menu .action-label:has-text("Write LDIF Modify File")']);
    await vscode.window.showTextDocument(document);
  });

  test("is fixed by a quick fix within its field", async () => {
    const finding = diagnosticsOf(document.uri).find((it) => ruleOf(it) === "proxyaddresses-no-primary");
    assert(finding);
    const fix = (await quickFixesAt(document.uri, finding.range)).find(({ title }) =>
      title.includes("Make it the primary address"),
    );
    assert(fix);
    const before = document.getText();
    await applyAction(fix);
    assert.equal(document.getText(), before.replace("smtp:b.lee", "SMTP:b.lee"));
    await untilDiagnostics(document, duplicates);
    assert(await document.save());
    assert.equal(readFileSync(workspacePath(name), "utf8"), before.replace("smtp:b.lee", "SMTP:b.lee"));
  });

  test("gives a modify file and the file that undoes it", async () => {
    await vscode.window.showTextDocument(document);
    const written = await vscode.commands.executeCommand<WrittenModifyFile | undefined>("syncready.writeModifyFile");
    assert(written);
    assert.deepEqual([written.records, written.refusals], [1, []]);
    const read = (uri: string) => readFileSync(vscode.Uri.parse(uri).fsPath, "utf8").replace(/^#.*\r\n/gm, "");
    const record = (removed: string, added: string) =>
      [
        "dn: CN=Bob Lee,OU=Sales,DC=contoso,DC=com",
        "changetype: modify",
        "delete: proxyAddresses",
        `proxyAddresses: ${removed}`,
        "-",
        "add: proxyAddresses",
        `proxyAddresses: ${added}`,
        "-",
        "",
        "",
      ].join("\r\n");
    assert.equal(read(written.modifyFile), record("smtp:b.lee@contoso.com", "SMTP:b.lee@contoso.com"));
    assert.equal(read(written.undoFile), record("SMTP:b.lee@contoso.com", "smtp:b.lee@contoso.com"));
  });

  test("is none any more without its header, and one again with it", async () => {
    const header = document.lineAt(0).rangeIncludingLineBreak;
    const text = document.getText(header);
    const change = async (range: vscode.Range, added: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, added);
      assert(await vscode.workspace.applyEdit(edit));
    };
    await change(header, "");
    await untilDiagnostics(document, []);
    await change(new vscode.Range(0, 0, 0, 0), text);
    await untilDiagnostics(document, duplicates);
    await document.save();
  });
});

suite("A table that somebody types", () => {
  suiteTeardown(closeAll);

  test("has findings as soon as it has the header of an export", async () => {
    const rows = "\nCN=Ann\\,DC=contoso,user,ann@contoso.local\n";
    const document = await vscode.workspace.openTextDocument({ language: "csv", content: rows });
    const editor = await vscode.window.showTextDocument(document);
    for (const part of ["DN", ",objectClass", ",userPrincipalName"]) {
      const end = document.lineAt(0).range.end;
      assert(await editor.edit((edit) => edit.insert(end, part)));
    }
    await until("a finding", () => diagnosticsOf(document.uri).length > 0);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
});

suite("A table of 55 MB", () => {
  const path = workspacePath("../large/Large.csv");

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("syncready.clearChecked");
    await closeAll();
    // Its folder is checked as a whole by others.
    rmSync(path);
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  test("is checked from disk when its tab is the active one, of which extensions get no document", async () => {
    const row = (number: number) => {
      const name = `u${number}`;
      const upn = `${name}@contoso.${number % 1000 === 0 ? "local" : "com"}`;
      return `"CN=${name},OU=Sales,DC=contoso,DC=com",user,${name},${upn},${"In Sales since the beginning. ".repeat(20)}\n`;
    };
    const entries = 86_000;
    const header = "DN,objectClass,sAMAccountName,userPrincipalName,description\n";
    writeFileSync(path, header + Array.from({ length: entries }, (_, number) => row(number)).join(""));
    const uri = vscode.Uri.file(path);
    await vscode.commands.executeCommand("vscode.open", uri);
    await until("its tab", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputText && input.uri.path === uri.path;
    });
    assert(vscode.workspace.textDocuments.every((document) => document.uri.path !== uri.path));
    const answer = await vscode.commands.executeCommand<CheckedFromDisk | undefined>("syncready.checkExport");
    assert.deepEqual([answer?.entries, answer?.failures], [entries, []]);
    await until("its findings", () => diagnosticsOf(uri).some((it) => ruleOf(it) === "upn-domain-not-routable"));
  });
});
