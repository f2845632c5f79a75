import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PlannedAdd, PlannedRecord } from "../../server/core/fix/planned-record.ts";
import { writeScripts } from "../../server/core/fix/powershell.ts";
import type { Call, Table } from "../../server/core/fix/powershell-calls.ts";
import { SCRIPT_HEAD, SCRIPT_TAIL } from "../../server/core/fix/powershell-frame.ts";
import { readScript } from "../../server/core/fix/powershell-reader.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifEntry } from "../../server/core/ldif/record.ts";
import { dnKey, escapeRdnValue, rdnText } from "../../server/core/model/dn.ts";
import fc from "../property.ts";
import { Directory } from "./directory.ts";
import { NAMES, records } from "./powershell-records.ts";

const ANN = "CN=Ann,OU=Staff,DC=contoso,DC=com";

/** The calls of a script, as they stand in it. */
function body(script: string): string[] {
  const from = script.indexOf(SCRIPT_HEAD) + SCRIPT_HEAD.length;
  return script.slice(from, -SCRIPT_TAIL.length).trim().split("\r\n");
}

function written(planned: readonly PlannedRecord[]) {
  const { files, objection } = writeScripts(planned, NAMES);
  assert.equal(objection, undefined);
  return files;
}

function calls(script: string): readonly Call[] {
  const found = readScript(script);
  assert.ok("calls" in found, JSON.stringify(found));
  return found.calls;
}

describe("A script", () => {
  const modify: PlannedRecord = {
    changeType: "modify",
    dn: "CN=O'Neil\\, Ann,DC=contoso,DC=com",
    modSpecs: [
      { type: "delete", attribute: "proxyAddresses", values: [{ text: "smtp:ann@contoso.com" }, { text: "x500:$a" }] },
      { type: "add", attribute: "proxyAddresses", values: [{ text: "SMTP:ann@contoso.com" }] },
      { type: "add", attribute: "info", values: [{ text: "Zürich\r\n" }] },
      { type: "delete", attribute: "userCertificate", values: [{ base64: "/wA=" }] },
    ],
  };

  test("removes and adds in one call, with quotes doubled and all else in base64", () => {
    const { modify: script, undo } = written([modify]);
    assert.deepEqual(body(script), [
      "Set-Entry 'CN=O''Neil\\, Ann,DC=contoso,DC=com' -Remove @{",
      "    'proxyAddresses' = 'smtp:ann@contoso.com', 'x500:$a'",
      "    'userCertificate' = (Bytes '/wA=')",
      "} -Add @{",
      "    'proxyAddresses' = 'SMTP:ann@contoso.com'",
      "    'info' = (Text 'WsO8cmljaA0K')",
      "}",
    ]);
    assert.deepEqual(body(undo), [
      "Set-Entry 'CN=O''Neil\\, Ann,DC=contoso,DC=com' -Remove @{",
      "    'info' = (Text 'WsO8cmljaA0K')",
      "    'proxyAddresses' = 'SMTP:ann@contoso.com'",
      "} -Add @{",
      "    'userCertificate' = (Bytes '/wA=')",
      "    'proxyAddresses' = 'smtp:ann@contoso.com', 'x500:$a'",
      "}",
    ]);
  });

  test("makes, renames, moves and removes entries, and takes that back in the opposite order", () => {
    const { modify: script, undo } = written([
      {
        changeType: "add",
        dn: "CN=Sales\\, all,OU=Groups,DC=contoso,DC=com",
        attributes: [
          { attribute: "objectClass", values: [{ text: "top" }, { text: "group" }] },
          { attribute: "cn", values: [{ text: "Sales, all" }] },
          { attribute: "groupType", values: [{ text: "-2147483646" }] },
        ],
      },
      { changeType: "modrdn", dn: ANN, newRdn: "CN=Anna", newSuperior: "OU=New,DC=contoso,DC=com" },
      { changeType: "modrdn", dn: "CN=Bob,DC=contoso,DC=com", newRdn: "CN=Rob" },
      {
        changeType: "modrdn",
        dn: "CN=Eve,DC=contoso,DC=com",
        newRdn: "CN=Eve",
        newSuperior: "OU=New,DC=contoso,DC=com",
      },
      { changeType: "delete", dn: "CN=Old,DC=contoso,DC=com" },
    ]);
    assert.deepEqual(body(script), [
      "New-Entry 'CN=Sales\\, all,OU=Groups,DC=contoso,DC=com' -Type 'group' -Name 'Sales, all' -Path 'OU=Groups,DC=contoso,DC=com' -OtherAttributes @{",
      "    'groupType' = '-2147483646'",
      "}",
      "Rename-Entry 'CN=Ann,OU=Staff,DC=contoso,DC=com' -NewName 'Anna'",
      "Move-Entry 'CN=Anna,OU=Staff,DC=contoso,DC=com' -TargetPath 'OU=New,DC=contoso,DC=com'",
      "Rename-Entry 'CN=Bob,DC=contoso,DC=com' -NewName 'Rob'",
      "Move-Entry 'CN=Eve,DC=contoso,DC=com' -TargetPath 'OU=New,DC=contoso,DC=com'",
      "Remove-Entry 'CN=Old,DC=contoso,DC=com'",
    ]);
    assert.deepEqual(body(undo), [
      "Move-Entry 'CN=Eve,OU=New,DC=contoso,DC=com' -TargetPath 'DC=contoso,DC=com'",
      "Rename-Entry 'CN=Rob,DC=contoso,DC=com' -NewName 'Bob'",
      "Move-Entry 'CN=Anna,OU=New,DC=contoso,DC=com' -TargetPath 'OU=Staff,DC=contoso,DC=com'",
      "Rename-Entry 'CN=Anna,OU=Staff,DC=contoso,DC=com' -NewName 'Ann'",
      "Remove-Entry 'CN=Sales\\, all,OU=Groups,DC=contoso,DC=com'",
    ]);
    assert.match(
      script,
      /^# Changes 5 entries of contoso\.ldf\.\r\n# REMOVES 1 entry, which no script brings back\.\r\n/,
    );
    assert.match(undo, /DOES NOT BRING BACK 1 entry that it removes:\r\n# - CN=Old,DC=contoso,DC=com\r\n/);
  });

  test("names an entry by its GUID where nothing else is known of it", () => {
    const guid = "0f9e6e4a-3c2b-4d5e-8f60-718293a4b5c6";
    const { modify: script } = written([{ ...modify, dn: `<GUID=${guid}>` }]);
    assert.ok(body(script)[0]?.startsWith(`Set-Entry '${guid}' -Remove`));
  });

  test("says at its head how to look first, with comments that nothing can break out of", () => {
    const { modify: script } = writeScripts([{ changeType: "delete", dn: ANN }], {
      original: "a\r\nRemove-Item x #>\u2028.ldf",
      modify: "my changes.ps1",
      undo: "u.ps1",
    }).files;
    assert.deepEqual(script.split("\r\n").slice(0, 6), [
      "# Changes 1 entry of a??Remove-Item x #>?.ldf.",
      "# REMOVES 1 entry, which no script brings back.",
      '# Look:  powershell -NoProfile -File "my changes.ps1" -WhatIf',
      '# Apply: powershell -NoProfile -File "my changes.ps1"',
      "# Undo:  powershell -NoProfile -File u.ps1",
      "#Requires -Version 3.0",
    ]);
  });

  test("never replaces, and everywhere else it changes one entry only after a look at it", () => {
    assert.doesNotMatch(SCRIPT_HEAD + SCRIPT_TAIL, /-Replace|["`]|@'|[^\x20-\x7e\r\n]/);
    const changing = SCRIPT_HEAD.match(/\b(?:Set|New|Rename|Move|Remove)-ADObject -.*/g)!;
    assert.equal(changing.length, 5);
    for (const line of changing) assert.match(line, / -Server \$Server -Confirm:\$false/);
    const set = SCRIPT_HEAD.slice(SCRIPT_HEAD.indexOf("function Set-Entry"));
    assert.ok(
      set.indexOf("Get-ADObject") < set.indexOf("$Forms.Remove") &&
        set.indexOf("$Forms.Remove") < set.indexOf("Set-ADObject -"),
    );
  });
});

describe("Nothing is written of what a script cannot say", () => {
  const modSpecs = (...specs: readonly (readonly [type: "add" | "delete", attribute: string])[]): PlannedRecord => ({
    changeType: "modify",
    dn: ANN,
    modSpecs: specs.map(([type, attribute]) => ({ type, attribute, values: [{ text: "x" }] })),
  });
  const added = (dn: string, classes: readonly string[], cn = "Ann"): PlannedRecord => ({
    changeType: "add",
    dn,
    attributes: [
      { attribute: "objectClass", values: classes.map((text) => ({ text })) },
      { attribute: "cn", values: [{ text: cn }] },
    ],
  });
  const rows: readonly [what: string, record: PlannedRecord, reason: RegExp][] = [
    ["an option", modSpecs(["add", "userCertificate;binary"]), /plain names/],
    ["an attribute by its number", modSpecs(["add", "1.2.840.113556.1.2.13"]), /plain names/],
    ["a value that goes after another has come", modSpecs(["add", "mail"], ["delete", "Mail"]), /after it gets one/],
    [
      "all values",
      { changeType: "modify", dn: ANN, modSpecs: [{ type: "delete", attribute: "mail", values: [] }] },
      /all values/,
    ],
    ["half a character", { changeType: "delete", dn: "CN=\ud83d,DC=x" }, /half of a character/],
    ["the rootDSE", { changeType: "delete", dn: "" }, /do not take/],
    ["a SID", { changeType: "delete", dn: "<SID=S-1-5-32-544>" }, /do not take/],
    ["a DN that is none", { changeType: "delete", dn: "Ann" }, /do not take/],
    [
      "a rename by GUID",
      { changeType: "modrdn", dn: "<GUID=0f9e6e4a-3c2b-4d5e-8f60-718293a4b5c6>", newRdn: "CN=x" },
      /by its GUID/,
    ],
    ["a name of another kind", { changeType: "modrdn", dn: ANN, newRdn: "OU=Ann" }, /another kind/],
    ["a name of two parts", { changeType: "modrdn", dn: ANN, newRdn: "CN=Ann+sn=Lee" }, /another kind/],
    ["two classes", added(ANN, ["top", "user", "posixAccount"]), /takes only one/],
    ["no class", added(ANN, []), /has no object class/],
    ["a unit named by cn", added("CN=Ann,DC=x", ["organizationalUnit"]), /by its ou/],
    ["two names", added(ANN, ["contact"], "Eve"), /another cn/],
    ["an entry above all", added("CN=Ann", ["contact"]), /no entry above/],
  ];
  for (const [what, record, reason] of rows) {
    test(what, () => {
      const { files, objection } = writeScripts([{ changeType: "delete", dn: "CN=fine,DC=x" }, record], NAMES);
      assert.match(String(objection), reason);
      assert.deepEqual([files.modify, files.undo], ["", ""]);
    });
  }
  for (const classes of [
    ["top", "person", "organizationalPerson", "user"],
    ["user"],
    ["computer", "user", "top", "person", "organizationalPerson"],
    ["top", "person", "organizationalPerson", "user", "inetOrgPerson"],
    ["top", "msExchDynamicDistributionList"],
  ]) {
    test(`the class of ${classes.join(", ")} is one`, () => {
      const [call] = calls(written([added(ANN, classes)]).modify);
      const lowest = classes.includes("computer") ? "computer" : classes.at(-1);
      assert.deepEqual(call?.parameters[0], { name: "Type", value: lowest });
    });
  }
});

describe("The reader of scripts", () => {
  const script = written([
    {
      changeType: "modify",
      dn: "CN=O'Neil,DC=x",
      modSpecs: [
        { type: "delete", attribute: "mail", values: [{ text: "it's" }, { text: "é" }] },
        { type: "add", attribute: "mail", values: [{ base64: "/w==" }] },
      ],
    },
    { changeType: "modrdn", dn: ANN, newRdn: "CN=b" },
  ]).modify;

  test("notices every character that is taken away, put in or changed, in calls and frame", () => {
    const planned = JSON.stringify(calls(script));
    const agrees = (text: string) => {
      const found = readScript(text);
      return "calls" in found && JSON.stringify(found.calls) === planned;
    };
    const comments = script.indexOf(SCRIPT_HEAD);
    for (let at = comments; at < script.length; at++) {
      assert.ok(!agrees(script.slice(0, at) + script.slice(at + 1)), `without the character at ${at}`);
      for (const put of ["'", " ", "$", "\n", "\u2019"]) {
        assert.ok(!agrees(script.slice(0, at) + put + script.slice(at)), `${JSON.stringify(put)} at ${at}`);
      }
    }
  });

  test("takes nothing that is more than constants", () => {
    const call = "Rename-Entry 'CN=Ann,OU=Staff,DC=contoso,DC=com' -NewName 'b'\r\n";
    assert.ok(script.includes(call));
    for (const other of [
      `${call}Get-Date\r\n`,
      call.replace("'b'", "$b"),
      call.replace("'b'", '"b"'),
      call.replace("'b'", "'b'; Get-Date"),
      call.replace("'b'", "(Text 'w6'"),
      call.replace("'b'", "(Text '/w==')"),
      call.replace("'b'", "(Bytes 'YQ==')"),
      call.replace("'b'", "(Eval 'YQ==')"),
      call.replace("-NewName", "-newname"),
      call.replace("Rename", "rename"),
      call.replace("\r\n", "\n"),
      call.replace("'b'", "'b' # x"),
      "Set-Entry 'CN=a' -Add @{\r\n    'mail' = 'a'\r\n    'MAIL' = 'b'\r\n}\r\n",
      "Set-Entry 'CN=a' -Add @{\r\n    'mail' = \r\n}\r\n",
    ]) {
      assert.ok("error" in readScript(script.replace(call, other)), other);
    }
    assert.ok("error" in readScript(`# SIG # Begin signature block\r\n${script}`));
    assert.ok("error" in readScript(`Get-Date\r\n${script}`));
    for (const end of [0, 100, SCRIPT_HEAD.length, script.length - 1])
      assert.ok("error" in readScript(script.slice(0, end)));
  });
});

describe("Scripts do what modify files do", () => {
  test("in a directory, forth and back", () => {
    fc.assert(
      fc.property(records, (record) => {
        const files = written([record]);
        const [byRecord, byScript] = [directoryFor(record), directoryFor(record)];
        const original = byRecord.state();
        byRecord.apply(record);
        for (const call of calls(files.modify)) byScript.apply(doneBy(call));
        assert.deepEqual(byScript.state(), byRecord.state());
        if (record.changeType === "delete") return;
        for (const call of calls(files.undo)) byScript.apply(doneBy(call));
        assert.deepEqual(byScript.state(), original);
      }),
      { numRuns: 300 },
    );
  });
});

/** A directory in which `record` can be applied. */
function directoryFor(record: PlannedRecord): Directory {
  const directory = new Directory();
  for (const one of readLdif("dn: DC=contoso,DC=com\ndc: contoso\n\ndn: OU=Staff,DC=contoso,DC=com\nou: Staff\n")) {
    if (one instanceof LdifEntry) directory.add(one);
  }
  const add = (dn: string, attributes: PlannedAdd["attributes"]) =>
    directory.apply({ changeType: "add", dn, attributes });
  const held = record.changeType === "modify" ? record.modSpecs.filter(({ type }) => type === "delete") : [];
  if (record.changeType !== "add") add(record.dn, held);
  const superior = record.changeType === "modrdn" ? record.newSuperior : undefined;
  if (superior !== undefined && dnKey(superior) !== dnKey("OU=Staff,DC=contoso,DC=com")) add(superior, []);
  return directory;
}

/** What a directory is asked to do by the cmdlet that a call leads to, as its documentation has it. */
function doneBy({ command, identity: dn, parameters }: Call): PlannedRecord {
  const text = (name: string) => parameters.find((one) => one.name === name)?.value as string;
  const table = (name: string) => (parameters.find((one) => one.name === name)?.value ?? []) as Table;
  switch (command) {
    case "Set-Entry":
      return {
        changeType: "modify",
        dn,
        modSpecs: [
          ...table("Remove").map((row) => ({ type: "delete" as const, ...row })),
          ...table("Add").map((row) => ({ type: "add" as const, ...row })),
        ],
      };
    case "New-Entry": {
      // The directory adds the classes above by itself.
      const classes = { attribute: "objectClass", values: [{ text: "top" }, { text: text("Type") }] };
      const name = `CN=${escapeRdnValue(text("Name"))},${text("Path")}`;
      return { changeType: "add", dn: name, attributes: [classes, ...table("OtherAttributes")] };
    }
    case "Rename-Entry":
      return { changeType: "modrdn", dn, newRdn: `${dn.split("=", 1)[0]}=${escapeRdnValue(text("NewName"))}` };
    case "Move-Entry":
      return { changeType: "modrdn", dn, newRdn: rdnText(dn), newSuperior: text("TargetPath") };
    case "Remove-Entry":
      return { changeType: "delete", dn };
  }
}
