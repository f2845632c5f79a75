import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firstDeviation, readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import { difference } from "./differences.ts";
import { changed, EVE, NEW_USER, ORIGINAL, written } from "./staff-export.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

describe("Entries that come, go, or have another name", () => {
  const rows: readonly [what: string, edited: string, ...lines: string[]][] = [
    ["an entry renamed by hand", changed(["dn: CN=Ann,", "dn: CN=Anna,"]), "CN=Ann,OU=Staff -> CN=Anna"],
    [
      "an entry renamed, exported again",
      changed(["CN=Ann,", "CN=Anna,"], ["cn: Ann\n", "cn: Anna\n"]),
      "CN=Ann,OU=Staff -> CN=Anna",
    ],
    ["capitals of a name", changed(["dn: CN=Ann,", "dn: CN=ANN,"]), "CN=Ann,OU=Staff -> CN=ANN"],
    ["capitals of the type of a name, and of what is above", changed(["dn: CN=Ann,OU=S", "dn: cn=Ann,ou=s"])],
    ["an entry moved", changed(["dn: CN=Ann,OU=Staff,", "dn: CN=Ann,"]), "CN=Ann,OU=Staff -> CN=Ann in DC=x"],
    [
      "an entry changed, renamed and moved",
      changed(["dn: CN=Ann,OU=Staff", "dn: CN=Anna,OU=Other"], ["ann@", "anna@"]),
      "CN=Ann,OU=Staff: -ann@contoso.com +anna@contoso.com",
      "CN=Ann,OU=Staff -> CN=Anna in OU=Other,DC=x",
    ],
    ["a unit renamed by hand", changed(["dn: OU=Staff,", "dn: OU=People,"]), "OU=Staff -> OU=People"],
    [
      "a unit renamed, exported again",
      changed(["OU=Staff,", "OU=People,"], ["ou: Staff", "ou: People"]),
      "OU=Staff -> OU=People",
    ],
    [
      "a unit and an entry in it renamed, and a link to that",
      changed(["OU=Staff,", "OU=People,"], ["dn: CN=Ann,", "dn: CN=Anna,"], ["member: CN=Ann,", "member: CN=Anna,"]),
      "OU=Staff -> OU=People",
      "CN=Ann,OU=People -> CN=Anna",
    ],
    [
      "an entry renamed and made a member under its new name",
      changed(["CN=Eve", "CN=Eva"], ["member:", "member: CN=Eva,OU=Staff,DC=x\nmember:"]),
      "CN=All,OU=Staff: +CN=Eve,OU=Staff,DC=x",
      "CN=Eve,OU=Staff -> CN=Eva",
    ],
    ["an entry added", `${NEW_USER}${ORIGINAL}`, "add CN=New,OU=Staff: objectClass cn mail"],
    [
      "a member added with its entry",
      `${NEW_USER}${changed(["member:", "member: cn=new,ou=staff,dc=x\nmember:"])}`,
      "add CN=New,OU=Staff: objectClass cn mail",
      "CN=All,OU=Staff: +cn=new,ou=staff,dc=x",
    ],
    [
      "two that refer to each other, and the unit that they are in behind them",
      `dn: CN=G1,OU=N,DC=x\nobjectClass: group\nmember: CN=G2,OU=N,DC=x\n
dn: CN=G2,OU=N,DC=x\nobjectClass: group\nmember: CN=G1,OU=N,DC=x\nmember: CN=Ann,OU=Staff,DC=x\n
dn: OU=N,DC=x\nobjectClass: organizationalUnit\n\n${ORIGINAL}`,
      "add OU=N: objectClass ou",
      "add CN=G1,OU=N: objectClass cn",
      "add CN=G2,OU=N: objectClass cn member",
      "CN=G1,OU=N: +CN=G2,OU=N,DC=x",
      "CN=G2,OU=N: +CN=G1,OU=N,DC=x",
    ],
    ["an entry removed", changed([EVE, ""]), "delete CN=Eve,OU=Staff"],
    [
      "a member removed, and from its group in the export",
      changed(
        [
          "dn: CN=Ann,OU=Staff,DC=x\nobjectClass: user\ncn: Ann\nobjectGUID: 2\nmail: ann@contoso.com\nwhenChanged: 20260102000000.0Z\n\n",
          "",
        ],
        ["member: CN=Ann,OU=Staff,DC=x\n", ""],
      ),
      "delete CN=Ann,OU=Staff",
    ],
    [
      "a manager in the place of one that is removed",
      changed([EVE, ""], ["cn: Zoe\n", "cn: Zoe\nmanager: CN=Ann,OU=Staff,DC=x\n"]),
      "CN=Zoe,OU=Staff: +CN=Ann,OU=Staff,DC=x",
      "delete CN=Eve,OU=Staff",
    ],
    [
      "a link of an attribute that is not known here, after a rename",
      changed(
        ["dn: CN=Ann,", "dn: CN=Anna,"],
        ["description: old\n", "description: old\nfabrikamOwner: CN=Anna,OU=Staff,DC=x\n"],
      ),
      "CN=All,OU=Staff: +CN=Ann,OU=Staff,DC=x",
      "CN=Ann,OU=Staff -> CN=Anna",
    ],
    [
      "removed below what is renamed",
      changed([EVE, ""], ["dn: OU=Staff,", "dn: OU=People,"]),
      "OU=Staff -> OU=People",
      "delete CN=Eve,OU=People",
    ],
  ];
  for (const [what, edited, ...lines] of rows) {
    test(what, () => {
      const { records, refusals } = difference(ORIGINAL, edited, { allowDelete: true });
      assert.deepEqual(refusals, []);
      assert.deepEqual(written(records), lines);
      const files = writeModifyFiles(records, NAMES);
      assert.equal(firstDeviation(files.undoRecords, readBack(files.undo)), undefined);
    });
  }

  test("nothing is removed unless that is asked for", () => {
    const { records, refusals, removable } = difference(ORIGINAL, changed([EVE, ""]));
    assert.deepEqual(records, []);
    assert.match(refusals[0]?.reason ?? "", /missing in the edited export: it is not removed/);
    assert.deepEqual(removable, ["CN=Eve,OU=Staff,DC=x"]);
  });

  test("the undo file takes away what was added, and says what it cannot bring back", () => {
    const { records } = difference(ORIGINAL, `${NEW_USER}${changed([EVE, ""])}`, { allowDelete: true });
    const { modify, undo } = writeModifyFiles(records, NAMES);
    assert.match(modify, /^# REMOVES 1 entry, which no file brings back\.\r$/m);
    assert.match(undo, /^# DOES NOT BRING BACK 1 entry that it removes:\r\n# {3}CN=Eve,OU=Staff,DC=x\r$/m);
    assert.match(undo, /^dn: CN=New,OU=Staff,DC=x\r\nchangetype: delete\r\n\r\n$/m);
  });
});
