import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folderWith, syncready, user } from "./program.ts";

const EXPORT =
  user("Jane", "proxyAddresses: smtp:jane@contoso.com") + user("O'Neil", "proxyAddresses: SMTP:o@contoso.com");

function run(folder: string, command: string, modify: string, undo: string, ...more: readonly string[]) {
  return syncready([command, "a.ldf", ...more, "--out", modify, "--undo", undo, "--format", "powershell"], {
    cwd: folder,
  });
}

/** The calls at the end of a script. */
function calls(folder: string, name: string): string {
  const script = readFileSync(join(folder, name), "latin1");
  return /\r\n\r\n(Set-Entry .*?)\r\n\r\nif \(\$WhatIfPreference/s.exec(script)?.[1] ?? script;
}

describe("--format powershell", () => {
  test("writes the fixes as a script, and the one that undoes it", () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const { status, stdout, stderr } = run(folder, "fix", "m.ps1", "u.ps1");
    assert.equal(stderr, "");
    assert.equal(status, 0);
    assert.match(stdout, /Wrote m\.ps1 and u\.ps1 \(1 record each; read back and found as planned\)/);
    assert.match(
      readFileSync(join(folder, "m.ps1"), "latin1"),
      /^# Changes 1 entry of a\.ldf\.\r\n# Look: {2}powershell -NoProfile -File m\.ps1 -WhatIf\r\n/,
    );
    const change = (from: string, to: string) =>
      `Set-Entry 'CN=Jane,OU=Users,DC=contoso,DC=com' -Remove @{\r\n    'proxyAddresses' = '${from}:jane@contoso.com'\r\n} -Add @{\r\n    'proxyAddresses' = '${to}:jane@contoso.com'\r\n}`;
    assert.equal(calls(folder, "m.ps1"), change("smtp", "SMTP"));
    assert.equal(calls(folder, "u.ps1"), change("SMTP", "smtp"));
  });

  test("writes the difference of two exports, values of all kinds", () => {
    const edited = EXPORT.replaceAll("displayName: O'Neil", 'displayName: O\'Neil; $(Get-Date) \u2019 "x"');
    const folder = folderWith({ "a.ldf": EXPORT, "b.ldf": edited });
    const { status } = run(folder, "diff", "m.ps1", "u.ps1", "b.ldf");
    assert.equal(status, 0);
    const base64 = Buffer.from('O\'Neil; $(Get-Date) \u2019 "x"').toString("base64");
    assert.equal(
      calls(folder, "m.ps1"),
      `Set-Entry 'CN=O''Neil,OU=Users,DC=contoso,DC=com' -Remove @{\r\n    'displayName' = 'O''Neil'\r\n} -Add @{\r\n    'displayName' = (Text '${base64}')\r\n}`,
    );
  });

  test("complains of names that PowerShell does not run", () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const { status, stderr } = run(folder, "fix", "m.ldf", "u.PS1");
    assert.equal(status, 0);
    assert.match(stderr, /powershell -File runs only files that are named \.ps1: rename m\.ldf\n$/);
  });

  test("writes nothing where a change cannot be said in PowerShell", () => {
    const original = EXPORT.replace("displayName:", "userCertificate;binary:: /wA=\ndisplayName:");
    const folder = folderWith({ "a.ldf": original, "b.ldf": original.replace("/wA=", "/wE=") });
    const { status, stderr } = run(folder, "diff", "m.ps1", "u.ps1", "b.ldf");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /nothing was written: "CN=Jane,.*" has userCertificate;binary, and .*: a modify file of LDIF can say it/,
    );
    assert.ok(!existsSync(join(folder, "m.ps1")));
  });

  test("is one of two", () => {
    const folder = folderWith({ "a.ldf": EXPORT });
    const { status, stderr } = syncready(["fix", "a.ldf", "--out", "m", "--undo", "u", "--format", "bash"], {
      cwd: folder,
    });
    assert.equal(status, 2);
    assert.match(stderr, /--format is ldif or powershell, not bash/);
  });
});
