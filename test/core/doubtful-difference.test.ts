import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import { difference } from "./differences.ts";
import { changed, EVE, NEW_USER, ORIGINAL, withoutGuids, written } from "./staff-export.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

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
