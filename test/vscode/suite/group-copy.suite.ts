// A group that is a part of the directory itself gets a copy that synchronizes.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { applyAction, openExport, quickFixesAt, untilDiagnostics } from "./editing.ts";

suite("An export with a built-in group", () => {
  const found = (line: number) => `scope-critical-system-object ${line}:25-${line}:29 TRUE`;

  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  test("gets a copy of the group behind it, which is its member", async () => {
    const { document } = await openExport("fixtures/built-in.ldf");
    const before = document.getText();
    await untilDiagnostics(document, [found(9)]);
    const range = new vscode.Range(8, 24, 8, 28);
    const actions = await quickFixesAt(document.uri, range);
    const copy = actions.find(({ title }) => title === "Create a synchronizing copy of this group");
    assert(copy, `offered: ${actions.map(({ title }) => title).join(" | ")}`);
    await applyAction(copy);
    const dn = "CN=Domain Admins (synchronized),CN=Users,DC=contoso,DC=com";
    const member = "member: CN=Dan Lee,OU=Sales,DC=contoso,DC=com\n";
    const added = [
      `dn: ${dn}`,
      "changetype: add",
      "objectClass: top",
      "objectClass: group",
      "cn: Domain Admins (synchronized)",
      "sAMAccountName: Domain Admins (synchronized)",
      "displayName: Domain Admins (synchronized)",
      "description: Synchronizing copy of the built-in group Domain Admins",
      "groupType: -2147483646",
      `${member}\n`,
    ].join("\n");
    const after = before.replace(member, `${member}member: ${dn}\n`).replace(/(?=dn: CN=Dan Lee)/, added);
    assert.equal(document.getText().replaceAll("\r\n", "\n"), after.replaceAll("\r\n", "\n"));
    await untilDiagnostics(document, [found(10)]);
  });
});
