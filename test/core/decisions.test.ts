import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DecisionSources } from "../../server/core/index.ts";
import { ANN, edit, JOE, listOf, plan, type Row, refused, written } from "./decision-rows.ts";

describe("Decisions become modify records", () => {
  test("the rows of one object are one record; old values are deleted, new ones added", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:jo e@contoso.com", "smtp:joe@contoso.com"),
      edit(ANN, "mail", "an n@contoso.com", "", "REMOVE"),
      edit({ ...JOE, DISTINGUISHEDNAME: "cn=joe, ou=Staff,DC=contoso,DC=com" }, "displayName", "", "Joe"),
      edit(JOE, "proxyAddresses", "smtp:joe@old", "smtp:never@contoso.com", "REMOVE"),
    );
    assert.equal(refused(list), "");
    assert.deepEqual(written(list), [
      "CN=Joe delete proxyAddresses: smtp:jo e@contoso.com | smtp:joe@old",
      "CN=Joe add proxyAddresses: smtp:joe@contoso.com",
      "CN=Joe add displayName: Joe",
      "CN=Ann delete mail: an n@contoso.com",
    ]);
  });

  test("nothing but EDIT and REMOVE changes anything", () => {
    const rows = ["", "COMPLETE", "UNDO", "FAIL", "undo ", "complete"];
    const list = listOf(...rows.map((action, at) => edit(JOE, "info", `a${at}`, `b${at}`, action)));
    assert.deepEqual(plan(list), { records: [], refusals: [] });
  });

  test("a row that is there twice, and a change of capitals alone", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "SMTP:joe@contoso.com"),
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "SMTP:joe@contoso.com", "edit"),
      edit(JOE, "proxyAddresses", "smtp:joe@contoso.com", "x", ""),
    );
    assert.equal(refused(list), "");
    assert.deepEqual(written(list), [
      "CN=Joe delete proxyAddresses: smtp:joe@contoso.com",
      "CN=Joe add proxyAddresses: SMTP:joe@contoso.com",
    ]);
  });

  test("a value that is missing is added once", () => {
    const list = listOf(edit(JOE, "displayName", "", "Joe"), edit(JOE, "displayName", "", "Joe"));
    assert.deepEqual([refused(list), written(list)], ["", ["CN=Joe add displayName: Joe"]]);
  });

  test("a value that was held twice before may be written in another way", () => {
    const list = listOf(
      edit(JOE, "proxyAddresses", "smtp:both@contoso.com", "SMTP:both@contoso.com"),
      edit(ANN, "proxyAddresses", "smtp:both@contoso.com", "", ""),
    );
    assert.deepEqual([refused(list), written(list).length], ["", 2]);
  });

  test("a new value of which a rule only warns", () => {
    const list = listOf(edit(JOE, "userPrincipalName", "j oe@contoso.com", "joe@contoso.local"));
    assert.deepEqual([refused(list), written(list).length], ["", 2]);
  });

  test("an address may go from one object to another", () => {
    const list = listOf(
      edit(JOE, "mail", "both@contoso.com", "", "REMOVE"),
      edit(ANN, "mail", "an n@contoso.com", "both@contoso.com"),
    );
    assert.equal(refused(list), "");
    assert.equal(written(list).length, 3);
    // So it may where the export of the list shows it, too.
    const holders =
      "dn: CN=Joe,OU=Staff,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: joe\nuserAccountControl: 512\nmail: both@contoso.com\n";
    assert.equal(refused(list, {}, holders), "");
  });
});

describe("What nobody can have meant is refused, row by row, and the rest is written", () => {
  const good = edit(ANN, "info", "a", "b");
  const rows: readonly [what: string, rows: readonly Row[], reason: RegExp, sources?: Partial<DecisionSources>][] = [
    ["no new value", [edit(JOE, "mail", "a", "")], /mail \(line 2\) is to be edited, but UPDATE is empty/],
    ["a new value of blanks", [edit(JOE, "mail", "a", "  ")], /UPDATE is empty/],
    ["a new value that is the old one", [edit(JOE, "info", "a", "a")], /UPDATE is what VALUE is/],
    ["nothing to remove", [edit(JOE, "mail", "", "x", "REMOVE")], /VALUE is empty/],
    ["no attribute", [edit(JOE, "", "a", "b")], /ATTRIBUTE is empty/],
    ["an unknown word", [edit(JOE, "mail", "a", "b", "EDITT")], /"EDITT" in ACTION, which is none of EDIT/],
    [
      "two decisions about one value",
      [edit(JOE, "info", "a", "b"), edit(JOE, "info", "a", "c")],
      /\(line 2\) is decided in another way in line 3\n.*\(line 3\) is decided in another way in line 2/,
    ],
    [
      "EDIT and COMPLETE",
      [edit(JOE, "info", "a", "b"), edit(JOE, "info", "A", "b", "COMPLETE")],
      /another way in line 3/,
    ],
    [
      "a new value twice for one object",
      [edit(JOE, "url", "a", "X"), edit(JOE, "url", "b", "x")],
      /would get "X", and line 3 gives it, too\n.*would get "x", and line 2 gives it, too/,
    ],
    [
      "a new value that the object has",
      [edit(JOE, "url", "a", "B"), edit(JOE, "url", "b", "", "")],
      /would get "B", which it holds \(line 3\)/,
    ],
    [
      "a new value that the object keeps, since its removal is refused",
      [edit(JOE, "url", "a", "b"), edit(JOE, "url", "b", "", "REMOVE"), edit(JOE, "url", "b", "c")],
      /would get "b", which it holds \(line 3\)/,
    ],
    [
      "two changes of an attribute that takes one value",
      [edit(JOE, "mail", "a@contoso", "a@contoso.com"), edit(JOE, "mail", "b@contoso", "b@contoso.com")],
      /takes one value, and line 3 changes it, too/,
    ],
    [
      "one address for two objects",
      [
        edit(JOE, "mail", "j@contoso", "both@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "e@contoso", "both@contoso.com"),
      ],
      /would get "both@contoso.com", which "CN=Eve,.*" is to get, too \(line 3\)\n.*which "CN=Joe,.*" is to get, too/,
    ],
    [
      "an address of another object of the list",
      [
        edit(JOE, "mail", "j@contoso", "eve@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "", ""),
      ],
      /which "CN=Eve,.*" holds \(line 3\)/,
    ],
    [
      "an address that the other object keeps, since its removal is refused",
      [
        edit(JOE, "mail", "j@contoso", "eve@contoso.com"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "", "REMOVE"),
        edit({ ...JOE, DISTINGUISHEDNAME: "CN=Eve,DC=contoso,DC=com" }, "mail", "eve@contoso.com", "eva@contoso.com"),
      ],
      /which "CN=Eve,.*" holds \(line 3\)/,
    ],
    [
      "an error",
      [edit(JOE, "userPrincipalName", "a b@contoso.com", "a c@contoso.com")],
      /\(upn-whitespace-or-invisible\)/,
    ],
    ["the name of the object", [edit(JOE, "cn", "Joe ", "Joe")], /names the object/],
    ["another kind of object", [edit(JOE, "objectClass", "user", "contact")], /another kind/],
    ["what only the system writes", [edit(JOE, "whenCreated", "1", "2")], /written by the system only/],
    ["a lost letter", [edit(JOE, "info", "a", "J\ufffdrgen")], /csv-replacement-character/],
    ["a DN that is none", [{ ...edit(JOE, "info", "a", "b"), DISTINGUISHEDNAME: "Joe" }], /csv-dn-malformed/],
    ["no DN", [{ ...edit(JOE, "info", "a", "b"), DISTINGUISHEDNAME: "" }], /\(line 2\) names no object/],
    ["a rounded number", [edit(JOE, "info", "a", "4.91234E+11")], /a number that a spreadsheet has rounded/],
    [
      "letters of a guessed encoding",
      [edit(JOE, "info", "a", "Micha³")],
      /save it as UTF-8/,
      { isEncodingGuessed: true },
    ],
  ];
  for (const [what, own, reason, sources] of rows) {
    test(what, () => {
      const list = listOf(...own, good);
      assert.match(refused(list, sources), reason);
      assert.deepEqual(written(list, sources), ["CN=Ann delete info: a", "CN=Ann add info: b"]);
    });
  }

  test("an address that somebody holds in another export", () => {
    const list = listOf(edit(JOE, "mail", "j@contoso", "ann@contoso.com"));
    const entry = (name: string) =>
      `dn: CN=${name},OU=Staff,DC=contoso,DC=com\nobjectClass: user\nsAMAccountName: a\nuserAccountControl: 512\nproxyAddresses: SMTP:ann@contoso.com\n`;
    assert.match(refused(list, {}, entry("Ann")), /would get "ann@contoso.com", which "CN=Ann,OU=.*" holds/);
    assert.deepEqual(written(list, {}, entry("Ann")), []);
    assert.equal(refused(list, {}, entry("Joe")), "");
    // What does not synchronize takes nothing from anybody.
    assert.equal(refused(list, {}, `${entry("Ann")}isCriticalSystemObject: TRUE\n`), "");
  });

  test("an error that somebody accepts is written", () => {
    const list = listOf(edit(JOE, "userPrincipalName", "a b@contoso.com", "a c@contoso.com"));
    const isAccepted: DecisionSources["isAccepted"] = ({ rule, value: found }) =>
      rule.id === "upn-whitespace-or-invisible" && found?.text === "a c@contoso.com";
    assert.equal(refused(list, { isAccepted }), "");
    assert.equal(written(list, { isAccepted }).length, 2);
  });

  test("two columns of one name", () => {
    const list = listOf(good).replace("PROPOSEDACTION", "update");
    assert.match(refused(list), /the list has two columns UPDATE/);
    assert.deepEqual(written(list), []);
  });
});

/** What a spreadsheet makes of a list: other separators, columns in another order, a column more. */
