// The road of one export through the product: open, see, fix, save, write the modify file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import {
  applyAction,
  diagnosticsOf,
  openExport,
  quickFixesAt,
  ruleOf,
  untilDiagnostics,
  workspacePath,
} from "./editing.ts";
import { until } from "./until.ts";

/** A file's lines; what follows the last line end is the last line. Fails on a line end other than CRLF. */
function crlfLines(path: string): string[] {
  const text = readFileSync(path, "utf8");
  assert.doesNotMatch(text, /(?<!\r)\n/, `${path} has CRLF line ends only`);
  return text.split("\r\n");
}

suite("An export with three users", () => {
  let editor: vscode.TextEditor;
  const first = "duplicate-userprincipalname 9:20-9:35 lee@contoso.com";
  const second = "duplicate-userprincipalname 30:20-30:35 lee@contoso.com";

  suiteSetup(async () => {
    editor = await openExport("fixtures/small.ldf");
  });

  suiteTeardown(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  test("is opened as LDIF", () => {
    assert.equal(editor.document.languageId, "ldif");
    assert(vscode.extensions.getExtension("syncready.syncready"), "the packaged extension is installed");
  });

  test("shows each finding at its place", async () => {
    const noPrimary = "proxyaddresses-no-primary 20:17-20:21 smtp";
    await untilDiagnostics(editor.document, [first, noPrimary, second]);
  });

  test("links each finding to the page of its rule", () => {
    const diagnostics = diagnosticsOf(editor.document.uri);
    assert.equal(diagnostics.length, 3);
    for (const { code } of diagnostics) {
      assert(typeof code === "object");
      assert.equal(code.target.toString(true), `syncready-rule:/${code.value}.md`);
    }
  });

  test("names the other holder of a duplicate", () => {
    const [ann, amy] = diagnosticsOf(editor.document.uri).filter((it) => ruleOf(it).startsWith("duplicate-"));
    assert(ann && amy);
    for (const [one, other] of [
      [ann, amy],
      [amy, ann],
    ] as const) {
      assert.equal(one.relatedInformation?.length, 1);
      assert.equal(one.relatedInformation[0]?.location.uri.toString(), editor.document.uri.toString());
      assert.equal(one.relatedInformation[0]?.location.range.start.line, other.range.start.line);
    }
  });

  test("is fixed by a quick fix, and the finding goes", async () => {
    const { document } = editor;
    const finding = diagnosticsOf(document.uri).find((it) => ruleOf(it) === "proxyaddresses-no-primary");
    assert(finding);
    const fixes = await quickFixesAt(document.uri, finding.range);
    const fix = fixes.find(({ title }) => title.includes("Make it the primary address"));
    assert(fix, `offered: ${fixes.map(({ title }) => title).join(" | ")}`);
    await applyAction(fix);
    assert.equal(document.lineAt(19).text, "proxyAddresses: SMTP:b.lee@contoso.com");
    await untilDiagnostics(document, [first, second]);
  });

  test("is saved", async () => {
    assert(await editor.document.save());
    assert.match(
      readFileSync(workspacePath("fixtures/small.ldf"), "utf8"),
      /^proxyAddresses: SMTP:b\.lee@contoso\.com$/m,
    );
  });

  test("gives a modify file and the file that undoes it", async () => {
    await vscode.window.showTextDocument(editor.document);
    const written = await until("the modify file", () =>
      vscode.commands.executeCommand<{ modifyFile: string; undoFile: string; records: number } | undefined>(
        "syncready.writeModifyFile",
      ),
    );
    assert.equal(written.records, 1);
    const modifyFile = vscode.Uri.parse(written.modifyFile).fsPath;
    const undoFile = vscode.Uri.parse(written.undoFile).fsPath;
    assert.equal(modifyFile, workspacePath("fixtures/small.modify.ldf"));
    assert.equal(undoFile, workspacePath("fixtures/small.undo.ldf"));
    const [before, after] = ["smtp:b.lee@contoso.com", "SMTP:b.lee@contoso.com"];
    assert.deepEqual(crlfLines(modifyFile), [
      "# Changes 1 entry of small.ldf.",
      "# Apply: ldifde -i -f small.modify.ldf -j .",
      "# Undo:  ldifde -i -f small.undo.ldf -j .",
      ...modifyRecord(before, after),
    ]);
    assert.deepEqual(crlfLines(undoFile), [
      "# Takes back what small.modify.ldf changed in 1 entry of small.ldf.",
      "# Apply: ldifde -i -f small.undo.ldf -j .",
      ...modifyRecord(after, before),
    ]);
  });

  test("gives the same as scripts of PowerShell", async () => {
    await vscode.window.showTextDocument(editor.document);
    const written = await vscode.commands.executeCommand<{ modifyFile: string; undoFile: string } | undefined>(
      "syncready.writePowerShellScript",
      { overwrite: true },
    );
    assert(written);
    const [modify, undo] = [written.modifyFile, written.undoFile].map((uri) => vscode.Uri.parse(uri).fsPath);
    assert.deepEqual(
      [modify, undo],
      ["modify", "undo"].map((name) => workspacePath(`fixtures/small.${name}.ps1`)),
    );
    const removal = "Set-Entry 'CN=Ben Lee,OU=Sales,DC=contoso,DC=com' -Remove @{";
    const at = crlfLines(modify!).indexOf(removal);
    assert.equal(crlfLines(modify!)[at + 1], "    'proxyAddresses' = 'smtp:b.lee@contoso.com'");
  });

  test("has a finding accepted, after a box has asked for the reason", async () => {
    const { document } = editor;
    const finding = diagnosticsOf(document.uri).at(-1);
    assert(finding && ruleOf(finding) === "duplicate-userprincipalname");
    const actions = await quickFixesAt(document.uri, finding.range);
    const accept = actions.find(({ title }) => title.startsWith("Accept this finding"));
    assert(accept, `offered: ${actions.map(({ title }) => title).join(" | ")}`);
    let isDone = false;
    const done = applyAction(accept).then(() => {
      isDone = true;
    });
    await until("the box", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return isDone;
    });
    await done;
    await untilDiagnostics(document, [first]);
    const baseline = await vscode.workspace.openTextDocument(workspacePath("fixtures/.syncready-baseline.json"));
    assert.equal(baseline.languageId, "jsonc");
    const [row, ...others] = JSON.parse(baseline.getText()).accepted;
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...row, value: typeof row.value },
      {
        rule: "duplicate-userprincipalname",
        dn: "CN=Amy Lee,OU=Finance,DC=contoso,DC=com",
        attribute: "userPrincipalName",
        value: "string",
        reason: "",
      },
    );
  });
});

function modifyRecord(removed: string, added: string): string[] {
  return [
    "dn: CN=Ben Lee,OU=Sales,DC=contoso,DC=com",
    "changetype: modify",
    "delete: proxyAddresses",
    `proxyAddresses: ${removed}`,
    "-",
    "add: proxyAddresses",
    `proxyAddresses: ${added}`,
    "-",
    "",
    "",
  ];
}
