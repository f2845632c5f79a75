import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Checker } from "../../server/core/engine/checker.ts";
import type { Finding } from "../../server/core/engine/finding.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/core/engine/settings.ts";
import { editLdif, styleOf } from "../../server/core/fix/ldif-edit.ts";
import { planFixes } from "../../server/core/fix/plan.ts";
import { applyChanges } from "../../server/core/fix/text-change.ts";
import { readLdif } from "../../server/core/ldif/reader.ts";
import { LdifEntry } from "../../server/core/ldif/record.ts";
import type { LineStyle } from "../../server/core/ldif/writer.ts";
import { EditedEntry, type ValueChange } from "../../server/core/model/edited-entry.ts";
import { RULES } from "../../server/core/rules/index.ts";
import fc from "../property.ts";
import { entries, lineStyle, toExport, value } from "./arbitrary.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

const FREE = { isTaken: () => false, take: () => {} };
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  verifiedDomains: ["contoso.com"],
  domainReplacements: { "contoso.local": "contoso.com" },
};

function onlyEntry(text: string): LdifEntry {
  const entry = readLdif(text).find((record) => record instanceof LdifEntry);
  assert.ok(entry !== undefined);
  return entry;
}

function edit(entry: LdifEntry, changes: readonly ValueChange[]): string {
  return applyChanges(entry.text, editLdif(entry, changes, styleOf([entry])));
}

describe("A fix keeps the style of the value it changes, and touches nothing else", () => {
  /** The value of `mail` becomes `to`. */
  const rows: readonly [what: string, before: string, to: string | undefined, after: string][] = [
    ["plain", "mail: a\n", "b", "mail: b\n"],
    ["CRLF", "mail: a\r\ncn: x\r\n", "b", "mail: b\r\ncn: x\r\n"],
    ["no blank after the colon", "mail:a\n", "b", "mail:b\n"],
    ["several blanks after the colon", "mail:   a\n", "b", "mail: b\n"],
    ["base64 stays base64", "mail:: YQ==\n", "b", "mail:: Yg==\n"],
    ["what is not safe becomes base64", "mail: a\n", " b", "mail:: IGI=\n"],
    ["raw letters stay raw", "mail: ä\n", "ö", "mail: ö\n"],
    ["letters become base64 where they are not raw", "mail: a\n", "ö", "mail:: w7Y=\n"],
    [
      "the width of the fold",
      "mail: 123456\n 7890123456789\n",
      "abcdefghijklmnopqrst",
      "mail: abcdefgh\n ijklmnopqrst\n",
    ],
    ["folded base64", "mail:: YWFhYWFh\n YWFh\n", "bbbbbbbbb", "mail:: YmJiYmJi\n YmJi\n"],
    ["ldifde's fold", "mail: \r\n aaaaaaaaaa\r\n", "bbbbbbbbbb", "mail: \r\n bbbbbbbbbb\r\n"],
    ["no longer too long", "mail: aaaaaaaa\n aaaaaaa\n", "b", "mail: b\n"],
    ["removed", "cn: x\nmail: a\nsn: y\n", undefined, "cn: x\nsn: y\n"],
    ["removed with its fold", "cn: x\nmail: a\n b\nsn: y\n", undefined, "cn: x\nsn: y\n"],
    ["the last line without a line end", "cn: x\nmail: a", "b", "cn: x\nmail: b"],
    ["a name in other capitals", "MAIL: a\n", "b", "MAIL: b\n"],
    ["an empty value", "mail:\n", "b", "mail: b\n"],
    ["a folded name", "ma\n il: a\n", "b", "ma\n il: b\n"],
    ["a colon behind a fold", "mail\n : a\n", "b", "mail\n : b\n"],
    ["a value between comments", "# one\nmail: a\n# two\n", "b", "# one\nmail: b\n# two\n"],
  ];
  for (const [what, before, to, after] of rows) {
    test(what, () => {
      const dn = "dn: CN=A\n";
      const entry = onlyEntry(dn + before);
      const [old] = entry.values("mail");
      const change = { attribute: "mail", ...(old && { old }), ...(to !== undefined && { text: to }) };
      assert.equal(edit(entry, [change]), dn + after);
    });
  }

  test("new values stand behind the last one of their attribute, or at the end", () => {
    const entry = onlyEntry("dn: CN=A\r\nmail: a\r\ncn: A\r\n\r\n");
    const changes = [
      { attribute: "Mail", text: "b" },
      { attribute: "displayName", text: "A" },
    ];
    assert.equal(edit(entry, changes), "dn: CN=A\r\nmail: a\r\nMail: b\r\ncn: A\r\ndisplayName: A\r\n\r\n");
    assert.equal(edit(onlyEntry("dn: CN=A\nmail: a"), [{ attribute: "cn", text: "A" }]), "dn: CN=A\nmail: a\ncn: A");
  });

  test("a new value stands where the file's last line was removed", () => {
    const entry = onlyEntry("dn: CN=A\ncn: A\nmail: a");
    const [old] = entry.values("mail");
    const changes = [
      { attribute: "mail", old: old! },
      { attribute: "displayName", text: "A" },
      { attribute: "sn", text: "B" },
    ];
    assert.equal(edit(entry, changes), "dn: CN=A\ncn: A\ndisplayName: A\nsn: B\n");
  });

  test("a value of very many folded lines", () => {
    const entry = onlyEntry(`dn: CN=A\ndescription: ${"x\n ".repeat(200_000)}y\nmail: a\n`);
    const [old] = entry.values("mail");
    assert.match(edit(entry, [{ attribute: "mail", old: old!, text: "b" }]), /\nmail: b\n$/);
  });

  test("any values in any style: what is read afterwards is what was meant, and all other lines are as before", () => {
    const choice = fc.tuple(
      entries,
      lineStyle,
      fc.array(fc.tuple(fc.nat(), fc.option(value, { nil: undefined })), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(choice, ([[first], style, edits]) => {
        const entry = onlyEntry(toExport([first!], style));
        let edited = new EditedEntry(entry);
        for (const [at, text] of edits) {
          const old = entry.lines[at % entry.lines.length]!;
          if (old.description !== "objectClass") {
            edited = edited.with({
              attribute: old.description,
              old,
              ...(text !== undefined && { text: wellFormed(text) }),
            });
          }
        }
        const changes = edited.changes();
        const text = edit(entry, changes);
        assert.deepEqual(valuesOf(onlyEntry(text)), valuesOf(edited));
        const touched = new Set(changes.map(({ old }) => old));
        const kept = entry.lines
          .filter((line) => !touched.has(line))
          .map(({ start, next }) => entry.text.slice(start, next));
        for (const line of kept) assert.ok(text.includes(line));
      }),
      { numRuns: 300 },
    );
  });
});

describe("The plan of fixes", () => {
  const wanted = () => true;
  const address = fc.tuple(
    fc.constantFrom("smtp:", "SMTP:", "sip:", "X500:", "smtp: ", ""),
    fc.constantFrom(
      "a@contoso.com",
      "b@contoso.com",
      "a@contoso.local",
      "a@contoso.onmicrosoft.com",
      "a",
      "c@sub.contoso.com",
    ),
  );
  const object = fc.record({
    objectClass: fc.constantFrom("user", "contact", "group", "inetOrgPerson"),
    mail: fc.option(fc.constantFrom("a@contoso.com", "b@contoso.com", "x@fabrikam.com", "", "b"), { nil: undefined }),
    displayName: fc.option(fc.constantFrom("Jane", " ", "(MSOL) Jane"), { nil: undefined }),
    userPrincipalName: fc.option(fc.constantFrom("a@contoso.com", "a@contoso.local", "a@x.contoso.com"), {
      nil: undefined,
    }),
    addresses: fc.uniqueArray(address, { maxLength: 4, selector: (pair) => pair.join("").toLowerCase() }),
  });

  const style: LineStyle = { lineEnd: "\n", width: undefined };
  const toText = ({
    objectClass,
    mail,
    displayName,
    userPrincipalName,
    addresses,
  }: typeof object extends fc.Arbitrary<infer T> ? T : never) =>
    toExport(
      [
        {
          dn: "CN=Jane,DC=contoso,DC=com",
          attributes: [
            ["objectClass", [objectClass]] as const,
            ["sAMAccountName", ["jane"]] as const,
            ["groupType", objectClass === "group" ? ["8"] : []] as const,
            ["mail", mail === undefined ? [] : [mail]] as const,
            ["displayName", displayName === undefined ? [] : [displayName]] as const,
            ["userPrincipalName", userPrincipalName === undefined ? [] : [userPrincipalName]] as const,
            ["proxyAddresses", addresses.map((pair) => pair.join(""))] as const,
          ],
        },
      ],
      style,
    ).replace("objectClass: user\n", "");

  test("tries so many fixes on one entry that it comes to an end with thousands of wrong values", () => {
    const addresses = (count: number) =>
      Array.from({ length: count }, (_, n) => `proxyAddresses:: ${base64(`smtp:a${n}@contoso.com `)}`);
    const planned = (count: number) => {
      const entry = onlyEntry(
        ["dn: CN=A,DC=contoso,DC=com", "objectClass: user", ...addresses(count), "", ""].join("\n"),
      );
      return planFixes(new Checker(RULES, SETTINGS), entry, () => true, FREE).fixes.length;
    };
    assert.ok(planned(300) >= 300, "all of a large entry");
    const most = planned(6000);
    assert.ok(most > 0 && most < 100, `${most} of an absurd one`);
  });

  test("tries a fix on a group of any size, and no fix that is not wanted", () => {
    const members = Array.from({ length: 250_000 }, (_, n) => `member: CN=${n}`);
    const lines = ["dn: CN=A,DC=contoso,DC=com", "objectClass: group", "displayName:: IEE=", ...members, "", ""];
    const ofGroup = planFixes(new Checker(RULES, SETTINGS), onlyEntry(lines.join("\n")), () => true, FREE);
    assert.equal(ofGroup.fixes.length, 1);
    const addresses = Array.from({ length: 6000 }, (_, n) => `proxyAddresses: x500:${n}`);
    const bad = Array.from({ length: 100 }, (_, n) => `proxyAddresses:: ${base64(`smtp:a${n}@contoso.com `)}`);
    const user = [
      "dn: CN=A,DC=contoso,DC=com",
      "objectClass: user",
      ...bad,
      ...addresses,
      "displayName:: IEE=",
      "",
      "",
    ];
    const isName = (_: unknown, { attribute }: Finding) => attribute === "displayName";
    const named = planFixes(new Checker(RULES, SETTINGS), onlyEntry(user.join("\n")), isName, FREE);
    assert.equal(named.fixes.length, 1);
  });

  test("comes to an end, silences what it fixes, brings no new error, and has nothing to do the second time", () => {
    const checker = new Checker(RULES, SETTINGS);
    fc.assert(
      fc.property(object, (one) => {
        const entry = onlyEntry(toText(one));
        const { edited, fixes } = planFixes(checker, entry, wanted, FREE);
        const after = checker.check(edited).findings;
        const errors = (findings: typeof after) => findings.filter(({ severity }) => severity === "error").length;
        assert.ok(errors(after) <= errors(checker.check(entry).findings));
        assert.deepEqual(planFixes(checker, edited, wanted, FREE).fixes, []);
        assert.equal(fixes.length === 0, edited.changes().length === 0);
        const read = onlyEntry(edit(entry, edited.changes()));
        assert.deepEqual(
          checker.check(read).findings.map(({ rule }) => rule.id),
          after.map(({ rule }) => rule.id),
        );
      }),
      { numRuns: 500 },
    );
  });
});

function valuesOf(entry: LdifEntry | EditedEntry) {
  return Object.fromEntries(
    [...entry.attributeTypes()].sort().map((type) => [type, entry.values(type).map(({ text }) => text)]),
  );
}

/** A text file cannot hold lone surrogates: they are written as replacement characters. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
