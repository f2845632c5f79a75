import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firstDeviation, readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import type { PlannedRecord } from "../../server/core/fix/planned-record.ts";
import type { WrittenValue } from "../../server/core/ldif/writer.ts";
import fc from "../property.ts";
import { applied, difference, directoryOf } from "./differences.ts";
import { editedTree, type Tree, treeEdits, treeExport, trees } from "./object-tree.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

const inOrder = (number: number) => number;
const backwards = (number: number) => -number;
const mixed = (number: number) => (number * 7919) % 13;

describe("The whole difference of two exports", () => {
  test("applied to the original gives the edited export, and what is undone gives the original", () => {
    let [whole, refused] = [0, 0];
    fc.assert(
      fc.property(
        trees,
        treeEdits,
        fc.constantFrom(inOrder, backwards, mixed),
        fc.constantFrom(inOrder, backwards, mixed),
        (before, edits, order, otherOrder) => {
          // One that stays stands at the end of both, so that what is removed is not taken for cut off.
          const last = [
            9999,
            { guid: 9999, kind: "contact", name: "last", parent: undefined, mail: undefined, members: [] },
          ] as const;
          const original = treeExport(before, order) + treeExport(new Map([last]), inOrder);
          const after = editedTree(before, edits);
          const edited = treeExport(after, otherOrder) + treeExport(new Map([last]), inOrder);
          const { records, refusals } = difference(original, edited, { allowDelete: true });
          const files = writeModifyFiles(records, NAMES);
          assert.equal(firstDeviation(records, readBack(files.modify)), undefined);
          assert.equal(firstDeviation(files.undoRecords, readBack(files.undo)), undefined);
          const state = applied(original, files.modify);
          if (refusals.length > 0) refused++;
          else {
            whole++;
            assert.deepEqual(state, directoryOf(edited).state());
          }
          const undone = applied(original, files.modify, files.undo);
          const isRemoving = records.some(({ changeType }) => changeType === "delete");
          // What is removed does not come back. Which of several that is, is known where nothing is refused.
          if (!isRemoving) assert.deepEqual(undone, directoryOf(original).state());
          else if (refusals.length === 0) {
            const kept = treeExport(withoutRemoved(before, after), inOrder) + treeExport(new Map([last]), inOrder);
            assert.deepEqual(undone, directoryOf(kept).state());
          }
        },
      ),
      { numRuns: 500 },
    );
    assert.ok(whole > refused, `${whole} whole, ${refused} with refusals`);
  });
});

/** The original without what was removed for good, and without the links to it. */
function withoutRemoved(before: Tree, after: Tree): Tree {
  return new Map(
    [...before]
      .filter(([number]) => after.has(number))
      .map(([number, object]) => [
        number,
        { ...object, members: object.members.filter((member) => after.has(member)) },
      ]),
  );
}

/** One line for each record. */
function written(records: readonly PlannedRecord[]): string[] {
  return records.map((record) => {
    const name = record.dn.replaceAll(",DC=x", "");
    if (record.changeType === "modify") {
      const specs = record.modSpecs.map(
        ({ type, values }) => `${type === "add" ? "+" : "-"}${values.map(textOf).join(" ")}`,
      );
      return `${name}: ${specs.join(" ")}`;
    }
    if (record.changeType === "add")
      return `add ${name}: ${record.attributes.map(({ attribute }) => attribute).join(" ")}`;
    if (record.changeType === "delete") return `delete ${name}`;
    return `${name} -> ${record.newRdn}${record.newSuperior === undefined ? "" : ` in ${record.newSuperior}`}`;
  });
}

function textOf(value: WrittenValue): string {
  return "text" in value ? value.text : value.base64;
}

const ORIGINAL = `dn: OU=Staff,DC=x
objectClass: organizationalUnit
ou: Staff
objectGUID: 1

dn: CN=Ann,OU=Staff,DC=x
objectClass: user
cn: Ann
objectGUID: 2
mail: ann@contoso.com
whenChanged: 20260102000000.0Z

dn: CN=All,OU=Staff,DC=x
objectClass: group
cn: All
objectGUID: 3
member: CN=Ann,OU=Staff,DC=x
description: old

dn: CN=Eve,OU=Staff,DC=x
objectClass: contact
cn: Eve
objectGUID: 4

dn: CN=Zoe,OU=Staff,DC=x
objectClass: contact
cn: Zoe
objectGUID: 5
`;

/** `ORIGINAL` with replacements. */
function changed(...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), from);
    return text.replaceAll(from, to);
  }, ORIGINAL);
}

const NO_GUIDS = ["objectGUID: 1\n", "objectGUID: 2\n", "objectGUID: 3\n", "objectGUID: 4\n", "objectGUID: 5\n"];

function withoutGuids(text: string): string {
  return NO_GUIDS.reduce((left, line) => left.replace(line, ""), text);
}

const EVE = "dn: CN=Eve,OU=Staff,DC=x\nobjectClass: contact\ncn: Eve\nobjectGUID: 4\n\n";
const NEW_USER = "dn: CN=New,OU=Staff,DC=x\nobjectClass: user\nmail: new@contoso.com\n\n";

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

describe("What may be meant otherwise is refused", () => {
  const rows: readonly [what: string, original: string, edited: string, reason: RegExp, ...lines: string[]][] = [
    [
      "a rename without objectGUID",
      withoutGuids(ORIGINAL),
      withoutGuids(changed(["CN=Eve", "CN=Eva"])),
      /may be CN=Eve,.* under another name/,
    ],
    [
      "other capitals without objectGUID",
      withoutGuids(ORIGINAL),
      withoutGuids(changed(["dn: CN=Eve", "dn: CN=EVE"])),
      /other capitals/,
    ],
    [
      "an entry with the mail of one that is gone",
      ORIGINAL,
      `${NEW_USER.replace("new@", "ann@")}${changed(["dn: CN=Ann,OU=Staff,DC=x\nobjectClass: user\ncn: Ann\nobjectGUID: 2\nmail: ann@contoso.com\nwhenChanged: 20260102000000.0Z\n\n", ""])}`,
      /may be CN=Ann,/,
    ],
    [
      "another object under the same name",
      ORIGINAL,
      changed(["objectGUID: 4", "objectGUID: 44"]),
      /another object under the same DN/,
    ],
    [
      "two names exchanged",
      ORIGINAL,
      changed(["dn: CN=Eve,", "dn: CN=Tmp,"], ["dn: CN=Zoe,", "dn: CN=Eve,"], ["dn: CN=Tmp,", "dn: CN=Zoe,"]),
      /takes a name that another entry had/,
    ],
    [
      "a new entry under a name that is given up",
      ORIGINAL,
      `${EVE.replace("objectGUID: 4\n", "")}${changed(["dn: CN=Eve", "dn: CN=Eva"])}`,
      /exists already/,
    ],
    [
      "an entry that exists elsewhere",
      ORIGINAL,
      `${NEW_USER.replace("mail", "objectGUID: 9\nmail")}${ORIGINAL}`,
      /exists already/,
    ],
    [
      "an entry without a class",
      ORIGINAL,
      `${NEW_USER.replace("objectClass: user\n", "")}${ORIGINAL}`,
      /what is to be added/,
    ],
    [
      "an entry with another name than in its DN",
      ORIGINAL,
      `${NEW_USER.replace("mail", "cn: Old\nmail")}${ORIGINAL}`,
      /another one than in the DN/,
    ],
    [
      "an enabled account without a password",
      ORIGINAL,
      `${NEW_USER.replace("mail", "userAccountControl: 512\nmail")}${ORIGINAL}`,
      /no password yet/,
    ],
    [
      "a back link in a new entry",
      ORIGINAL,
      `${NEW_USER.replace("mail", "memberOf: CN=All,OU=Staff,DC=x\nmail")}${ORIGINAL}`,
      /other side of a link/,
    ],
    [
      "a member whose entry is not added",
      ORIGINAL,
      `${NEW_USER.replace("mail", "objectGUID: 9\nmail")}${changed(["member:", "member: CN=New,OU=Staff,DC=x\nmember:"])}`,
      /that entry is not added/,
    ],
    [
      "an entry below one that is not added",
      ORIGINAL,
      `dn: OU=N,DC=x\nou: N\n\n${NEW_USER.replace("OU=Staff", "OU=N")}${ORIGINAL}`,
      /the entry above it is not added/,
    ],
    [
      "a name that is neither the old nor the new one",
      ORIGINAL,
      changed(["dn: CN=Eve", "dn: CN=Eva"], ["cn: Eve", "cn: Evi"]),
      /neither the old name nor the new one/,
    ],
    ["another kind of name", ORIGINAL, changed(["dn: CN=Eve", "dn: OU=Eve"]), /named by cn/],
    [
      "a unit removed, and what is in it not",
      ORIGINAL,
      changed(["dn: OU=Staff,DC=x\nobjectClass: organizationalUnit\nou: Staff\nobjectGUID: 1\n\n", ""]),
      /is below it, and stays/,
    ],
    [
      "a part of Active Directory removed",
      ORIGINAL.replace("cn: Eve", "cn: Eve\nisCriticalSystemObject: TRUE"),
      changed([EVE, ""]),
      /part of Active Directory itself/,
    ],
    ["an edited export that ends early", ORIGINAL, ORIGINAL.slice(0, ORIGINAL.indexOf("dn: CN=Eve")), /cut off/],
    [
      "one that ends in the middle of an entry",
      ORIGINAL,
      ORIGINAL.slice(0, ORIGINAL.indexOf("description")),
      /cut off/,
    ],
    ["one that ends in the middle of a DN", ORIGINAL, ORIGINAL.slice(0, ORIGINAL.indexOf("CN=Eve") + 5), /cut off/],
    ["an empty one", ORIGINAL, "", /cut off/],
    ["one of another search", ORIGINAL, ORIGINAL.slice(ORIGINAL.indexOf("dn: CN=Eve")), /another search/],
    ["one of another domain", ORIGINAL, changed(["DC=x", "DC=y"]), /different domains/],
    [
      "the wrong way round",
      ORIGINAL,
      changed(["20260102", "20260101"], ["description: old", "description: new"]),
      /wrong way round/,
    ],
    ["an entry twice", ORIGINAL, `${EVE}${ORIGINAL}`, /more than once/],
    [
      "an objectGUID twice",
      ORIGINAL,
      changed([EVE, `${EVE.replace("CN=Eve", "CN=Eva")}${EVE.replace("CN=Eve", "CN=Evi")}`]),
      /objectGUID that is more than once/,
    ],
    [
      "a list of which only a part is exported now",
      ORIGINAL,
      changed(["member: CN=Ann,OU=Staff", "member;range=0-0: CN=Eve,OU=Staff"]),
      /exported in part/,
    ],
    [
      "a list of which only a part was exported",
      changed(["member:", "member;range=0-0:"]),
      changed(["member:", "member: CN=Eve,OU=Staff,DC=x\nmember:"]),
      /exported in part/,
    ],
    [
      "an entry without its first line",
      ORIGINAL,
      changed(["dn: CN=Eve,OU=Staff,DC=x\n", ""]),
      /not removed: it has lines without a DN/,
    ],
    [
      "the first entry without its first line",
      ORIGINAL,
      changed(["dn: OU=Staff,DC=x\n", ""]),
      /not removed: it has lines without a DN/,
    ],
    [
      "a renamed entry without its objectGUID",
      ORIGINAL,
      changed(["dn: CN=Eve", "dn: CN=Eva"], ["objectGUID: 4\n", ""]),
      /may be CN=Eve,/,
    ],
    [
      "all without objectGUID, and one renamed",
      ORIGINAL,
      withoutGuids(changed(["dn: CN=Eve", "dn: CN=Eva"])),
      /may be CN=Eve,/,
    ],
    [
      "a renamed entry that is there twice",
      ORIGINAL,
      changed([EVE, EVE.replace("CN=Eve", "CN=Eva").repeat(2)]),
      /more than once/,
    ],
    [
      "an early end behind a renamed entry",
      ORIGINAL,
      changed(["dn: CN=All", "dn: CN=Everybody"]).slice(0, ORIGINAL.indexOf("description") + 6),
      /cut off/,
      "CN=All,OU=Staff -> CN=Everybody",
    ],
    [
      "an early end within what is below a renamed unit",
      ORIGINAL,
      changed(["dn: OU=Staff", "dn: OU=S"], ["CN=Ann,OU=Staff,DC=x\nobj", "CN=Ann,OU=S,DC=x\nobj"])
        .replace("dn: CN=All,OU=Staff", "dn: CN=All,OU=S")
        .replace(/description: old[\s\S]*$/, "desc"),
      /cut off/,
      "OU=Staff -> OU=S",
    ],
    [
      "an early end, and an entry missing before it",
      ORIGINAL,
      changed([EVE, ""]).slice(0, changed([EVE, ""]).indexOf("dn: CN=Zoe")),
      /cut off/,
    ],
    ["an early end within the last entry", ORIGINAL, ORIGINAL.replace(/Zoe\nobjectGUID: 5\n$/, "Z"), /cut off/],
    [
      "a blank line within a renamed entry",
      ORIGINAL,
      changed(["dn: CN=Ann,", "dn: CN=Anna,"], ["objectGUID: 2\nmail", "objectGUID: 2\n\nmail"]),
      /blank line may have come or gone/,
      "CN=Ann,OU=Staff -> CN=Anna",
    ],
    [
      "a blank line within an added entry",
      ORIGINAL,
      `${NEW_USER.replace("\nmail", "\n\nmail")}${ORIGINAL}`,
      /blank line may have come or gone/,
    ],
    [
      "a lost colon in an added entry",
      ORIGINAL,
      `${NEW_USER.replace("mail:", "mail")}${ORIGINAL}`,
      /cannot be read with certainty/,
    ],
    [
      "a new unit that is there twice, and an entry moved into it",
      ORIGINAL,
      `${"dn: OU=N,DC=x\nobjectClass: organizationalUnit\nou: N\n\n".repeat(2)}${changed(["dn: CN=Eve,OU=Staff", "dn: CN=Eve,OU=N"])}`,
      /below an entry now that is not added/,
    ],
    [
      "a member under another name, without objectGUID",
      withoutGuids(ORIGINAL),
      withoutGuids(changed(["CN=Ann,", "CN=Anna,"])),
      /that entry is not added/,
    ],
    [
      "a member that is not added, since it is there twice",
      ORIGINAL,
      `${NEW_USER}${NEW_USER}${changed(["member:", "member: CN=New,OU=Staff,DC=x\nmember:"])}`,
      /that entry is not added/,
    ],
    [
      "capitals of a name that is there twice",
      ORIGINAL,
      changed([EVE, `${EVE.replace("CN=Eve", "CN=EVE")}${EVE}`]),
      /more than once/,
    ],
  ];
  for (const [what, original, edited, reason, ...lines] of rows) {
    test(what, () => {
      const { records, refusals } = difference(original, edited, { allowDelete: true });
      assert.match(
        refusals.map(({ dn, attribute, reason }) => `${dn} ${attribute ?? ""} ${reason}`).join("\n"),
        reason,
      );
      assert.deepEqual(written(records), lines);
    });
  }

  test("the older of two exports is gone back to where that is asked for", () => {
    const older = changed(["20260102", "20260101"], ["ann@", "anne@"]);
    const { records, refusals } = difference(ORIGINAL, older, { allowOlder: true });
    assert.deepEqual(written(records), ["CN=Ann,OU=Staff: -ann@contoso.com +anne@contoso.com"]);
    assert.match(refusals.map(({ attribute }) => attribute).join(), /whenChanged/);
  });

  test("a value that takes the place of a link to what is removed comes behind it, and the undo file says what it cannot restore", () => {
    const before = changed(["cn: Zoe\n", "cn: Zoe\nmanager: CN=Eve,OU=Staff,DC=x\n"]);
    const after = before.replace(EVE, "").replace("manager: CN=Eve", "manager: CN=Ann");
    const { records, refusals } = difference(before, after, { allowDelete: true });
    assert.deepEqual(refusals, []);
    assert.deepEqual(written(records), [
      "CN=Zoe,OU=Staff: -CN=Eve,OU=Staff,DC=x +CN=Ann,OU=Staff,DC=x",
      "delete CN=Eve,OU=Staff",
    ]);
    assert.match(writeModifyFiles(records, NAMES).undo, /manager.*named an entry that is removed/);
  });

  test("an objectGUID is the same one as text and in base64", () => {
    const guid = (line: string) => changed(["objectGUID: 4\n", `${line}\n`]);
    const text = guid("objectGUID: 04030201-0605-0807-090a-0b0c0d0e0f10").replace("dn: CN=Eve", "dn: CN=Eva");
    const { records } = difference(guid("objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA=="), text, { allowDelete: true });
    assert.deepEqual(written(records), ["CN=Eve,OU=Staff -> CN=Eva"]);
  });

  test("an export that does not show an attribute any more changes nothing of it", () => {
    const entry = (n: number, ...lines: string[]) => `dn: CN=C${n},DC=x\nobjectClass: contact\n${lines.join("")}\n`;
    const all = (...lines: string[]) => Array.from({ length: 6 }, (_, n) => entry(n, ...lines)).join("");
    const { records, refusals } = difference(all("mail: a\n", "info: x\n"), all("info: y\n"));
    assert.deepEqual(new Set(written(records).map((line) => line.replace(/^.*: /, ""))), new Set(["-x +y"]));
    assert.deepEqual(
      refusals.map(({ dn, attribute }) => [dn, attribute]),
      [["All objects", "mail"]],
    );
  });
});
