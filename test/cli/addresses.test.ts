import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { folderWith, jsonLines, syncready, user } from "./program.ts";

const SETTINGS = '{ "initialDomain": "contoso.onmicrosoft.com", "verifiedDomains": ["contoso.com"] }';

const EXPORT =
  user("Jane", "mail: jane@contoso.com", "proxyAddresses: smtp:j.doe@contoso.com") +
  user("Support", "mail: support@contoso.com").replace("sAMAccountName: support", "sAMAccountName: SUPPORT_388945a0") +
  "dn: OU=Users,DC=contoso,DC=com\nobjectClass: organizationalUnit\n\n" +
  "dn: CN=Tom,DC=contoso,DC=com\nobjectClass: contact\ndisplayName: Tom\nmail: tom@contoso.com\nproxyAddresses: smtp:tom@contoso.com\n\n";

const folder = folderWith({ "export.ldf": EXPORT, ".syncready.json": SETTINGS });

function addresses(...args: string[]) {
  return syncready(["addresses", ...args], { cwd: folder });
}

describe("syncready addresses", () => {
  test("lists the recipients for people", () => {
    const { status, stderr, stdout } = addresses("export.ldf");
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(
      stdout,
      [
        "CN=Jane,OU=Users,DC=contoso,DC=com",
        "  primary    jane@contoso.onmicrosoft.com  (routing address)",
        "  secondary  j.doe@contoso.com  (proxyAddresses)",
        "  secondary  jane@contoso.com  (userPrincipalName)",
        "  not used   jane@contoso.com  (masked by proxyAddresses)",
        "",
        "CN=Tom,DC=contoso,DC=com",
        "  no primary address",
        "  secondary  tom@contoso.com  (proxyAddresses)",
        "",
        "2 recipients; 1 object with addresses will not synchronize",
        "",
      ].join("\n"),
    );
  });

  test("writes JSON lines", () => {
    const { stdout } = addresses("--format", "jsonl", "export.ldf");
    const [jane, tom, summary] = jsonLines(stdout) as readonly unknown[];
    assert.deepEqual(jane, {
      type: "recipient",
      dn: "CN=Jane,OU=Users,DC=contoso,DC=com",
      objectType: "user",
      primary: { address: "jane@contoso.onmicrosoft.com", source: "routing" },
      secondary: [
        { address: "j.doe@contoso.com", source: "proxyAddresses" },
        { address: "jane@contoso.com", source: "userPrincipalName" },
      ],
      unused: [{ value: "jane@contoso.com", attribute: "mail", reason: "masked" }],
    });
    assert.equal((tom as { primary: unknown }).primary, null);
    assert.deepEqual(summary, { type: "summary", recipients: 2, excluded: 1, others: 1, notWhole: 0 });
  });

  test("writes a table", () => {
    const { stdout } = addresses("--format", "csv", "export.ldf");
    assert.equal(
      stdout,
      [
        "dn,objectType,primary,primarySource,secondary,notUsed",
        '"CN=Jane,OU=Users,DC=contoso,DC=com",user,jane@contoso.onmicrosoft.com,routing,j.doe@contoso.com;jane@contoso.com,jane@contoso.com (masked by proxyAddresses)',
        '"CN=Tom,DC=contoso,DC=com",contact,,,tom@contoso.com,',
        "",
      ].join("\r\n"),
    );
  });

  test("keeps formulas and escape sequences from spreadsheets and terminals", () => {
    const hostile = user("Eve", "mail: =cmd|'/c calc'!a1@contoso.com", "proxyAddresses:: c210cDobWzMxbXg=").replace(
      "userPrincipalName: eve@contoso.com",
      "userPrincipalName: =1+1@contoso.com",
    );
    const input = { cwd: folder, input: hostile };
    const csv = syncready(["addresses", "--format", "csv", "-"], input).stdout;
    assert.match(csv, /,user,'=1\+1@contoso\.com,userPrincipalName,/);
    const text = syncready(["addresses", "-"], input).stdout;
    assert.match(text, /not used {3}smtp:<U\+001B>\[31mx {2}\(malformed\)/);
    assert.ok(!syncready(["addresses", "--format", "jsonl", "-"], input).stdout.includes("\u001b"));
  });

  test("reads a table, and what comes through a pipe as it reads a file", () => {
    const table = 'DN,objectClass,mail\n"CN=Team,DC=contoso,DC=com",group,team@contoso.com\n';
    const { stdout } = syncready(["addresses", "-"], { cwd: folder, input: table });
    assert.match(stdout, /primary {4}team@contoso\.com {2}\(mail\)/);
    const piped = syncready(["addresses", "-"], { cwd: folder, input: EXPORT });
    assert.equal(piped.stdout, addresses("export.ldf").stdout);
  });

  test("says so where the initial domain is not known, and of which objects it can say nothing", () => {
    const config = folderWith({ "none.json": "{}" });
    const { stdout, stderr } = addresses("--config", `${config}/none.json`, "export.ldf");
    assert.match(stdout, /jane@<tenant>\.onmicrosoft\.com/);
    assert.equal(
      stderr,
      "syncready: the initial domain of the tenant is not known: the setting initialDomain names it\n",
    );
    const list = "DISTINGUISHEDNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\n";
    const row = '"CN=Jane,DC=contoso,DC=com",user,mail,Format,jane@contoso.com,,\n';
    const idFix = syncready(["addresses", "-"], { cwd: folder, input: list + row });
    assert.match(idFix.stderr, /does not show objects as they are in the directory/);
    assert.equal(idFix.stdout, "0 recipients\n");
  });

  const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /one file is needed: the export/],
    [["export.ldf", "export.ldf"], /one file is needed/],
    [["--format", "sarif", "export.ldf"], /there is no format sarif: say text, jsonl or csv/],
    [["--format", "constructor", "export.ldf"], /there is no format constructor/],
    [["missing.ldf"], /missing\.ldf/],
  ];
  for (const [args, message] of wrong) {
    test(`refuses ${args.join(" ") || "nothing"}`, () => {
      const { status, stdout, stderr } = addresses(...args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, message);
    });
  }
});
