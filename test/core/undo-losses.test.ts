import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeModifyFile } from "../../server/core/fix/describe-records.ts";
import { firstDeviation, readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import { inverseOf, type PlannedModify } from "../../server/core/fix/planned-record.ts";
import { writeScripts } from "../../server/core/fix/powershell.ts";
import { a, change, GROUP, USER } from "./entry-changes.ts";

interface Row {
  readonly what: string;
  readonly head?: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The attributes that the undo file does not restore, and why. */
  readonly lost: Readonly<Record<string, RegExp>>;
}

const ROWS: readonly Row[] = [
  {
    what: "characters that no account name has",
    removed: ["sAMAccountName: a/b"],
    added: ["sAMAccountName: ab"],
    lost: { sAMAccountName: /^would get "\/", which no account name has$/ },
  },
  {
    what: "an account that had no name",
    removed: [],
    added: ["sAMAccountName: ab"],
    lost: { sAMAccountName: /^cannot be removed/ },
  },
  {
    what: "a value that was too long",
    removed: [`title: ${a(200)}`, "mail: old@contoso.com"],
    added: ["title: short", "mail: new@contoso.com"],
    lost: { title: /^would get 200 characters/ },
  },
  {
    what: "a value that was too long and goes, among others that go",
    removed: [`proxyAddresses: smtp:${a(1200)}`, "proxyAddresses: smtp:b@contoso.com"],
    added: [],
    lost: { proxyAddresses: /^would get 1205 characters/ },
  },
  {
    what: "values in an attribute that takes one",
    removed: ["displayName: one", "displayName: two"],
    added: ["displayName: one"],
    lost: { displayName: /^would hold 2 values/ },
  },
  {
    what: "what is no boolean, no number and no DN",
    removed: ["msExchHideFromAddressLists: yes", "countryCode: x", "manager: nobody"],
    added: [],
    lost: { msExchHideFromAddressLists: /TRUE and FALSE/, countryCode: /no integer/, manager: /no DN/ },
  },
  {
    what: "nothing of what a group has by an extended schema",
    head: GROUP,
    removed: ["department: Sales"],
    added: [],
    lost: {},
  },
  { what: "nothing of what was empty", removed: ["title:"], added: ["title: x"], lost: {} },
  { what: "nothing of what the directory takes", removed: ["title: y"], added: ["title: x"], lost: {} },
];

describe("What the directory would refuse to take back is known when the change is planned", () => {
  for (const { what, head = USER, removed, added, lost } of ROWS) {
    test(what, () => {
      const { record, refusals } = change(head, removed, added);
      assert.deepEqual(refusals, []);
      const { unrestorable = [] } = record!;
      assert.deepEqual(
        unrestorable.map(({ attribute }) => attribute),
        Object.keys(lost),
      );
      for (const { attribute, reason } of unrestorable) assert.match(reason, lost[attribute]!);
      const kept = record!.modSpecs.filter(({ attribute }) => !(attribute in lost));
      const inverse = inverseOf(record!) as PlannedModify | undefined;
      assert.deepEqual(
        inverse?.modSpecs.map(({ type, ...spec }) => ({ type: type === "add" ? "delete" : "add", ...spec })) ?? [],
        [...kept].reverse(),
      );
      assert.equal(inverse?.unrestorable, undefined);
    });
  }
});

describe("An undo file that does not restore everything says so", () => {
  const records = [
    change(USER, ["sAMAccountName: a/b", "mail: old@contoso.com"], ["sAMAccountName: ab", "mail: new@contoso.com"]),
    change(USER.replace(/Jane/g, "Joe"), [`title: ${a(200)}`], ["title: x"]),
  ].map(({ record }) => record!);
  const lost = [
    'sAMAccountName of CN=Jane,OU=Staff,DC=contoso,DC=com: would get "/", which no account name has',
    "title of CN=Joe,OU=Staff,DC=contoso,DC=com: would get 200 characters: the directory takes at most 128",
  ];

  test("at its head, as does the modify file", () => {
    const files = writeModifyFiles(records, { original: "a.ldf", modify: "m.ldf", undo: "u.ldf" });
    assert.deepEqual(files.undo.split("\r\n"), [
      "# Takes back what m.ldf changed in 1 entry of a.ldf.",
      ...lost.map((line) => `# DOES NOT RESTORE ${line}`),
      "# Apply: ldifde -i -f u.ldf -j .",
      "dn: CN=Jane,OU=Staff,DC=contoso,DC=com",
      "changetype: modify",
      "delete: mail",
      "mail: new@contoso.com",
      "-",
      "add: mail",
      "mail: old@contoso.com",
      "-",
      "",
      "",
    ]);
    assert.match(files.modify, /^# The file that undoes it DOES NOT RESTORE 2 attributes, and names them\.\r$/m);
    assert.equal(firstDeviation(records, readBack(files.modify)), undefined);
    assert.equal(firstDeviation(files.undoRecords, readBack(files.undo)), undefined);
    const preview = describeModifyFile(files, []);
    const end = ["NOT RESTORED BY THE FILE THAT UNDOES IT:", ...lost.map((line) => `  ${line}`)];
    assert.ok(preview.endsWith(end.map((line) => `# ${line}\r\n`).join("")));
    assert.deepEqual(readBack(preview), readBack(files.modify));
  });

  test("in scripts of PowerShell, too", () => {
    const { files, objection } = writeScripts(records, { original: "a.ldf", modify: "m.ps1", undo: "u.ps1" });
    assert.equal(objection, undefined);
    for (const line of lost) assert.ok(files.undo.includes(`\r\n# DOES NOT RESTORE ${line}\r\n`), line);
    assert.match(files.modify, /^# The script that undoes it DOES NOT RESTORE 2 attributes, and names them\.\r$/m);
    assert.match(files.undo, /^Set-Entry 'CN=Jane/m);
    assert.doesNotMatch(files.undo, /^Set-Entry 'CN=Joe|a\/b'/m);
  });

  test("where it restores nothing at all", () => {
    const names = { original: "a.ldf", modify: "m.ldf", undo: "u.ldf" };
    const files = writeModifyFiles(records.slice(1), names);
    assert.deepEqual(files.undoRecords, []);
    assert.match(files.undo, /^# Takes back .*\r\n# DOES NOT RESTORE title of CN=Joe,.*\r\n# Apply: .*\r\n$/);
    assert.equal(writeScripts(records.slice(1), names).objection, undefined);
  });
});
