import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { encodeText } from "../../server/node/decode.ts";
import { findingsOf, folderWith, report, rulesOf, shell, syncready } from "./program.ts";

const HEADER = "DistinguishedName;SamAccountName;Surname;EmailAddress";
const USERS = [
  "CN=André,OU=Staff,DC=contoso,DC=com;andre;Lé;andre@contoso.com",
  "CN=Jürgen,OU=Staff,DC=contoso,DC=com;juergen;Müller;juergen@contoso",
];
const TABLE = `${[HEADER, ...USERS].join("\r\n")}\r\n`;

describe("a table is read in its encoding", () => {
  const rows: readonly (readonly [name: string, encoding: string, bytes: Uint8Array])[] = [
    ["UTF-8", "utf-8", encodeText(TABLE, "utf-8")!],
    [
      "UTF-8 with a mark, as Export-Csv of Windows PowerShell writes it",
      "utf-8",
      encodeText(`\ufeff${TABLE}`, "utf-8")!,
    ],
    ["UTF-16, as Out-File writes it", "utf-16le", encodeText(`\ufeff${TABLE}`, "utf-16le")!],
    ["the code page of Windows", "windows-1252", encodeText(TABLE, "windows-1252")!],
    ["the code page of a console", "ibm850", encodeText(TABLE, "ibm850")!],
  ];
  for (const [name, encoding, bytes] of rows) {
    test(name, () => {
      const lines = report(folderWith({ "users.csv": bytes }), ["users.csv"]);
      const { entries, format, dialect, encoding: found } = lines[0]!;
      assert.deepEqual([entries, format, dialect, found], [2, "csv", "powershell", encoding]);
      const [mail] = findingsOf(lines).filter(({ rule }) => rule === "mail-format");
      assert.equal(mail?.dn, "CN=Jürgen,OU=Staff,DC=contoso,DC=com");
      const isGuessed = encoding === "windows-1252" || encoding === "ibm850";
      assert.equal(rulesOf(lines).includes("csv-encoding-guessed"), isGuessed);
    });
  }

  test("and written in it again", () => {
    for (const encoding of ["ibm850", "windows-1252", "utf-16le"] as const) {
      const table = TABLE.replace("Müller", "Müller ").replace(HEADER, HEADER.replace("Surname", "displayName"));
      const text = encoding === "utf-16le" ? `\ufeff${table}` : table;
      const folder = folderWith({ "users.csv": encodeText(text, encoding)! });
      const run = syncready(["fix", "users.csv", "--out", "m.ldf", "--undo", "u.ldf", "--edited", "e.csv"], {
        cwd: folder,
      });
      assert.equal(run.status, 0, run.stderr);
      const expected = encodeText(text.replace("Müller ", "Müller"), encoding)!;
      assert.deepEqual(readFileSync(join(folder, "e.csv")), Buffer.from(expected));
    }
  });
});

describe("a file that holds nothing of a directory", () => {
  test("is refused where it was named", () => {
    const folder = folderWith({ "list.csv": "Name,Price\nNail,3\n", "mark.csv": "\ufeff" });
    for (const name of ["list.csv", "mark.csv"]) {
      const { status, stderr } = syncready(["check", name], { cwd: folder });
      assert.equal(status, 2);
      assert.match(stderr, /this table is no export of a directory/);
    }
  });

  test("is passed over in a folder", () => {
    const folder = folderWith({
      "list.csv": "Name,Price\nNail,3\n",
      "users.CSV": TABLE,
      "tabs.tsv": TABLE.replaceAll(";", "\t"),
    });
    const files = report(folder, ["."]).filter(({ type }) => type === "file");
    assert.deepEqual(
      files.map(({ path }) => path),
      ["tabs.tsv", "users.CSV"],
    );
  });
});

test("a table comes through a pipe", () => {
  const folder = folderWith({ "users.csv": TABLE });
  const { stdout } = shell('cat users.csv | "$NODE" "$SYNCREADY" check -', folder);
  assert.match(stdout, /^- \(CSV written by Export-Csv, utf-8, 2 entries\)/);
});

describe("what differs between two tables", () => {
  const original =
    'DN,mail,title\r\n"CN=Jane,DC=contoso,DC=com",jane@contoso.com,Boss\r\n"CN=Joe,DC=contoso,DC=com",joe@contoso.com,\r\n';

  function difference(before: string, after: string) {
    const folder = folderWith({ "a.csv": before, "b.csv": after });
    const run = syncready(["diff", "a.csv", "b.csv", "--out", "m.ldf", "--undo", "u.ldf"], { cwd: folder });
    assert.equal(run.status, 0, run.stderr);
    return {
      ...run,
      modify: existsSync(join(folder, "m.ldf"))
        ? readFileSync(join(folder, "m.ldf"), "utf8").replaceAll("\r\n", "\n")
        : undefined,
    };
  }

  test("becomes a modify file", () => {
    const { modify } = difference(original, original.replace("jane@", "j@").replace(",Boss", ","));
    assert.match(modify!, /delete: mail\nmail: jane@contoso.com\n-\n(?:.*\n)*add: mail\nmail: j@contoso.com\n-\n/);
    assert.match(modify!, /delete: title\ntitle: Boss\n-\n/);
  });

  test("is not what a column that has gone held", () => {
    const { stderr, modify } = difference(
      original,
      original.replace(",title", "").replace(",Boss", "").replace(",\r\n", "\r\n"),
    );
    assert.match(stderr, /All objects: title is no column of the edited export any more/);
    assert.equal(modify, undefined);
  });

  test("is not written of a row that has lost its form", () => {
    const { stderr, modify } = difference(original, original.replace("jane@", "j,ane@"));
    assert.match(stderr, /CN=Jane,DC=contoso,DC=com: cannot be read with certainty as it is now \(csv-row-length\)/);
    assert.equal(modify, undefined);
  });

  test("is not what a later export has lost", () => {
    const table =
      'DistinguishedName,proxyAddresses,Surname\r\n"CN=Jane,DC=contoso,DC=com",SMTP:jane@contoso.com,Müller\r\n';
    const lost = table.replace(
      "SMTP:jane@contoso.com",
      "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
    );
    assert.equal(difference(table, lost).modify, undefined);
    assert.equal(difference(lost, table).modify, undefined);
    const letters = difference(table, table.replace("Müller", "M?ller"));
    assert.match(letters.stderr, /would get question marks in the place of letters/);
    assert.equal(letters.modify, undefined);
  });

  const rows: readonly (readonly [name: string, before: string, after: string, reason: RegExp])[] = [
    ["a number that was rounded", "accountExpires,133457000000000000", "accountExpires,1.33457E+17", /has rounded/],
    ["zeros that were lost", "employeeID,0012345", "employeeID,12345", /would lose its leading zeros/],
    [
      "a word of another language",
      "msExchHideFromAddressLists,TRUE",
      "msExchHideFromAddressLists,WAHR",
      /TRUE or FALSE/,
    ],
  ];
  for (const [name, before, after, reason] of rows) {
    test(`is not ${name}`, () => {
      const table = (column: string) => {
        const [attribute, value] = column.split(",");
        return `DN,${attribute}\r\n"CN=Jane,DC=contoso,DC=com",${value}\r\n`;
      };
      const { stderr, modify } = difference(table(before), table(after));
      assert.match(stderr, reason);
      assert.equal(modify, undefined);
    });
  }

  test("is not a column that is empty in every row, and still what one row has lost", () => {
    const { stderr, modify } = difference(original, original.replace(/j\w+@contoso.com/g, ""));
    assert.match(stderr, /All objects: mail is empty in every row of the edited export/);
    assert.equal(modify, undefined);
    assert.match(difference(original, original.replace("jane@contoso.com", "")).modify!, /delete: mail/);
  });

  test("is not a row that is cut off, nor another line end in a value", () => {
    const cut = original.slice(0, -"so.com,\r\n".length);
    assert.equal(difference(original, cut).modify, undefined);
    const lines = 'DN,info\r\n"CN=Jane,DC=contoso,DC=com","one\r\ntwo"\r\n';
    assert.equal(difference(lines, lines.replaceAll("\r\n", "\n")).modify, undefined);
  });

  test("is not what PowerShell computes", () => {
    const table =
      'DistinguishedName,Enabled,LastLogonDate,mail\r\n"CN=Jane,DC=contoso,DC=com",True,1/2/2026,a@contoso.com\r\n';
    const { modify } = difference(table, table.replace("True,1/2", "False,3/4").replace("a@", "b@"));
    assert.match(modify!, /add: mail/);
    assert.doesNotMatch(modify!, /Enabled|LastLogonDate/);
  });

  test("is not compared across programs", () => {
    const { stderr, modify } = difference(
      original,
      original.replace("DN,", "DistinguishedName,").replace("jane@", "j@"),
    );
    assert.match(stderr, /is in tables of two programs/);
    assert.equal(modify, undefined);
  });

  test("is written by objectGUID where there is no DN", () => {
    const table =
      "SamAccountName,ObjectGUID,EmailAddress\njane,164918ae-2c5b-963f-41a9-7bc10c9cc647,jane@contoso.com\n";
    const { modify } = difference(table, table.replace("jane@", "j@"));
    assert.match(modify!, new RegExp(`^dn:: ${btoa("<GUID=164918ae-2c5b-963f-41a9-7bc10c9cc647>")}$`, "m"));
  });

  test("is refused where nothing names the objects", () => {
    const table =
      "userPrincipalName,displayName,objectId,userType\njane@contoso.com,Jane,1,Member\njoe@contoso.com,Joe,2,Member\n";
    const { stderr, modify } = difference(table, table.replace("Joe", "Jo").replace("Jane", "J"));
    assert.match(
      stderr,
      /1 change is not in the modify file:\n {2}All objects: the export has neither their DN nor their objectGUID/,
    );
    assert.equal(modify, undefined);
  });
});
