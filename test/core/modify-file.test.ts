import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firstDeviation, readBack, writeModifyFiles } from "../../server/core/fix/modify-file.ts";
import fc from "../property.ts";
import { entries, type GeneratedEntry, lineStyle, toExport } from "./arbitrary.ts";
import { applied, difference, directoryOf } from "./differences.ts";

const NAMES = { original: "contoso.ldf", modify: "contoso.modify.ldf", undo: "contoso.undo.ldf" };

describe("A modify file", () => {
  test("says how to apply it and how to undo it, deletes before it adds, and closes every mod-spec and record", () => {
    const original =
      "dn: CN=Jürgen,DC=contoso,DC=com\nobjectClass: user\nproxyAddresses: smtp:a@contoso.com\nproxyAddresses: X500:/o=x\n";
    const edited = original.replace("smtp:a", "SMTP:a").concat("info: line 1\n");
    const { modify, undo } = writeModifyFiles(difference(original, edited).records, NAMES);
    assert.equal(
      modify,
      [
        "# Changes 1 entry of contoso.ldf.",
        "# Apply: ldifde -i -f contoso.modify.ldf -j .",
        "# Undo:  ldifde -i -f contoso.undo.ldf -j .",
        "dn:: Q049SsO8cmdlbixEQz1jb250b3NvLERDPWNvbQ==",
        "changetype: modify",
        "delete: proxyAddresses",
        "proxyAddresses: smtp:a@contoso.com",
        "-",
        "add: proxyAddresses",
        "proxyAddresses: SMTP:a@contoso.com",
        "-",
        "add: info",
        "info: line 1",
        "-",
        "",
        "",
      ].join("\r\n"),
    );
    assert.equal(
      undo,
      [
        "# Takes back what contoso.modify.ldf changed in 1 entry of contoso.ldf.",
        "# Apply: ldifde -i -f contoso.undo.ldf -j .",
        "dn:: Q049SsO8cmdlbixEQz1jb250b3NvLERDPWNvbQ==",
        "changetype: modify",
        "delete: info",
        "info: line 1",
        "-",
        "delete: proxyAddresses",
        "proxyAddresses: SMTP:a@contoso.com",
        "-",
        "add: proxyAddresses",
        "proxyAddresses: smtp:a@contoso.com",
        "-",
        "",
        "",
      ].join("\r\n"),
    );
  });

  test("applied to the export gives the edited export, and the undo file applied to that the original", () => {
    const scenario = fc
      .tuple(entries, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), entries, lineStyle, lineStyle)
      .map(([before, chances, donors, ...styles]) => ({ before, after: edit(before, donors, chances), styles }));
    fc.assert(
      fc.property(scenario, ({ before, after, styles }) => {
        const original = toExport(before, styles[0]);
        const edited = toExport(after, styles[1]);
        const { records, refusals } = difference(original, edited);
        assert.deepEqual(refusals, []);
        const files = writeModifyFiles(records, NAMES);
        assert.match(files.modify, /^[\x00-\x7f]*$/);
        assert.equal(firstDeviation(records, readBack(files.modify)), undefined);
        assert.deepEqual(applied(original, files.modify), directoryOf(edited).state());
        assert.deepEqual(applied(original, files.modify, files.undo), directoryOf(original).state());
      }),
      { numRuns: 400 },
    );
  });

  test("fails in a directory that has moved on, and leaves the entry as it is", () => {
    const original = "dn: CN=A,DC=contoso,DC=com\nmail: a@contoso.com\n";
    const { records } = difference(original, original.replace("a@contoso", "b@contoso"));
    const { modify } = writeModifyFiles(records, NAMES);
    const movedOn = directoryOf(original.replace("a@contoso", "c@contoso"));
    const before = movedOn.state();
    for (const record of readBack(modify)) assert.throws(() => movedOn.apply(record), /no such value/);
    assert.deepEqual(movedOn.state(), before);
  });

  test("does not depend on the order of entries, of values, or on how they are written", () => {
    const original = "dn: CN=A,DC=x\ncn: A\nmail: a\nproxyAddresses: 1\nproxyAddresses: 2\n\ndn: CN=B,DC=x\nmail: b\n";
    const other =
      "dn: cn=B, dc=x\r\nmail:: Yg==\r\n\r\ndn: CN=A,DC=x\r\nproxyAddresses: 2\r\nproxyAddresses: \r\n 1\r\nmail: a\r\ncn: A\r\n";
    assert.deepEqual(difference(original, other), { records: [], refusals: [], removable: [] });
  });
});

describe("What is not written is refused, entry by entry, and the rest is written", () => {
  const original = `dn: CN=A,DC=x
objectClass: user
cn: A
mail: a
proxyAddresses: SMTP:y
proxyAddresses: smtp:y
whenChanged: 20260101000000.0Z
member;range=0-1499: CN=B,DC=x
photo:< file:///tmp/photo

dn: CN=B,DC=x
cn: B

dn: CN=Z,DC=x
cn: Z
`;
  const nothing = ["broken base64", "a name that is no attribute"];
  const rows: readonly [what: string, from: string, to: string, reason: RegExp][] = [
    ["an entry removed", "dn: CN=B,DC=x\ncn: B\n", "", /missing in the edited export/],
    ["an entry twice", "dn: CN=B,DC=x\ncn: B\n", "dn: CN=B,DC=x\ncn: B\n\ndn: cn=b,dc=x\ncn: B\n", /more than once/],
    ["the RDN changed as a value", "cn: A\n", "cn: AA\n", /names the object/],
    ["what only the system writes", "whenChanged: 2026", "whenChanged: 2027", /written by the system only/],
    [
      "what the security accounts manager owns",
      "cn: A\n",
      "cn: A\nisCriticalSystemObject: TRUE\n",
      /security accounts manager/,
    ],
    ["a constructed attribute", "cn: A\n", "cn: A\ncanonicalName: x/A\n", /computed/],
    ["a back link", "cn: A\n", "cn: A\nmemberOf: CN=B,DC=x\n", /other side of a link/],
    ["another kind of object", "objectClass: user", "objectClass: contact", /another kind/],
    ["an empty value", "cn: A\n", "cn: A\ninfo:\n", /empty value/],
    [
      "values that differ in capitals",
      "cn: A\n",
      "cn: A\nproxyAddresses: smtp:x\nproxyAddresses: SMTP:X\n",
      /without regard to capitals/,
    ],
    ["one of two values that differ in capitals", "proxyAddresses: smtp:y\n", "", /twice but for capitals/],
    ["a part of a list", "CN=B,DC=x\nphoto", "CN=C,DC=x\nphoto", /range/],
    ["another file as a value", "file:///tmp/photo", "file:///tmp/other", /read from a file/],
    [
      "a name that is no attribute",
      "cn: A\n",
      "cn: A\nmy attribute: x\n",
      /no attribute description|ldif-attribute-description/,
    ],
    ["broken base64", "mail: a", "mail:: YQ=", /cannot be read with certainty/],
    ["a change of a change", "cn: B\n", "changetype: modify\nreplace: mail\nmail: x\n-\n", /is a change/],
  ];
  for (const [what, from, to, reason] of rows) {
    test(what, () => {
      assert.ok(original.includes(from));
      const edited = original.replace(from, to).replace("objectClass:", "description: new\nobjectClass:");
      const { records, refusals } = difference(original, edited);
      assert.match(refusals.map((one) => `${one.dn}: ${one.reason}`).join("\n"), reason);
      const written = records.flatMap((record) =>
        record.changeType === "modify"
          ? record.modSpecs.map(({ type, attribute }) => `${type} ${attribute}`)
          : [record.changeType],
      );
      assert.deepEqual(written, nothing.includes(what) ? [] : ["add description"]);
    });
  }
});

describe("A slip of the hand is not taken for a change", () => {
  const entry = (name: string) => `dn: CN=${name},DC=x
objectClass: user
displayName: ${name}
mail: ${name}@contoso.com
proxyAddresses: SMTP:${name}@contoso.com
telephoneNumber: 1

`;
  const original = entry("ann") + entry("bob") + entry("eve");
  const rows: readonly [what: string, from: string, to: string, reason: RegExp][] = [
    [
      "a blank line inside an entry",
      "ann@contoso.com\nproxy",
      "ann@contoso.com\n\nproxy",
      /blank line may have come or gone/,
    ],
    ["a lost colon", "mail: ann", "mail ann", /ldif-line-without-colon/],
    ["a tab in front of a line", "mail: ann", "\tmail: ann", /ldif-tab-continuation/],
    ["blanks in front of a line", "mail: ann", "  mail: ann", /continuation of another/],
    ["a lone CR", "displayName: ann\n", "displayName: ann\r", /ldif-bare-carriage-return/],
    ["a character lost in another encoding", "displayName: ann", "displayName: \ufffdnn", /ldif-replacement-character/],
    ["the same in base64", "displayName: ann", "displayName:: 77+9bm4=", /character that stands for one that was lost/],
    [
      "half a character",
      "displayName: ann",
      "displayName: ann\ud83d",
      /character that stands for one that was lost|cannot be read/,
    ],
    ["a blank line that is gone, with the DN", "\n\ndn: CN=bob,DC=x\n", "\n", /several values|missing/],
    ["a blank line that is gone", "1\n\ndn: CN=bob", "1\ndn: CN=bob", /ldif-records-not-separated/],
  ];
  for (const [what, from, to, reason] of rows) {
    test(what, () => {
      assert.ok(original.includes(from));
      const { records, refusals } = difference(original, original.replace(from, to));
      assert.match(refusals.map((one) => `${one.dn}: ${one.reason}`).join("\n"), reason);
      assert.deepEqual(records, []);
    });
  }

  test("a blank line that the original has inside an entry, too", () => {
    const torn = original.replace("ann@contoso.com\nproxy", "ann@contoso.com\n\nproxy");
    assert.match(difference(torn, original).refusals[0]?.reason ?? "", /blank line may have come or gone/);
    const { records } = difference(torn, torn.replace("displayName: ann", "displayName: Ann B."));
    assert.equal(records.length, 1);
  });

  test("an edited export that is cut off anywhere changes nothing", () => {
    for (let end = 0; end < original.length - 1; end++) {
      const { records, refusals } = difference(original, original.slice(0, end));
      if (end < original.length - entry("eve").length) assert.ok(refusals.length > 0);
      const dns = records.map(({ dn }) => dn);
      // The last entry of all may have been shortened by hand: nothing behind it is missing.
      assert.deepEqual(
        dns.filter((dn) => !dn.startsWith("CN=eve")),
        [],
        `cut at ${end}`,
      );
    }
  });

  test("the rootDSE is never written to", () => {
    assert.match(difference("dn:\ncn: a\n", "dn:\ncn: a\nbecomeRidMaster: 1\n").refusals[0]?.reason ?? "", /no entry/);
  });

  test("bytes that are written in two ways are the same", () => {
    assert.deepEqual(difference("dn: CN=a\nphoto:: /x==\n", "dn: CN=a\nphoto:: /w==\n").records, []);
  });

  test("a file in place of a value, and the other way round, is not written at all", () => {
    const before = "dn: CN=a,DC=x\ncn: a\njpegPhoto:< file:///a\n";
    assert.deepEqual(difference(before, before.replace(":< file:///a", ":: /9j/")).records, []);
  });
});

/** Some of the values of some entries replaced, removed, or added to. */
function edit(
  before: readonly GeneratedEntry[],
  donors: readonly GeneratedEntry[],
  chances: Iterator<number>,
): GeneratedEntry[] {
  const chance = () => chances.next().value as number;
  const donor = donors.flatMap(({ attributes }) => attributes);
  return before.map((entry) => {
    const attributes = new Map(entry.attributes);
    for (const [name, values] of donor) {
      const dice = chance();
      if (dice < 0.3) attributes.set(name, values);
      else if (dice < 0.4) attributes.delete(name);
      else if (dice < 0.6) attributes.set(name, capitals(attributes.get(name) ?? []));
    }
    return { ...entry, attributes: [...attributes].filter(([, values]) => values.length > 0) };
  });
}

function capitals(values: readonly string[]): string[] {
  const changed = values.map((text) =>
    text.toUpperCase().toLowerCase() === text.toLowerCase() ? text.toUpperCase() : text,
  );
  return [...new Map(changed.map((text) => [text.toLowerCase(), text])).values()];
}
